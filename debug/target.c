/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "debug/target.h"

#include <string.h>

#include "vboard/chip/chip.h"

#define XPSR_IPSR 0x1FFu
#define WATCH_MAX 0x8000u /* DWT_MASKn: 15 bits */

struct cpu *target_cpu(const struct target *t, enum core core)
{
    return board_cpu(t->board, core);
}

static enum core other_of(enum core core)
{
    return core == CORE_CM7 ? CORE_CM4 : CORE_CM7;
}

/* ---- breakpoints as the core has them ---- */

/* All but `except`, and `more`; UINT32_MAX: none. */
static void arm(const struct target_core *c, uint32_t except, uint32_t more)
{
    uint32_t list[CPU_BREAKPOINTS];
    unsigned count = 0;
    for (unsigned i = 0; i < c->break_count; i++) {
        if (c->breaks[i] != except && c->breaks[i] != more) {
            list[count++] = c->breaks[i];
        }
    }
    if (more != UINT32_MAX && count < CPU_BREAKPOINTS) {
        list[count++] = more;
    }
    cpu_set_breakpoints(target_cpu(c->target, c->core), list, count);
}

static bool is_breakpoint(const struct target_core *c, uint32_t address)
{
    bool is = false;
    for (unsigned i = 0; i < c->break_count; i++) {
        is = is || c->breaks[i] == address;
    }
    return is;
}

/* ---- on the way ---- */

static uint32_t reg(const struct target_core *c, enum cpu_reg which)
{
    return cpu_get_reg(target_cpu(c->target, c->core), which);
}

static uint32_t ipsr_of(const struct target_core *c)
{
    return reg(c, CPU_XPSR) & XPSR_IPSR;
}

/* One instruction, without the breakpoint it stands at. */
static void begin_one(struct target_core *c, enum target_going going)
{
    struct cpu *cpu = target_cpu(c->target, c->core);
    c->going = going;
    c->exceptions = cpu_exceptions_taken(cpu);
    arm(c, reg(c, CPU_PC), UINT32_MAX);
    cpu_stop_at(cpu, cpu_instructions(cpu) + 1, 0);
}

static void begin_from_here(struct target_core *c, enum target_going going)
{
    c->from_pc = reg(c, CPU_PC);
    c->from_sp = reg(c, CPU_SP);
    c->from_ipsr = ipsr_of(c);
    begin_one(c, going);
}

static void go_freely(struct target_core *c)
{
    c->going = TARGET_FREELY;
    c->steps = false;
    arm(c, UINT32_MAX, UINT32_MAX);
}

/* Alone, the world going on. */
static void halt(struct target *t, enum core core, bool on)
{
    if (t->halted != NULL) {
        t->halted(t->ctx, core, on);
    }
    cpu_halt(target_cpu(t, core), on);
}

static void hold(struct target_core *c, enum target_reason reason)
{
    struct target *t = c->target;
    struct cpu *cpu = target_cpu(t, c->core);
    cpu_stop_at(cpu, UINT64_MAX, 0);
    c->stopped = true;
    c->told = false;
    c->moved = false;
    c->reason = reason;
    c->going = TARGET_FREELY;
    c->steps = false;
    if (t->for_step) { /* the other one has waited for this */
        t->for_step = false;
        halt(t, other_of(c->core), false);
    }
    if (t->alone) {
        halt(t, c->core, true);
    }
    board_stop(t->board);
}

/* An instruction has been executed; was it the one that was meant? */
static void after_one(struct target_core *c)
{
    const struct target *t = c->target;
    if (c->going == TARGET_AROUND) {
        c->going = TARGET_BACK;
        arm(c, UINT32_MAX, c->from_pc);
        return;
    }
    const bool interrupted = cpu_exceptions_taken(target_cpu(t, c->core)) != c->exceptions;
    if (interrupted && !(c->steps && t->steps_into)) {
        c->going = TARGET_BACK;
        arm(c, UINT32_MAX, c->from_pc);
    } else if (!c->steps) {
        go_freely(c);
    } else if (reg(c, CPU_PC) - c->range_start < c->range_end - c->range_start &&
               !is_breakpoint(c, reg(c, CPU_PC))) {
        begin_from_here(c, TARGET_STEP);
    } else {
        hold(c, TARGET_STEPPED);
    }
}

/* Back where an exception had come in between: now the instruction itself. */
static void at_break(struct target_core *c)
{
    const bool awaited = c->going == TARGET_BACK && reg(c, CPU_PC) == c->from_pc;
    if (awaited && reg(c, CPU_SP) == c->from_sp && ipsr_of(c) == c->from_ipsr) {
        begin_one(c, c->steps ? TARGET_STEP : TARGET_PAST);
    } else if (awaited && !is_breakpoint(c, c->from_pc)) {
        begin_one(c, TARGET_AROUND);
    } else {
        hold(c, TARGET_BREAK);
    }
}

static void at_bkpt(struct target_core *c)
{
    const struct target *t = c->target;
    if (t->at_bkpt == NULL || !t->at_bkpt(t->bkpt_ctx, c->core)) {
        hold(c, TARGET_BKPT);
    }
}

