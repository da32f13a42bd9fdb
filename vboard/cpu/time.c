/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A core's place in time: an epoch plus a count of cycles of the clock it has had since then.
 * Nothing is rounded but the result, so that a turn cut in two ends where the whole one would.
 */
#include "vboard/cpu/core.h"

vtime_ps cpu_time(const struct cpu *c)
{
    return cpu_time_at(c, cpu_cycles_done(c));
}

uint64_t cpu_cycle_at(const struct cpu *c, vtime_ps t)
{
    if (t <= c->time.epoch || !cpu_has_clock(c)) {
        return 0;
    }
    return clock_ticks_up(c->clock, t - c->time.epoch);
}

/* It is counted in what is left: the same moment, in the new count. */
static void shift_question(struct engine_meter *m, int64_t by)
{
    if (m->asks_below != INT64_MIN && m->asks_below != INT64_MAX) {
        m->asks_below += by;
    }
}

void cpu_time_grant(struct cpu *c, int64_t left)
{
    int64_t more = left - cpu_cycles_left(c);
    c->time.granted += more;
    c->meter->left = left;
    c->meter->aside = 0;
    shift_question(c->meter, more);
}

void cpu_time_charge(struct cpu *c, uint64_t cycles)
{
    c->time.extra += cycles;
    if (c->in_run) {
        c->meter->left -= (int64_t)cycles;
    } else {
        c->time.cycles += cycles;
        shift_question(c->meter, (int64_t)cycles);
    }
}

void cpu_time_forget_order(struct cpu *c)
{
    c->free_known = false;
    c->meter->asks_below = INT64_MAX;
}

static void forget_order(struct cpu *c)
{
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        if (c->chip->cores.cpu[i] != NULL) {
            cpu_time_forget_order(c->chip->cores.cpu[i]);
        }
    }
}

static void new_epoch(struct cpu *c, vtime_ps epoch, uint64_t cycles)
{
    forget_order(c);
    c->time.cycles_before += cpu_cycles_done(c) - cycles;
    c->time.epoch = epoch;
    c->time.cycles = cycles;
    c->time.granted = cpu_cycles_left(c);
}

void cpu_time_move(struct cpu *c, vtime_ps t)
{
    vtime_ps own = cpu_time(c);
    new_epoch(c, t > own ? t : own, 0);
}

/* The clock changes: what has been executed took the old period, the rest of the running block
 * takes the new one. */
static void before_clock(void *ctx, vtime_ps now)
{
    struct cpu *c = ctx;
    (void)now;
    new_epoch(c, cpu_time_at(c, cpu_cycles_done(c) - c->access.to_come), c->access.to_come);
}

static void after_clock(void *ctx, vtime_ps now)
{
    struct cpu *c = ctx;
    if (cpu_has_clock(c) && !c->in_run) {
        cpu_time_move(c, now);
        c->machine.woke(c->machine.ctx, c->core, now);
    }
    if (c->in_run) {
        c->meter->observe |= ENGINE_OBSERVE_STOP;
    }
    c->time.stop_cycle = 0; /* cpu_run works it out again */
}

void cpu_time_init(struct cpu *c)
{
    c->clock = &c->chip->clocks[c->core == CORE_CM7 ? CLK_CPU1 : CLK_CPU2];
    c->clock_listener = (struct clock_listener){before_clock, after_clock, c, NULL};
    clock_listen(c->clock, &c->clock_listener);
    after_clock(c, c->chip->sched.now);
}
