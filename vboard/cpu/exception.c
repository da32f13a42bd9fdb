/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Exception entry and return, faults and their escalation (DDI 0403 B1.5; PM0253 2.4, 2.5). With
 * Unicorn the FP context is stacked at once, not lazily (FPCCR.LSPEN has no effect); a core in lockup
 * stays there until it is reset.
 */
#include <string.h>

#include "vboard/cpu/core.h"
#include "vboard/cpu/exact.h"

#define ENTRY_CYCLES 12u
#define TAIL_CHAIN_CYCLES 6u

#define XPSR_IPSR 0x1FFu
#define XPSR_ALIGN (1u << 9)
#define XPSR_IT 0x0600FC00u
#define XPSR_T (1u << 24)
#define CONTROL_NPRIV 1u
#define CONTROL_SPSEL 2u
#define CONTROL_FPCA 4u
#define EXC_RETURN_BASE 0xFFFFFFE1u
#define EXC_RETURN_NO_FP 0x10u
#define EXC_RETURN_THREAD 0x08u
#define EXC_RETURN_PSP 0x04u
#define BASIC_WORDS 8u
#define FP_WORDS 26u

/* An unprivileged thread reads the masks as 0 and cannot change them: the last ones hold. */
static bool reads_masks(const struct cpu *c)
{
    return engine_exception(c->engine) != 0 || (c->masks_control & CONTROL_NPRIV) == 0;
}

void cpu_read_masks(struct cpu *c)
{
    if (c->meter->system_ran) {
        struct engine_system s;
        engine_get_system(c->engine, &s);
        c->masks_control = s.control;
        if (reads_masks(c)) {
            c->masks.primask = s.primask != 0;
            c->masks.basepri = (uint8_t)s.basepri;
            c->masks.faultmask = s.faultmask != 0;
        }
    } else if (c->meter->primask_ran && reads_masks(c)) {
        c->masks.primask = engine_get(c->engine, ENGINE_PRIMASK) != 0;
    }
    c->meter->system_ran = false;
    c->meter->primask_ran = false;
}

/* ---- frames ---- */

/* To who probes the pages that it begins and ends in. */
static void show_frame(struct cpu *c, uint32_t address, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        uint32_t at = address + 4 * i;
        const struct cpu_page *page = cpu_bus_page(c, at & ~(ENGINE_PAGE_SIZE - 1u));
        if (!cpu_is_probed(c, page->physical)) {
            return;
        }
        cpu_show_ram(c, page->physical + at % ENGINE_PAGE_SIZE, 4, true);
    }
}

bool cpu_store_frame(struct cpu *c, uint32_t address, const uint32_t *words, unsigned count)
{
    if (c->chip->bus.probe != NULL) {
        show_frame(c, address, count);
    }
    uint8_t *host = cpu_bus_host(c, address, count * 4);
    if (host != NULL && cpu_bus_is_writable(c, address)) {
        memcpy(host, words, count * 4u);
        return true;
    }
    for (unsigned i = 0; i < count; i++) {
        if (!cpu_bus_write_word(c, address + 4 * i, words[i])) {
            return false;
        }
    }
    return true;
}

static bool load_words(struct cpu *c, uint32_t address, uint32_t *words, unsigned count)
{
    const uint8_t *host = cpu_bus_host(c, address, count * 4);
    if (host != NULL) {
        memcpy(words, host, count * 4u);
        return true;
    }
    for (unsigned i = 0; i < count; i++) {
        if (!cpu_bus_read_word(c, address + 4 * i, &words[i])) {
            return false;
        }
    }
    return true;
}

static bool stack_allowed(const struct cpu *c, uint32_t address, unsigned words, bool write)
{
    bool privileged = cpu_is_privileged(c);
    bool negative = nvic_is_negative(&c->nvic, &c->masks);
    enum mpu_access access = write ? MPU_WRITE : MPU_READ;
    return mpu_allows(&c->mpu, address, access, privileged, negative) &&
           mpu_allows(&c->mpu, address + 4 * words - 4, access, privileged, negative);
}

