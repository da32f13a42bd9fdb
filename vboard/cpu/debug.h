/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_DEBUG_H
#define VBOARD_CPU_DEBUG_H

/*
 * A debugger with which the board's time stops. Where cpu_halt halts one core as C_HALT does and lets the
 * world go on, here a core that reaches a breakpoint, a watchpoint or a number of instructions ends its turn
 * with nothing changed, and tells; who is told stops the machine (machine_stop). Going on, the cores do
 * what they would have done without.
 *
 * Nothing here costs anything while nobody is attached. All but cpu_watch_hit may be called only while the machine
 * does not run.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/cpu/cpu.h"

enum cpu_stop {
    CPU_STOP_BREAK, /* PC is one of the breakpoints */
    CPU_STOP_BKPT,  /* PC is a BKPT instruction */
    CPU_STOP_WATCH, /* behind the instruction that made the access, as DWT does (DDI 0403 C1.8.1) */
    CPU_STOP_COUNT, /* so many instructions have been executed */
    CPU_STOP_RESET  /* the core was reset: PC is the first instruction (DEMCR.VC_CORERESET) */
};

struct cpu_debugger {
    void *ctx;
    /* From within the machine's run: the core's turn is over. */
    void (*stopped)(void *ctx, enum core core, enum cpu_stop why);
    bool catches_reset;
};

/* NULL: nobody any more, and no breakpoints, watchpoints or counts. `debugger` must live that long. */
void cpu_attach_debugger(struct cpu *cpu, const struct cpu_debugger *debugger);

/* Exchanges the list of breakpoints, at most 32. The instruction at a breakpoint is not executed: to go on
 * from one, leave it out for a while. */
#define CPU_BREAKPOINTS 32u
void cpu_set_breakpoints(struct cpu *cpu, const uint32_t *addresses, unsigned count);

/* Stops when cpu_instructions() is `instructions`, and before the next one as soon as cpu_exceptions_taken() is
 * `exceptions` at least; UINT64_MAX: never. Idle loops are executed meanwhile. */
void cpu_stop_at(struct cpu *cpu, uint64_t instructions, uint64_t exceptions);

/* Asynchronous exceptions taken since the core was made: one between two moments says that what ran was not
 * the code that was looked at. Of moments between the same two instructions they tell which comes first. */
uint64_t cpu_exceptions_taken(const struct cpu *cpu);
/* What they were when the last instruction was executed. */
uint64_t cpu_exceptions_before(const struct cpu *cpu);

/* ---- watchpoints: four comparators (RM0399 63.5.4; DDI 0403 C1.8.1), by address and mask ---- */

#define CPU_WATCHPOINTS 4u
enum { CPU_WATCH_READ = 1, CPU_WATCH_WRITE = 2 };

struct cpu_watchpoint {
    uint32_t address; /* aligned to size */
    uint32_t size;    /* a power of two, up to 32 KB (DWT_MASKn: 15 bits) */
    unsigned kinds;   /* of accesses; 0: not used */
};

/* Exchanges them all. Stacking by exceptions is not seen. */
void cpu_set_watchpoints(struct cpu *cpu, const struct cpu_watchpoint list[CPU_WATCHPOINTS]);

/* The access that caused CPU_STOP_WATCH. */
struct cpu_watch_hit {
    unsigned index;
    uint32_t address, pc;
    bool write;
};
struct cpu_watch_hit cpu_watch_hit(const struct cpu *cpu);

/* ---- flow and trace ---- */

/* Who follows what the core executes. An exact engine only (engine.h); fast-forward should be off. */
struct cpu_tracer {
    void *ctx;
    /* It goes on at `address` from somewhere else. */
    void (*jumped)(void *ctx, enum core core, uint32_t address);
    /* An exception is entered, or one was returned from: PC is where it goes on. */
    void (*entered)(void *ctx, enum core core, unsigned exception);
    void (*returned)(void *ctx, enum core core);
    /* What the ITM gives out: a write of `size` bytes to stimulus port `port`; may be NULL. */
    void (*stimulus)(void *ctx, enum core core, unsigned port, unsigned size, uint32_t value);
};

/* NULL: nobody any more. Of a tracer without `jumped` only `stimulus` counts, which costs nothing. */
void cpu_attach_tracer(struct cpu *cpu, const struct cpu_tracer *tracer);
/* What a trace probe does before the firmware runs: DEMCR.TRCENA, ITM_TCR.ITMENA and TXENA, all of ITM_TER. */
void cpu_enable_itm(struct cpu *cpu);

#endif
