/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/cpu/code.h"
#include "vboard/cpu/debug.h"

#include <string.h>

#include "vboard/cpu/core.h"

#define DEMCR_TRCENA (1u << 24)

/* ---- who is attached ---- */

void cpu_attach_debugger(struct cpu *c, const struct cpu_debugger *debugger)
{
    static const struct cpu_watchpoint none[CPU_WATCHPOINTS];
    c->debug.debugger = debugger;
    c->debugging = debugger != NULL;
    c->debug.was_reset = false;
    cpu_stop_at(c, UINT64_MAX, 0);
    cpu_set_breakpoints(c, NULL, 0);
    cpu_set_watchpoints(c, none);
}

void cpu_set_breakpoints(struct cpu *c, const uint32_t *addresses, unsigned count)
{
    bool same = count == c->breakpoint_count;
    for (unsigned i = 0; i < count && i < CPU_MAX_BREAKPOINTS; i++) {
        same = same && c->breakpoints[i] == addresses[i];
        c->breakpoints[i] = addresses[i];
    }
    c->breakpoint_count = count;
    if (!same) { /* all code would be decoded anew */
        engine_set_breaks(c->engine, c->breakpoints, count);
    }
}

void cpu_stop_at(struct cpu *c, uint64_t instructions, uint64_t exceptions)
{
    c->debug.stop_at = instructions;
    c->debug.stop_exceptions = exceptions;
    c->debug.counts = instructions != UINT64_MAX;
    cpu_loop_spoil(c);
}

uint64_t cpu_exceptions_taken(const struct cpu *c)
{
    return c->debug.exceptions_taken;
}

uint64_t cpu_exceptions_before(const struct cpu *c)
{
    return c->debug.exceptions_taken - (c->debug.taken_at == cpu_instructions(c));
}

void cpu_debug_note_exception(struct cpu *c)
{
    c->debug.exceptions_taken++;
    c->debug.taken_at = cpu_instructions(c);
}

void cpu_debug_reset(struct cpu *c)
{
    itm_reset(&c->debug.itm);
    const struct cpu_debugger *d = c->debug.debugger;
    c->debug.was_reset = d != NULL && d->catches_reset;
    c->debug.watch_hit = false;
}

/* ---- stops ---- */

static void tell(struct cpu *c, enum cpu_stop why)
{
    const struct cpu_debugger *d = c->debug.debugger;
    c->turn_over = true;
    d->stopped(d->ctx, c->core, why);
}

static bool is_due(const struct cpu *c)
{
    const uint64_t executed = cpu_instructions(c);
    const struct cpu_debug *d = &c->debug;
    return executed > d->stop_at ||
           (executed == d->stop_at && d->exceptions_taken >= d->stop_exceptions);
}

bool cpu_debug_look(struct cpu *c)
{
    struct cpu_debug *d = &c->debug;
    if (d->debugger == NULL) {
        return false;
    }
    if (d->was_reset) {
        d->was_reset = false;
        tell(c, CPU_STOP_RESET);
    } else if (d->watch_hit) {
        d->watch_hit = false;
        tell(c, CPU_STOP_WATCH);
    } else if (d->counts && is_due(c)) {
        cpu_stop_at(c, UINT64_MAX, 0);
        tell(c, CPU_STOP_COUNT);
    } else {
        return false;
    }
    return true;
}

bool cpu_debug_breaks(struct cpu *c, enum cpu_stop why)
{
    if (c->debug.debugger == NULL) {
        return false;
    }
    tell(c, why);
    return true;
}

uint64_t cpu_debug_limit(const struct cpu *c, uint64_t left)
{
    uint64_t to_go = c->debug.stop_at - cpu_instructions(c); /* an instruction is a cycle or more */
    if (to_go == 0 && !is_due(c)) {
        to_go = 1; /* the exception that was to come did not */
    }
    return to_go < left ? to_go : left;
}

