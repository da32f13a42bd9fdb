/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_PWR_INTERNAL_H
#define VBOARD_PERIPH_PWR_INTERNAL_H

/*
 * What the parts of the PWR model share: pwr.c has supply, levels and registers, low_power.c DStandby,
 * Standby, hold after Stop and the wake-up pins (RM0399 7.7).
 */
#include "vboard/kernel/supply.h"
#include "vboard/periph/pwr/pwr.h"

enum {
    R_CR1,
    R_CSR1,
    R_CR2,
    R_CR3,
    R_CPU1CR,
    R_CPU2CR,
    R_D3CR,
    R_WKUPCR,
    R_WKUPFR,
    R_WKUPEPR,
    R_COUNT
};

#define PWR_WAKE_PINS 6u

/* PWR_CPUnCR. */
#define CPUCR_FLAGS 0x1F0u
#define CPUCR_HOLDF (1u << 4)
#define CPUCR_STOPF (1u << 5)
#define CPUCR_SBF (1u << 6)
#define CPUCR_SBF_D1 (1u << 7)
#define CPUCR_CSSF (1u << 9)
#define CPUCR_HOLD (1u << 10)
#define CPUCR_RUN_D3 (1u << 11)

struct pwr {
    struct periph base;
    struct supply fallback; /* for a chip without a board */
    struct supply *supply;
    struct power *power;
    struct supply_listener listener;
    struct power_listener power_listener;
    struct core_listener core_listener;
    struct signal_listener pvd_pin;
    struct signal_listener wake_pin[PWR_WAKE_PINS];
    struct event settled, power_down;
    bool configured; /* CR3's low byte has been written since VDD came up, with a legal value */
    bool vos_ready;  /* VOSRDY */
    uint8_t act_vos; /* 1..3: the scale applied */
    bool act_boost;
    bool standby;                   /* in Standby, or the reset under way leads there or ends it */
    uint32_t sbf[CORE_COUNT];       /* SBF, which resets leave alone */
    bool wake_level[PWR_WAKE_PINS]; /* enabled and at the level that wakes */
};

/* Registers were written, or a domain has stopped: does one lose its supply? */
void pwr_follow_standby(struct pwr *w);
/* A domain runs again, or has stopped. */
void pwr_domain_changed(struct pwr *w, enum power_domain domain, enum power_state state);
/* CPUnCR was written: flags that go, a core that is let go, the line of HOLDnF. */
void pwr_cpucr_written(struct pwr *w, unsigned slot, uint32_t written);
/* The level of the wake-up pins, after WKUPEPR or WKUPCR was written. */
void pwr_follow_wake_pins(struct pwr *w);
void pwr_low_power_init(struct pwr *w);
void pwr_low_power_reset(struct pwr *w, enum reset_kind kind);
/* Of the registers, what a reset leaves alone (7.7.10). */
bool pwr_low_power_keeps(const struct pwr *w, unsigned slot);

#endif
