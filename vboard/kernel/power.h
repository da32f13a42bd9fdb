/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_KERNEL_POWER_H
#define VBOARD_KERNEL_POWER_H

/*
 * The chip's power as a state that its models share, as they share clocks: voltage scale, VCORE, domains,
 * write permission of the backup domain. A PWR model drives the levels, an RCC model the domains, SYSCFG
 * the overdrive bit; whoever depends on them asks, or listens. Volts and wires are supply.h's business.
 *
 * Without a PWR model nothing is limited: VOS0, ready, everything writable. Tests drive it by hand.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/kernel/vtime.h"

/* RM0399 7.6: D1 holds the CM7, D2 the CM4, D3 the system itself. */
enum power_domain { POWER_D1, POWER_D2, POWER_D3, POWER_DOMAIN_COUNT };
/* DRun and DStop. A domain in DStandby is in POWER_STOP, too, and `off`. */
enum power_state { POWER_RUN, POWER_STOP };

struct power_listener {
    /* Levels have been selected (anew): a lower scale holds from now on, a higher one not yet; VCORE may
     * be gone. */
    void (*selected)(void *ctx, vtime_ps now);
    /* The selected levels stand: the scale may be a higher one. */
    void (*settled)(void *ctx, vtime_ps now);
    /* A domain has gone to Stop, or has left it by other means than a reset. */
    void (*domain)(void *ctx, enum power_domain domain, enum power_state state, vtime_ps now);
    /* A domain has lost its supply, or has it again by other means than a reset. */
    void (*supplied)(void *ctx, enum power_domain domain, bool on, vtime_ps now);
    /* `autonomous` has changed. */
    void (*asked)(void *ctx, vtime_ps now);
    /* `overdrive` has changed. */
    void (*overdriven)(void *ctx, vtime_ps now);
    void *ctx; /* any of the functions may be NULL */
    struct power_listener *next;
};

struct power {
    uint8_t vos;          /* the scale that holds now, for limits: 0..3 for VOS0..VOS3 */
    bool ready;           /* ACTVOSRDY: the levels stand (RM0399 7.8.2) */
    bool run_star;        /* not ready since power-on: RAM must not be written (7.4.1) */
    bool vcore_lost;      /* VDD is there and VCORE is not: nothing runs, no debugger gets in */
    bool supply_locked;   /* nothing changes the supply any more until VDD falls (7.8.4) */
    bool backup_writable; /* CR1.DBP: RTC, RCC_BDCR, backup SRAM may be written (7.4.4) */
    bool d3_runs_on;      /* D3 is to keep running with both cores stopped (CPUxCR.RUN_D3) */
    bool autonomous;      /* ... because an input of EXTI asks for it (21.5.4) */
    bool overdrive;       /* VOS0 is asked for (SYSCFG_PWRCR.ODEN, 7.6.2) */
    bool usb_watched;     /* CR3.USB33DEN: USB's transceivers may be used (7.4.7) */
    enum power_state domain[POWER_DOMAIN_COUNT];
    bool off[POWER_DOMAIN_COUNT]; /* DStandby (7.7.9); of D3: Standby */
    struct power_listener *listeners;
};

void power_init(struct power *p);
/* The caller owns the listener; the last to come is told first. */
void power_listen(struct power *p, struct power_listener *l);

/* PWR has selected levels, of which `vos` holds now; ready no more if it has cleared `ready`. */
void power_select(struct power *p, unsigned vos, vtime_ps now);
/* What was selected stands: ready, out of Run*. */
void power_settle(struct power *p, unsigned vos, vtime_ps now);
/* RCC's part; no call if nothing changes. */
void power_set_domain(struct power *p, enum power_domain domain, enum power_state state,
                      vtime_ps now);
/* PWR's part; no call if nothing changes. */
void power_set_supplied(struct power *p, enum power_domain domain, bool on, vtime_ps now);
/* A reset: all domains run, and nobody is told. */
void power_wake(struct power *p);
/* EXTI's part; no call if nothing changes. */
void power_set_autonomous(struct power *p, bool on, vtime_ps now);
/* SYSCFG's part; no call if nothing changes. */
void power_set_overdrive(struct power *p, bool on, vtime_ps now);

#endif