/* Writes the frame below f->sp and moves it; 0 or the CFSR bit of what went wrong. */
static uint32_t push_frame(struct cpu *c, struct engine_frame *f, bool with_fp)
{
    unsigned words = with_fp ? FP_WORDS : BASIC_WORDS;
    bool lazily = with_fp && c->exact && (c->scb.fpccr & FPCCR_LSPEN) != 0;
    bool pad = (f->sp & 4u) != 0 && (with_fp || (c->scb.ccr & CCR_STKALIGN) != 0);
    uint32_t sp = f->sp - 4 * words - (pad ? 4 : 0);
    uint32_t frame[FP_WORDS] = {
        f->r0,  f->r1, f->r2, f->r3,
        f->r12, f->lr, f->pc, (f->xpsr & ~XPSR_ALIGN) | (pad ? XPSR_ALIGN : 0)};
    f->sp = sp;
    if (lazily) {
        cpu_fp_leave_room(c, sp + 4 * BASIC_WORDS, f);
        words = BASIC_WORDS;
    } else if (with_fp) {
        struct engine_fp fp;
        engine_get_fp(c->engine, &fp);
        for (unsigned i = 0; i < 16; i++) {
            frame[BASIC_WORDS + i] = fp.s[i];
        }
        frame[BASIC_WORDS + 16] = fp.fpscr;
    }
    if ((c->mpu.ctrl & 1u) != 0 && !stack_allowed(c, sp, words, true)) {
        return CFSR_MSTKERR;
    }
    return cpu_store_frame(c, sp, frame, words) ? 0 : CFSR_STKERR;
}

/* ---- entry ---- */

static uint32_t return_value(const struct engine_frame *f, bool with_fp)
{
    uint32_t value = EXC_RETURN_BASE | (with_fp ? 0 : EXC_RETURN_NO_FP);
    if ((f->xpsr & XPSR_IPSR) == 0) {
        value |= EXC_RETURN_THREAD;
        value |= (f->control & CONTROL_SPSEL) != 0 ? EXC_RETURN_PSP : 0;
    }
    return value;
}

static void lock_up(struct cpu *c, enum finding_code why, uint32_t cfsr)
{
    c->locked_up = true;
    c->chip->access.master = c->core == CORE_CM7 ? MASTER_CM7 : MASTER_CM4;
    c->chip->access.pc = engine_get(c->engine, (enum engine_reg)15);
    c->chip->access.lanes = 0;
    chip_report(c->chip, why, 0, &(struct finding_data){.cfsr = cfsr});
}

/* Starts the handler; false: its vector cannot be read (HFSR.VECTTBL). */
static bool start_handler(struct cpu *c, unsigned exception, struct engine_frame *f)
{
    uint32_t vector;
    bool good = cpu_bus_read_word(c, c->scb.vtor + 4 * exception, &vector);
    f->control &= ~(CONTROL_SPSEL | CONTROL_FPCA);
    f->xpsr = (f->xpsr & ~(XPSR_IPSR | XPSR_IT | XPSR_T)) | exception;
    f->pc = good ? vector : 0;
    f->xpsr |= good && (vector & 1u) != 0 ? XPSR_T : 0;
    engine_enter(c->engine, f);
    nvic_activate(&c->nvic, exception);
    c->event = true; /* DDI 0403 B1.5.18: entry and return set the event register */
    c->loop.disturbed = true;
    c->loop.entered = true;
    if (c->debug.flow) {
        c->debug.tracer->entered(c->debug.tracer->ctx, c->core, exception);
    }
    return good;
}

/* A vector is no EXC_RETURN, however much it looks like one: an erased flash's sends the core where
 * nothing may be executed (DDI 0403 B1.5.6, B3.1). */
static void vector_leads_nowhere(struct cpu *c)
{
    cpu_raise(c, EXC_MEM_MANAGE, CFSR_IACCVIOL);
}

static bool leads_nowhere(const struct engine_frame *f)
{
    return f->pc >= (EXC_RETURN_BASE & ~1u);
}

static void vector_failed(struct cpu *c, unsigned exception)
{
    c->scb.hfsr |= HFSR_VECTTBL;
    if (exception <= EXC_HARD_FAULT) {
        lock_up(c, FOUND_LOCKUP_VECTOR, 0);
    } else {
        cpu_raise(c, EXC_HARD_FAULT, 0);
    }
}

static void show_entry(struct cpu *c, unsigned exception, bool chained)
{
    const struct chip_probe *probe = c->chip->bus.probe;
    if (probe != NULL && probe->exception != NULL) {
        probe->exception(probe->ctx, c->core, exception, chained);
    }
}

