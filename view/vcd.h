/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * `--vcd FILE`: a Value Change Dump (IEEE 1364-2001, 18) for GTKWave, PulseView, sigrok-cli. In it: each pin that
 * did not float all the time, LD1 to LD3, and as real numbers the identifier of the frame that has just ended
 * (`can_id`) and who sent it (enum bench_sender), the value on the bus, what the needle shows, where the shaft stands. Times are rounded down to 1 ns.
 *
 * The head names the pins, and which they are only the end tells: until then changes wait in a file without a name.
 * Changes come in the order of time, but for samples, which are told up to some periods late: those are put at the
 * time at which they are told.
 */
#ifndef VIEW_VCD_H
#define VIEW_VCD_H

#include "bench/observer.h"

#include <stdio.h>

struct vcd {
    FILE *out;
    FILE *changes;
    uint64_t time_ns; /* of the last line "#..." */
    uint64_t now_ps;  /* of the last thing that happened */
    bool seen[BENCH_PINS];
    char names[BENCH_PINS][BENCH_PIN_NAME_MAX];
    struct bench_observer observer;
};

/* False: there is no room for the file in between. `out` stays the caller's, who closes it and sees whether writing went well. */
bool vcd_init(struct vcd *vcd, FILE *out) __attribute__((warn_unused_result));

/* Writes head and changes; once the run is over. */
void vcd_finish(struct vcd *vcd);

#endif
