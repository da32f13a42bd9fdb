/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "view/pin_edges.h"

#include "host/fixed.h"

static void take_edge(void *context, const struct bench_edge *edge)
{
    static const char levels[] = {
        [BENCH_LOW] = '0', [BENCH_HIGH] = '1', [BENCH_FLOATING] = 'z', [BENCH_CONFLICT] = 'x'};
    const struct pin_edges *edges = context;
    fprintf(edges->out, "%s,%s,%c\n", fixed((int64_t)edge->time_ps, 12, 9).text, edge->name,
            levels[edge->level]);
}

void pin_edges_init(struct pin_edges *edges, FILE *out)
{
    *edges = (struct pin_edges){.out = out, .observer = {.context = edges, .edge = take_edge}};
    fputs("time_s,pin,level\n", out);
}