static void enter(struct cpu *c, unsigned exception)
{
    struct engine_frame f;
    show_entry(c, exception, false);
    engine_get_frame(c->engine, &f);
    bool with_fp = (f.control & CONTROL_FPCA) != 0 && (c->scb.fpccr & FPCCR_ASPEN) != 0;
    uint32_t lr = return_value(&f, with_fp);
    uint32_t error = push_frame(c, &f, with_fp);
    cpu_time_charge(c, ENTRY_CYCLES);
    f.lr = lr;
    if (!start_handler(c, exception, &f)) {
        vector_failed(c, exception);
    } else if (leads_nowhere(&f)) {
        vector_leads_nowhere(c);
    } else if (error != 0 && exception > EXC_HARD_FAULT) {
        unsigned derived = error == CFSR_MSTKERR ? EXC_MEM_MANAGE : EXC_BUS_FAULT;
        cpu_raise(c, derived, error);
    }
}

/* What must be entered now; the masks are read only if anything is pending at all. */
static unsigned next_exception(struct cpu *c)
{
    if (nvic_best(&c->nvic) == EXC_NONE) {
        return EXC_NONE;
    }
    cpu_read_masks(c);
    return nvic_ready(&c->nvic, &c->masks);
}

bool cpu_take_exception(struct cpu *c)
{
    unsigned exception = next_exception(c);
    if (exception == EXC_NONE) {
        return false;
    }
    cpu_debug_note_exception(c);
    enter(c, exception);
    return true;
}

/* ---- return ---- */

static bool valid_return(const struct cpu *c, uint32_t value, uint32_t ipsr)
{
    uint32_t kind = value & 0xFu;
    if ((value & 0xFFFFFFE0u) != (EXC_RETURN_BASE & ~1u) || !nvic_is_active(&c->nvic, ipsr)) {
        return false;
    }
    if (kind == 1) {
        return !nvic_at_base(&c->nvic);
    }
    bool to_thread = kind == 9 || kind == 0xD;
    return to_thread && (nvic_at_base(&c->nvic) || (c->scb.ccr & CCR_NONBASETHRDENA) != 0);
}

/* Another exception is waiting: its handler takes over this one's frame. */
static bool tail_chain(struct cpu *c, uint32_t exc_return)
{
    unsigned next = next_exception(c);
    if (next == EXC_NONE) {
        return false;
    }
    struct engine_frame f;
    show_entry(c, next, true);
    engine_get_frame(c->engine, &f);
    f.lr = exc_return;
    cpu_time_charge(c, TAIL_CHAIN_CYCLES);
    if (c->debug.flow) {
        c->debug.tracer->returned(c->debug.tracer->ctx, c->core);
    }
    if (!start_handler(c, next, &f)) {
        vector_failed(c, next);
    } else if (leads_nowhere(&f)) {
        vector_leads_nowhere(c);
    }
    return true;
}

static void restore_fp(struct cpu *c, const uint32_t *words)
{
    struct engine_fp fp;
    for (unsigned i = 0; i < 16; i++) {
        fp.s[i] = words[i];
    }
    fp.fpscr = words[16];
    engine_set_fp(c->engine, &fp);
}

static void unstack(struct cpu *c, uint32_t value, bool clear_faultmask)
{
    uint32_t w[FP_WORDS] = {0};
    bool psp = (value & EXC_RETURN_PSP) != 0;
    bool with_fp = (value & EXC_RETURN_NO_FP) == 0;
    unsigned words = with_fp ? FP_WORDS : BASIC_WORDS;
    bool still_there = with_fp && (c->scb.fpccr & FPCCR_LSPACT) != 0; /* S0 to S15 */
    uint32_t sp = engine_get_stack(c->engine, psp);
    if (!load_words(c, sp, w, still_there ? BASIC_WORDS : words)) {
        cpu_raise(c, EXC_BUS_FAULT, CFSR_UNSTKERR);
        return;
    }
    uint32_t before = engine_get(c->engine, ENGINE_CONTROL);
    uint32_t control = before & CONTROL_NPRIV;
    control |= (psp ? CONTROL_SPSEL : 0) | (with_fp ? CONTROL_FPCA : 0);
    bool padded = (w[7] & XPSR_ALIGN) != 0 && (with_fp || (c->scb.ccr & CCR_STKALIGN) != 0);
    struct engine_frame f = {.r0 = w[0],
                             .r1 = w[1],
                             .r2 = w[2],
                             .r3 = w[3],
                             .r12 = w[4],
                             .lr = w[5],
                             .pc = w[6],
                             .xpsr = w[7] & ~XPSR_ALIGN,
                             .control = control,
                             .control_before = before,
                             .sp = sp + 4 * words + (padded ? 4 : 0)};
    if (still_there) {
        c->scb.fpccr &= ~FPCCR_LSPACT;
    } else if (with_fp) {
        restore_fp(c, &w[BASIC_WORDS]);
    }
    engine_leave(c->engine, &f, clear_faultmask);
    if (c->debug.flow) {
        c->debug.tracer->returned(c->debug.tracer->ctx, c->core);
    }
    bool thread = (value & EXC_RETURN_THREAD) != 0;
    if (thread != ((f.xpsr & XPSR_IPSR) == 0)) {
        cpu_raise(c, EXC_USAGE_FAULT, CFSR_INVPC);
    }
}

