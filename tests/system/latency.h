/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SYSTEM_LATENCY_H
#define TESTS_SYSTEM_LATENCY_H

/*
 * How long a value takes from the end of its CAN frame to TIM2's compare register, and to the pin.
 * Times and instructions rest on the virtual board's "one instruction, one cycle" (vboard/cpu/cpu.h).
 */
#include "tests/system/rig.h"

struct latency_config {
    unsigned frames;
    /* End of the first frame, counted from the start of a servo period, and how much later in the
     * period each next one ends. */
    vtime_ps first_phase;
    vtime_ps phase_step;
};

struct latency {
    unsigned frames;      /* that have been measured on the way to the compare register */
    vtime_ps compare_max; /* end of frame to the compare register; resolution 0.1 us */
    vtime_ps compare_mean;
    vtime_ps pin_max;              /* end of frame to the rise of the first pulse that shows it */
    uint64_t instructions_max[2];  /* between end of frame and compare register, M7 and M4 */
    uint64_t instructions_sum_max; /* of both together */
};

/*
 * Runs a board of its own, with the default profile and nothing but oil temperature frames on the bus.
 * Frames that end within 30 us of a period's start count for pin_max alone: there the compare register
 * also moves because of the period. Fails the test if a frame shows no effect.
 */
void latency_measure(const struct latency_config *config, struct latency *result);

/*
 * When the stream's first frame must be sent to end `phase` after a servo period's start; known from a run of a board of
 * its own, in which the same frame goes out at `from`.
 */
vtime_ps latency_start(const struct rig_stream *stream, vtime_ps phase);

/* What the running gauge costs the cores a virtual second, live, with a frame every 100 ms that moves the needle. */
struct load {
    uint64_t instructions[2];
};

/* `command` for the console, before the measurement: "stream off\r\n", or nothing. */
struct load load_measure(const char *command);

#endif
