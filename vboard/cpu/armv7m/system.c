/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Special registers, masks, hints, barriers, IT: DDI 0403 A5.2.5, A5.3.4, B4.1, B4.3. */
#include "vboard/cpu/armv7m/system.h"

#include "vboard/cpu/armv7m/advance.h"
#include "vboard/cpu/armv7m/code.h"
#include "vboard/cpu/armv7m/groups.h"
#include "vboard/cpu/armv7m/memory.h"
#include "vboard/cpu/armv7m/run.h"

/* SYSm (B5.1.1). */
enum {
    SYS_MSP = 8,
    SYS_PSP = 9,
    SYS_PRIMASK = 16,
    SYS_BASEPRI = 17,
    SYS_BASEPRI_MAX = 18,
    SYS_FAULTMASK = 19,
    SYS_CONTROL = 20
};

#define CONTROL_NPRIV 1u
#define CONTROL_SPSEL 2u
#define CONTROL_FPCA 4u
#define BASEPRI_BITS 0xF0u /* 4 bits of priority (PM0253 2.4.5) */

/* ---- the registers ---- */

uint32_t system_apsr(const struct core *c)
{
    return (c->n >> 31) << 31 | (uint32_t)(c->z == 0) << 30 | c->c << 29 | c->v >> 31 << 28 |
           c->q << 27 | c->ge << 16;
}

void system_set_apsr(struct core *c, uint32_t value)
{
    c->n = value;
    c->z = (value >> 30 & 1u) ^ 1u;
    c->c = value >> 29 & 1u;
    c->v = value << 3;
    c->q = value >> 27 & 1u;
}

bool system_uses_psp(const struct core *c)
{
    return (c->control & CONTROL_SPSEL) != 0 && c->ipsr == 0;
}

uint32_t system_sp(const struct core *c, bool psp)
{
    return psp == system_uses_psp(c) ? c->r[SP] : c->other_sp;
}

void system_set_sp(struct core *c, bool psp, uint32_t value)
{
    if (psp == system_uses_psp(c)) {
        c->r[SP] = value & ~3u;
    } else {
        c->other_sp = value & ~3u;
    }
}

/* What privilege and negative priority decide must be asked for anew when they change. */
void system_set_mode(struct core *c, uint32_t ipsr, uint32_t control)
{
    bool privileged = is_privileged(c);
    bool psp = system_uses_psp(c);
    bool negative = c->ipsr == 2 || c->ipsr == 3;
    c->ipsr = ipsr;
    c->control = control;
    if (psp != system_uses_psp(c)) {
        uint32_t other = c->other_sp;
        c->other_sp = c->r[SP];
        c->r[SP] = other;
    }
    if (privileged != is_privileged(c) || negative != (ipsr == 2 || ipsr == 3)) {
        memory_flush(c);
        code_flush(c);
    }
    c->fp_ready = false;
}

/* The masks have changed: what is pending may be urgent enough now. */
static void masks_changed(struct core *c)
{
    if ((c->base.meter.observe & ENGINE_OBSERVE_MASKS) != 0) {
        c->base.meter.observe |= ENGINE_OBSERVE_STOP;
        look_up(c);
    }
}

static void system_changed(struct core *c)
{
    c->base.meter.system_ran = true;
    c->base.meter.primask_ran = true;
    masks_changed(c);
}

/* ExecutionPriority() > -1 as far as FAULTMASK is concerned. */
static bool may_set_faultmask(const struct core *c)
{
    return c->faultmask == 0 && c->ipsr != 2 && c->ipsr != 3;
}

static void set_faultmask(struct core *c, uint32_t value)
{
    if (value == 0 || may_set_faultmask(c)) {
        bool changed = c->faultmask != value;
        c->faultmask = value;
        if (changed) {
            memory_flush(c); /* MPU_CTRL.HFNMIENA */
            code_flush(c);
        }
    }
}

static void set_control(struct core *c, uint32_t value)
{
    uint32_t writable = CONTROL_NPRIV | CONTROL_FPCA | (c->ipsr == 0 ? CONTROL_SPSEL : 0);
    system_set_mode(c, c->ipsr, (c->control & ~writable) | (value & writable));
}

/* ---- what they do ---- */

