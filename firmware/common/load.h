/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef FIRMWARE_LOAD_H
#define FIRMWARE_LOAD_H

#include "stm32h755xx.h"

/*
 * How busy a core is and how deep its stack went. The DWT's cycle counter (PM0253 and PM0214 leave
 * it to Arm's DDI 0403, C1.8) is read before and after each sleep: whether it goes on counting in
 * sleep does not matter.
 */
#define LOAD_UNLOCK 0xC5ACCE55UL
#define STACK_PAINT 0x5AFEC0DEUL
/* Below the stack pointer of the one who paints. */
#define STACK_MARGIN 64U

extern uint32_t stack_bottom[];
extern uint32_t stack_top[];

static inline void load_start(void)
{
    CoreDebug->DEMCR |= CoreDebug_DEMCR_TRCENA_Msk;
#if defined(CORE_CM7)
    DWT->LAR = LOAD_UNLOCK; /* the Cortex-M7's DWT is locked for software */
#endif
    DWT->CYCCNT = 0;
    DWT->CTRL |= DWT_CTRL_CYCCNTENA_Msk;
}

/* Sleeps. *awake_since: cycle count at the end of the last sleep. Returns the cycles awake. */
static inline uint32_t load_sleep(uint32_t *awake_since)
{
    const uint32_t busy = DWT->CYCCNT - *awake_since;
    __DSB();
    __WFI();
    *awake_since = DWT->CYCCNT;
    return busy;
}

static inline void stack_paint(void)
{
    uint32_t *end = (uint32_t *)(__get_MSP() - STACK_MARGIN);
    for (uint32_t *at = stack_bottom; at < end; at++) {
        *at = STACK_PAINT;
    }
}

/* Most bytes ever in use. */
static inline uint32_t stack_used(void)
{
    const uint32_t *at = stack_bottom;
    while (at < stack_top && *at == STACK_PAINT) {
        at++;
    }
    return (uint32_t)(stack_top - at) * 4U;
}

#endif
