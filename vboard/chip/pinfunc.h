/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_PINFUNC_H
#define VBOARD_CHIP_PINFUNC_H

#include <stdbool.h>

#include "vboard/kernel/signal.h"

/* An alternate function: a peripheral's side of a pin ("TIM2_CH1", "FDCAN1_TX"). GPIO routes it. */
struct pinfunc {
    char name[24];
    struct signal_driver out; /* drives the routed pin; .signal NULL while not routed */
    struct signal *pin;       /* the pin it is routed to, NULL if none (RM0399 12.3.2) */
    enum drive wanted;        /* what the peripheral drives, kept while not routed */
    /* For inputs: level changes and symbols of the routed pin, and routing itself. May be NULL. */
    void (*changed)(void *ctx, bool high, vtime_ps now);
    void (*symbol)(void *ctx, const struct symbol *sym);
    void (*routed)(void *ctx, bool routed, vtime_ps now);
    void *ctx;
    /* A clock that it gives out instead of levels, without an edge: microhertz; 0: none. */
    uint64_t clock_uhz;
    const struct signal_late
        *late; /* for outputs that change without an event (kernel/signal.h); NULL: none */
};

void pinfunc_drive(struct pinfunc *f, enum drive drive, vtime_ps now);
bool pinfunc_is_high(const struct pinfunc *f); /* level of the routed pin; low if none */

#endif
