/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Unicorn 2.1.1 or newer behind cpu_engine.h. What shapes this file:
 * - The virtual TLB (UC_TLB_VIRTUAL) asks for each page: RAM given read and write but not execute
 *   is stored to without a call, and a refused access stops with the exact PC.
 * - One hook at each block's start counts instructions. It may stop the run: the block has then
 *   not begun. A memory callback may not (its whole block would run again), unless it sets PC
 *   itself.
 * - UC_MODE_MCLASS would force a Cortex-M33: the model is set instead.
 * - Left out: nothing in here knows WFE's event register, masks or priorities.
 */
#include "vboard/kernel/cpu_engine.h"

#include <stdlib.h>
#include <string.h>
#include <unicorn/unicorn.h>

#include "vboard/kernel/thumb.h"

#define MAPS 16u
#define MAX_EXITS 40u
#define TRANSLATION_BYTES (32u << 20)      /* ten times what 2 MB of flash ever needed */
#define SPECIAL (THUMB_SEV | THUMB_SYSTEM) /* blocks that always take the long way */
#define FP_WORDS 16u
#define CONTROL_NPRIV 1u
#define XPSR_IPSR 0x1FFu
#define XPSR_T (1u << 24)
/* EXC_RETURN: a branch to 0xF0000000 or above in handler mode (DDI 0403, B1.5.8); here what cannot
 * be fetched and looks like one. */
#define EXC_RETURN_FIRST 0xFFFFFFE0u

/* Unicorn's numbers of exceptions in UC_HOOK_INTR. */
enum { INTR_SVC = 2, INTR_FETCH = 3, INTR_DATA = 4, INTR_RETURN = 8 };

struct io_map {
    struct engine *engine;
    uint32_t base;
};

struct engine {
    struct engine_meter meter;
    uc_engine *uc;
    const struct engine_ops *ops;
    void *ctx;
    uint32_t pc;
    bool thumb;
    bool asked_to_stop;
    bool denied;
    bool refused;
    uint32_t intr; /* exception that ended the run, 0 = none */
    uint32_t denied_page;
    enum engine_access denied_access;
    bool no_fp;                /* stopped in front of a block that uses the absent FPU */
    bool no_fp_inside;         /* not with its first instruction */
    uint32_t no_fp_at;         /* address of the FPU instruction */
    uint64_t exits[MAX_EXITS]; /* breakpoints, and room for one more */
    unsigned break_count;
    bool stale_privilege; /* Unicorn may have cached handler mode */
    struct engine_block blocks[CPU_BLOCKS];
    struct io_map maps[MAPS];
    unsigned map_count;
    struct engine_frame frame; /* where engine_leave writes from */
};

/* ---- blocks ---- */

/* The FPU is off: true if `b` uses it, so that the run must end here. */
static bool stops_for_fp(struct engine *e, const struct engine_block *b)
{
    uint32_t at = block_first_fp(b, e->ops->code(e->ctx, b->address, b->size));
    e->no_fp_at = b->address + at;
    e->no_fp_inside = at != 0;
    e->no_fp = at < b->size;
    return e->no_fp;
}

/* Everything but the plain case; false: the block must not begin. */
static bool begin_block(struct engine *e, const struct engine_block *b)
{
    if (e->meter.left <= 0 && !e->ops->refill(e->ctx, b->address)) {
        return false;
    }
    if ((e->meter.observe & ENGINE_OBSERVE_STOP) != 0) {
        return false;
    }
    if ((e->meter.observe & ENGINE_OBSERVE_NO_FP) != 0 && (b->flags & THUMB_FP) != 0 &&
        stops_for_fp(e, b)) {
        return false;
    }
    if ((e->meter.observe & ENGINE_OBSERVE_ALL) != 0) {
        e->ops->block(e->ctx, b);
    }
    if ((b->flags & THUMB_SEV) != 0) {
        e->ops->sev(e->ctx);
    }
    if ((b->flags & THUMB_SYSTEM) != 0) {
        e->meter.system_ran = true;
        e->stale_privilege = true;
        if ((e->meter.observe & ENGINE_OBSERVE_MASKS) != 0) {
            e->meter.observe |= ENGINE_OBSERVE_STOP;
        }
    }
    return true;
}

