/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What an exact engine asks beside pages and registers. Its accesses to memory of both cores and to
 * peripherals happen in the order of their times: a core that is ahead of the other one, if that
 * runs, waits for it. So each sees what the other has done, however short it lasted.
 */
#include "vboard/cpu/core.h"

#define PERIPHERALS 0x40000000u
#define PERIPHERALS_SIZE 0x20000000u
#define PRIVATE_BUS 0xE0000000u
#define ACTLR_DISDEFWBUF 2u
#define CONTROL_FPCA 4u
#define FPCCR_ASPEN (1u << 31)

unsigned cpu_page_is_special(struct cpu *c, const struct cpu_page *page, uint32_t address,
                             enum engine_access access, uint32_t physical)
{
    unsigned special = 0;
    bool ram = page->region != NULL && page->region->region->writable;
    if (ram && access != ENGINE_FETCH && cpu_data_is_shared(c, physical)) {
        special |= ENGINE_SHARED;
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
    cpu_loop_jump(c, address, (did & ENGINE_DID_STORE) != 0, (did & ENGINE_DID_MORE) != 0);
}

/* The instruction under way has been counted already. */
static bool is_ahead_of(const struct cpu *c, const struct cpu *peer)
{
    return cpu_time_at(c, cpu_cycles_done(c) - 1) > cpu_time(peer);
}

bool cpu_on_turn(void *ctx, uint32_t physical, unsigned size, bool write, bool first)
{
    struct cpu *c = ctx;
    bool memory = cpu_bus_page(c, physical & ~(ENGINE_PAGE_SIZE - 1u))->region != NULL;
    if (!memory && physical - PERIPHERALS >= PERIPHERALS_SIZE) {
        return true; /* the private bus, or a window */
    }
    struct cpu *peer = c->machine.peer(c->machine.ctx, c->core);
    c->loop.shared = true;
    if (first && peer != NULL && is_ahead_of(c, peer)) {
        c->turn_over = true;
        c->loop.yielded = true;
        c->meter->observe |= ENGINE_OBSERVE_STOP;
        return false;
    }
    struct cpu *other = c->chip->cpu[c->core == CORE_CM7 ? CORE_CM4 : CORE_CM7];
    if (write && memory && other != NULL) {
        engine_stored(other->engine, physical, size);
    }
    return true;
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
    bool active = (engine_get(c->engine, ENGINE_CONTROL) & CONTROL_FPCA) != 0;
    if (!active && (c->scb.fpccr & FPCCR_ASPEN) != 0) {
        *fresh = true;
        *fpscr = c->scb.fpdscr;
    }
    return true;
}

void cpu_on_unpredictable(void *ctx, uint32_t pc, const char *what)
{
    struct cpu *c = ctx;
    c->chip->sched.now = cpu_time(c);
    c->chip->access.master = c->core == CORE_CM7 ? MASTER_CM7 : MASTER_CM4;
    c->chip->access.pc = pc;
    c->chip->access.lanes = 0;
    chip_report(c->chip, FINDING_BEHAVIOUR, 0, "UNPREDICTABLE: %s", what);
}