void cpu_return_from_exception(struct cpu *c)
{
    uint32_t value = engine_get(c->engine, (enum engine_reg)15) | (c->exact ? 0 : 1u);
    uint32_t ipsr = engine_exception(c->engine);
    c->loop.disturbed = true;
    if (ipsr == 0) { /* in thread mode it is a branch like any other, to where nothing may run */
        cpu_raise(c, EXC_MEM_MANAGE, CFSR_IACCVIOL);
        return;
    }
    if (!valid_return(c, value, ipsr)) {
        nvic_deactivate(&c->nvic, ipsr);
        cpu_raise(c, EXC_USAGE_FAULT, CFSR_INVPC);
        return;
    }
    cpu_read_masks(c);
    /* FAULTMASK ends with the handler (DDI 0403 B1.5.8). */
    bool clear_faultmask = c->masks.faultmask && ipsr != EXC_NMI;
    c->masks.faultmask = c->masks.faultmask && !clear_faultmask;
    nvic_deactivate(&c->nvic, ipsr);
    c->chip->cores.faults_returned[c->core] += ipsr >= EXC_HARD_FAULT && ipsr <= EXC_USAGE_FAULT;
    c->event = true;
    if (tail_chain(c, value)) {
        if (clear_faultmask) {
            engine_set(c->engine, ENGINE_FAULTMASK, 0);
        }
        return;
    }
    cpu_time_charge(c, ENTRY_CYCLES);
    unstack(c, value, clear_faultmask);
    if ((c->scb.scr & SCR_SLEEPONEXIT) != 0 && (value & EXC_RETURN_THREAD) != 0) {
        cpu_sleep(c, false);
    }
}

/* ---- faults ---- */

/* A store that faults late has no address in BFAR, but we know it. */
static void report_fault(struct cpu *c, unsigned exception, uint32_t cfsr)
{
    bool late = (cfsr & CFSR_IMPRECISERR) != 0;
    bool address = late || (cfsr & (CFSR_BFARVALID | CFSR_MMARVALID)) != 0;
    uint32_t at = address ? c->fault_address : 0;
    c->chip->sched.now = cpu_time(c);
    c->chip->access.master = c->core == CORE_CM7 ? MASTER_CM7 : MASTER_CM4;
    c->chip->access.pc = late ? c->fault_pc : engine_get(c->engine, (enum engine_reg)15);
    c->chip->access.lanes = 0;
    c->chip->cores.faults_taken[c->core]++;
    chip_report(c->chip, FOUND_FAULT, at,
                &(struct finding_data){.subject = exception, .cfsr = cfsr});
}

void cpu_raise(struct cpu *c, unsigned exception, uint32_t cfsr)
{
    cpu_read_masks(c);
    int now = nvic_execution_priority(&c->nvic, &c->masks);
    c->scb.cfsr |= cfsr;
    bool takes =
        nvic_is_enabled(&c->nvic, exception) && nvic_group_priority(&c->nvic, exception) < now;
    if (exception != EXC_SVC || !takes) {
        report_fault(c, exception, cfsr);
    }
    if (exception != EXC_HARD_FAULT && !takes) {
        exception = EXC_HARD_FAULT;
        c->scb.hfsr |= HFSR_FORCED;
    }
    if (exception == EXC_HARD_FAULT && now <= -1) {
        lock_up(c, FOUND_LOCKUP_FAULT, cfsr);
        return;
    }
    enter(c, exception);
}

void cpu_pend_late_fault(struct cpu *c)
{
    bool enabled = nvic_is_enabled(&c->nvic, EXC_BUS_FAULT);
    c->scb.cfsr |= CFSR_IMPRECISERR;
    c->scb.hfsr |= enabled ? 0 : HFSR_FORCED;
    report_fault(c, EXC_BUS_FAULT, CFSR_IMPRECISERR);
    cpu_pend(c, enabled ? EXC_BUS_FAULT : EXC_HARD_FAULT);
}
