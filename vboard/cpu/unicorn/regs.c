/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A core's registers in Unicorn. Each costs some 50 host instructions to read or write, and exceptions
 * come a thousand times a second: nothing is read that is known, nor written that is there already.
 */
#include "vboard/cpu/unicorn/internal.h"

#define CONTROL_NPRIV 1u
#define XPSR_IPSR 0x1FFu

static const int reg_ids[ENGINE_REG_COUNT] = {
    UC_ARM_REG_R0,      UC_ARM_REG_R1,        UC_ARM_REG_R2,      UC_ARM_REG_R3,
    UC_ARM_REG_R4,      UC_ARM_REG_R5,        UC_ARM_REG_R6,      UC_ARM_REG_R7,
    UC_ARM_REG_R8,      UC_ARM_REG_R9,        UC_ARM_REG_R10,     UC_ARM_REG_R11,
    UC_ARM_REG_R12,     UC_ARM_REG_R13,       UC_ARM_REG_R14,     UC_ARM_REG_R15,
    UC_ARM_REG_XPSR,    UC_ARM_REG_MSP,       UC_ARM_REG_PSP,     UC_ARM_REG_PRIMASK,
    UC_ARM_REG_BASEPRI, UC_ARM_REG_FAULTMASK, UC_ARM_REG_CONTROL, UC_ARM_REG_FPSCR};

static int reg_id(enum engine_reg reg)
{
    return reg >= ENGINE_S0 ? UC_ARM_REG_S0 + (int)(reg - ENGINE_S0) : reg_ids[reg];
}

uint32_t unicorn_get(const struct engine *base, enum engine_reg reg)
{
    const struct unicorn *e = unicorn_const_of(base);
    return (int)reg == 15 ? e->pc : engine_read_reg(e, reg_id(reg));
}

void unicorn_set(struct engine *base, enum engine_reg reg, uint32_t value)
{
    struct unicorn *e = unicorn_of(base);
    if ((int)reg == 15) {
        e->pc = value & ~1u;
        e->thumb = true;
        return;
    }
    if (reg == ENGINE_XPSR) {
        e->thumb = (value & XPSR_T) != 0;
        e->exception = value & XPSR_IPSR;
        engine_write_reg(e, UC_ARM_REG_XPSR_NZCVQG, value);
    } else {
        engine_write_reg(e, reg_id(reg), value);
    }
    e->base.meter.system_ran = true;
    e->stale_privilege = true;
}

unsigned unicorn_exception(const struct engine *base)
{
    const struct unicorn *e = unicorn_const_of(base);
    return e->exception;
}

void unicorn_get_all(const struct engine *base, uint32_t regs[16])
{
    const struct unicorn *e = unicorn_const_of(base);
    static int ids[16] = {UC_ARM_REG_R0,  UC_ARM_REG_R1,  UC_ARM_REG_R2,  UC_ARM_REG_R3,
                          UC_ARM_REG_R4,  UC_ARM_REG_R5,  UC_ARM_REG_R6,  UC_ARM_REG_R7,
                          UC_ARM_REG_R8,  UC_ARM_REG_R9,  UC_ARM_REG_R10, UC_ARM_REG_R11,
                          UC_ARM_REG_R12, UC_ARM_REG_R13, UC_ARM_REG_R14, UC_ARM_REG_XPSR};
    void *places[16];
    for (unsigned i = 0; i < 16; i++) {
        places[i] = &regs[i];
    }
    uc_reg_read_batch(e->uc, ids, places, 16);
}

void unicorn_get_frame(const struct engine *base, struct engine_frame *f)
{
    const struct unicorn *e = unicorn_const_of(base);
    static int ids[9] = {UC_ARM_REG_R0,  UC_ARM_REG_R1,   UC_ARM_REG_R2,
                         UC_ARM_REG_R3,  UC_ARM_REG_R12,  UC_ARM_REG_R13,
                         UC_ARM_REG_R14, UC_ARM_REG_XPSR, UC_ARM_REG_CONTROL};
    void *places[9] = {&f->r0, &f->r1, &f->r2,   &f->r3,     &f->r12,
                       &f->sp, &f->lr, &f->xpsr, &f->control};
    uc_reg_read_batch(e->uc, ids, places, 9);
    f->pc = e->pc;
    f->control_before = f->control;
}

void unicorn_get_system(const struct engine *base, struct engine_system *s)
{
    const struct unicorn *e = unicorn_const_of(base);
    static int ids[5] = {UC_ARM_REG_XPSR, UC_ARM_REG_CONTROL, UC_ARM_REG_PRIMASK,
                         UC_ARM_REG_BASEPRI, UC_ARM_REG_FAULTMASK};
    void *places[5] = {&s->xpsr, &s->control, &s->primask, &s->basepri, &s->faultmask};
    uc_reg_read_batch(e->uc, ids, places, 5);
}

uint32_t unicorn_get_stack(const struct engine *base, bool psp)
{
    const struct unicorn *e = unicorn_const_of(base);
    return engine_read_reg(e, psp ? UC_ARM_REG_PSP : UC_ARM_REG_R13);
}

/* Q0 to Q3 are S0 to S15. */
static int fp_ids[] = {UC_ARM_REG_Q0, UC_ARM_REG_Q1, UC_ARM_REG_Q2, UC_ARM_REG_Q3,
                       UC_ARM_REG_FPSCR};