static void on_stop(void *ctx, enum core core, enum cpu_stop why)
{
    struct target *t = ctx;
    struct target_core *c = &t->core[core];
    switch (why) {
    case CPU_STOP_BREAK:
        at_break(c);
        break;
    case CPU_STOP_BKPT:
        at_bkpt(c);
        break;
    case CPU_STOP_WATCH:
        c->hit = cpu_watch_hit(target_cpu(t, core));
        hold(c, TARGET_WATCH);
        break;
    case CPU_STOP_RESET:
        hold(c, TARGET_RESET);
        break;
    case CPU_STOP_COUNT:
        if (c->going == TARGET_COUNT) {
            hold(c, TARGET_STEPPED);
        } else {
            after_one(c);
        }
        break;
    }
}

/* ---- who is attached ---- */

static void hook_up(struct target *t, enum core core)
{
    cpu_attach_debugger(target_cpu(t, core), t->core[core].attached ? &t->hooks : NULL);
}

void target_init(struct target *t, struct board *board)
{
    *t = (struct target){.board = board, .hooks = {.ctx = t, .stopped = on_stop}};
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        t->core[i].target = t;
        t->core[i].core = (enum core)i;
    }
}

void target_move(struct target *t, struct board *board)
{
    t->board = board;
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        struct target_core *c = &t->core[i];
        hook_up(t, c->core);
        if (c->attached) {
            arm(c, UINT32_MAX, UINT32_MAX);
            cpu_set_watchpoints(target_cpu(t, c->core), c->watch);
        }
    }
}

void target_attach(struct target *t, enum core core)
{
    struct target_core *c = &t->core[core];
    *c = (struct target_core){.target = t, .core = core, .attached = true};
    hook_up(t, core);
    target_stop(t, core, TARGET_ASKED);
}

void target_detach(struct target *t, enum core core)
{
    struct target_core *c = &t->core[core];
    c->break_count = 0;
    memset(c->watch, 0, sizeof(c->watch));
    if (c->stopped) {
        target_go(t, core);
    }
    c->attached = false;
    hook_up(t, core);
}

/* ---- what it is asked to do ---- */

void target_stop(struct target *t, enum core core, enum target_reason reason)
{
    struct target_core *c = &t->core[core];
    if (!c->stopped) {
        hold(c, reason);
    }
}

static void release(struct target_core *c)
{
    if (board_chip(c->target->board)->cores.halted[c->core]) {
        halt(c->target, c->core, false);
    }
    c->stopped = false;
    cpu_set_watchpoints(target_cpu(c->target, c->core), c->watch);
}

void target_go(struct target *t, enum core core)
{
    struct target_core *c = &t->core[core];
    c->steps = false;
    if (is_breakpoint(c, reg(c, CPU_PC)) && !c->moved) {
        begin_from_here(c, TARGET_PAST);
    } else {
        go_freely(c);
    }
    release(c);
}

void target_step(struct target *t, enum core core, uint32_t start, uint32_t end)
{
    struct target_core *c = &t->core[core];
    const enum core other = other_of(core);
    c->steps = true;
    c->range_start = start;
    c->range_end = end;
    begin_from_here(c, TARGET_STEP);
    if (t->core[other].stopped && !t->alone) {
        t->for_step = true;
        halt(t, other, true);
    }
    release(c);
}

bool target_breakpoint(struct target *t, enum core core, uint32_t address, bool set)
{
    struct target_core *c = &t->core[core];
    unsigned count = 0;
    address &= ~1u;
    for (unsigned i = 0; i < c->break_count; i++) {
        if (c->breaks[i] != address) {
            c->breaks[count++] = c->breaks[i];
        }
    }
    const bool room = !set || count < CPU_BREAKPOINTS - 1; /* one is kept for steps */
    if (set && room) {
        c->breaks[count++] = address;
    }
    c->break_count = count;
    return room;
}

bool target_watchpoint(struct target *t, enum core core, const struct cpu_watchpoint *w, bool set)
{
    struct target_core *c = &t->core[core];
    const bool masked = w->size != 0 && (w->size & (w->size - 1)) == 0 && w->size <= WATCH_MAX &&
                        (w->address & (w->size - 1)) == 0;
    for (unsigned i = 0; i < CPU_WATCHPOINTS; i++) {
        const bool same = memcmp(&c->watch[i], w, sizeof(*w)) == 0;
        if (!set && same) {
            c->watch[i] = (struct cpu_watchpoint){0, 0, 0};
            return true;
        }
        if (set && masked && c->watch[i].kinds == 0) {
            c->watch[i] = *w;
            return true;
        }
    }
    return false;
}

void target_set_alone(struct target *t, bool alone)
{
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        if (t->core[i].stopped && board_chip(t->board)->cores.halted[i] != alone) {
            halt(t, (enum core)i, alone);
        }
    }
    t->alone = alone;
}

bool target_runs(const struct target *t)
{
    bool stopped = false;
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        stopped = stopped || t->core[i].stopped;
    }
    return t->alone || t->for_step || !stopped;
}

const char *target_dead(const struct target *t)
{
    const struct chip_resets *r = &board_chip(t->board)->resets;
    if (!r->powered) {
        return "the board has no power: power it on";
    }
    if (r->vcore_lost) {
        return "VCORE is gone (supply deadlock), and the debug port with it: power off and on, "
               "with BOOT0 high "
               "if the image would do it again";
    }
    return NULL;
}
