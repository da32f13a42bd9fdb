/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Watches a running board: counts frames, reads the console, pairs pulses with telemetry, and
 * hands out samples and console lines. It knows nothing of files, terminals or real time.
 */
#ifndef BENCH_WATCH_H
#define BENCH_WATCH_H

#include "bench/answers.h"
#include "bench/pulse_log.h"
#include "bench/model.h"
#include "core/record.h"

#define BENCH_LINE_MAX 300

/* Without pulses there is a sample every 20 ms. */
#define BENCH_IDLE_PERIOD_PS (20 * PS_PER_MS)

struct bench_watch_config {
    const struct record *record;
    const struct bench_model *model;
    void *context;
    sample_take *sample;
    /* A console line other than telemetry, without its end. May be NULL. */
    void (*console)(void *context, const char *line, uint64_t now_ps);
};

struct bench_watch {
    struct bench_watch_config config;
    struct pulse_log pulses;
    struct answers answers;
    char line[BENCH_LINE_MAX];
    size_t line_length;
    bool told;                     /* telemetry has come since the last reset */
    struct telemetry_dial resting; /* of the last line; without pulses no edge takes it */
    bool closing;                  /* no new pulses are taken */
    bool has_edge;
    uint64_t last_edge_ps;
    uint64_t last_idle_ps;
    /* for the summary */
    uint64_t frames, matched, decoded;
    enum source_result last_result; /* of the first dial's last frame or answer */
    bool not_fitted;                /* it said that there is no such sensor */
    bool has_value;
    int32_t value_milli, value_min_milli, value_max_milli;
    uint64_t last_frame_ps;
    uint64_t telemetry_lines, bad_telemetry_lines;
    uint64_t asked_resets; /* that the console had announced */
    uint64_t pulse_count;
};

/* `config` is copied; what it points to must outlive the watch. */
void bench_watch_init(struct bench_watch *watch, const struct bench_watch_config *config);

/* What the board reports, to be handed on to it. */
void bench_watch_uart(struct bench_watch *watch, uint8_t byte, uint64_t now_ps);
void bench_watch_rose(struct bench_watch *watch, const struct bench_pulse *pulse);
void bench_watch_fell(struct bench_watch *watch, const struct bench_pulse *pulse);
void bench_watch_reset(struct bench_watch *watch);
/* Whole frames of the log, or the car; others are left out. */
void bench_watch_frame(struct bench_watch *watch, const struct bench_frame *frame);

/* To be called every 20 ms of the board's time: gives a sample if there are no pulses. */
void bench_watch_tick(struct bench_watch *watch, uint64_t now_ps);

/* The run is over: pulses that have begun may end and their telemetry may come; new pulses do not count. */
void bench_watch_close(struct bench_watch *watch);

/* Gives out what is still waiting. */
void bench_watch_flush(struct bench_watch *watch);

#endif