void unicorn_get_fp(const struct engine *base, struct engine_fp *fp)
{
    const struct unicorn *e = unicorn_const_of(base);
    void *places[] = {&fp->s[0], &fp->s[4], &fp->s[8], &fp->s[12], &fp->fpscr};
    uc_reg_read_batch(e->uc, fp_ids, places, 5);
}

void unicorn_set_fp(struct engine *base, const struct engine_fp *fp)
{
    struct unicorn *e = unicorn_of(base);
    struct engine_fp copy = *fp;
    void *places[] = {&copy.s[0], &copy.s[4], &copy.s[8], &copy.s[12], &copy.fpscr};
    uc_reg_write_batch(e->uc, fp_ids, places, 5);
}

/* Unicorn obeys CONTROL.nPRIV in its own register interface: a write from an unprivileged thread
 * is ignored. Passing through handler mode makes the thread privileged; nPRIV is put back at the
 * end. */
static void become_privileged(struct unicorn *e, uint32_t xpsr, uint32_t control)
{
    bool thread = (xpsr & XPSR_IPSR) == 0;
    engine_write_reg(e, UC_ARM_REG_XPSR_NZCVQG, thread ? xpsr | 3u : xpsr);
    engine_write_reg(e, UC_ARM_REG_CONTROL, control & ~CONTROL_NPRIV);
    engine_write_reg(e, UC_ARM_REG_XPSR_NZCVQG, xpsr);
}

/* Unicorn caches privilege for its translations; a write of the flags refreshes the cache. */
static void refresh_privilege(struct unicorn *e, uint32_t xpsr)
{
    engine_write_reg(e, UC_ARM_REG_APSR_NZCV, xpsr);
}

/* CONTROL needs no write: it is as it was, and the thread is privileged. */
static bool keeps_control(const struct engine_frame *f)
{
    return f->control == f->control_before && (f->control & CONTROL_NPRIV) == 0;
}

void unicorn_enter(struct engine *base, const struct engine_frame *f)
{
    struct unicorn *e = unicorn_of(base);
    static int ids[4] = {UC_ARM_REG_R13, UC_ARM_REG_R14, UC_ARM_REG_CONTROL,
                         UC_ARM_REG_XPSR_NZCVQG};
    static int without_control[3] = {UC_ARM_REG_R13, UC_ARM_REG_R14, UC_ARM_REG_XPSR_NZCVQG};
    struct engine_frame *c = &e->frame;
    *c = *f;
    c->control &= ~CONTROL_NPRIV;
    if (keeps_control(f)) {
        void *places[3] = {&c->sp, &c->lr, &c->xpsr};
        uc_reg_write_batch(e->uc, without_control, places, 3);
    } else {
        void *places[4] = {&c->sp, &c->lr, &c->control, &c->xpsr};
        bool user = (f->control & CONTROL_NPRIV) != 0;
        if (user) {
            become_privileged(e, engine_read_reg(e, UC_ARM_REG_XPSR),
                              engine_read_reg(e, UC_ARM_REG_CONTROL));
        }
        uc_reg_write_batch(e->uc, ids, places, 4);
        if (user) {
            engine_write_reg(e, UC_ARM_REG_CONTROL, f->control);
            refresh_privilege(e, f->xpsr);
        }
    }
    e->exception = f->xpsr & XPSR_IPSR;
    e->pc = f->pc & ~1u;
    e->thumb = (f->xpsr & XPSR_T) != 0;
}

static void write_frame(struct unicorn *e, bool control, bool clear_faultmask)
{
    static int ids[10] = {UC_ARM_REG_FAULTMASK, UC_ARM_REG_XPSR_NZCVQG, UC_ARM_REG_CONTROL,
                          UC_ARM_REG_R13,       UC_ARM_REG_R0,          UC_ARM_REG_R1,
                          UC_ARM_REG_R2,        UC_ARM_REG_R3,          UC_ARM_REG_R12,
                          UC_ARM_REG_R14};
    struct engine_frame *c = &e->frame;
    uint32_t none = 0;
    void *places[10] = {&none,  &c->xpsr, &c->control, &c->sp,  &c->r0,
                        &c->r1, &c->r2,   &c->r3,      &c->r12, &c->lr};
    int first = clear_faultmask ? 0 : 1;
    if (control) {
        uc_reg_write_batch(e->uc, ids + first, places + first, 10 - first);
    } else {
        uc_reg_write_batch(e->uc, ids + first, places + first, 2 - first);
        uc_reg_write_batch(e->uc, ids + 3, places + 3, 7);
    }
}

void unicorn_leave(struct engine *base, const struct engine_frame *f, bool clear_faultmask)
{
    struct unicorn *e = unicorn_of(base);
    e->frame = *f;
    if ((f->control & CONTROL_NPRIV) != 0) {
        engine_write_reg(e, UC_ARM_REG_CONTROL, f->control & ~CONTROL_NPRIV);
        e->stale_privilege = true;
    }
    write_frame(e, !keeps_control(f), clear_faultmask);
    e->exception = f->xpsr & XPSR_IPSR;
    if (e->stale_privilege) {
        refresh_privilege(e, f->xpsr);
        e->stale_privilege = e->exception != 0;
    }
    e->pc = f->pc & ~1u;
    e->thumb = (f->xpsr & XPSR_T) != 0;
}
