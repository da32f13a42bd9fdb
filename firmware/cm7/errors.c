/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "stm32h755xx.h"

#include "firmware/cm7/console.h"
#include "firmware/cm7/errors.h"
#include "firmware/cm7/leds.h"
#include "firmware/cm7/tick.h"
#include "firmware/cm7/uart.h"
#include "firmware/common/watchdog.h"

/* How often errors_stop repeats its line. */
#define REPEAT_TICKS (2000U / LEDS_TICK_MS)

struct health health;

static uint32_t active; /* bit n: enum fault n */

void errors_raise(enum fault fault)
{
    const uint32_t bit = 1UL << (uint32_t)fault;
    if ((active & bit) == 0) {
        active |= bit;
        console_fault(fault);
    }
}

void errors_clear(enum fault fault)
{
    active &= ~(1UL << (uint32_t)fault);
}

enum fault errors_shown(void)
{
    return active == 0 ? FAULT_NONE : (enum fault)__builtin_ctz(active);
}

void errors_tell(void)
{
    for (uint32_t fault = FAULT_REMOVE_POWER; fault < FAULT_COUNT; fault++) {
        if ((active >> fault & 1U) != 0) {
            console_fault((enum fault)fault);
        }
    }
}

void errors_stop(enum fault fault)
{
    uart_start();
    tick_start(TICK_CLOCK_HSI);
    active = 1UL << (uint32_t)fault;
    for (uint32_t ticks = 0;; ticks++) {
        const struct leds_input input = {.state = GAUGE_FAULT, .fault = fault};
        watchdog_feed_cm7();
        leds_tick(&input);
        if (ticks % REPEAT_TICKS == 0) {
            console_fault(fault);
        }
        while (!tick_take()) {
            __WFI();
        }
    }
}
