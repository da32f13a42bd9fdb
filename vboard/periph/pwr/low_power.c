/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* PWR: DStandby, Standby, hold after Stop, wake-up pins (RM0399 Rev 4, 7.7.8 to 7.7.10, 7.8.5 to 7.8.10). */
#include "vboard/chip/chip.h"
#include "vboard/periph/pwr/internal.h"

static unsigned cpucr_of(enum core core)
{
    return core == CORE_CM7 ? R_CPU1CR : R_CPU2CR;
}

static enum core other_than(enum core core)
{
    return core == CORE_CM7 ? CORE_CM4 : CORE_CM7;
}

/* ---- DStandby and Standby ---- */

/* "When all PDDS_Dn bits for the domain select Standby", and no wake-up pin has spoken (Tables 45, 47). */
static bool may_go(const struct pwr *w, enum power_domain domain)
{
    const uint32_t *v = w->base.values;
    return (v[R_CPU1CR] & v[R_CPU2CR] & 1u << domain) != 0 && v[R_WKUPFR] == 0;
}

static void enter_standby(struct pwr *w)
{
    w->standby = true;
    for (unsigned core = 0; core < CORE_COUNT; core++) {
        w->sbf[core] = CPUCR_SBF;
    }
    chip_standby(w->base.chip);
}

static void power_down(void *ctx, vtime_ps now)
{
    struct pwr *w = ctx;
    struct power *p = w->power;
    for (unsigned d = POWER_D1; d <= POWER_D2; d++) {
        if (p->domain[d] == POWER_STOP && !p->off[d] && may_go(w, (enum power_domain)d)) {
            w->base.values[R_CPU1CR] |= CPUCR_SBF_D1 << d;
            w->base.values[R_CPU2CR] |= CPUCR_SBF_D1 << d;
            power_set_supplied(p, (enum power_domain)d, false, now);
            chip_domain_off(w->base.chip, (enum power_domain)d);
        }
    }
    if (p->off[POWER_D1] && p->off[POWER_D2] && may_go(w, POWER_D3) && !p->d3_runs_on &&
        !p->autonomous) {
        enter_standby(w);
    }
}

/* The domains' peripherals are reset in it: not in the middle of what RCC does to their clocks. */
void pwr_follow_standby(struct pwr *w)
{
    const struct power *p = w->power;
    bool stopped = p->domain[POWER_D1] == POWER_STOP || p->domain[POWER_D2] == POWER_STOP;
    if (stopped && !event_queued(&w->power_down)) {
        sched_at(&w->base.chip->sched, &w->power_down, w->base.chip->sched.now);
    }
}

/* ---- hold (Tables 42, 43) ---- */

/* Not if both are to be held: "hold mechanism disabled". */
static bool holds(const struct pwr *w, enum core slave)
{
    const uint32_t *v = w->base.values;
    return (v[cpucr_of(other_than(slave))] & CPUCR_HOLD) != 0 &&
           (v[cpucr_of(slave)] & CPUCR_HOLD) == 0;
}

static void follow_hold_lines(struct pwr *w)
{
    bool held2 = (w->base.values[R_CPU1CR] & CPUCR_HOLDF) != 0;
    bool held1 = (w->base.values[R_CPU2CR] & CPUCR_HOLDF) != 0;
    irq_set(&w->base.irq[PWR_IRQ_HOLD2F], held2);
    irq_set(&w->base.irq[PWR_IRQ_HOLD1F], held1);
    chip_wake_line(w->base.chip, CORE_CM7, CORE_WAKE_HOLD, held2);
    chip_wake_line(w->base.chip, CORE_CM4, CORE_WAKE_HOLD, held1);
}

/* A core on hold has been asked to wake: its master hears of it. */
static void core_sleeps(void *ctx, enum core core, enum core_sleep state, vtime_ps now)
{
    struct pwr *w = ctx;
    (void)now;
    if (state == CORE_AWAKE && w->base.chip->cores.waits[core]) {
        w->base.values[cpucr_of(other_than(core))] |= CPUCR_HOLDF;
        follow_hold_lines(w);
    }
}

static void hold_after_stop(struct pwr *w)
{
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        enum core slave = (enum core)i;
        if (holds(w, slave)) {
            chip_core_waits(w->base.chip, slave, true);
            core_sleeps(w, slave, w->base.chip->cores.sleep[slave], 0);
        }
    }
}

void pwr_domain_changed(struct pwr *w, enum power_domain domain, enum power_state state)
{
    if (state == POWER_STOP) {
        pwr_follow_standby(w);
    } else if (domain == POWER_D3 && w->power->autonomous) {
        return; /* no hold there (7.7.8) */
    } else if (domain == POWER_D3) {
        hold_after_stop(w);
    } else {
        power_set_supplied(w->power, domain, true, w->base.chip->sched.now);
    }
}