static uint32_t psr_part(const struct core *c, uint32_t sysm)
{
    uint32_t value = (sysm & 4u) == 0 ? system_apsr(c) : 0;
    return value | ((sysm & 1u) != 0 ? c->ipsr : 0); /* EPSR reads 0 */
}

static uint32_t special(const struct core *c, uint32_t sysm)
{
    if (sysm < 8) {
        return psr_part(c, sysm);
    }
    if (sysm == SYS_CONTROL) {
        return c->control;
    }
    if (!is_privileged(c)) {
        return 0;
    }
    switch (sysm) {
    case SYS_MSP:
        return system_sp(c, false);
    case SYS_PSP:
        return system_sp(c, true);
    case SYS_PRIMASK:
        return c->primask;
    case SYS_BASEPRI:
    case SYS_BASEPRI_MAX:
        return c->basepri;
    case SYS_FAULTMASK:
        return c->faultmask;
    default:
        return 0;
    }
}

static const struct insn *mrs(struct core *c, const struct insn *i)
{
    c->r[i->d] = special(c, i->imm);
    return next(i);
}

static void set_basepri_max(struct core *c, uint32_t value)
{
    if (value != 0 && (value < c->basepri || c->basepri == 0)) {
        c->basepri = value;
    }
}

static void set_special(struct core *c, uint32_t sysm, uint32_t value)
{
    switch (sysm) {
    case SYS_MSP:
        system_set_sp(c, false, value);
        break;
    case SYS_PSP:
        system_set_sp(c, true, value);
        break;
    case SYS_PRIMASK:
        c->primask = value & 1u;
        break;
    case SYS_BASEPRI:
        c->basepri = value & BASEPRI_BITS;
        break;
    case SYS_BASEPRI_MAX:
        set_basepri_max(c, value & BASEPRI_BITS);
        break;
    case SYS_FAULTMASK:
        set_faultmask(c, value & 1u);
        break;
    case SYS_CONTROL:
        set_control(c, value);
        break;
    default:
        break;
    }
}

/* `amount` is the mask: bit 1 NZCVQ, bit 0 GE. */
static const struct insn *msr(struct core *c, const struct insn *i)
{
    uint32_t value = c->r[i->n];
    if (i->imm < 8) {
        if ((i->imm & 4u) == 0 && (i->amount & 2u) != 0) {
            system_set_apsr(c, value);
        }
        if ((i->imm & 4u) == 0 && (i->amount & 1u) != 0) {
            c->ge = value >> 16 & 15u;
        }
    } else if (is_privileged(c)) {
        set_special(c, i->imm, value);
    }
    system_changed(c);
    return next(i);
}

/* `imm`: bit 4 disables, bit 1 PRIMASK, bit 0 FAULTMASK. */
static const struct insn *cps(struct core *c, const struct insn *i)
{
    uint32_t value = i->imm >> 4 & 1u;
    if (!is_privileged(c)) {
        return next(i);
    }
    if ((i->imm & 2u) != 0) {
        c->primask = value;
        c->base.meter.primask_ran = true;
    }
    if ((i->imm & 1u) != 0) {
        set_faultmask(c, value);
        c->base.meter.system_ran = true;
    }
    masks_changed(c);
    return next(i);
}

/* NOP, YIELD, DBG, barriers, reserved hints: everything is done in order here. */
static const struct insn *nop(struct core *c, const struct insn *i)
{
    return done(c, i);
}

static const struct insn *wfe(struct core *c, const struct insn *i)
{
    stop_with(c, ENGINE_WFE);
    return next(i);
}

static const struct insn *wfi(struct core *c, const struct insn *i)
{
    stop_with(c, ENGINE_WFI);
    return next(i);
}

static const struct insn *sev(struct core *c, const struct insn *i)
{
    c->base.ops->sev(c->base.ctx);
    look_up(c);
    return next(i);
}

static const struct insn *it(struct core *c, const struct insn *i)
{
    if (i->amount != 0 && !condition(c, i->imm >> 4)) {
        const struct insn *behind = core_skip_it(c, i);
        if (behind != NULL) {
            return go_on(c, behind);
        }
    }
    c->itstate = (uint8_t)i->imm;
    return core_run_it(c, next(i));
}

static const struct insn *clrex(struct core *c, const struct insn *i)
{
    c->base.meter.tagged = false;
    return next(i);
}

/* ---- operands ---- */

static bool none(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)s;
    (void)op;
    (void)pc;
    return true;
}

