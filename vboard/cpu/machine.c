/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/cpu/code.h"
#include "vboard/cpu/machine.h"

#include <stdlib.h>

#include "vboard/cpu/core.h"

#define DEFAULT_SLICE VTIME_US(1)

struct machine {
    struct chip *chip;
    struct cpu *cpu[CORE_COUNT];
    struct cpu *running; /* whose turn it is, NULL between turns */
    vtime_ps slice;
    vtime_ps until; /* of the machine_run_until under way */
    vtime_ps reached;
    bool stop;
    bool parked[CORE_COUNT]; /* held or halted when last looked at */
};

/* ---- what the cores ask for ---- */

static struct cpu *other_of(const struct machine *m, enum core core)
{
    return m->cpu[core == CORE_CM7 ? CORE_CM4 : CORE_CM7];
}

static vtime_ps earlier_of(vtime_ps a, vtime_ps b)
{
    return a < b ? a : b;
}

/* The next moment at which anything but the cores themselves acts. */
static vtime_ps horizon(const struct machine *m)
{
    return earlier_of(m->until, sched_next(&m->chip->sched));
}

static vtime_ps jump_limit(void *ctx, enum core core)
{
    struct machine *m = ctx;
    const struct cpu *other = other_of(m, core);
    return !cpu_can_run(other) || other->loop.pure ? horizon(m) : 0;
}

/* The other core now runs too: no further than a slice beyond it. */
static void woke(void *ctx, enum core core, vtime_ps now)
{
    struct machine *m = ctx;
    m->cpu[core]->loop.pure = false;
    m->parked[core] = false;
    if (m->running != NULL && m->running->core != core) {
        cpu_cut(m->running, now + m->slice);
    }
}

/* SEV sets the core's own event register. The other core has it as input 80 or 79 of EXTI, whose event mask lets it
 * through to RXEV or not (RM0399 21.4, Table 152 note 3; 21.5, Table 153). */
static void sev(void *ctx, enum core core)
{
    struct machine *m = ctx;
    cpu_event(m->cpu[core]);
    chip_sev(m->chip, core);
}

static void event_is_earlier(void *ctx, vtime_ps at)
{
    struct machine *m = ctx;
    if (m->running != NULL) {
        cpu_cut(m->running, at);
    }
}

static struct cpu *peer(void *ctx, enum core core)
{
    struct machine *m = ctx;
    struct cpu *other = other_of(m, core);
    return cpu_can_run(other) ? other : NULL;
}

/* ---- life ---- */

static const struct core_ops ops = {cpu_reset,     cpu_event,        cpu_off,
                                    cpu_wake_line, cpu_code_changed, cpu_map_changed};

static void hook_up(struct machine *m, enum core core)
{
    struct cpu *c = m->cpu[core];
    c->machine = (struct machine_hooks){m, jump_limit, woke, sev, peer};
    m->chip->cores.cpu[core] = c;
    m->chip->cores.nvic[core] = cpu_irq_sink(c);
}

struct machine *machine_create(struct chip *chip, const struct machine_config *config)
{
    struct machine *m = calloc(1, sizeof(*m));
    if (m == NULL) {
        return NULL;
    }
    m->chip = chip;
    m->slice = config->max_slice_ps != 0 ? config->max_slice_ps : DEFAULT_SLICE;
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        m->cpu[i] = cpu_create(chip, (enum core)i, &config->cpu);
        if (m->cpu[i] == NULL) {
            machine_destroy(m);
            return NULL;
        }
        hook_up(m, (enum core)i);
    }
    chip->cores.ops = &ops;
    chip->sched.earlier = event_is_earlier;
    chip->sched.earlier_ctx = m;
    machine_set_fast_forward(m, !config->no_fast_forward);
    return m;
}

