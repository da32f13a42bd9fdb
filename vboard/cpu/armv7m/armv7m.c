/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * An interpreter of Armv7E-M behind vboard/cpu/engine.h, written from DDI 0403, PM0253 (Cortex-M7) and
 * PM0214 (Cortex-M4). Portable C11; docs/engines.md says how it compares with Unicorn.
 */
#include <stdlib.h>
#include <string.h>

#include "vboard/cpu/armv7m/advance.h"
#include "vboard/cpu/armv7m/code.h"
#include "vboard/cpu/armv7m/memory.h"
#include "vboard/cpu/armv7m/run.h"
#include "vboard/cpu/armv7m/system.h"

#define XPSR_T (1u << 24)
#define XPSR_IPSR 0x1FFu
#define XPSR_GE 0x000F0000u

static struct core *of(struct engine *e)
{
    return (struct core *)e;
}

static const struct core *const_of(const struct engine *e)
{
    return (const struct core *)e;
}

/* ---- life ---- */

static struct engine *create(enum engine_model model)
{
    struct core *c = calloc(1, sizeof(*c));
    if (c == NULL) {
        return NULL;
    }
    c->m7 = model == ENGINE_CORTEX_M7;
    c->thumb = true;
    c->z = 1;
    memory_flush(c);
    code_init(c);
    c->at = &c->single->slots[0];
    return &c->base;
}

static void destroy(struct engine *e)
{
    code_destroy(of(e));
    free(e);
}

static int map(struct engine *e, uint32_t physical, uint32_t size, uint8_t *host)
{
    struct core *c = of(e);
    if (c->map_count == MAX_MAPS) {
        return -1;
    }
    c->maps[c->map_count++] = (struct host_map){physical, size, host};
    return 0;
}

static int map_io(struct engine *e, uint32_t physical, uint32_t size)
{
    (void)e;
    (void)physical;
    (void)size;
    return 0; /* what has no host memory */
}

/* ---- running ---- */

static enum engine_stop run(struct engine *e)
{
    return core_run(of(e));
}

static enum engine_stop step(struct engine *e)
{
    return core_step(of(e));
}

static void set_breaks(struct engine *e, const uint32_t *addresses, unsigned count)
{
    struct core *c = of(e);
    c->break_count = count < MAX_BREAKS ? count : MAX_BREAKS;
    for (unsigned i = 0; i < c->break_count; i++) {
        c->break_at[i] = addresses[i];
    }
    code_forget_all(c);
}

static enum engine_access denied_access(const struct engine *e)
{
    return const_of(e)->denied_access;
}

static uint32_t denied_address(const struct engine *e)
{
    return const_of(e)->denied_address;
}

static uint32_t access_pc(const struct engine *e)
{
    const struct core *c = const_of(e);
    return address_of(c, c->at);
}

static void refuse(struct engine *e, uint32_t pc, enum engine_access access)
{
    struct core *c = of(e);
    (void)pc;
    c->refused = true;
    c->denied_access = access;
    stop_with(c, ENGINE_DENIED);
}

/* ---- registers ---- */

/* IT[1:0] are bits 26:25, IT[7:2] bits 15:10. */
static uint32_t xpsr_of(const struct core *c)
{
    return system_apsr(c) | c->ipsr | (c->thumb ? XPSR_T : 0) | (c->itstate & 3u) << 25 |
           (uint32_t)(c->itstate >> 2) << 10;
}

static void set_xpsr(struct core *c, uint32_t value, uint32_t control)
{
    system_set_apsr(c, value);
    c->ge = (value & XPSR_GE) >> 16;
    c->thumb = (value & XPSR_T) != 0;
    c->itstate = (uint8_t)((value >> 25 & 3u) | (value >> 10 & 0x3Fu) << 2);
    system_set_mode(c, value & XPSR_IPSR, control);
}

static uint32_t get(const struct engine *e, enum engine_reg reg)
{
    const struct core *c = const_of(e);
    if ((unsigned)reg < PC) {
        return c->r[reg];
    }
    if (reg >= ENGINE_S0) {
        return c->s[reg - ENGINE_S0];
    }
    switch ((unsigned)reg) {
    case PC:
        return c->pc;
    case ENGINE_XPSR:
        return xpsr_of(c);
    case ENGINE_MSP:
        return system_sp(c, false);
    case ENGINE_PSP:
        return system_sp(c, true);
    case ENGINE_PRIMASK:
        return c->primask;
    case ENGINE_BASEPRI:
        return c->basepri;
    case ENGINE_FAULTMASK:
        return c->faultmask;
    case ENGINE_CONTROL:
        return c->control;
    default:
        return c->fp.fpscr;
    }
}

static void set_special(struct core *c, enum engine_reg reg, uint32_t value)
{
    switch (reg) {
    case ENGINE_XPSR:
        set_xpsr(c, value, c->control);
        break;
    case ENGINE_MSP:
        system_set_sp(c, false, value);
        break;
    case ENGINE_PSP:
        system_set_sp(c, true, value);
        break;
    case ENGINE_PRIMASK:
        c->primask = value & 1u;
        break;
    case ENGINE_BASEPRI:
        c->basepri = value & 0xFFu;
        break;
    case ENGINE_FAULTMASK:
        c->faultmask = value & 1u;
        break;
    case ENGINE_CONTROL:
        system_set_mode(c, c->ipsr, value & 7u);
        break;
    default:
        c->fp.fpscr = value & FPSCR_MASK;
        break;
    }
}

