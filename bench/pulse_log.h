/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Pairs each pulse on the pin with the telemetry line about it. The line with SEQ k is about rising edge
 * number k since reset. It arrives some milliseconds after the edge; when the console is busy, some periods
 * after it.
 *
 * Samples are given out in the order of their edges. One is given out as soon as it is complete, or a later
 * one's telemetry has come, or PULSE_LOG_WAIT further edges have passed.
 */
#ifndef BENCH_PULSE_LOG_H
#define BENCH_PULSE_LOG_H

#include "bench/sample.h"

#include <stddef.h>

/* A boot banner of 600 characters takes 52 ms at 115,200 bit/s, three periods; telemetry then catches up. */
#define PULSE_LOG_WAIT 25

struct pulse_log_entry {
    uint64_t number; /* of the pulse since power-on */
    bool fallen;
    struct sample sample;
};

struct pulse_log {
    sample_take *take;
    void *context;
    uint64_t first_number; /* of the first pulse since the last reset */
    uint64_t next_number;
    size_t count;
    struct pulse_log_entry waiting[PULSE_LOG_WAIT + 1];
};

void pulse_log_init(struct pulse_log *log, sample_take *take, void *context);

/* Rising edge `number`. `sample` holds all that is known at that time, so neither width nor telemetry. */
void pulse_log_rise(struct pulse_log *log, uint64_t number, const struct sample *sample);

/* Falling edge of pulse `number`. */
void pulse_log_fall(struct pulse_log *log, uint64_t number, uint64_t width_ps);

void pulse_log_telemetry(struct pulse_log *log, const struct telemetry_line *line);

/* The chip was reset: gives out what is waiting; the next edge is number 0 of the firmware. */
void pulse_log_reset(struct pulse_log *log);

/* The end: gives out what is waiting. */
void pulse_log_flush(struct pulse_log *log);

#endif
