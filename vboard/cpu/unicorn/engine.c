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
#include "vboard/cpu/engine.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "vboard/cpu/unicorn/internal.h"
#include "vboard/cpu/thumb.h"

#define RESETS_A_FLUSH 16u
#define TRANSLATION_BYTES (32u << 20) /* ten times what 2 MB of flash ever needed */
/* Blocks that always take the long way. Those with THUMB_FP do so while the FPU is off. */
#define SPECIAL ((unsigned)(THUMB_SEV | THUMB_SYSTEM | THUMB_PRIMASK))
static_assert((int)ENGINE_OBSERVE_NO_FP == (int)THUMB_FP, "is_plain takes one for the other");
/* EXC_RETURN: a branch to 0xF0000000 or above in handler mode (DDI 0403, B1.5.8); here what cannot
 * be fetched and looks like one. */
#define EXC_RETURN_FIRST 0xFFFFFFE0u

/* Unicorn's numbers of exceptions in UC_HOOK_INTR. */
enum { INTR_SVC = 2, INTR_FETCH = 3, INTR_DATA = 4, INTR_RETURN = 8 };

#ifdef __SANITIZE_ADDRESS__
/* uc_open's first uc_ctl allocates 32 bytes that uc_close does not free (2.1.1). Weak: a program
 * may have suppressions of its own. */
__attribute__((weak, visibility("default"))) const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libunicorn.so";
}
#endif

/* ---- blocks ---- */

/* The FPU is off: true if `b` uses it, so that the run must end here. */
static bool stops_for_fp(struct unicorn *e, const struct engine_block *b)
{
    uint32_t at = block_first_fp(b, e->base.ops->code(e->base.ctx, b->address, b->size));
    e->no_fp_at = b->address + at;
    e->no_fp_inside = at != 0;
    e->no_fp = at < b->size;
    return e->no_fp;
}

/* False: the block must not begin. */
static bool begin_block(struct unicorn *e, const struct engine_block *b)
{
    if (e->base.meter.left <= 0 && !e->base.ops->refill(e->base.ctx, b->address)) {
        return false;
    }
    if ((e->base.meter.observe & ENGINE_OBSERVE_STOP) != 0) {
        return false;
    }
    if ((e->base.meter.observe & ENGINE_OBSERVE_NO_FP) != 0 && (b->flags & THUMB_FP) != 0 &&
        stops_for_fp(e, b)) {
        return false;
    }
    if ((e->base.meter.observe & ENGINE_OBSERVE_ALL) != 0) {
        e->base.ops->block(e->base.ctx, b);
    }
    if ((b->flags & THUMB_SEV) != 0) {
        e->base.ops->sev(e->base.ctx);
    }
    if ((b->flags & (THUMB_SYSTEM | THUMB_PRIMASK)) != 0) {
        e->base.meter.system_ran = e->base.meter.system_ran || (b->flags & THUMB_SYSTEM) != 0;
        e->base.meter.primask_ran = true;
        e->stale_privilege = e->stale_privilege || e->exception != 0;
        if ((e->base.meter.observe & ENGINE_OBSERVE_MASKS) != 0) {
            e->base.meter.observe |= ENGINE_OBSERVE_STOP;
        }
    }
    return true;
}

static void describe(struct unicorn *e, struct engine_block *b, uint32_t address, uint32_t size)
{
    block_fill(b, address, size, e->base.ops->code(e->base.ctx, address, size));
    b->id = ++e->described;
}

static bool is_plain(const struct unicorn *e, const struct engine_block *b)
{
    const unsigned no_fp = ENGINE_OBSERVE_NO_FP;
    unsigned observe = e->base.meter.observe;
    unsigned special = SPECIAL | (observe & no_fp);
    return e->base.meter.left > 0 && ((observe & ~no_fp) | (b->flags & special)) == 0;
}

static void enter(struct unicorn *e, const struct engine_block *b)
{
    e->base.meter.left -= b->count;
    e->base.meter.block = b;
}

