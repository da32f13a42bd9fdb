/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* SysTick, PM0253 4.4. */
#include "stm32h755xx.h"

#include "firmware/cm7/handlers.h"
#include "firmware/cm7/tick.h"

_Static_assert((uint32_t)TICK_CLOCK_PLL *LEDS_TICK_MS - 1U <= SysTick_LOAD_RELOAD_Msk,
               "a tick fits into SysTick");

static volatile bool due;

void tick_start(enum tick_clock clock)
{
    SysTick->CTRL = 0;
    SysTick->LOAD = (uint32_t)clock * LEDS_TICK_MS - 1U;
    SysTick->VAL = 0;
    SysTick->CTRL = SysTick_CTRL_CLKSOURCE_Msk | SysTick_CTRL_TICKINT_Msk | SysTick_CTRL_ENABLE_Msk;
    NVIC_SetPriority(SysTick_IRQn, 15);
}

void SysTick_Handler(void)
{
    due = true;
}

bool tick_take(void)
{
    const bool was_due = due;
    if (was_due) {
        due = false;
    }
    return was_due;
}

bool tick_is_due(void)
{
    return due;
}
