/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Brings together pulses on the pin and telemetry lines about them. Telemetry line SEQ k is about rising
 * edge number k since reset; it arrives some milliseconds later, or, behind other console output, some
 * periods later. Samples leave in the order of their edges, each when it is complete, when a later one's
 * telemetry has come, or when PULSE_LOG_WAIT further edges have passed.
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

/* Rising edge `number`; the sample holds all that is known then (width and telemetry are not). */
void pulse_log_rise(struct pulse_log *log, uint64_t number, const struct sample *sample);

/* Falling edge of pulse `number`. */
void pulse_log_fall(struct pulse_log *log, uint64_t number, uint64_t width_ps);

void pulse_log_telemetry(struct pulse_log *log, const struct telemetry_line *line);

/* The chip was reset: what is waiting leaves, and the next edge is number 0 of the firmware. */
void pulse_log_reset(struct pulse_log *log);

/* The end: what is waiting leaves. */
void pulse_log_flush(struct pulse_log *log);

#endif
