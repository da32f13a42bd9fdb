/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_DEBUG_H
#define VBOARD_CHIP_DEBUG_H

/*
 * What a debugger has asked of the chip (RM0399 63.5.8): peripherals that freeze while a core is halted,
 * domains whose clocks run on in CStop. A DBGMCU model drives it, watchdogs, timers and RCC ask or listen.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/chip/access.h"
#include "vboard/kernel/vtime.h"

struct chip;

/* The freeze registers, one for each core: DBGMCU_APB1LFZ1 and APB1LFZ2 ... */
enum debug_bus { DEBUG_APB3, DEBUG_APB1L, DEBUG_APB1H, DEBUG_APB2, DEBUG_APB4, DEBUG_BUS_COUNT };

struct debug_listener {
    /* chip_is_frozen may answer differently; may be NULL. */
    void (*frozen)(void *ctx, vtime_ps now);
    /* `clocks_run_on` has changed; may be NULL. */
    void (*clocks)(void *ctx, vtime_ps now);
    void *ctx;
    struct debug_listener *next;
};

struct chip_debug {
    uint32_t freeze[DEBUG_BUS_COUNT][CORE_COUNT]; /* as the registers: bits by peripheral */
    bool clocks_run_on[CORE_COUNT];               /* DBGSTOP_D1, DBGSTOP_D2 */
    struct debug_listener *listeners;
};

/* The caller owns the listener; the last to come is told first. */
void chip_debug_listen(struct chip *c, struct debug_listener *l);
/* Is what `bit` of those registers stands for frozen now: a core is halted and its register says so? */
bool chip_is_frozen(const struct chip *c, enum debug_bus bus, unsigned bit);

/* DBGMCU's part. */
void chip_debug_freeze(struct chip *c, enum debug_bus bus, enum core core, uint32_t bits);
void chip_debug_clocks(struct chip *c, bool d1, bool d2);
/* A core was halted or goes on (cores.c). */
void chip_debug_halted(struct chip *c);

#endif
