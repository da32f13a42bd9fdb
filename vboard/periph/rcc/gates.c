/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * RCC: clock gates per core, peripheral resets, and what the cores' sleep does to clocks
 * (RM0399 Rev 4, 9.5.10 to 9.5.12, 9.5.7).
 */
#include "vboard/periph/rcc/internal.h"

/* Index of a bus among the bank's nine ENR registers. */
enum { AHB3, AHB1, AHB2, AHB4, APB3, APB1L, APB1H, APB2, APB4 };

#define ART_BIT (1u << 14) /* enabled in AHB1ENR, yet it sits in D1 (9.5.9, Figure 66) */

/* D3AMR against AHB4ENR and APB4ENR: the same bits but for BDMA, RTC and SRAM4 (9.7.37). */
#define AMR_AHB4 0x11080000u
#define AMR_APB4 0x0021DEA8u
#define AMR_BDMA (1u << 0)
#define BDMAEN (1u << 21)

static uint32_t enr(const struct rcc *r, enum core core, unsigned bus)
{
    unsigned bank = core == CORE_CM7 ? R_C1 : R_C2;
    return r->base.values[bank + B_AHB3ENR + bus];
}

static uint32_t lpenr(const struct rcc *r, enum core core, unsigned bus)
{
    unsigned bank = core == CORE_CM7 ? R_C1 : R_C2;
    return r->base.values[bank + B_AHB3LPENR + bus];
}

static bool deep(const struct rcc *r, enum core core)
{
    return r->base.chip->cores.sleep[core] == CORE_DEEPSLEEP;
}

/* ---- domains (Tables 66, 67) ---- */

/*
 * Has `core` allocated anything in the other core's domain? The ART in D1, which HAL_Init of every CM4 enables, does
 * not count: ST's PWR_D2ON_D1OFF does so and says that D1 goes to DStandby, D1CKRDY to 0, all the same.
 */
static bool allocates_abroad(const struct rcc *r, enum core core)
{
    if (core == CORE_CM7) {
        return ((enr(r, core, AHB1) & ~ART_BIT) | enr(r, core, AHB2) | enr(r, core, APB1L) |
                enr(r, core, APB1H) | enr(r, core, APB2)) != 0;
    }
    return (enr(r, core, AHB3) | enr(r, core, APB3)) != 0;
}

/* A domain stops when its core is in CStop and the other core, unless in CStop too, uses nothing in
 * it; DBGMCU can forbid it. */
bool rcc_domain_runs(const struct rcc *r, enum core domain)
{
    enum core other = domain == CORE_CM7 ? CORE_CM4 : CORE_CM7;
    if (!deep(r, domain) || r->base.chip->debug.clocks_run_on[domain]) {
        return true;
    }
    return !deep(r, other) && allocates_abroad(r, other);
}

bool rcc_core_stopped(const struct rcc *r, enum core core)
{
    return deep(r, core) && !r->base.chip->debug.clocks_run_on[core];
}

/* ---- gates ---- */

/* Bits of a bus that stay clocked in CStop: autonomous mode in D3 while D3 runs. */
static uint32_t autonomous(const struct rcc *r, unsigned bus)
{
    uint32_t amr = r->base.values[R_D3AMR];
    if (bus == AHB4) {
        return (amr & AMR_AHB4) | ((amr & AMR_BDMA) != 0 ? BDMAEN : 0);
    }
    return bus == APB4 ? amr & AMR_APB4 : 0;
}

static uint32_t effective(const struct rcc *r, enum core core, unsigned bus)
{
    uint32_t enabled = enr(r, core, bus);
    switch (r->base.chip->cores.sleep[core]) {
    case CORE_SLEEP:
        return enabled & lpenr(r, core, bus);
    case CORE_DEEPSLEEP:
        if (rcc_core_stopped(r, core)) {
            return r->stopped ? 0 : enabled & autonomous(r, bus);
        }
        return enabled;
    default:
        return enabled;
    }
}

/* The peripherals of a bus that LSE or LSI clocks. */
static uint32_t slow(const struct rcc *r, unsigned bus)
{
    uint32_t bits = 0;
    for (const struct chip_entry *e = r->base.chip->bus.table; e->name != NULL; e++) {
        if (e->enr == ENR_FIRST + 4 * bus && e->kernel != NULL &&
            rcc_kernel_is_slow(r, e->kernel)) {
            bits |= 1u << e->enr_bit;
        }
    }
    return bits;
}

/* Kernel clocks from LSE and LSI go on in CStop, as LPENR says in D1 and D2, D3AMR in D3 (Tables 64, 65;
 * but for RNG's). */
static uint32_t kernel_effective(const struct rcc *r, enum core core, unsigned bus)
{
    uint32_t with_bus = r->effective[core][bus];
    if (!rcc_core_stopped(r, core)) {
        return with_bus;
    }
    bool in_d3 = bus == AHB4 || bus == APB4;
    uint32_t allowed = in_d3 ? autonomous(r, bus) : lpenr(r, core, bus);
    return with_bus | (enr(r, core, bus) & allowed & slow(r, bus));
}

/* Buses on which CSleep of `core` stops a clock that it has enabled: mostly none, LPENR resets to ones. */
static uint32_t sleep_cuts(const struct rcc *r, enum core core)
{
    uint32_t buses = 0;
    for (unsigned bus = 0; bus < BUS_COUNT; bus++) {
        bool cut = (enr(r, core, bus) & ~lpenr(r, core, bus)) != 0;
        buses |= cut ? 1u << bus : 0;
    }
    return buses;
}

