/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/cpu/cpu.h"

#include <stdlib.h>
#include <string.h>

#include "vboard/cpu/caches.h"
#include "vboard/cpu/code.h"
#include "vboard/cpu/core.h"

#define XPSR_T (1u << 24)
#define PPB 0xE0000000u
#define PPB_END 0xE0100000u

/* ---- life ---- */

static void systick_pends(void *ctx, vtime_ps now)
{
    (void)now;
    cpu_pend(ctx, EXC_SYSTICK);
}

static vtime_ps no_jump(void *ctx, enum core core)
{
    (void)ctx;
    (void)core;
    return 0;
}

static void ignore_wake(void *ctx, enum core core, vtime_ps now)
{
    (void)ctx;
    (void)core;
    (void)now;
}

static void own_sev(void *ctx, enum core core)
{
    (void)core;
    cpu_event(ctx);
}

static struct cpu *no_peer(void *ctx, enum core core)
{
    (void)ctx;
    (void)core;
    return NULL;
}

struct cpu *cpu_create(struct chip *chip, enum core core, const struct cpu_config *config)
{
    struct cpu *c = calloc(1, sizeof(*c));
    if (c == NULL) {
        return NULL;
    }
    bool m7 = core == CORE_CM7;
    c->chip = chip;
    c->core = core;
    c->config = *config;
    c->machine = (struct machine_hooks){c, no_jump, ignore_wake, own_sev, no_peer};
    const struct engine_type *type = engine_by_name(config->engine);
    enum engine_model model = m7 ? ENGINE_CORTEX_M7 : ENGINE_CORTEX_M4;
    c->engine = type != NULL ? engine_create(type, model, &cpu_engine_ops, c) : NULL;
    if (c->engine == NULL) {
        free(c);
        return NULL;
    }
    c->exact = type->exact;
    c->meter = &c->engine->meter;
    c->debug.stop_at = UINT64_MAX;
    event_init(&c->stall_event, cpu_stall_over, c);
    if (cpu_code_init(c) != 0 || cpu_bus_init(c) != 0 || cpu_caches_init(c) != 0) {
        cpu_destroy(c);
        return NULL;
    }
    cpu_time_init(c);
    systick_init(&c->systick, &chip->sched, c->clock,
                 &chip->clocks[m7 ? CLK_SYSTICK1 : CLK_SYSTICK2], systick_pends, c);
    nvic_reset(&c->nvic);
    mpu_reset(&c->mpu, m7 ? 16 : 8);
    scb_reset(c, 0);
    return c;
}

void cpu_destroy(struct cpu *c)
{
    if (c != NULL) {
        sched_cancel(&c->chip->sched, &c->stall_event);
        systick_destroy(&c->systick);
        if (c->clock != NULL) {
            clock_unlisten(c->clock, &c->clock_listener);
        }
        cpu_caches_destroy(c);
        cpu_code_destroy(c);
        engine_destroy(c->engine);
        free(c);
    }
}

static void clear_registers(struct cpu *c)
{
    static const enum engine_reg masks[] = {ENGINE_PRIMASK, ENGINE_BASEPRI, ENGINE_FAULTMASK};
    struct engine_frame f = {.xpsr = XPSR_T, .lr = 0xFFFFFFFFu, .control_before = ~0u};
    engine_leave(c->engine, &f, false); /* thread mode, privileged, MSP */
    for (unsigned i = 0; i < sizeof(masks) / sizeof(masks[0]); i++) {
        engine_set(c->engine, masks[i], 0);
    }
    for (unsigned r = 4; r < 12; r++) {
        engine_set(c->engine, (enum engine_reg)r, 0);
    }
    engine_set(c->engine, ENGINE_FPSCR, 0);
    memset(&c->masks, 0, sizeof(c->masks));
}

void cpu_off(struct cpu *c)
{
    nvic_reset(&c->nvic);
    systick_reset(&c->systick);
    c->scb.scr = 0;
    c->sleeping = true;
    c->waits_for_event = c->event = c->locked_up = c->hung = c->deep = c->late_event = false;
}

