/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PARTS_JUMPER_H
#define VBOARD_PARTS_JUMPER_H

/*
 * A wire that somebody puts between two pins: what drives one end is seen at the other, levels, pulls and
 * serial frames. Two outputs that disagree are a short at both ends (kernel/signal.h).
 *
 * A driver that changes its strength and not its level (an output that becomes a pull of the same level) is
 * seen at the other end with the next change of that level.
 */
#include <stdbool.h>

#include "vboard/kernel/signal.h"

struct jumper;

struct jumper_end {
    struct jumper *jumper;
    struct signal *wire;
    struct signal_driver driver;
    struct signal_listener listener;
    struct jumper_end *other;
};

struct jumper {
    struct jumper_end ends[2];
    bool passing; /* a frame: it does not come back */
};

/* The jumper must stay where it is. */
void jumper_init(struct jumper *j, struct signal *a, struct signal *b, vtime_ps now);

#endif