static void update_bus(struct rcc *r, unsigned bus)
{
    uint32_t changed = 0, kernels = 0;
    for (unsigned core = 0; core < CORE_COUNT; core++) {
        uint32_t now_on = effective(r, (enum core)core, bus);
        changed |= r->effective[core][bus] ^ now_on;
        r->effective[core][bus] = now_on;
        kernels |= kernel_effective(r, (enum core)core, bus);
    }
    changed |= r->kernel_gates[bus] ^ kernels;
    r->kernel_gates[bus] = kernels;
    for (uint32_t left = changed; left != 0; left &= left - 1) {
        unsigned bit = (unsigned)__builtin_ctz(left);
        if (r->gates[bus][bit] != NULL) {
            chip_gate_update_kernel(
                r->base.chip, r->gates[bus][bit], (r->effective[CORE_CM7][bus] >> bit & 1u) != 0,
                (r->effective[CORE_CM4][bus] >> bit & 1u) != 0, (kernels >> bit & 1u) != 0);
        }
    }
}

static void tell_domains(struct rcc *r)
{
    struct power *power = &r->base.chip->power;
    for (unsigned core = 0; core < CORE_COUNT; core++) {
        bool runs = rcc_domain_runs(r, (enum core)core);
        power_set_domain(power, core == CORE_CM7 ? POWER_D1 : POWER_D2,
                         runs ? POWER_RUN : POWER_STOP, rcc_now(r));
    }
}

/* All that changes a domain's clocks comes by here: CStop, what the cores have enabled, DBGMCU, reset. */
void rcc_gates_update(struct rcc *r)
{
    tell_domains(r);
    for (unsigned core = 0; core < CORE_COUNT; core++) {
        r->sleep_cuts[core] = sleep_cuts(r, (enum core)core);
    }
    for (unsigned bus = 0; bus < BUS_COUNT; bus++) {
        update_bus(r, bus);
    }
}

void rcc_gates_sleep(struct rcc *r, enum core core)
{
    for (uint32_t left = r->sleep_cuts[core]; left != 0; left &= left - 1) {
        update_bus(r, (unsigned)__builtin_ctz(left));
    }
}

void rcc_gates_connect(struct rcc *r)
{
    for (unsigned bus = 0; bus < BUS_COUNT; bus++) {
        const struct reg *reg = &rcc_regs[R_BANK + B_AHB3ENR + bus];
        for (unsigned bit = 0; bit < 32; bit++) {
            if (((reg->rw | reg->w1s) >> bit & 1u) != 0) {
                r->gates[bus][bit] = chip_gate(r->base.chip, (uint16_t)reg->offset, bit);
            }
        }
    }
}

/* ENR, LPENR and D3AMR. A peripheral of a core may also keep the other domain's clocks alive. */
void rcc_enr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct rcc *r = rcc_of(p);
    (void)written;
    if (p->values[slot] != old) {
        rcc_gates_update(r);
        chip_cut_turn(p->chip);
    }
}

/* ---- peripheral resets: each xxxRSTR bit sits where the ENR bit does ---- */

void rcc_rstr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    uint32_t enr_offset = ENR_FIRST + 4 * (slot - R_AHB3RSTR);
    uint32_t changed = old ^ p->values[slot];
    (void)written;
    for (size_t i = 0; changed != 0 && i < p->chip->bus.periph_count; i++) {
        struct periph *target = p->chip->bus.periphs[i];
        uint32_t bit = 1u << target->entry->enr_bit;
        if (target->entry->enr != enr_offset || (changed & bit) == 0) {
            continue;
        }
        target->held_in_reset = (p->values[slot] & bit) != 0;
        if (target->held_in_reset) {
            periph_reset(target, RESET_PERIPH);
        }
    }
}

/* ---- system Stop (9.5.7) ---- */

static bool stop_due(const struct rcc *r)
{
    return rcc_core_stopped(r, CORE_CM7) && rcc_core_stopped(r, CORE_CM4) &&
           !r->base.chip->power.d3_runs_on && !r->base.chip->power.autonomous;
}

/* "PLLxON, HSEON and HSI48ON are set to 0"; HSI or CSI, as STOPWUCK says, restarts. Its start-up
 * time is left out. */
static void leave_stop(struct rcc *r, vtime_ps now)
{
    bool csi = (r->base.values[R_CFGR] & CFGR_STOPWUCK) != 0;
    enum osc_id id = csi ? OSC_CSI : OSC_HSI;
    r->stopped = false;
    r->base.values[R_CR] |= csi ? CR_CSION : CR_HSION;
    r->base.values[R_CFGR] = (r->base.values[R_CFGR] & ~CFGR_SW) | (csi ? SYS_CSI : SYS_HSI);
    r->sws = csi ? SYS_CSI : SYS_HSI;
    rcc_osc_apply(r, now);
    sched_cancel(&r->base.chip->sched, &r->osc[id].start);
    r->osc[id].ready = true;
    power_set_domain(&r->base.chip->power, POWER_D3, POWER_RUN, now);
}

void rcc_stop_follow(struct rcc *r, vtime_ps now)
{
    bool due = stop_due(r);
    if (due && !r->stopped) {
        r->stopped = true;
        r->base.values[R_CR] &= ~(CR_PLLS_ON | CR_HSEON | CR_HSI48ON);
        rcc_pll_apply(r, now);
        rcc_osc_apply(r, now);
        power_set_domain(&r->base.chip->power, POWER_D3, POWER_STOP, now);
    } else if (!due && r->stopped) {
        leave_stop(r, now);
    }
}

void rcc_clocks_asked(void *ctx, vtime_ps now)
{
    struct rcc *r = ctx;
    rcc_stop_follow(r, now);
    rcc_gates_update(r);
    rcc_update(r, now);
}