/* Instructions of a block with one condition for all of them; 0: the others have its opposite, too. The mask is
 * the condition's lowest bit for each but the first, then a one (DDI 0403 A7.7.38). */
static unsigned count_of_one_condition(uint32_t state)
{
    unsigned count = 4u - (unsigned)__builtin_ctz(state & 0xFu);
    uint32_t lowest = bits(state, 4, 4) != 0 ? 0xFu : 0u;
    return ((state ^ lowest) & 0xFu) >> (5 - count) == 0 ? count : 0;
}

/* `list` is how many slots the block takes, once that is known (run.c). */
static bool it_state(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->imm = op & 0xFFu;
    s->amount = (uint8_t)count_of_one_condition(s->imm);
    uint32_t first = bits(op, 7, 4);
    bool one = (op & 0xFu & ((op & 0xFu) - 1u)) == 0;
    return first != 15 && (first != 14 || one);
}

/* PRIMASK and BASEPRI are compared when a loop comes round (cpu/loop.c), the others are not. */
static bool is_compared(uint32_t sysm)
{
    return sysm == SYS_PRIMASK || sysm == SYS_BASEPRI || sysm == SYS_BASEPRI_MAX;
}

static bool mask_bits(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->imm = op & 0x1Fu;
    s->flags |= (s->imm & 1u) != 0 ? (unsigned)INSN_EFFECT : 0u;
    return (op & 3u) != 0;
}

static bool exists(uint32_t sysm)
{
    return sysm < 4 || (sysm >= 5 && sysm <= 9) || (sysm >= 16 && sysm <= 20);
}

static bool d_sysm(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = (uint8_t)bits(op, 11, 8);
    s->imm = bits(op, 7, 0);
    return !is_sp_or_pc(s->d) && exists(s->imm);
}

static bool n_mask_sysm(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->n = (uint8_t)bits(op, 19, 16);
    s->amount = (uint8_t)bits(op, 11, 10);
    s->imm = bits(op, 7, 0);
    s->flags |= is_compared(s->imm) ? 0u : (unsigned)INSN_EFFECT;
    bool mask_good = s->amount == 2 || (s->amount != 0 && s->imm < 4);
    return !is_sp_or_pc(s->n) && exists(s->imm) && mask_good;
}

/* ---- encodings ---- */

#define E INSN_EFFECT

const struct row rows16_system[] = {
    {0xFFE8, 0xB660, "CPS T1", cps, mask_bits, 0, NULL},
    {0xFFFF, 0xBF10, "YIELD T1", nop, none, 0, NULL},
    {0xFFFF, 0xBF20, "WFE T1", wfe, none, E, NULL},
    {0xFFFF, 0xBF30, "WFI T1", wfi, none, E, NULL},
    {0xFFFF, 0xBF40, "SEV T1", sev, none, E, NULL},
    {0xFF0F, 0xBF00, "NOP T1", nop, none, IS_PART(PART_NOTHING), NULL},
    {0xFF00, 0xBF00, "IT T1", it, it_state, INSN_IT, NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};

const struct row rows32_system[] = {
    {0xFFF0D000, 0xF3808000, "MSR T1", msr, n_mask_sysm, 0, NULL},
    {0xFFF0D7FF, 0xF3A08001, "YIELD T2", nop, none, 0, NULL},
    {0xFFF0D7FF, 0xF3A08002, "WFE T2", wfe, none, E, NULL},
    {0xFFF0D7FF, 0xF3A08003, "WFI T2", wfi, none, E, NULL},
    {0xFFF0D7FF, 0xF3A08004, "SEV T2", sev, none, E, NULL},
    {0xFFF0D700, 0xF3A08000, "NOP T2, DBG T1", nop, none, 0, NULL},
    {0xFFF0D0F0, 0xF3B08020, "CLREX T1", clrex, none, E, NULL},
    {0xFFF0D0F0, 0xF3B08040, "DSB T1", nop, none, 0, NULL},
    {0xFFF0D0F0, 0xF3B08050, "DMB T1", nop, none, 0, NULL},
    {0xFFF0D0F0, 0xF3B08060, "ISB T1", nop, none, 0, NULL},
    {0xFFE0D000, 0xF3E08000, "MRS T1", mrs, d_sysm, INSN_WRITES_D, NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};
