/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The end of a run in words, and what it means. */
#ifndef VIEW_SUMMARY_H
#define VIEW_SUMMARY_H

#include "bench/activity.h"
#include "bench/bench.h"

#include <stdio.h>

/* An observer that keeps what the summary needs beside the bench's results. */
struct summary {
    struct sample latest;
    bool has_latest;
    const struct bench_activity *activity; /* of foreign firmware; NULL: it is candial's own */
    struct bench_observer observer;
};

void summary_init(struct summary *summary, const struct bench_activity *activity);

/* Prints the summary; returns EXIT_GOOD, or EXIT_NO after naming the reasons. */
int summary_print(const struct summary *summary, const struct bench *bench, FILE *out);

#endif