/* Everything but the plain case, apart so that the plain case stays short. */
static __attribute__((noinline)) void try_to_enter(struct unicorn *e, struct engine_block *b,
                                                   uint32_t address, uint32_t size)
{
    if (b->address != address || b->size != size) {
        describe(e, b, address, size);
    }
    if (is_plain(e, b) || begin_block(e, b)) {
        enter(e, b);
    } else {
        e->asked_to_stop = true;
        uc_emu_stop(e->uc);
    }
}

static void on_block(uc_engine *uc, uint64_t address, uint32_t size, void *user)
{
    struct unicorn *e = user;
    struct engine_block *b = block_slot(e->blocks, (uint32_t)address);
    (void)uc;
    if (b->address == (uint32_t)address && b->size == size && is_plain(e, b)) {
        enter(e, b);
    } else {
        try_to_enter(e, b, (uint32_t)address, size);
    }
}

/* A block has been translated: its code may be new. */
static void on_translation(uc_engine *uc, uc_tb *now, uc_tb *before, void *user)
{
    (void)uc;
    (void)before;
    struct unicorn *e = user;
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
    struct unicorn *e = user;
    struct engine_page page = {0, 0};
    enum engine_access access = access_of(type);
    (void)uc;
    bool is_return =
        access == ENGINE_FETCH && address >= (EXC_RETURN_FIRST & ~(ENGINE_PAGE_SIZE - 1u));
    if (is_return || !e->base.ops->page(e->base.ctx, (uint32_t)address, access, &page)) {
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
    return m->engine->base.ops->read(m->engine->base.ctx, m->base + (uint32_t)offset, size);
}

static void on_io_write(uc_engine *uc, uint64_t offset, unsigned size, uint64_t value, void *user)
{
    const struct io_map *m = user;
    (void)uc;
    m->engine->base.ops->write(m->engine->base.ctx, m->base + (uint32_t)offset, size, value);
}

static int map_host(struct engine *base, uint32_t physical, uint32_t size, uint8_t *host)
{
    struct unicorn *e = unicorn_of(base);
    return uc_mem_map_ptr(e->uc, physical, size, UC_PROT_ALL, host) == UC_ERR_OK ? 0 : -1;
}

static int map_io(struct engine *base, uint32_t physical, uint32_t size)
{
    struct unicorn *e = unicorn_of(base);
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
    struct unicorn *e = user;
    e->intr = number;
    uc_emu_stop(uc);
}

/* Unicorn takes functions as void pointers, which POSIX allows though ISO C does not. */
static int add_hooks(struct unicorn *e)
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

static int open_unicorn(struct unicorn *e, enum engine_model model)
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

static void destroy(struct engine *base)
{
    struct unicorn *e = unicorn_of(base);
    if (e->uc != NULL) {
        uc_close(e->uc);
    }
    free(e);
}

static struct engine *create(enum engine_model model)
{
    struct unicorn *e = calloc(1, sizeof(*e));
    if (e == NULL) {
        return NULL;
    }
    e->thumb = true;
    e->base.meter.block = &e->blocks[0];
    if (open_unicorn(e, model) != 0) {
        destroy(&e->base);
        return NULL;
    }
    return &e->base;
}

/* ---- running ---- */

static enum engine_stop stop_of_interrupt(const struct unicorn *e)
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
static enum engine_stop stop_of_invalid(const struct unicorn *e)
{
    const struct engine_block *b = e->base.meter.block;
    if ((engine_read_reg(e, UC_ARM_REG_XPSR) & XPSR_T) == 0) {
        return ENGINE_STATE;
    }
    return e->pc == b->address + b->size ? ENGINE_WFE : ENGINE_UNDEFINED;
}

static enum engine_stop classify(struct unicorn *e, uc_err err)
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
static enum engine_stop run_counted(struct unicorn *e, size_t instructions)
{
    e->asked_to_stop = false;
    e->denied = false;
    e->refused = false;
    e->intr = 0;
    uc_err err = uc_emu_start(e->uc, e->pc | 1u, 0, 0, instructions);
    e->pc = engine_read_reg(e, UC_ARM_REG_PC);
    return classify(e, err);
}

static enum engine_stop run_once(struct unicorn *e)
{
    return run_counted(e, 0);
}

/* Unicorn's exits end blocks in front of them and stop there. */
static void set_exits(struct unicorn *e, unsigned count)
{
    uc_ctl_set_exits(e->uc, e->exits, count);
}

static bool at_break(const struct unicorn *e)
{
    for (unsigned i = 0; i < e->break_count; i++) {
        if (e->exits[i] == e->pc) {
            return true;
        }
    }
    return false;
}

static void set_breaks(struct engine *base, const uint32_t *addresses, unsigned count)
{
    struct unicorn *e = unicorn_of(base);
    e->break_count = count < MAX_EXITS ? count : MAX_EXITS - 1;
    for (unsigned i = 0; i < e->break_count; i++) {
        e->exits[i] = addresses[i];
    }
    set_exits(e, e->break_count);
    uc_ctl_flush_tb(e->uc);
}

/* Runs what lies in front of the FPU instruction, with the block cut short there. */
static enum engine_stop run_to_fp(struct unicorn *e)
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

static enum engine_stop run(struct engine *base)
{
    struct unicorn *e = unicorn_of(base);
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

static enum engine_stop step(struct engine *base)
{
    struct unicorn *e = unicorn_of(base);
    if (!e->thumb) {
        return ENGINE_STATE;
    }
    set_exits(e, 0);
    uc_ctl_flush_tb(e->uc);
    enum engine_stop why = run_counted(e, 1);
    set_exits(e, e->break_count);
    return why == ENGINE_WFI ? ENGINE_STOPPED : why;
}

static enum engine_access denied_access(const struct engine *base)
{
    const struct unicorn *e = unicorn_const_of(base);
    return e->denied_access;
}

static uint32_t denied_address(const struct engine *base)
{
    const struct unicorn *e = unicorn_const_of(base);
    return e->denied_page;
}

static void refuse(struct engine *base, uint32_t pc, enum engine_access access)
{
    struct unicorn *e = unicorn_of(base);
    e->refused = true;
    e->denied_access = access;
    engine_write_reg(e, UC_ARM_REG_PC, pc | 1u);
    uc_emu_stop(e->uc);
}

/* ---- invalidation ---- */

static void flush_pages(struct engine *base)
{
    struct unicorn *e = unicorn_of(base);
    uc_ctl_flush_tlb(e->uc);
}

/* uc_ctl_flush_tb would write zeros over all of the translation buffer. */
static void forget_page(struct engine *base, uint32_t page)
{
    struct unicorn *e = unicorn_of(base);
    uc_ctl_remove_cache(e->uc, page, (uint64_t)page + ENGINE_PAGE_SIZE);
}

/*
 * Translations of code that a start has copied to RAM are never given back: 0.7 MB a reset with a
 * program of 60 KB. Unicorn 2.1.1 dies of a full buffer, so all of it is emptied long before.
 */
static void note_reset(struct engine *base)
{
    struct unicorn *e = unicorn_of(base);
    e->resets++;
    if (e->resets % RESETS_A_FLUSH == 0) {
        uc_ctl_flush_tb(e->uc);
    }
}

static uint32_t access_pc(const struct engine *base)
{
    return base->meter.block->address;
}

/* It compares values instead. */
static void stored(struct engine *base, uint32_t physical, unsigned size)
{
    (void)base;
    (void)physical;
    (void)size;
}

const struct engine_type engine_unicorn = {.name = "unicorn",
                                           .exact = false,
                                           .create = create,
                                           .destroy = destroy,
                                           .map_host = map_host,
                                           .map_io = map_io,
                                           .run = run,
                                           .step = step,
                                           .set_breaks = set_breaks,
                                           .denied_access = denied_access,
                                           .denied_address = denied_address,
                                           .access_pc = access_pc,
                                           .refuse = refuse,
                                           .get = unicorn_get,
                                           .set = unicorn_set,
                                           .exception = unicorn_exception,
                                           .get_all = unicorn_get_all,
                                           .get_frame = unicorn_get_frame,
                                           .get_system = unicorn_get_system,
                                           .get_stack = unicorn_get_stack,
                                           .get_fp = unicorn_get_fp,
                                           .set_fp = unicorn_set_fp,
                                           .enter = unicorn_enter,
                                           .leave = unicorn_leave,
                                           .flush_pages = flush_pages,
                                           .forget_page = forget_page,
                                           .note_reset = note_reset,
                                           .stored = stored};
