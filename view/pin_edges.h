/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * `--pins FILE`: a CSV of all level changes of all pins, `time_s,pin,level`, in their order. Levels are 0, 1,
 * z (floating) and x (two outputs against each other). Until its first line a pin floats.
 */
#ifndef VIEW_PIN_EDGES_H
#define VIEW_PIN_EDGES_H

#include "bench/observer.h"

#include <stdio.h>

struct pin_edges {
    FILE *out;
    struct bench_observer observer;
};

/* Writes the head line. `out` stays the caller's, who closes it and sees whether writing went well. */
void pin_edges_init(struct pin_edges *edges, FILE *out);

#endif