/* ---- watchpoints ---- */

void cpu_set_watchpoints(struct cpu *c, const struct cpu_watchpoint list[CPU_WATCHPOINTS])
{
    bool same = memcmp(c->debug.watch, list, sizeof(c->debug.watch)) == 0;
    memcpy(c->debug.watch, list, sizeof(c->debug.watch));
    c->debug.watch_count = 0;
    for (unsigned i = 0; i < CPU_WATCHPOINTS; i++) {
        c->debug.watch_count += list[i].kinds != 0;
    }
    if (!same) {
        engine_flush_pages(c->engine);
    }
}

static bool overlaps(const struct cpu_watchpoint *w, uint32_t address, uint32_t size)
{
    return w->kinds != 0 && (address - w->address < w->size || w->address - address < size);
}

bool cpu_debug_watches(const struct cpu *c, uint32_t page)
{
    bool any = false;
    for (unsigned i = 0; c->debug.watch_count != 0 && i < CPU_WATCHPOINTS; i++) {
        any = any || overlaps(&c->debug.watch[i], page, ENGINE_PAGE_SIZE);
    }
    return any;
}

/* RAM that is reached in line when nobody watches it; the first time it is stored to, an exclusive monitor
 * of the other core must hear of it all the same. */
static bool would_be_in_line(struct cpu *c, uint32_t address, unsigned size, bool write)
{
    const struct cpu_page *page = cpu_bus_page(c, address & ~(ENGINE_PAGE_SIZE - 1u));
    if (page->region == NULL || page->region->by_io || !cpu_debug_watches(c, page->address)) {
        return false;
    }
    if (!write) {
        return true;
    }
    struct cpu *other = c->chip->cores.cpu[c->core == CORE_CM7 ? CORE_CM4 : CORE_CM7];
    if (other != NULL) {
        engine_stored(other->engine, page->physical + address % ENGINE_PAGE_SIZE, size);
    }
    return page->region->region->writable && !cpu_code_of_other(c, address);
}

bool cpu_debug_accessed(struct cpu *c, uint32_t address, unsigned size, bool write)
{
    unsigned kind = write ? CPU_WATCH_WRITE : CPU_WATCH_READ;
    for (unsigned i = 0; i < CPU_WATCHPOINTS; i++) {
        const struct cpu_watchpoint *w = &c->debug.watch[i];
        if (overlaps(w, address, size) && (w->kinds & kind) != 0 && !c->debug.watch_hit) {
            c->debug.watch_hit = true;
            c->debug.hit = (struct cpu_watch_hit){i, address, c->chip->access.pc, write};
            c->meter->observe |= ENGINE_OBSERVE_STOP;
        }
    }
    return would_be_in_line(c, address, size, write);
}

struct cpu_watch_hit cpu_watch_hit(const struct cpu *c)
{
    return c->debug.hit;
}

/* ---- trace ---- */

void cpu_attach_tracer(struct cpu *c, const struct cpu_tracer *tracer)
{
    c->debug.tracer = tracer;
    c->debug.flow = tracer != NULL && tracer->jumped != NULL;
}

void cpu_enable_itm(struct cpu *c)
{
    c->scb.demcr |= DEMCR_TRCENA;
    itm_enable_all(&c->debug.itm);
    dwt_trace_enable(&c->dwt, true, cpu_cycles_total(c));
}

void cpu_debug_stimulus(struct cpu *c, uint32_t offset, unsigned size, uint32_t value)
{
    const struct cpu_tracer *t = c->debug.tracer;
    const unsigned port = offset / 4;
    if (port >= ITM_PORTS) {
        itm_write(&c->debug.itm, offset, value);
    } else if (t != NULL && t->stimulus != NULL && (c->scb.demcr & DEMCR_TRCENA) != 0 &&
               itm_passes(&c->debug.itm, port)) {
        t->stimulus(t->ctx, c->core, port, size, value);
    }
}