void cpu_reset(struct cpu *c, uint32_t vector_table)
{
    uint32_t sp = 0;
    uint32_t pc = 0;
    c->locked_up = c->hung = c->sleeping = c->event = c->fault_late = c->stalled = false;
    c->deep = c->late_event = false;
    c->stall_until = 0;
    c->told_run_star = false;
    sched_cancel(&c->chip->sched, &c->stall_event);
    nvic_reset(&c->nvic);
    systick_reset(&c->systick);
    mpu_reset(&c->mpu, c->mpu.regions);
    dwt_reset(&c->dwt, c->core == CORE_CM7);
    cpu_debug_reset(c);
    cpu_caches_reset(c);
    scb_reset(c, vector_table);
    clear_registers(c);
    engine_flush_pages(c->engine);
    engine_note_reset(c->engine);
    memset(c->pages, 0, sizeof(c->pages)); /* at 0 the CM4 may see another memory (boot_alias.h) */
    cpu_code_stale(c, 0, 0);
    cpu_bus_refresh(c);
    cpu_bus_read_word(c, vector_table, &sp);
    bool good = cpu_bus_read_word(c, vector_table + 4, &pc);
    engine_set(c->engine, ENGINE_MSP, sp & ~3u);
    engine_set(c->engine, ENGINE_XPSR, (pc & 1u) != 0 ? XPSR_T : 0);
    cpu_set_reg(c, CPU_PC, good ? pc & ~1u : 0);
    cpu_time_move(c, c->chip->sched.now);
    c->machine.woke(c->machine.ctx, c->core, c->chip->sched.now);
}

/* ---- queries ---- */

enum core cpu_core(const struct cpu *c)
{
    return c->core;
}

uint64_t cpu_instructions(const struct cpu *c)
{
    return cpu_cycles_total(c) - c->time.extra;
}

uint64_t cpu_instructions_added_up(const struct cpu *c)
{
    return c->meter->added_up;
}

uint64_t cpu_register_accesses(const struct cpu *c)
{
    return c->register_accesses;
}

uint64_t cpu_instructions_skipped(const struct cpu *c)
{
    return c->skipped;
}

bool cpu_is_locked_up(const struct cpu *c)
{
    return c->locked_up;
}

bool cpu_is_sleeping(const struct cpu *c)
{
    return c->sleeping;
}

/* ---- inputs ---- */

static void set_line(void *ctx, unsigned number, bool level)
{
    struct cpu *c = ctx;
    const bool is_nmi = number == IRQ_NMI;
    if (number >= NVIC_IRQS && !is_nmi) {
        return;
    }
    if (nvic_line(&c->nvic, is_nmi ? EXC_NMI : EXC_IRQ0 + number, level)) {
        cpu_pended(c);
    }
}

struct irq_sink cpu_irq_sink(struct cpu *c)
{
    return (struct irq_sink){.set = set_line, .ctx = c};
}

void cpu_ask_again(struct cpu *c)
{
    engine_flush_pages(c->engine);
}

/* ---- debugger ---- */

uint32_t cpu_get_reg(const struct cpu *c, enum cpu_reg reg)
{
    return engine_get(c->engine, (enum engine_reg)reg);
}

void cpu_set_reg(struct cpu *c, enum cpu_reg reg, uint32_t value)
{
    if (reg == CPU_PC) {
        bool thumb = (engine_get(c->engine, ENGINE_XPSR) & XPSR_T) != 0;
        engine_set(c->engine, (enum engine_reg)reg, value);
        if (!thumb) {
            engine_set(c->engine, ENGINE_XPSR, engine_get(c->engine, ENGINE_XPSR));
        }
        return;
    }
    engine_set(c->engine, (enum engine_reg)reg, value);
}

/* Registers are read as whole words, as a probe does. */
static void debug_read(struct cpu *c, uint32_t address, uint8_t *byte)
{
    struct access saved = c->chip->access;
    uint32_t word;
    c->chip->access.master = MASTER_DEBUG;
    if (address >= PPB) {
        word = cpu_ppb_read(c, address & ~3u, 4);
    } else {
        word = chip_mmio_read(c->chip, address & ~3u, 4);
    }
    *byte = (uint8_t)(word >> (8 * (address & 3u)));
    c->chip->access = saved;
}