static void on_block(uc_engine *uc, uint64_t address, uint32_t size, void *user)
{
    struct engine *e = user;
    struct engine_block *b = block_slot(e->blocks, (uint32_t)address);
    if (b->address != (uint32_t)address || b->size != size) {
        block_fill(b, (uint32_t)address, size, e->ops->code(e->ctx, (uint32_t)address, size));
    }
    if (e->meter.left <= 0 || e->meter.observe != 0 || (b->flags & SPECIAL) != 0) {
        if (!begin_block(e, b)) {
            e->asked_to_stop = true;
            uc_emu_stop(uc);
            return;
        }
    }
    e->meter.left -= b->count;
    e->meter.block = b;
}

/* A block has been translated: its code may be new. */
static void on_translation(uc_engine *uc, uc_tb *now, uc_tb *before, void *user)
{
    (void)uc;
    (void)before;
    struct engine *e = user;
    block_slot(e->blocks, (uint32_t)now->pc)->size = 0;
}

/* ---- pages ---- */

static enum engine_access access_of(uc_mem_type type)
{
    return type == UC_MEM_WRITE ? ENGINE_WRITE : type == UC_MEM_FETCH ? ENGINE_FETCH : ENGINE_READ;
}

static bool on_page(uc_engine *uc, uint64_t address, uc_mem_type type, uc_tlb_entry *entry,
                    void *user)
{
    struct engine *e = user;
    struct engine_page page = {0, 0};
    enum engine_access access = access_of(type);
    (void)uc;
    bool is_return =
        access == ENGINE_FETCH && address >= (EXC_RETURN_FIRST & ~(ENGINE_PAGE_SIZE - 1u));
    if (is_return || !e->ops->page(e->ctx, (uint32_t)address, access, &page)) {
        e->denied = true;
        e->denied_page = (uint32_t)address;
        e->denied_access = access;
        return false;
    }
    unsigned perms = UC_PROT_NONE;
    perms |= (page.may & ENGINE_MAY_READ) != 0 ? (unsigned)UC_PROT_READ : 0;
    perms |= (page.may & ENGINE_MAY_WRITE) != 0 ? (unsigned)UC_PROT_WRITE : 0;
    perms |= (page.may & ENGINE_MAY_EXECUTE) != 0 ? (unsigned)UC_PROT_EXEC : 0;
    entry->paddr = page.physical;
    entry->perms = (uc_prot)perms;
    return true;
}

static uint64_t on_io_read(uc_engine *uc, uint64_t offset, unsigned size, void *user)
{
    const struct io_map *m = user;
    (void)uc;
    return m->engine->ops->read(m->engine->ctx, m->base + (uint32_t)offset, size);
}

static void on_io_write(uc_engine *uc, uint64_t offset, unsigned size, uint64_t value, void *user)
{
    const struct io_map *m = user;
    (void)uc;
    m->engine->ops->write(m->engine->ctx, m->base + (uint32_t)offset, size, value);
}

int engine_map_host(struct engine *e, uint32_t physical, uint32_t size, uint8_t *host)
{
    return uc_mem_map_ptr(e->uc, physical, size, UC_PROT_ALL, host) == UC_ERR_OK ? 0 : -1;
}

int engine_map_io(struct engine *e, uint32_t physical, uint32_t size)
{
    if (e->map_count == MAPS) {
        return -1;
    }
    struct io_map *m = &e->maps[e->map_count++];
    m->engine = e;
    m->base = physical;
    uc_err err = uc_mmio_map(e->uc, physical, size, on_io_read, m, on_io_write, m);
    return err == UC_ERR_OK ? 0 : -1;
}

/* ---- life ---- */

static void on_interrupt(uc_engine *uc, uint32_t number, void *user)
{
    struct engine *e = user;
    e->intr = number;
    uc_emu_stop(uc);
}

/* Unicorn takes functions as void pointers, which POSIX allows though ISO C does not. */
static int add_hooks(struct engine *e)
{
    const struct {
        int type;
        void *function;
    } hooks[] = {{UC_HOOK_BLOCK, (void *)on_block},
                 {UC_HOOK_EDGE_GENERATED, (void *)on_translation},
                 {UC_HOOK_TLB_FILL, (void *)on_page},
                 {UC_HOOK_INTR, (void *)on_interrupt}};
    for (size_t i = 0; i < sizeof(hooks) / sizeof(hooks[0]); i++) {
        uc_hook handle;
        if (uc_hook_add(e->uc, &handle, hooks[i].type, hooks[i].function, e, 1, 0) != UC_ERR_OK) {
            return -1;
        }
    }
    return 0;
}

