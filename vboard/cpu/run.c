/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A core's turn: run blocks, take exceptions, sleep. PM0253 2.6 (power management), DDI 0403
 * B1.5.17 to B1.5.19 (WFE, WFI, events). With Unicorn CCR.DIV_0_TRP and CCR.UNALIGN_TRP have no
 * effect.
 */
#include "vboard/cpu/code.h"
#include "vboard/cpu/core.h"
#include "vboard/cpu/thumb.h"

#define HINT_YIELD 0xBF10u
#define HINT_YIELD_W 0x8001u
#define STEP_GRANT 100000 /* more than a block and its accesses cost */
#define DEMCR_MON_EN (1u << 16)

/* ---- sleep ---- */

/* WFI ignores PRIMASK, WFE does not. */
static bool must_wake(struct cpu *c, bool for_event)
{
    struct nvic_masks m = c->masks;
    m.primask = m.primask && for_event;
    return nvic_ready(&c->nvic, &m) != EXC_NONE;
}

static void set_access(struct cpu *c)
{
    c->chip->access.master = c->core == CORE_CM7 ? MASTER_CM7 : MASTER_CM4;
    c->chip->access.pc = engine_get(c->engine, (enum engine_reg)15);
    c->chip->access.lanes = 0;
}

void cpu_sleep(struct cpu *c, bool for_event)
{
    c->loop.disturbed = true;
    if (for_event && c->event) {
        c->event = false;
        return;
    }
    if (for_event || c->meter->system_ran) { /* PRIMASK alone does not matter to WFI */
        cpu_read_masks(c);
    }
    if (must_wake(c, for_event)) {
        return;
    }
    c->sleeping = true;
    c->waits_for_event = for_event;
    c->chip->sched.now = cpu_time(c);
    set_access(c);
    c->deep = (c->scb.scr & SCR_SLEEPDEEP) != 0;
    chip_core_sleeps(c->chip, c->core, c->deep ? CORE_DEEPSLEEP : CORE_SLEEP);
}

static void wake(struct cpu *c)
{
    vtime_ps now = c->chip->sched.now;
    c->sleeping = c->deep = c->late_event = false;
    cpu_time_move(c, now);
    chip_core_sleeps(c->chip, c->core, CORE_AWAKE);
    c->machine.woke(c->machine.ctx, c->core, now);
}

/* In CStop only EXTI wakes it, unless a debugger keeps its clocks running (RM0399 7.7.4, Table 38). */
static bool is_stopped(const struct cpu *c)
{
    const struct chip *chip = c->chip;
    return c->deep && chip->exti.set != NULL && !chip->cores.wake_line[c->core] &&
           !chip->debug.clocks_run_on[c->core];
}

void cpu_event(struct cpu *c)
{
    c->event = true;
    if (c->sleeping && c->waits_for_event) {
        c->event = false;
        wake(c);
    }
}

void cpu_pending_changed(struct cpu *c)
{
    unsigned best = nvic_best(&c->nvic);
    if (best == EXC_NONE) {
        return;
    }
    if (c->sleeping) {
        if (!is_stopped(c) && must_wake(c, c->waits_for_event)) {
            wake(c);
        }
    } else if (c->in_run && nvic_group_priority(&c->nvic, best) < nvic_active_priority(&c->nvic)) {
        c->meter->observe |= ENGINE_OBSERVE_STOP;
    }
}

void cpu_pended(struct cpu *c)
{
    if ((c->scb.scr & SCR_SEVONPEND) != 0) {
        if (is_stopped(c)) {
            c->late_event = true;
        } else {
            cpu_event(c);
        }
    }
    cpu_pending_changed(c);
}

void cpu_pend(struct cpu *c, unsigned exception)
{
    if (nvic_pend(&c->nvic, exception)) {
        cpu_pended(c);
    } else {
        cpu_pending_changed(c);
    }
}

void cpu_wake_line(struct cpu *c)
{
    if (c->late_event) {
        c->late_event = false;
        cpu_event(c);
    }
    cpu_pending_changed(c);
}

/* ---- why the engine stopped ---- */

/* Instructions of the running block from PC on were counted but not executed. */
static void refund(struct cpu *c)
{
    const struct engine_block *b = c->meter->block;
    if (c->exact) {
        return;
    }
    uint32_t pc = engine_get(c->engine, (enum engine_reg)15);
    if (pc - b->address >= b->size) {
        return;
    }
    const uint8_t *code = cpu_bus_host(c, b->address, b->size);
    if (code != NULL) {
        c->meter->left += b->count - (int64_t)thumb_count(code, pc - b->address);
    }
}

