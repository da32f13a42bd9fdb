/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "debug/recorder.h"

#include "host/files.h"
#include "host/usage.h"
#include "vboard/chip/chip.h"

#include <string.h>

#define PS_PER_US 1000000u

static const char *const names[CORE_COUNT] = {"CM7", "CM4"};

/* ---- trace: the Trace Event Format's B and E, a line each ---- */

static void write_event(struct recorder *r, char phase, enum core core, const char *name,
                        vtime_ps now)
{
    fprintf(r->trace, "%s{\"ph\":\"%c\",\"pid\":1,\"tid\":%d,\"ts\":%llu.%06llu,\"name\":\"%s\"}",
            r->has_event ? ",\n" : "", phase, (int)core + 1, (unsigned long long)(now / PS_PER_US),
            (unsigned long long)(now % PS_PER_US), name);
    r->has_event = true;
}

static void on_entered(void *ctx, enum core core, const char *name, vtime_ps now)
{
    write_event(ctx, 'B', core, name, now);
}

static void on_left(void *ctx, enum core core, const char *name, vtime_ps now)
{
    write_event(ctx, 'E', core, name, now);
}

static void begin_trace(struct recorder *r)
{
    fputs("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n", r->trace);
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        fprintf(r->trace,
                "%s{\"ph\":\"M\",\"pid\":1,\"tid\":%u,\"name\":\"thread_name\","
                "\"args\":{\"name\":\"%s\"}}",
                r->has_event ? ",\n" : "", i + 1, names[i]);
        r->has_event = true;
    }
}

/* ---- profile: "CM7;main;f 123", a line a way, with the instructions executed there ---- */

#define WAY_MAX 4096u

static void write_ways(FILE *out, const struct calls_node *node, char *way, size_t length)
{
    const size_t room = WAY_MAX - length;
    const int more = snprintf(way + length, room, "%s%s", length == 0 ? "" : ";", node->name);
    if (more < 0 || (size_t)more >= room) {
        return;
    }
    length += (size_t)more;
    if (node->instructions != 0) {
        fprintf(out, "%s %llu\n", way, (unsigned long long)node->instructions);
    }
    for (const struct calls_node *n = node->child; n != NULL; n = n->sibling) {
        write_ways(out, n, way, length);
    }
}

/* ---- SWO: text of port 0 by lines, values of the others ---- */

static void end_line(struct recorder *r, enum core core)
{
    fprintf(r->swo, "%s: %.*s\n", names[core], (int)r->length[core], r->line[core]);
    fflush(r->swo);
    r->length[core] = 0;
}

static void put_text(struct recorder *r, enum core core, char c)
{
    if (c == '\n' || r->length[core] == sizeof r->line[core]) {
        end_line(r, core);
    }
    if (c != '\n' && c != '\r') {
        r->line[core][r->length[core]++] = c;
    }
}

static void on_stimulus(void *ctx, enum core core, unsigned port, unsigned size, uint32_t value)
{
    struct recorder *r = ctx;
    if (port == 0) {
        for (unsigned i = 0; i < size; i++) {
            put_text(r, core, (char)(value >> (8 * i)));
        }
    } else {
        fprintf(r->swo, "%s port %u: 0x%0*X\n", names[core], port, (int)(2 * size), value);
    }
}

/* ---- what the cores tell ---- */

static void on_jumped(void *ctx, enum core core, uint32_t address)
{
    calls_jumped(&((struct recorder *)ctx)->calls, core, address);
}

static void on_exception(void *ctx, enum core core, unsigned exception)
{
    calls_entered(&((struct recorder *)ctx)->calls, core, exception);
}

static void on_returned(void *ctx, enum core core)
{
    calls_returned(&((struct recorder *)ctx)->calls, core);
}

static void on_code(void *ctx, enum core core, uint32_t address)
{
    coverage_add(&((struct recorder *)ctx)->executed[core], address);
}

static void enable_itm(struct recorder *r)
{
    for (unsigned i = 0; i < CORE_COUNT && r->swo != NULL; i++) {
        cpu_enable_itm(board_cpu(r->board, i));
    }
}

/* "CM7 pc 0x08001234 main": a line a sample. While nobody samples, the bench's own steps will do. */
static void take_step(void *context, const struct bench_step *step)
{
    struct recorder *r = context;
    (void)step;
    r->observer.step_ps = 0;
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        uint32_t pc;
        uint32_t offset;
        const struct image *image = i == CORE_CM7 ? r->cm7 : r->cm4;
        if (pc_samples_look(&r->samples[i], board_cpu(r->board, i), &pc)) {
            const char *name = image != NULL ? image_function(image, pc, &offset) : NULL;
            fprintf(r->swo, "%s pc 0x%08X%s%s\n", names[i], pc, name != NULL ? " " : "",
                    name != NULL ? name : "");
        }
        if (r->samples[i].period_cycles != 0) {
            r->observer.step_ps = PC_SAMPLES_STEP_PS;
        }
    }
}