static int open_unicorn(struct engine *e, enum engine_model model)
{
    if (uc_open(UC_ARCH_ARM, UC_MODE_THUMB, &e->uc) != UC_ERR_OK) {
        e->uc = NULL;
        return -1;
    }
    /* 1 GB if not told otherwise, and each flush (breakpoints, steps) clears all of it. */
    uc_ctl_set_tcg_buffer_size(e->uc, TRANSLATION_BYTES);
    int cpu = model == ENGINE_CORTEX_M7 ? UC_CPU_ARM_CORTEX_M7 : UC_CPU_ARM_CORTEX_M4;
    if (uc_ctl_set_cpu_model(e->uc, cpu) != UC_ERR_OK ||
        uc_ctl_tlb_mode(e->uc, UC_TLB_VIRTUAL) != UC_ERR_OK ||
        uc_ctl_exits_enable(e->uc) != UC_ERR_OK) {
        return -1;
    }
    return add_hooks(e);
}

struct engine *engine_create(enum engine_model model, const struct engine_ops *ops, void *ctx)
{
    struct engine *e = calloc(1, sizeof(*e));
    if (e == NULL) {
        return NULL;
    }
    e->ops = ops;
    e->ctx = ctx;
    e->thumb = true;
    e->meter.block = &e->blocks[0];
    if (open_unicorn(e, model) != 0) {
        engine_destroy(e);
        return NULL;
    }
    return e;
}

void engine_destroy(struct engine *e)
{
    if (e != NULL && e->uc != NULL) {
        uc_close(e->uc);
    }
    free(e);
}

struct engine_meter *engine_meter(struct engine *e)
{
    return &e->meter;
}

/* ---- running ---- */

static uint32_t read_reg(const struct engine *e, int id)
{
    uint32_t value = 0;
    uc_reg_read(e->uc, id, &value);
    return value;
}

static void write_reg(struct engine *e, int id, uint32_t value)
{
    uc_reg_write(e->uc, id, &value);
}

static enum engine_stop stop_of_interrupt(const struct engine *e)
{
    switch (e->intr) {
    case INTR_SVC:
        return ENGINE_SVC;
    case INTR_RETURN:
    case INTR_FETCH:
        return e->pc >= EXC_RETURN_FIRST ? ENGINE_RETURN : ENGINE_DENIED;
    case INTR_DATA:
        return ENGINE_UNALIGNED;
    default: /* INTR_BKPT */
        return ENGINE_BKPT;
    }
}

/* UC_ERR_INSN_INVALID: WFE and YIELD with PC behind them, UDF with PC on it, or an ARM state. */
static enum engine_stop stop_of_invalid(const struct engine *e)
{
    const struct engine_block *b = e->meter.block;
    if ((read_reg(e, UC_ARM_REG_XPSR) & XPSR_T) == 0) {
        return ENGINE_STATE;
    }
    return e->pc == b->address + b->size ? ENGINE_WFE : ENGINE_UNDEFINED;
}

static enum engine_stop classify(struct engine *e, uc_err err)
{
    if (e->refused) {
        return ENGINE_DENIED;
    }
    if (e->intr != 0) {
        return stop_of_interrupt(e);
    }
    if (e->denied) {
        bool fetch = e->denied_access == ENGINE_FETCH;
        return fetch && e->pc >= EXC_RETURN_FIRST ? ENGINE_RETURN : ENGINE_DENIED;
    }
    if (err == UC_ERR_INSN_INVALID) {
        return stop_of_invalid(e);
    }
    if (err != UC_ERR_OK) {
        return ENGINE_STATE;
    }
    return e->asked_to_stop ? ENGINE_STOPPED : ENGINE_WFI;
}

/* `instructions` 0: no limit. */
static enum engine_stop run_counted(struct engine *e, size_t instructions)
{
    e->asked_to_stop = false;
    e->denied = false;
    e->refused = false;
    e->intr = 0;
    uc_err err = uc_emu_start(e->uc, e->pc | 1u, 0, 0, instructions);
    e->pc = read_reg(e, UC_ARM_REG_PC);
    return classify(e, err);
}

static enum engine_stop run_once(struct engine *e)
{
    return run_counted(e, 0);
}

/* Unicorn's exits end blocks in front of them and stop there. */
static void set_exits(struct engine *e, unsigned count)
{
    uc_ctl_set_exits(e->uc, e->exits, count);
}

static bool at_break(const struct engine *e)
{
    for (unsigned i = 0; i < e->break_count; i++) {
        if (e->exits[i] == e->pc) {
            return true;
        }
    }
    return false;
}