static void set(struct engine *e, enum engine_reg reg, uint32_t value)
{
    struct core *c = of(e);
    if ((unsigned)reg == PC) {
        c->pc = value & ~1u;
        c->thumb = true;
        return;
    }
    if ((unsigned)reg < PC) {
        c->r[reg] = reg == SP ? value & ~3u : value;
    } else if (reg >= ENGINE_S0) {
        c->s[reg - ENGINE_S0] = value;
    } else {
        set_special(c, reg, value);
    }
    c->base.meter.system_ran = true;
}

static unsigned exception(const struct engine *e)
{
    return const_of(e)->ipsr;
}

static void get_all(const struct engine *e, uint32_t regs[16])
{
    const struct core *c = const_of(e);
    memcpy(regs, c->r, 15 * sizeof(*regs));
    regs[15] = xpsr_of(c);
}

static void get_frame(const struct engine *e, struct engine_frame *f)
{
    const struct core *c = const_of(e);
    *f = (struct engine_frame){.r0 = c->r[0],
                               .r1 = c->r[1],
                               .r2 = c->r[2],
                               .r3 = c->r[3],
                               .r12 = c->r[12],
                               .sp = c->r[SP],
                               .lr = c->r[LR],
                               .pc = c->pc,
                               .xpsr = xpsr_of(c),
                               .control = c->control,
                               .control_before = c->control};
}

static void get_system(const struct engine *e, struct engine_system *s)
{
    const struct core *c = const_of(e);
    *s = (struct engine_system){xpsr_of(c), c->control, c->primask, c->basepri, c->faultmask};
}

static uint32_t get_stack(const struct engine *e, bool psp)
{
    return system_sp(const_of(e), psp);
}

static void get_fp(const struct engine *e, struct engine_fp *fp)
{
    const struct core *c = const_of(e);
    memcpy(fp->s, c->s, sizeof(fp->s));
    fp->fpscr = c->fp.fpscr;
}

static void set_fp(struct engine *e, const struct engine_fp *fp)
{
    struct core *c = of(e);
    memcpy(c->s, fp->s, sizeof(fp->s));
    c->fp.fpscr = fp->fpscr;
}

/* The frame was pushed on the stack in use, whose new top f->sp is; the handler uses MSP. The local
 * monitor is cleared by entry and return (DDI 0403 A3.4.4, B1.5.6, B1.5.8). */
static void enter(struct engine *e, const struct engine_frame *f)
{
    struct core *c = of(e);
    c->r[SP] = f->sp & ~3u;
    c->r[LR] = f->lr;
    set_xpsr(c, f->xpsr, f->control);
    c->pc = f->pc & ~1u;
    c->base.meter.tagged = false;
}

static void leave(struct engine *e, const struct engine_frame *f, bool clear_faultmask)
{
    struct core *c = of(e);
    if (clear_faultmask) {
        c->faultmask = 0;
    }
    set_xpsr(c, f->xpsr, f->control);
    c->r[0] = f->r0;
    c->r[1] = f->r1;
    c->r[2] = f->r2;
    c->r[3] = f->r3;
    c->r[12] = f->r12;
    c->r[SP] = f->sp & ~3u;
    c->r[LR] = f->lr;
    c->pc = f->pc & ~1u;
    c->base.meter.tagged = false;
}

/* ---- invalidation ---- */

static void flush_pages(struct engine *e)
{
    memory_flush(of(e));
    code_flush(of(e));
}

static void forget_page(struct engine *e, uint32_t page)
{
    code_changed(of(e), page, PAGE);
}

static void note_reset(struct engine *e)
{
    e->meter.tagged = false;
}

static void stored(struct engine *e, uint32_t physical, unsigned size)
{
    struct core *c = of(e);
    bool tagged =
        physical - c->monitor_physical < c->monitor_size || c->monitor_physical - physical < size;
    c->base.meter.tagged = c->base.meter.tagged && !tagged;
}

/* ---- rounds of loops ---- */

static void begin_round(struct engine *e)
{
    round_begin(of(e));
}

static uint32_t end_round(struct engine *e, uint64_t cycles)
{
    return round_end(of(e), cycles);
}

static void keep(struct engine *e, uint64_t cycles, uint64_t extra)
{
    round_keep(of(e), cycles, extra);
}

static uint32_t recall(struct engine *e, uint64_t *cycles, uint64_t *extra)
{
    return round_recall(of(e), cycles, extra);
}

static void add_up(struct engine *e, uint32_t times)
{
    round_add_up(of(e), times);
}

const struct engine_type engine_armv7m = {.name = "armv7m",
                                          .exact = true,
                                          .create = create,
                                          .destroy = destroy,
                                          .map_host = map,
                                          .map_io = map_io,
                                          .run = run,
                                          .step = step,
                                          .set_breaks = set_breaks,
                                          .denied_access = denied_access,
                                          .denied_address = denied_address,
                                          .access_pc = access_pc,
                                          .refuse = refuse,
                                          .get = get,
                                          .set = set,
                                          .exception = exception,
                                          .get_all = get_all,
                                          .get_frame = get_frame,
                                          .get_system = get_system,
                                          .get_stack = get_stack,
                                          .get_fp = get_fp,
                                          .set_fp = set_fp,
                                          .enter = enter,
                                          .leave = leave,
                                          .flush_pages = flush_pages,
                                          .forget_page = forget_page,
                                          .note_reset = note_reset,
                                          .stored = stored,
                                          .round_begin = begin_round,
                                          .round_end = end_round,
                                          .round_keep = keep,
                                          .round_recall = recall,
                                          .round_add_up = add_up};
