/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What an exact engine asks beside pages and registers. Its accesses to memory of both cores and to
 * peripherals happen in the order of their times: a core that is ahead of the other one, if that
 * runs, waits for it. So each sees what the other has done, however short it lasted.
 */
#include "vboard/cpu/exact.h"

#include "vboard/cpu/caches.h"
#include "vboard/cpu/code.h"

#define PERIPHERALS 0x40000000u
#define PERIPHERALS_SIZE 0x20000000u
#define PRIVATE_BUS 0xE0000000u
#define ACTLR_DISDEFWBUF 2u
#define CONTROL_FPCA 4u
#define CONTROL_NPRIV 1u
#define XPSR_IPSR 0x1FFu
#define FP_WORDS 18u /* S0 to S15, FPSCR, a reserved one */

bool cpu_is_probed(const struct cpu *c, uint32_t physical)
{
    const struct chip_probe *probe = c->chip->bus.probe;
    return probe != NULL && probe->wants != NULL && probe->wants(probe->ctx, c->core, physical);
}

static bool is_register(uint32_t physical)
{
    return physical - PERIPHERALS < PERIPHERALS_SIZE;
}

void cpu_show_ram(struct cpu *c, uint32_t physical, unsigned size, bool write)
{
    if (c->chip->bus.probe != NULL) {
        chip_show_ram(c->chip, c->core == CORE_CM7 ? MASTER_CM7 : MASTER_CM4,
                      engine_access_pc(c->engine), physical, size, write);
    }
}

unsigned cpu_page_is_special(struct cpu *c, const struct cpu_page *page, uint32_t address,
                             enum engine_access access, uint32_t physical)
{
    unsigned special = 0;
    bool ram = page->region != NULL && page->region->region->writable;
    if (ram && access != ENGINE_FETCH) {
        bool code = access == ENGINE_WRITE && cpu_code_of_other(c, address);
        bool shared = cpu_data_is_shared(c, physical) || code;
        bool watched = (shared && cpu_caches_are_on(c)) || cpu_caches_watch(c, physical) ||
                       cpu_is_probed(c, physical);
        special |= (shared || watched ? (unsigned)ENGINE_SHARED : 0u) |
                   (watched ? (unsigned)ENGINE_WATCHED : 0u);
    }
    if ((c->mpu.ctrl & 1u) != 0 && mpu_divides_page(&c->mpu, address)) {
        special |= ENGINE_FINE;
    }
    return special;
}

bool cpu_on_is_device(void *ctx, uint32_t address)
{
    const struct cpu *c = ctx;
    return mpu_is_device(&c->mpu, address, nvic_is_negative(&c->nvic, &c->masks));
}

/* The M7's bus faults of stores are all asynchronous (PM0253 2.5.3); the M4's as long as ACTLR lets it
 * use its write buffer, which the private bus has no part in (PM0214 4.4.1). */
bool cpu_buffers_store(const struct cpu *c, uint32_t address)
{
    bool m4_does = (c->scb.actlr & ACTLR_DISDEFWBUF) == 0 && address < PRIVATE_BUS;
    return c->exact && (c->core == CORE_CM7 || m4_does);
}

void cpu_on_jump(void *ctx, uint32_t address)
{
    struct cpu *c = ctx;
    unsigned did = c->meter->did;
    c->meter->did = 0;
    if (c->debug.flow) {
        c->debug.tracer->jumped(c->debug.tracer->ctx, c->core, address);
        return;
    }
    cpu_loop_jump(c, address, (did & ENGINE_DID_STORE) != 0, (did & ENGINE_DID_MORE) != 0);
}

/* The last number of cycles at which it is not: time_at(n - 1) is no later than the peer's time. The instruction
 * under way has been counted already. The peer's time stands still during a turn of this core, unless it is
 * woken (cpu_time_move). */
static uint64_t free_until(struct cpu *c, const struct cpu *peer)
{
    if (!c->free_known) {
        vtime_ps then = cpu_time(peer);
        c->free_known = true;
        c->free_until = then < c->time.epoch ? 0 : cpu_cycle_at(c, then + 1);
    }
    return c->free_until;
}

static bool is_ahead_of(struct cpu *c, const struct cpu *peer)
{
    return cpu_cycles_done(c) > free_until(c, peer);
}

/* It need not ask again before it is ahead, or the other core begins to run in between, whose time then moves
 * (cpu_time_move). Pages that somebody watches ask at each access. */
static void spare_questions(struct cpu *c, const struct cpu *other)
{
    if (other == NULL || !cpu_can_run(other)) {
        c->meter->asks_below = INT64_MIN;
    } else {
        c->meter->asks_below =
            (int64_t)(c->time.cycles + (uint64_t)c->time.granted - free_until(c, other));
    }
    if (other != NULL && other->meter->tagged) {
        c->meter->asks_below = INT64_MAX;
    }
}

/* RAM that the other core does not use may be asked about only because somebody watches it. */
static bool has_order(const struct cpu *c, const struct cpu *other, uint32_t physical)
{
    if (is_register(physical)) {
        return true;
    }
    bool watched = cpu_caches_watch(c, physical) || cpu_is_probed(c, physical);
    return !watched || (other != NULL && cpu_data_is_known(other, physical));
}