void engine_set_breaks(struct engine *e, const uint32_t *addresses, unsigned count)
{
    e->break_count = count < MAX_EXITS ? count : MAX_EXITS - 1;
    for (unsigned i = 0; i < e->break_count; i++) {
        e->exits[i] = addresses[i];
    }
    set_exits(e, e->break_count);
    uc_ctl_flush_tb(e->uc);
}

/* Runs what lies in front of the FPU instruction, with the block cut short there. */
static enum engine_stop run_to_fp(struct engine *e)
{
    uint32_t target = e->no_fp_at;
    if (e->no_fp_inside) {
        e->exits[e->break_count] = target;
        uc_ctl_remove_cache(e->uc, e->pc, (uint64_t)target + 1);
        set_exits(e, e->break_count + 1);
        enum engine_stop why = run_once(e);
        set_exits(e, e->break_count);
        if (why != ENGINE_WFI || e->pc != target) {
            return why;
        }
    }
    return ENGINE_NO_FP;
}

enum engine_stop engine_run(struct engine *e)
{
    if (!e->thumb) {
        return ENGINE_STATE;
    }
    e->no_fp = false;
    enum engine_stop why = run_once(e);
    if (why == ENGINE_STOPPED && e->no_fp) {
        return run_to_fp(e);
    }
    return why == ENGINE_WFI && at_break(e) ? ENGINE_BREAK : why;
}

enum engine_stop engine_step(struct engine *e)
{
    if (!e->thumb) {
        return ENGINE_STATE;
    }
    set_exits(e, 0);
    uc_ctl_flush_tb(e->uc);
    enum engine_stop why = run_counted(e, 1);
    set_exits(e, e->break_count);
    return why == ENGINE_WFI ? ENGINE_STOPPED : why;
}

enum engine_access engine_denied_access(const struct engine *e)
{
    return e->denied_access;
}

uint32_t engine_denied_page(const struct engine *e)
{
    return e->denied_page;
}

void engine_refuse(struct engine *e, uint32_t pc, enum engine_access access)
{
    e->refused = true;
    e->denied_access = access;
    write_reg(e, UC_ARM_REG_PC, pc | 1u);
    uc_emu_stop(e->uc);
}

/* ---- registers ---- */

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

uint32_t engine_get(const struct engine *e, enum engine_reg reg)
{
    return (int)reg == 15 ? e->pc : read_reg(e, reg_id(reg));
}

void engine_set(struct engine *e, enum engine_reg reg, uint32_t value)
{
    if ((int)reg == 15) {
        e->pc = value & ~1u;
        e->thumb = true;
        return;
    }
    if (reg == ENGINE_XPSR) {
        e->thumb = (value & XPSR_T) != 0;
        write_reg(e, UC_ARM_REG_XPSR_NZCVQG, value);
    } else {
        write_reg(e, reg_id(reg), value);
    }
    e->meter.system_ran = true;
    e->stale_privilege = true;
}