void machine_destroy(struct machine *m)
{
    if (m == NULL) {
        return;
    }
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        m->chip->cores.cpu[i] = NULL;
        m->chip->cores.nvic[i] = (struct irq_sink){.set = NULL};
        cpu_destroy(m->cpu[i]);
    }
    m->chip->sched.earlier = NULL;
    free(m);
}

/* ---- running ---- */

/* A core that was held or halted has not lived through the time since. */
static void catch_up(struct machine *m, struct cpu *c)
{
    bool parked = m->chip->cores.held[c->core] || m->chip->cores.halted[c->core];
    if (m->parked[c->core] && !parked) {
        cpu_time_move(c, m->chip->sched.now);
    }
    m->parked[c->core] = parked;
}

/* The running core that is furthest behind, NULL if none runs. CM7 first if both are level. */
static struct cpu *next_core(struct machine *m)
{
    struct cpu *best = NULL;
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        struct cpu *c = m->cpu[i];
        catch_up(m, c);
        if (cpu_can_run(c) && (best == NULL || cpu_time(c) < cpu_time(best))) {
            best = c;
        }
    }
    return best;
}

/* How far it may go. One that only loops need not keep up: whoever does something that it could see, to a register
 * or to memory of both cores, waits for it first (exact.h). */
static vtime_ps limit_of(const struct machine *m, const struct cpu *c)
{
    const struct cpu *other = other_of(m, c->core);
    bool keeps_up = cpu_can_run(other) && !(c->exact && other->loop.pure);
    return keeps_up ? earlier_of(horizon(m), cpu_time(other) + m->slice) : horizon(m);
}

static void take_turn(struct machine *m, struct cpu *c)
{
    struct cpu *other = other_of(m, c->core);
    vtime_ps limit = limit_of(m, c);
    m->chip->cores.turn_cut = false;
    m->running = c;
    cpu_run(c, limit);
    m->running = NULL;
    if (!cpu_loop_was_clean(c)) {
        cpu_loop_spoil(other); /* it may have changed what the other's loop reads */
    }
}

static bool is_asleep(const struct machine *m, enum core core)
{
    const struct chip_cores *cores = &m->chip->cores;
    return m->cpu[core]->sleeping && !cores->held[core] && !cores->halted[core];
}

/* Those due at `at`; and while both cores sleep, one after the other. */
static void run_events(struct machine *m, vtime_ps at)
{
    do {
        m->reached = at;
        sched_run_until(&m->chip->sched, at);
        at = sched_next(&m->chip->sched);
    } while (is_asleep(m, CORE_CM7) && is_asleep(m, CORE_CM4) && at <= m->until && !m->stop);
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        cpu_loop_spoil(m->cpu[i]);
    }
}

void machine_run_until(struct machine *m, vtime_ps until)
{
    struct sched *s = &m->chip->sched;
    m->until = until;
    m->stop = false;
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        cpu_loop_spoil(m->cpu[i]); /* pins, keys, a debugger may have changed things meanwhile */
    }
    while (!m->stop) {
        struct cpu *c = next_core(m);
        vtime_ps core_time = c != NULL ? cpu_time(c) : VTIME_NEVER;
        vtime_ps event_time = sched_next(s);
        m->reached = earlier_of(until, earlier_of(core_time, event_time));
        if (event_time <= until && event_time <= core_time) {
            run_events(m, event_time);
        } else if (core_time < until) {
            take_turn(m, c);
        } else {
            s->now = until;
            break;
        }
    }
}

void machine_stop(struct machine *m)
{
    m->stop = true;
    if (m->running != NULL) {
        cpu_cut(m->running, 0);
    }
}

vtime_ps machine_time(const struct machine *m)
{
    return m->reached;
}

void machine_set_fast_forward(struct machine *m, bool on)
{
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        m->cpu[i]->fast_forward = on;
        m->cpu[i]->loop.pure = false;
    }
}

struct cpu *machine_cpu(struct machine *m, enum core core)
{
    return m->cpu[core];
}