bool cpu_on_turn(void *ctx, uint32_t address, uint32_t physical, unsigned size, bool write,
                 bool first)
{
    struct cpu *c = ctx;
    struct cpu *other = c->chip->cores.cpu[c->core == CORE_CM7 ? CORE_CM4 : CORE_CM7];
    bool ordered = has_order(c, other, physical);
    c->loop.shared = c->loop.shared || ordered;
    if (first && ordered && other != NULL && cpu_can_run(other) && is_ahead_of(c, other)) {
        c->turn_over = true;
        c->loop.yielded = true;
        c->meter->observe |= ENGINE_OBSERVE_STOP;
        return false;
    }
    if (!is_register(physical)) {
        if (ordered || cpu_caches_watch(c, physical)) {
            cpu_caches_access(c, address, physical, size, write);
        }
        cpu_show_ram(c, physical, size, write);
    }
    if (write && other != NULL) {
        engine_stored(other->engine, physical, size);
    }
    spare_questions(c, other);
    return true;
}

/* ---- lazy stacking (DDI 0403 B1.5.7) ---- */

/* UpdateFPCCR: whose context it is, and which faults could be taken now. */
void cpu_fp_leave_room(struct cpu *c, uint32_t address, const struct engine_frame *f)
{
    const struct nvic *n = &c->nvic;
    bool thread = (f->xpsr & XPSR_IPSR) == 0;
    int now = nvic_execution_priority(n, &c->masks);
    uint32_t value = c->scb.fpccr & (FPCCR_ASPEN | FPCCR_LSPEN);
    value |= FPCCR_LSPACT;
    value |= thread ? FPCCR_THREAD : 0;
    value |= thread && (f->control & CONTROL_NPRIV) != 0 ? FPCCR_USER : 0;
    value |= now > -1 ? FPCCR_HFRDY : 0;
    value |= nvic_is_enabled(n, EXC_BUS_FAULT) && nvic_group_priority(n, EXC_BUS_FAULT) < now
                 ? FPCCR_BFRDY
                 : 0;
    value |= nvic_is_enabled(n, EXC_MEM_MANAGE) && nvic_group_priority(n, EXC_MEM_MANAGE) < now
                 ? FPCCR_MMRDY
                 : 0;
    c->scb.fpccr = value;
    c->scb.fpcar = address & ~7u;
}

static bool may_store(const struct cpu *c, uint32_t address)
{
    bool privileged = (c->scb.fpccr & FPCCR_USER) == 0;
    bool negative = (c->scb.fpccr & FPCCR_HFRDY) == 0;
    return mpu_allows(&c->mpu, address, MPU_WRITE, privileged, negative) &&
           mpu_allows(&c->mpu, address + 4 * FP_WORDS - 4, MPU_WRITE, privileged, negative);
}

/* PreserveFPState. Its faults pend; the instruction goes on. */
static void preserve(struct cpu *c)
{
    struct engine_fp fp;
    uint32_t words[FP_WORDS] = {0};
    engine_get_fp(c->engine, &fp);
    for (unsigned i = 0; i < 16; i++) {
        words[i] = fp.s[i];
    }
    words[16] = fp.fpscr;
    c->scb.fpccr &= ~FPCCR_LSPACT;
    bool allowed = may_store(c, c->scb.fpcar);
    if (allowed && cpu_store_frame(c, c->scb.fpcar, words, FP_WORDS)) {
        return;
    }
    unsigned exception = allowed ? EXC_BUS_FAULT : EXC_MEM_MANAGE;
    bool ready = (c->scb.fpccr & (allowed ? FPCCR_BFRDY : FPCCR_MMRDY)) != 0;
    c->scb.cfsr |= allowed ? CFSR_LSPERR : CFSR_MLSPERR;
    c->scb.hfsr |= ready ? 0 : HFSR_FORCED;
    cpu_pend(c, ready ? exception : EXC_HARD_FAULT);
}

/* CPACR.CP10: 1 is for privileged code only (PM0253 4.7.1). */
static bool may_use_fp(const struct cpu *c)
{
    uint32_t access = c->scb.cpacr >> 20 & 3u;
    return access == 3 || (access == 1 && cpu_is_privileged(c));
}

bool cpu_on_use_fp(void *ctx, bool *fresh, uint32_t *fpscr)
{
    struct cpu *c = ctx;
    *fresh = false;
    if (!may_use_fp(c)) {
        return false;
    }
    if ((c->scb.fpccr & FPCCR_LSPACT) != 0) {
        preserve(c);
    }
    bool active = (engine_get(c->engine, ENGINE_CONTROL) & CONTROL_FPCA) != 0;
    if (!active && (c->scb.fpccr & FPCCR_ASPEN) != 0) {
        *fresh = true;
        *fpscr = c->scb.fpdscr;
    }
    return true;
}

void cpu_on_unpredictable(void *ctx, uint32_t pc)
{
    struct cpu *c = ctx;
    c->chip->sched.now = cpu_time(c);
    c->chip->access.master = c->core == CORE_CM7 ? MASTER_CM7 : MASTER_CM4;
    c->chip->access.pc = pc;
    c->chip->access.lanes = 0;
    chip_report(c->chip, FOUND_UNPREDICTABLE, 0, NULL);
}