void engine_get_all(const struct engine *e, uint32_t regs[16])
{
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

void engine_get_frame(const struct engine *e, struct engine_frame *f)
{
    static int ids[9] = {UC_ARM_REG_R0,  UC_ARM_REG_R1,   UC_ARM_REG_R2,
                         UC_ARM_REG_R3,  UC_ARM_REG_R12,  UC_ARM_REG_R13,
                         UC_ARM_REG_R14, UC_ARM_REG_XPSR, UC_ARM_REG_CONTROL};
    void *places[9] = {&f->r0, &f->r1, &f->r2,   &f->r3,     &f->r12,
                       &f->sp, &f->lr, &f->xpsr, &f->control};
    uc_reg_read_batch(e->uc, ids, places, 9);
    f->pc = e->pc;
}

void engine_get_system(const struct engine *e, struct engine_system *s)
{
    static int ids[5] = {UC_ARM_REG_XPSR, UC_ARM_REG_CONTROL, UC_ARM_REG_PRIMASK,
                         UC_ARM_REG_BASEPRI, UC_ARM_REG_FAULTMASK};
    void *places[5] = {&s->xpsr, &s->control, &s->primask, &s->basepri, &s->faultmask};
    uc_reg_read_batch(e->uc, ids, places, 5);
}

void engine_get_stacks(const struct engine *e, uint32_t *msp, uint32_t *psp)
{
    static int ids[2] = {UC_ARM_REG_MSP, UC_ARM_REG_PSP};
    void *places[2] = {msp, psp};
    uc_reg_read_batch(e->uc, ids, places, 2);
}

void engine_get_fp(const struct engine *e, struct engine_fp *fp)
{
    for (unsigned i = 0; i < FP_WORDS; i++) {
        fp->s[i] = read_reg(e, UC_ARM_REG_S0 + (int)i);
    }
    fp->fpscr = read_reg(e, UC_ARM_REG_FPSCR);
}

void engine_set_fp(struct engine *e, const struct engine_fp *fp)
{
    for (unsigned i = 0; i < FP_WORDS; i++) {
        write_reg(e, UC_ARM_REG_S0 + (int)i, fp->s[i]);
    }
    write_reg(e, UC_ARM_REG_FPSCR, fp->fpscr);
}

/* Unicorn obeys CONTROL.nPRIV in its own register interface: a write from an unprivileged thread
 * is ignored. Passing through handler mode makes the thread privileged; nPRIV is put back at the
 * end. */
static void become_privileged(struct engine *e, uint32_t xpsr, uint32_t control)
{
    bool thread = (xpsr & XPSR_IPSR) == 0;
    write_reg(e, UC_ARM_REG_XPSR_NZCVQG, thread ? xpsr | 3u : xpsr);
    write_reg(e, UC_ARM_REG_CONTROL, control & ~CONTROL_NPRIV);
    write_reg(e, UC_ARM_REG_XPSR_NZCVQG, xpsr);
}

/* Unicorn caches privilege for its translations; a write of the flags refreshes the cache. */
static void refresh_privilege(struct engine *e, uint32_t xpsr)
{
    write_reg(e, UC_ARM_REG_APSR_NZCV, xpsr);
}

void engine_enter(struct engine *e, const struct engine_frame *f)
{
    static int ids[4] = {UC_ARM_REG_R13, UC_ARM_REG_R14, UC_ARM_REG_CONTROL,
                         UC_ARM_REG_XPSR_NZCVQG};
    uint32_t control = f->control & ~CONTROL_NPRIV;
    uint32_t sp = f->sp;
    uint32_t lr = f->lr;
    uint32_t xpsr = f->xpsr;
    void *places[4] = {&sp, &lr, &control, &xpsr};
    if ((f->control & CONTROL_NPRIV) != 0) {
        become_privileged(e, read_reg(e, UC_ARM_REG_XPSR), read_reg(e, UC_ARM_REG_CONTROL));
    }
    uc_reg_write_batch(e->uc, ids, places, 4);
    if ((f->control & CONTROL_NPRIV) != 0) {
        write_reg(e, UC_ARM_REG_CONTROL, f->control);
        refresh_privilege(e, xpsr);
    }
    e->pc = f->pc & ~1u;
    e->thumb = (xpsr & XPSR_T) != 0;
}

void engine_leave(struct engine *e, const struct engine_frame *f, bool clear_faultmask)
{
    static int ids[10] = {UC_ARM_REG_FAULTMASK, UC_ARM_REG_XPSR_NZCVQG, UC_ARM_REG_CONTROL,
                          UC_ARM_REG_R13,       UC_ARM_REG_R0,          UC_ARM_REG_R1,
                          UC_ARM_REG_R2,        UC_ARM_REG_R3,          UC_ARM_REG_R12,
                          UC_ARM_REG_R14};
    struct engine_frame *c = &e->frame;
    uint32_t none = 0;
    *c = *f;
    void *places[10] = {&none,  &c->xpsr, &c->control, &c->sp,  &c->r0,
                        &c->r1, &c->r2,   &c->r3,      &c->r12, &c->lr};
    if ((f->control & CONTROL_NPRIV) != 0) {
        write_reg(e, UC_ARM_REG_CONTROL, f->control & ~CONTROL_NPRIV);
        e->stale_privilege = true;
    }
    int skip = clear_faultmask ? 0 : 1;
    uc_reg_write_batch(e->uc, ids + skip, places + skip, 10 - skip);
    if (e->stale_privilege) {
        refresh_privilege(e, f->xpsr);
        e->stale_privilege = (f->xpsr & XPSR_IPSR) != 0;
    }
    e->pc = f->pc & ~1u;
    e->thumb = (f->xpsr & XPSR_T) != 0;
}

/* ---- invalidation ---- */

void engine_flush_pages(struct engine *e)
{
    uc_ctl_flush_tlb(e->uc);
}

/* uc_ctl_flush_tb would write zeros over all of the translation buffer. */
void engine_forget_page(struct engine *e, uint32_t page)
{
    uc_ctl_remove_cache(e->uc, page, (uint64_t)page + ENGINE_PAGE_SIZE);
}