/* A probe sets the trace up again, and both cores begin anew. */
static void on_reset(void *context, const struct bench_reset *reset)
{
    struct recorder *r = context;
    (void)reset;
    enable_itm(r);
    for (unsigned i = 0; i < CORE_COUNT && r->follows_calls; i++) {
        calls_empty(&r->calls, (enum core)i);
    }
}

/* ---- files ---- */

bool recorder_is_asked(const struct recorder_options *o)
{
    return o->trace != NULL || o->profile != NULL || o->coverage != NULL || o->swo != NULL;
}

bool recorder_open(struct recorder *r, const struct recorder_options *options, char *error,
                   size_t error_size)
{
    memset(r, 0, sizeof *r);
    r->options = *options;
    r->follows_calls = options->trace != NULL || options->profile != NULL;
    r->observer = (struct bench_observer){
        .context = r, .reset = on_reset, .step = options->swo != NULL ? take_step : NULL};
    return files_open_output(options->trace, &r->trace, error, error_size) &&
           files_open_output(options->profile, &r->profile, error, error_size) &&
           files_open_output(options->coverage, &r->coverage, error, error_size) &&
           files_open_output(options->swo, &r->swo, error, error_size);
}

bool recorder_takes_stdout(const struct recorder *r)
{
    return r->trace == stdout || r->profile == stdout || r->coverage == stdout || r->swo == stdout;
}

void recorder_begin(struct recorder *r, struct board *board, struct image *cm7, struct image *cm4)
{
    const struct calls_sink sink = {.ctx = r,
                                    .entered = r->trace != NULL ? on_entered : NULL,
                                    .left = r->trace != NULL ? on_left : NULL};
    r->board = board;
    r->cm7 = cm7;
    r->cm4 = cm4;
    r->tracer = (struct cpu_tracer){.ctx = r,
                                    .jumped = r->follows_calls ? on_jumped : NULL,
                                    .entered = on_exception,
                                    .returned = on_returned,
                                    .stimulus = r->swo != NULL ? on_stimulus : NULL};
    calls_init(&r->calls, board, cm7, cm4, &sink);
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        cpu_attach_tracer(board_cpu(board, i), &r->tracer);
    }
    if (r->follows_calls) {
        board_fast_forward(board, false); /* what is skipped is not seen */
    }
    if (r->coverage != NULL) {
        r->watch = (struct chip_watch){.code = on_code, .ctx = r};
        board_chip(board)->bus.watch = &r->watch;
    }
    if (r->trace != NULL) {
        begin_trace(r);
    }
}

/* ---- the end ---- */

static bool write_coverage(struct recorder *r, char *error, size_t error_size)
{
    const bool cm7 = r->cm7 != NULL && coverage_write(&r->executed[CORE_CM7], r->cm7, r->coverage);
    const bool cm4 = r->cm4 != NULL && coverage_write(&r->executed[CORE_CM4], r->cm4, r->coverage);
    if (!cm7 && !cm4) {
        snprintf(error, error_size,
                 "--coverage: the images have no debug information: build with -g");
    }
    return cm7 || cm4;
}

/* What did not all arrive is said there. */
static void close_file(FILE **file, const char *path)
{
    (void)files_close_output(*file, path, EXIT_GOOD);
    *file = NULL;
}

bool recorder_end(struct recorder *r, char *error, size_t error_size)
{
    char way[WAY_MAX];
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        if (r->follows_calls) {
            calls_empty(&r->calls, (enum core)i);
        }
        if (r->profile != NULL) {
            write_ways(r->profile, &r->calls.core[i].root, way, 0);
        }
        if (r->swo != NULL && r->length[i] != 0) {
            end_line(r, (enum core)i);
        }
        cpu_attach_tracer(board_cpu(r->board, i), NULL);
    }
    if (r->trace != NULL) {
        fputs("\n]}\n", r->trace);
    }
    board_chip(r->board)->bus.watch = NULL;
    return r->coverage == NULL || write_coverage(r, error, error_size);
}

void recorder_close(struct recorder *r)
{
    close_file(&r->trace, r->options.trace);
    close_file(&r->profile, r->options.profile);
    close_file(&r->coverage, r->options.coverage);
    close_file(&r->swo, r->options.swo);
    calls_free(&r->calls);
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        coverage_free(&r->executed[i]);
    }
}
