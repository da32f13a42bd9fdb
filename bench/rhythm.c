/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "bench/rhythm.h"

/* So many periods without an edge, and it has stopped. */
#define PATIENCE 3u

static void widen(uint64_t *min, uint64_t *max, uint64_t value, bool first)
{
    *min = first || value < *min ? value : *min;
    *max = first || value > *max ? value : *max;
}

static void take_cycle(struct bench_rhythm *r, uint64_t now_ps)
{
    r->period_ps = now_ps - r->rose_ps;
    r->high_ps = r->fell_ps - r->rose_ps;
    r->cycles++;
    if (r->cycles > 1) {
        const bool first = r->cycles == 2;
        widen(&r->period_min_ps, &r->period_max_ps, r->period_ps, first);
        widen(&r->high_min_ps, &r->high_max_ps, r->high_ps, first);
    }
}

void bench_rhythm_take(struct bench_rhythm *r, bool high, uint64_t now_ps)
{
    if (high == r->high) {
        return;
    }
    r->high = high;
    r->edges++;
    if (!high) {
        r->fell_ps = now_ps;
        return;
    }
    if (r->edges > 2) { /* there was a rise before, and a fall */
        take_cycle(r, now_ps);
    }
    r->rose_ps = now_ps;
}

bool bench_rhythm_beats(const struct bench_rhythm *r, uint64_t now_ps)
{
    const uint64_t last_ps = r->rose_ps > r->fell_ps ? r->rose_ps : r->fell_ps;
    const uint64_t longest = r->period_max_ps > r->period_ps ? r->period_max_ps : r->period_ps;
    return r->cycles > 0 && now_ps - last_ps <= PATIENCE * longest;
}

static bool is_narrow(uint64_t min, uint64_t max, uint64_t of)
{
    return (max - min) * 100 <= of;
}

bool bench_rhythm_is_regular(const struct bench_rhythm *r)
{
    return is_narrow(r->period_min_ps, r->period_max_ps, r->period_max_ps) &&
           is_narrow(r->high_min_ps, r->high_max_ps, r->period_max_ps);
}
