/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PARTS_PULSE_SOURCE_H
#define VBOARD_PARTS_PULSE_SOURCE_H

/* A generator that somebody clips to a pin: low, and so many high pulses of half its period each. */
#include <stdint.h>

#include "vboard/kernel/sched.h"
#include "vboard/kernel/signal.h"

struct pulse_source {
    struct sched *sched;
    struct signal_driver driver;
    struct event event;
    vtime_ps half_ps;
    uint64_t edges; /* still to come */
};

void pulse_source_init(struct pulse_source *s, struct sched *sched, struct signal *wire);
/* `count` pulses from now on; what was left of earlier ones is dropped. */
void pulse_source_start(struct pulse_source *s, vtime_ps period_ps, uint64_t count);
void pulse_source_destroy(struct pulse_source *s);

#endif
