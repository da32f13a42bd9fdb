/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * PM0253 4.2 (NVIC), 2.4.6 (priority grouping), DDI 0403 B1.5.4 (ExecutionPriority). Left out:
 * late arrival (an entry is never given up for a more urgent exception that comes while the frame
 * is being written; here that takes no time anyway).
 */
#include "vboard/cpu/nvic.h"

#include <string.h>

#define PRIORITY_MASK 0xF0u /* 4 bits implemented (PM0253 2.4.5) */

static bool get(const uint64_t *set, unsigned e)
{
    return (set[e / 64] >> (e % 64) & 1u) != 0;
}

static void put(uint64_t *set, unsigned e, bool on)
{
    uint64_t bit = UINT64_C(1) << (e % 64);
    if (on) {
        set[e / 64] |= bit;
    } else {
        set[e / 64] &= ~bit;
    }
}

void nvic_reset(struct nvic *n)
{
    uint64_t level[NVIC_WORDS];
    memcpy(level, n->level, sizeof(level));
    memset(n, 0, sizeof(*n));
    memcpy(n->level, level, sizeof(level));
    memcpy(n->pending, level, sizeof(level));
    put(n->pending, EXC_NMI, false); /* what raised it is reset as well */
    static const uint8_t always[] = {EXC_NMI,   EXC_HARD_FAULT, EXC_SVC,
                                     EXC_DEBUG, EXC_PENDSV,     EXC_SYSTICK};
    for (unsigned i = 0; i < sizeof(always); i++) {
        put(n->enabled, always[i], true);
    }
}

bool nvic_line(struct nvic *n, unsigned exception, bool level)
{
    bool was = get(n->level, exception);
    put(n->level, exception, level);
    return level && !was && nvic_pend(n, exception);
}

bool nvic_pend(struct nvic *n, unsigned exception)
{
    if (get(n->pending, exception)) {
        return false;
    }
    put(n->pending, exception, true);
    n->best_known = false;
    return true;
}

void nvic_unpend(struct nvic *n, unsigned exception)
{
    if (!get(n->level, exception) || get(n->active, exception)) {
        put(n->pending, exception, false);
        n->best_known = false;
    }
}

void nvic_enable(struct nvic *n, unsigned exception, bool on)
{
    put(n->enabled, exception, on);
    n->best_known = false;
}

void nvic_set_priority(struct nvic *n, unsigned exception, uint8_t priority)
{
    n->priority[exception] = priority & PRIORITY_MASK;
    n->best_known = false;
}

void nvic_set_group(struct nvic *n, unsigned prigroup)
{
    n->prigroup = prigroup & 7u;
    n->best_known = false;
}

bool nvic_is_pending(const struct nvic *n, unsigned exception)
{
    return get(n->pending, exception);
}

bool nvic_is_enabled(const struct nvic *n, unsigned exception)
{
    return get(n->enabled, exception);
}

bool nvic_is_active(const struct nvic *n, unsigned exception)
{
    return get(n->active, exception);
}

void nvic_force_active(struct nvic *n, unsigned exception, bool on)
{
    if (get(n->active, exception) != on) {
        put(n->active, exception, on);
        n->active_count += on ? 1u : ~0u;
    }
}

void nvic_activate(struct nvic *n, unsigned exception)
{
    put(n->pending, exception, false);
    n->best_known = false;
    nvic_force_active(n, exception, true);
}

void nvic_deactivate(struct nvic *n, unsigned exception)
{
    nvic_force_active(n, exception, false);
    if (get(n->level, exception)) {
        nvic_pend(n, exception);
    }
}

int nvic_priority(const struct nvic *n, unsigned exception)
{
    if (exception <= EXC_HARD_FAULT) {
        return (int)exception - 4;
    }
    return n->priority[exception];
}

/* Group mask: PRIGROUP names the highest bit that is subpriority (PM0253 Table 51). */
static int group_of(const struct nvic *n, int priority)
{
    return priority < 0 ? priority
                        : (int)((unsigned)priority & (0xFFu << (n->prigroup + 1u)) & 0xFFu);
}

int nvic_group_priority(const struct nvic *n, unsigned exception)
{
    return group_of(n, nvic_priority(n, exception));
}

int nvic_active_priority(const struct nvic *n)
{
    int best = NVIC_IDLE;
    if (n->active_count == 0) {
        return best;
    }
    for (unsigned w = 0; w < NVIC_WORDS; w++) {
        for (uint64_t left = n->active[w]; left != 0; left &= left - 1) {
            int p = nvic_group_priority(n, w * 64 + (unsigned)__builtin_ctzll(left));
            best = p < best ? p : best;
        }
    }
    return best;
}

int nvic_execution_priority(const struct nvic *n, const struct nvic_masks *m)
{
    int priority = nvic_active_priority(n);
    int boosted = NVIC_IDLE;
    if ((m->basepri & PRIORITY_MASK) != 0) {
        boosted = group_of(n, (int)(m->basepri & PRIORITY_MASK));
    }
    if (m->primask) {
        boosted = 0;
    }
    if (m->faultmask) {
        boosted = -1;
    }
    return boosted < priority ? boosted : priority;
}

bool nvic_is_negative(const struct nvic *n, const struct nvic_masks *m)
{
    return m->faultmask || (n->active[0] & (1u << EXC_NMI | 1u << EXC_HARD_FAULT)) != 0;
}

unsigned nvic_best(struct nvic *n)
{
    if (n->best_known) {
        return n->best;
    }
    int best = NVIC_IDLE;
    n->best = EXC_NONE;
    for (unsigned w = 0; w < NVIC_WORDS; w++) {
        for (uint64_t left = n->pending[w] & n->enabled[w]; left != 0; left &= left - 1) {
            unsigned e = w * 64 + (unsigned)__builtin_ctzll(left);
            int p = nvic_priority(n, e);
            if (p < best) {
                best = p;
                n->best = e;
            }
        }
    }
    n->best_known = true;
    return n->best;
}

unsigned nvic_ready(struct nvic *n, const struct nvic_masks *m)
{
    unsigned e = nvic_best(n);
    if (e == EXC_NONE || nvic_group_priority(n, e) >= nvic_execution_priority(n, m)) {
        return EXC_NONE;
    }
    return e;
}

bool nvic_at_base(const struct nvic *n)
{
    return n->active_count <= 1;
}
