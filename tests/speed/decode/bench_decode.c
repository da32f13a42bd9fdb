/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Nanoseconds a frame: bench_decode LOG DBC. Log reader, core's source_read, and the DBC decoder. */
#include "core/record.h"
#include "formats/dbc/decode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FRAMES_MAX 200000
#define ROUNDS 9
#define REPEATS 20

static struct can_frame *frames;
static size_t count;

static double now_ns(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static size_t read_log(const char *path, bool keep)
{
    char error[512];
    struct can_log_frame frame;
    size_t read = 0;
    struct can_log *log = can_log_open(path, NULL, NULL, error, sizeof error);
    if (log == NULL) {
        fprintf(stderr, "%s\n", error);
        exit(2);
    }
    while (can_log_next(log, &frame) == 1) {
        read++;
        if (keep && count < FRAMES_MAX) {
            struct can_frame *kept = &frames[count++];
            *kept =
                (struct can_frame){.id = frame.id, .extended = frame.extended, .len = frame.len};
            memcpy(kept->data, frame.data, frame.len);
        }
    }
    can_log_close(log);
    return read;
}

static void print_best(const char *what, double ns, double frames_read)
{
    printf("%-34s %8.1f ns a frame\n", what, ns / frames_read);
}

static void time_reader(const char *path)
{
    double best = 1e30;
    size_t read = 0;
    for (int i = 0; i < ROUNDS; i++) {
        double start = now_ns();
        read = read_log(path, false);
        double time = now_ns() - start;
        best = time < best ? time : best;
    }
    print_best("log reader", best, (double)read);
}

/* `given` frames of the bus: all, or only those that the hardware filter lets through. */
static void time_source(const char *what, const struct can_frame *given, size_t given_count)
{
    struct record record;
    struct source_reading reading = {0};
    double best = 1e30;
    int64_t sum = 0;
    size_t repeats = REPEATS * count / (given_count == 0 ? 1 : given_count);
    record_default(&record);
    for (int i = 0; i < ROUNDS; i++) {
        double start = now_ns();
        for (size_t k = 0; k < repeats; k++) {
            for (size_t n = 0; n < given_count; n++) {
                if (source_read(&record.dial[0].source, &given[n], &reading) == SOURCE_VALUE) {
                    sum += reading.value_milli;
                }
            }
        }
        double time = now_ns() - start;
        best = time < best ? time : best;
    }
    print_best(what, best, (double)(repeats * given_count));
    fprintf(stderr, "%s", sum == 0 ? "no value\n" : ""); /* the sum is used */
}

/* Moves the frames of the default profile's identifier to `own`. */
static size_t pick(struct can_frame *own)
{
    size_t picked = 0;
    for (size_t n = 0; n < count; n++) {
        if (frames[n].id == 0x156) {
            own[picked++] = frames[n];
        }
    }
    return picked;
}

static void add(void *context, const struct decode_value *value)
{
    *(double *)context += value->value;
}

static void time_dbc(const char *path)
{
    char error[512];
    double best = 1e30;
    double sum = 0;
    unsigned values = 0;
    double loading = now_ns();
    struct dbc *dbc = dbc_load(path, error, sizeof error);
    printf("%-34s %8.1f ms\n", "DBC file, read once", (now_ns() - loading) / 1e6);
    struct decoder *decoder = dbc == NULL ? NULL : decoder_for_dbc(dbc, NULL, error, sizeof error);
    if (decoder == NULL) {
        fprintf(stderr, "%s\n", error);
        exit(2);
    }
    for (int i = 0; i < ROUNDS; i++) {
        struct can_log_frame frame = {0};
        values = 0;
        double start = now_ns();
        for (size_t n = 0; n < count; n++) {
            frame.id = frames[n].id;
            frame.extended = frames[n].extended;
            frame.len = frames[n].len;
            memcpy(frame.data, frames[n].data, sizeof frame.data);
            values += decoder_frame(decoder, &frame, add, &sum);
        }
        double time = now_ns() - start;
        best = time < best ? time : best;
    }
    printf("%-34s %8.1f ns a frame, %.1f ns a value\n", "DBC decoder, all signals",
           best / (double)count, best / values);
    decoder_free(decoder);
    dbc_free(dbc);
}

int main(int argc, char **argv)
{
    frames = malloc(FRAMES_MAX * sizeof *frames);
    if (argc != 3 || frames == NULL) {
        fputs("usage: bench_decode LOG DBC\n", stderr);
        return 2;
    }
    read_log(argv[1], true);
    time_reader(argv[1]);
    time_source("core source_read, all frames", frames, count);
    time_dbc(argv[2]);
    time_source("core source_read, its own frames", frames, pick(frames));
    free(frames);
    return 0;
}