static void bus_fault(struct cpu *c, enum engine_access access, uint32_t address)
{
    if (!c->chip->access.bus_fault) { /* the page policy refused it: nobody has said why yet */
        set_access(c);
        c->chip->access.lanes = access == ENGINE_WRITE ? ~0u : 0;
        c->chip->sched.now = cpu_time(c);
        chip_report(c->chip, access == ENGINE_FETCH ? FOUND_NOTHING_TO_FETCH : FOUND_NOTHING_THERE,
                    address, NULL);
    }
    c->chip->access.bus_fault = false;
    c->fault_address = address;
    if (access == ENGINE_FETCH) {
        cpu_raise(c, EXC_BUS_FAULT, CFSR_IBUSERR);
    } else {
        c->scb.bfar = address;
        cpu_raise(c, EXC_BUS_FAULT, CFSR_PRECISERR | CFSR_BFARVALID);
    }
}

static void protection_fault(struct cpu *c, enum engine_access access, uint32_t address)
{
    c->fault_address = address;
    if (access == ENGINE_FETCH) {
        cpu_raise(c, EXC_MEM_MANAGE, CFSR_IACCVIOL);
    } else {
        c->scb.mmfar = address;
        cpu_raise(c, EXC_MEM_MANAGE, CFSR_DACCVIOL | CFSR_MMARVALID);
    }
}

static bool mpu_refuses(const struct cpu *c, enum engine_access access, uint32_t address)
{
    static const enum mpu_access kinds[] = {MPU_READ, MPU_WRITE, MPU_FETCH};
    bool negative = nvic_is_negative(&c->nvic, &c->masks);
    return !mpu_allows(&c->mpu, address, kinds[access], cpu_is_privileged(c), negative);
}

/* Peripherals and the PPB are execute-never in the default map (PM0253 2.3.2): MemManage. */
static bool never_executes(uint32_t address)
{
    return address >= 0xE0000000u || address - 0x40000000u < 0x20000000u;
}

/* The memory is at work (4.3.8 of RM0399): the core stands still, interrupts wait, time goes on. */
static void stall(struct cpu *c)
{
    const struct chip_probe *probe = c->chip->bus.probe;
    vtime_ps now = cpu_time(c);
    if (probe != NULL && probe->stalled != NULL && c->stall_until > now) {
        probe->stalled(probe->ctx, c->core, engine_get(c->engine, (enum engine_reg)15),
                       c->stall_until - now);
    }
    c->stalled = true;
    c->turn_over = true;
    c->loop.disturbed = true;
    c->chip->access.bus_fault = false;
    sched_at(&c->chip->sched, &c->stall_event, c->stall_until);
    c->stall_until = 0;
}

void cpu_stall_over(void *ctx, vtime_ps now)
{
    struct cpu *c = ctx;
    c->stalled = false;
    cpu_time_move(c, now);
    c->machine.woke(c->machine.ctx, c->core, now);
}

static void denied(struct cpu *c)
{
    enum engine_access access = engine_denied_access(c->engine);
    uint32_t pc = engine_get(c->engine, (enum engine_reg)15);
    uint32_t address = pc;
    refund(c);
    if (c->stall_until != 0) {
        stall(c);
        return;
    }
    if (c->chip->access.bus_fault) {
        address = c->fault_address;
    } else if (c->exact) {
        address = engine_denied_address(c->engine);
    } else if (access != ENGINE_FETCH) {
        address = cpu_access_operand(c, pc, engine_denied_address(c->engine));
    }
    if (mpu_refuses(c, access, address) || (access == ENGINE_FETCH && never_executes(address))) {
        protection_fault(c, access, address);
    } else {
        bus_fault(c, access, address);
    }
}

static void breakpoint(struct cpu *c)
{
    c->scb.dfsr |= DFSR_BKPT;
    if (cpu_debug_breaks(c, CPU_STOP_BKPT)) {
        return;
    }
    if (c->debugging) {
        cpu_halt(c, true);
    } else if ((c->scb.demcr & DEMCR_MON_EN) != 0) {
        cpu_raise(c, EXC_DEBUG, 0);
    } else {
        c->scb.hfsr |= HFSR_DEBUGEVT;
        cpu_raise(c, EXC_HARD_FAULT, 0);
    }
}

/* WFE or YIELD has been executed; YIELD does nothing. */
static void hint(struct cpu *c)
{
    uint32_t pc = engine_get(c->engine, (enum engine_reg)15);
    const uint8_t *code = cpu_bus_host(c, pc - 2, 2);
    uint16_t op = 0;
    if (code != NULL) {
        op = (uint16_t)(code[0] | code[1] << 8);
    }
    if (op != HINT_YIELD && op != HINT_YIELD_W) {
        cpu_sleep(c, true);
    }
}

