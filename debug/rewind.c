/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Going back. A moment is a number of instructions of one core: the new board runs fast to shortly before it,
 * by its time, and counts from there.
 */
#include "debug/history_internal.h"

#define NEAR_PS (20 * UINT64_C(1000000)) /* 20 us: a few thousand instructions to be counted */
#define FURTHER 64u
#define LATE_PS UINT64_C(1000000000) /* 1 ms later it would have been there */

static uint64_t count_of(const struct history *h, enum core core)
{
    return cpu_instructions(target_cpu(&h->target, core));
}

static struct moment present(const struct history *h, enum core core)
{
    const struct cpu *cpu = target_cpu(&h->target, core);
    return (struct moment){board_now(h->target.board), true,         core, cpu_instructions(cpu),
                           cpu_exceptions_taken(cpu),  cpu_time(cpu)};
}

static void run_until(struct history *h, uint64_t until_ps)
{
    h->inner.ops->run_until(h->inner.self, until_ps);
}

/* As far as the core was then, unless it takes much longer. */
static void run_to(struct history *h, const struct moment *moment)
{
    struct target_core *c = &h->target.core[moment->core];
    struct cpu *cpu = target_cpu(&h->target, moment->core);
    if (cpu_instructions(cpu) < moment->instructions ||
        cpu_exceptions_taken(cpu) < moment->exceptions) {
        cpu_set_breakpoints(cpu, NULL, 0);
        c->going = TARGET_COUNT;
        c->stopped = false;
        cpu_stop_at(cpu, moment->instructions, moment->exceptions);
        run_until(h, moment->core_ps + LATE_PS);
        cpu_stop_at(cpu, UINT64_MAX, 0);
        c->going = TARGET_FREELY;
    }
}

/* To where that was done; and does it. */
static void redo(struct history *h, const struct deed *d)
{
    run_until(h, d->when.ps);
    if (d->when.exact) {
        run_to(h, &d->when);
    }
    history_apply(h, d);
    h->next++;
}

static bool is_before(const struct moment *a, const struct moment *b)
{
    if (a->exact && b->exact && a->core == b->core) {
        return a->instructions < b->instructions ||
               (a->instructions == b->instructions && a->exceptions <= b->exceptions);
    }
    return (a->exact ? a->core_ps : a->ps) <= (b->exact ? b->core_ps : b->ps);
}

/* No watchpoints and breakpoints on the way. */
static void disarm(struct history *h)
{
    static const struct cpu_watchpoint none[CPU_WATCHPOINTS];
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        cpu_set_breakpoints(target_cpu(&h->target, (enum core)i), NULL, 0);
        cpu_set_watchpoints(target_cpu(&h->target, (enum core)i), none);
    }
}

/* A new board, just before `moment`; false: it is beyond it already, `lead_ps` before. */
static bool approach(struct history *h, const struct moment *moment, uint64_t lead_ps)
{
    const uint64_t near_ps = moment->core_ps > lead_ps ? moment->core_ps - lead_ps : 0;
    history_start_again(h);
    disarm(h);
    while (h->next < h->deeds.count && is_before(&h->deeds.list[h->next].when, moment) &&
           (h->deeds.list[h->next].when.ps <= near_ps || h->deeds.list[h->next].when.ps == 0)) {
        redo(h, &h->deeds.list[h->next]);
    }
    run_until(h, near_ps);
    return count_of(h, moment->core) <= moment->instructions;
}

static void go_to(struct history *h, const struct moment *moment)
{
    uint64_t lead_ps = NEAR_PS;
    while (!approach(h, moment, lead_ps) && lead_ps < moment->core_ps) {
        lead_ps *= FURTHER;
    }
    while (h->next < h->deeds.count && is_before(&h->deeds.list[h->next].when, moment)) {
        redo(h, &h->deeds.list[h->next]);
    }
    run_to(h, moment);
}

/* Those who were stopped are so again. */
struct held {
    bool stopped[CORE_COUNT];
};

static struct held let_go(struct history *h)
{
    struct held before;
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        before.stopped[i] = h->target.core[i].stopped;
        h->target.core[i].stopped = false;
    }
    h->silent = true;
    return before;
}

static void hold_again(struct history *h, const struct held *before, enum target_reason reason,
                       enum core core)
{
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        struct target_core *c = &h->target.core[i];
        c->stopped = before->stopped[i];
        c->going = TARGET_FREELY;
        c->steps = false;
        c->told = c->told && i != (unsigned)core;
        cpu_set_watchpoints(target_cpu(&h->target, c->core), c->watch);
    }
    h->target.core[core].stopped = true;
    h->target.core[core].reason = reason;
    h->silent = false;
}

bool history_step_back(struct history *h, enum core core)
{
    struct moment moment = present(h, core);
    if (moment.instructions == 0) {
        return false;
    }
    moment.instructions--;
    moment.exceptions = cpu_exceptions_before(target_cpu(&h->target, core));
    const struct held before = let_go(h);
    go_to(h, &moment);
    hold_again(h, &before, TARGET_STEPPED, core);
    return true;
}

/* The last stop of this core before `limit`; false: there is none. */
static bool find_last_stop(struct history *h, const struct moment *limit, struct moment *found,
                           enum target_reason *reason, struct cpu_watch_hit *hit)
{
    const uint64_t end_ps = limit->core_ps + LATE_PS;
    struct target_core *c = &h->target.core[limit->core];
    bool any = false;
    history_start_again(h);
    while (board_now(h->target.board) < end_ps && count_of(h, limit->core) < limit->instructions) {
        const bool has_deed = h->next < h->deeds.count;
        const uint64_t deed_ps = has_deed ? h->deeds.list[h->next].when.ps : UINT64_MAX;
        run_until(h, deed_ps < end_ps ? deed_ps : end_ps);
        if (c->stopped) {
            const struct moment here = present(h, limit->core);
            if (here.instructions < limit->instructions) {
                any = true;
                *found = here;
                *reason = c->reason;
                *hit = c->hit;
            }
            target_go(&h->target, limit->core);
        } else if (has_deed && board_now(h->target.board) >= deed_ps) {
            redo(h, &h->deeds.list[h->next]);
        }
        for (unsigned i = 0; i < CORE_COUNT; i++) {
            if (h->target.core[i].stopped) {
                target_go(&h->target, (enum core)i);
            }
        }
    }
    return any;
}

bool history_run_back(struct history *h, enum core core, enum target_reason *reason)
{
    const struct moment now = present(h, core);
    struct moment found = {.exact = true, .core = core};
    struct cpu_watch_hit hit = {0};
    const struct held before = let_go(h);
    const bool any = find_last_stop(h, &now, &found, reason, &hit);
    go_to(h, &found);
    hold_again(h, &before, any ? *reason : TARGET_BEGINNING, core);
    h->target.core[core].hit = hit;
    return any;
}
