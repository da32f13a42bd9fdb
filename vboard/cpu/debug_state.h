/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_DEBUG_STATE_H
#define VBOARD_CPU_DEBUG_STATE_H

/* What a core knows of its debugger and tracer (debug.h). A part of struct cpu; for the core's own files. */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/cpu/debug.h"
#include "vboard/cpu/itm.h"

struct cpu_debug {
    const struct cpu_debugger *debugger; /* NULL: none */
    const struct cpu_tracer *tracer;
    bool flow;   /* the tracer wants jumps */
    bool counts; /* stop_at is set */
    bool was_reset;
    uint64_t stop_at, stop_exceptions;
    uint64_t exceptions_taken;
    uint64_t taken_at; /* instructions before the last of them */
    unsigned watch_count;
    bool watch_hit; /* not yet told */
    struct cpu_watchpoint watch[CPU_WATCHPOINTS];
    struct cpu_watch_hit hit;
    struct itm itm;
};

struct cpu;

void cpu_debug_note_exception(struct cpu *c);
/* Between two pieces of a turn: must the core stop here? It has been told then. */
bool cpu_debug_look(struct cpu *c);
/* BREAK or BKPT was reached: true if the debugger has been told. */
bool cpu_debug_breaks(struct cpu *c, enum cpu_stop why);
/* Cycles that may be executed before the core must look; `left` at most. */
uint64_t cpu_debug_limit(const struct cpu *c, uint64_t left);
/* A page that must be reached by window, so that its accesses are seen. */
bool cpu_debug_watches(const struct cpu *c, uint32_t page);
/* An access to chip->access.address was made. True: it took this way for the watch alone and costs nothing. */
bool cpu_debug_accessed(struct cpu *c, uint32_t address, unsigned size, bool write);
void cpu_debug_reset(struct cpu *c);
void cpu_debug_stimulus(struct cpu *c, uint32_t offset, unsigned size, uint32_t value);

#endif