static void usage_fault(struct cpu *c, uint32_t cfsr)
{
    refund(c);
    cpu_raise(c, EXC_USAGE_FAULT, cfsr);
}

static void handle(struct cpu *c, enum engine_stop why)
{
    switch (why) {
    case ENGINE_STOPPED:
        break;
    case ENGINE_BREAK:
        if (!cpu_debug_breaks(c, CPU_STOP_BREAK)) {
            cpu_halt(c, true);
        }
        break;
    case ENGINE_WFI:
        cpu_sleep(c, false);
        break;
    case ENGINE_WFE:
        hint(c);
        break;
    case ENGINE_SVC:
        cpu_raise(c, EXC_SVC, 0);
        break;
    case ENGINE_BKPT:
        breakpoint(c);
        break;
    case ENGINE_RETURN:
        cpu_return_from_exception(c);
        break;
    case ENGINE_UNDEFINED:
        usage_fault(c, CFSR_UNDEFINSTR);
        break;
    case ENGINE_NO_FP:
        usage_fault(c, CFSR_NOCP);
        break;
    case ENGINE_STATE:
        usage_fault(c, CFSR_INVSTATE);
        break;
    case ENGINE_UNALIGNED:
        usage_fault(c, CFSR_UNALIGNED);
        break;
    case ENGINE_DIVIDE:
        usage_fault(c, CFSR_DIVBYZERO);
        break;
    case ENGINE_DENIED:
        denied(c);
        break;
    }
    if (c->fault_late) {
        c->fault_late = false;
        c->chip->access.bus_fault = false;
        cpu_pend_late_fault(c);
    }
}

/* ---- turns ---- */

static void grant(struct cpu *c)
{
    uint64_t left = c->time.stop_cycle - cpu_cycles_done(c);
    cpu_loop_begin_run(c);
    if (left > (uint64_t)c->loop.chunk) {
        left = (uint64_t)c->loop.chunk;
    }
    if (c->debug.counts) {
        left = cpu_debug_limit(c, left);
    }
    cpu_time_grant(c, (int64_t)left);
}

bool cpu_run_refill(struct cpu *c)
{
    if (c->turn_over || cpu_cycles_done(c) >= c->time.stop_cycle) {
        return false;
    }
    grant(c);
    return c->meter->left > 0; /* not so where a debugger wants it to stop */
}

void cpu_cut(struct cpu *c, vtime_ps t)
{
    if (t >= c->limit) {
        return;
    }
    c->limit = t;
    if (c->in_run) {
        uint64_t stop = cpu_cycle_at(c, t);
        int64_t left = (int64_t)(stop - cpu_cycles_done(c));
        c->time.stop_cycle = stop;
        if (left < cpu_cycles_left(c)) {
            cpu_time_grant(c, left);
        }
    }
}

static void run_engine(struct cpu *c)
{
    c->meter->observe &= ENGINE_OBSERVE_NO_FP;
    if (nvic_best(&c->nvic) != EXC_NONE) {
        c->meter->observe |= ENGINE_OBSERVE_MASKS;
    }
    if (c->stale_count != 0) {
        cpu_code_forget(c);
    }
    grant(c);
    c->meter->observe |= c->debug.flow ? ENGINE_OBSERVE_ALL : 0u;
    c->in_run = true; /* after the grant: a run's first chunk is short */
    enum engine_stop why = engine_run(c->engine);
    c->in_run = false;
    handle(c, why);
}

/* One instruction of the block that begins at PC is executed, and one is paid for. */
void cpu_step(struct cpu *c)
{
    c->meter->observe &= ENGINE_OBSERVE_NO_FP;
    cpu_time_grant(c, STEP_GRANT);
    c->in_run = true;
    enum engine_stop why = engine_step(c->engine);
    c->in_run = false;
    if (why == ENGINE_STOPPED && !c->exact) {
        c->meter->left += c->meter->block->count - 1;
    }
    handle(c, why);
}

void cpu_run(struct cpu *c, vtime_ps limit)
{
    c->limit = limit;
    c->turn_over = false;
    cpu_time_forget_order(c); /* the other core has had its turn */
    cpu_bus_refresh(c);
    cpu_loop_begin_turn(c);
    if (c->leave_break) {
        c->leave_break = false;
        c->loop.disturbed = true;
        cpu_step(c);
    }
    while (!c->turn_over && cpu_can_run(c)) {
        c->time.stop_cycle = cpu_cycle_at(c, c->limit);
        if (cpu_cycles_done(c) >= c->time.stop_cycle || cpu_debug_look(c)) {
            break;
        }
        if (!cpu_take_exception(c)) {
            run_engine(c);
        }
    }
    cpu_debug_look(c); /* it may have fallen asleep */
    if (c->loop.disturbed) {
        c->loop.pure = false;
    }
}