/* "Once set, this bit can be cleared only when the domain is no longer in DStandby" (7.8.5). */
static uint32_t clearable(const struct pwr *w)
{
    uint32_t flags = CPUCR_FLAGS;
    for (unsigned d = POWER_D1; d <= POWER_D2; d++) {
        flags &= w->power->off[d] ? ~(CPUCR_SBF_D1 << d) : ~0u;
    }
    return flags;
}

void pwr_cpucr_written(struct pwr *w, unsigned slot, uint32_t written)
{
    enum core master = slot == R_CPU1CR ? CORE_CM7 : CORE_CM4;
    if ((written & CPUCR_CSSF) != 0) {
        w->base.values[slot] &= ~clearable(w);
        w->sbf[master] = 0;
        follow_hold_lines(w);
    }
    if ((w->base.values[slot] & CPUCR_HOLD) == 0) {
        chip_core_waits(w->base.chip, other_than(master), false);
    }
    pwr_follow_standby(w);
}

/* ---- wake-up pins ---- */

/* Which pins they are says ST's driver (stm32h7xx_ll_pwr.h, LL_PWR_WAKEUP_PINn). */
static const struct {
    char port;
    uint8_t number;
} wake_pins[PWR_WAKE_PINS] = {{'A', 0}, {'A', 2}, {'I', 8}, {'C', 13}, {'I', 11}, {'C', 1}};

/* Edges of a pin that wakes nobody need not come at their time. */
static void attend_wake_pin(struct pwr *w, unsigned i, bool enabled)
{
    if (w->wake_pin[i].passive == enabled) {
        w->wake_pin[i].passive = !enabled;
        signal_settle(chip_pin(w->base.chip, wake_pins[i].port, wake_pins[i].number));
    }
}

/* "An additional wake-up event is detected if the pin is enabled when its level is already" the one
 * (7.8.10): so the level sets the flag. */
static void follow_wake_pins(struct pwr *w)
{
    uint32_t *v = w->base.values;
    for (unsigned i = 0; i < PWR_WAKE_PINS; i++) {
        bool low = (v[R_WKUPEPR] >> (8 + i) & 1u) != 0;
        const struct signal *pin = chip_pin(w->base.chip, wake_pins[i].port, wake_pins[i].number);
        bool active = (v[R_WKUPEPR] >> i & 1u) != 0 && signal_is_high(pin) != low;
        v[R_WKUPFR] |= active && !w->wake_level[i] ? 1u << i : 0;
        w->wake_level[i] = active;
        irq_set(&w->base.irq[PWR_IRQ_WKUP1 + i], (v[R_WKUPFR] >> i & 1u) != 0);
    }
    if (v[R_WKUPFR] != 0) {
        chip_leave_standby(w->base.chip);
    }
}

void pwr_follow_wake_pins(struct pwr *w)
{
    for (unsigned i = 0; i < PWR_WAKE_PINS; i++) {
        attend_wake_pin(w, i, (w->base.values[R_WKUPEPR] >> i & 1u) != 0);
    }
    follow_wake_pins(w);
}

static void wake_pin_changed(void *ctx, struct signal *s, vtime_ps now)
{
    (void)s;
    (void)now;
    follow_wake_pins(ctx);
}

/* ---- life ---- */

void pwr_low_power_init(struct pwr *w)
{
    event_init(&w->power_down, power_down, w);
    w->core_listener = (struct core_listener){.sleep = core_sleeps, .ctx = w};
    chip_listen_cores(w->base.chip, &w->core_listener);
    for (unsigned i = 0; i < PWR_WAKE_PINS; i++) {
        w->wake_pin[i] =
            (struct signal_listener){.changed = wake_pin_changed, .ctx = w, .passive = true};
        signal_listen(chip_pin(w->base.chip, wake_pins[i].port, wake_pins[i].number),
                      &w->wake_pin[i]);
    }
}

bool pwr_low_power_keeps(const struct pwr *w, unsigned slot)
{
    return w->standby && (slot == R_WKUPFR || slot == R_WKUPEPR);
}

void pwr_low_power_reset(struct pwr *w, enum reset_kind kind)
{
    sched_cancel(&w->base.chip->sched, &w->power_down);
    if (kind == RESET_POWER_ON) {
        w->sbf[CORE_CM7] = w->sbf[CORE_CM4] = 0;
    }
    w->base.values[R_CPU1CR] |= w->sbf[CORE_CM7];
    w->base.values[R_CPU2CR] |= w->sbf[CORE_CM4];
    w->standby = w->base.chip->resets.standby;
    follow_hold_lines(w);
    pwr_follow_wake_pins(w);
}