static bool is_register(uint32_t address)
{
    return address - 0x40000000u < 0x20000000u || (address >= PPB && address < PPB_END);
}

static uint8_t *debug_host(const struct cpu *c, uint32_t address)
{
    if (external_is(address)) {
        const struct mem_region *r = external_region(c->chip, address);
        return r != NULL ? r->host + (address - r->base) : NULL;
    }
    for (unsigned i = 0; i < c->region_count; i++) {
        const struct mem_region *r = c->regions[i].region;
        if (address - r->base < r->size) {
            return r->host + (address - r->base);
        }
    }
    return NULL;
}

bool cpu_read_mem(struct cpu *c, uint32_t address, void *data, size_t size)
{
    uint8_t *to = data;
    for (size_t i = 0; i < size; i++) {
        const uint8_t *host = debug_host(c, address + (uint32_t)i);
        if (host != NULL) {
            to[i] = *host;
        } else if (is_register(address + (uint32_t)i)) {
            debug_read(c, address + (uint32_t)i, &to[i]);
        } else {
            return false;
        }
    }
    return true;
}

static void debug_write(struct cpu *c, uint32_t address, unsigned size, uint32_t value)
{
    struct access saved = c->chip->access;
    c->chip->access.master = MASTER_DEBUG;
    if (address >= PPB) {
        cpu_ppb_write(c, address, size, value);
    } else {
        chip_mmio_write(c->chip, address, size, value);
    }
    c->chip->access = saved;
}

bool cpu_write_mem(struct cpu *c, uint32_t address, const void *data, size_t size)
{
    const uint8_t *from = data;
    size_t i = 0;
    while (i < size) {
        uint32_t at = address + (uint32_t)i;
        uint8_t *host = debug_host(c, at);
        if (host != NULL) {
            *host = from[i++];
        } else if (is_register(at)) {
            unsigned n = (at & 3u) == 0 && size - i >= 4 ? 4 : 1;
            uint32_t value = 0;
            memcpy(&value, from + i, n);
            debug_write(c, at, n, value);
            i += n;
        } else {
            return false;
        }
    }
    chip_code_changed(c->chip, address, (uint32_t)size);
    return true;
}

void cpu_code_changed(struct cpu *c, uint32_t address, uint32_t size)
{
    cpu_loop_spoil(c);
    if (size != 0) {
        cpu_code_stale(c, address, size);
    }
    if (c->stale_count != 0 && c->in_run) {
        c->meter->observe |= ENGINE_OBSERVE_STOP;
    }
}

static bool is_breakpoint(const struct cpu *c, uint32_t address)
{
    for (unsigned i = 0; i < c->breakpoint_count; i++) {
        if (c->breakpoints[i] == address) {
            return true;
        }
    }
    return false;
}

bool cpu_breakpoint(struct cpu *c, uint32_t address, bool on)
{
    unsigned count = 0;
    for (unsigned i = 0; i < c->breakpoint_count; i++) {
        if (c->breakpoints[i] != address) {
            c->breakpoints[count++] = c->breakpoints[i];
        }
    }
    if (on && count == CPU_MAX_BREAKPOINTS) {
        return false;
    }
    if (on) {
        c->breakpoints[count++] = address;
    }
    c->breakpoint_count = count;
    c->debugging = true;
    engine_set_breaks(c->engine, c->breakpoints, count);
    return true;
}

void cpu_halt(struct cpu *c, bool halt)
{
    c->debugging = true;
    c->loop.disturbed = true;
    if (!halt && c->chip->cores.halted[c->core]) {
        cpu_time_move(c, c->chip->sched.now);
        c->leave_break = is_breakpoint(c, cpu_get_reg(c, CPU_PC));
    }
    chip_core_halted(c->chip, c->core, halt);
    c->turn_over = c->turn_over || halt;
    c->meter->observe |= halt && c->in_run ? ENGINE_OBSERVE_STOP : 0;
}

void cpu_hang(struct cpu *c)
{
    c->hung = true;
    c->turn_over = true;
}
