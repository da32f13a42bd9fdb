/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Both cores of a board as debuggers want them: stopped, stepped, going on; breakpoints and watchpoints.
 *
 * A core that stops keeps the board's time standing, so that nothing in the car, in the timers or in the other core
 * goes on behind the debugger's back, and what runs afterwards is what would have run without it. With
 * `alone` a stopped core is halted as C_HALT does and everything else goes on, as on the chip without cross trigger.
 *
 * A step executes one instruction. Interrupts that come in meanwhile run to their end first, unless
 * `steps_into`; the code that was looked at is what is stepped through.
 */
#ifndef DEBUG_TARGET_H
#define DEBUG_TARGET_H

#include "vboard/boards/board.h"
#include "vboard/chip/access.h"
#include "vboard/cpu/debug.h"

enum target_reason {
    TARGET_ASKED, /* to stop, or attached */
    TARGET_BREAK,
    TARGET_BKPT, /* a BKPT instruction */
    TARGET_WATCH,
    TARGET_STEPPED,
    TARGET_RESET,
    TARGET_BEGINNING /* no further back */
};

/* What the core is on the way to while it runs. */
enum target_going {
    TARGET_FREELY,
    TARGET_PAST,   /* over the breakpoint it stood at, then freely */
    TARGET_STEP,   /* one instruction */
    TARGET_BACK,   /* an exception came first: to where it interrupted */
    TARGET_AROUND, /* the same place, but in another context: over it */
    TARGET_COUNT   /* to a number of instructions (history.h) */
};

struct target;

struct target_core {
    struct target *target;
    enum core core;
    bool attached; /* a debugger has it */
    bool stopped;  /* and holds it */
    bool told;     /* it stopped, and nobody has asked why yet */
    bool moved;    /* and has been put elsewhere since: a breakpoint there counts */
    enum target_reason reason;
    uint32_t breaks[CPU_BREAKPOINTS];
    unsigned break_count;
    struct cpu_watchpoint watch[CPU_WATCHPOINTS];
    struct cpu_watch_hit hit;
    enum target_going going;
    bool steps;                           /* what is under way is a step */
    uint32_t from_pc, from_sp, from_ipsr; /* where it began */
    uint64_t exceptions;
    uint32_t range_start, range_end; /* step on while PC is in it; 0, 0: one instruction */
};

struct target {
    struct board *board;
    struct target_core core[CORE_COUNT];
    struct cpu_debugger hooks;
    bool alone;          /* a stopped core does not keep the time standing */
    bool steps_into;     /* a step may enter an interrupt */
    bool for_step;       /* the other core is halted while one steps */
    bool stands_without; /* a core whose debugger is gone without a word stays stopped */
    /* A core is at a BKPT: true = it has been seen to, and the core goes on behind it. May be NULL. */
    bool (*at_bkpt)(void *ctx, enum core core);
    void *bkpt_ctx;
    /* A core was halted, or goes on, while the time does. May be NULL. */
    void (*halted)(void *ctx, enum core core, bool halt);
    void *ctx;
};

void target_init(struct target *t, struct board *board);
/* Another board takes the place of the one before, in the same moment. */
void target_move(struct target *t, struct board *board);
struct cpu *target_cpu(const struct target *t, enum core core);

/* A debugger comes: the core stops. It goes: its breakpoints and watchpoints are taken away, the core goes on. */
void target_attach(struct target *t, enum core core);
void target_detach(struct target *t, enum core core);

void target_stop(struct target *t, enum core core, enum target_reason reason);
void target_go(struct target *t, enum core core);
/* Steps one instruction, or until PC is outside of [start, end). */
void target_step(struct target *t, enum core core, uint32_t start, uint32_t end);

/* False: no room. */
bool target_breakpoint(struct target *t, enum core core, uint32_t address, bool set);
/* False: none of the four comparators is free, or no mask covers exactly that range. */
bool target_watchpoint(struct target *t, enum core core, const struct cpu_watchpoint *w, bool set);

/* A stopped core does not keep the time standing any more, or does again. */
void target_set_alone(struct target *t, bool alone);

/* May the board's time go on? */
bool target_runs(const struct target *t);
/* Why there is nothing to debug: NULL, or one line about the supply. */
const char *target_dead(const struct target *t);

#endif
