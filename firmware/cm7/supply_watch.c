/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* RM0399 Rev 4 7.6.2 programmable voltage detector, 7.8.1 PLS, 7.8.2 PVDO; EXTI line 16 (Table 152) rises with PVDO. */
#include "stm32h755xx.h"

#include "firmware/cm7/supply_watch.h"

#include "firmware/board/board.h"
#include "firmware/cm7/errors.h"
#include "firmware/cm7/handlers.h"
#include "firmware/common/backup.h"
#include "firmware/common/timebase.h"

#define FELL 0x4C4C4546U /* "FELL" */
/* The detector starts within microseconds; a pin of some pF follows a pull resistor of 40 k faster still. */
#define SETTLE_US 100U

static volatile bool is_written; /* that it fell */

static void settle(void)
{
    const uint32_t start = time_us();
    while (time_us() - start < SETTLE_US) {
    }
}

/*
 * An open pin is pulled down, and reads low; a divider of some kilohms wins against that, if the 12 V are there. The
 * detector wants the pin analog, but a pull resistor acts on a digital one only (12.3.12): so first the one, then
 * the other, which an open pin does not notice within the time it takes to look.
 */
void supply_watch_start(void)
{
    board_feed_pin(PIN_INPUT, PIN_PULL_DOWN);
    PWR->CR1 |= PWR_CR1_PLS | PWR_CR1_PVDEN; /* PLS 111: PVD_IN against VREFINT */
    settle();
    const bool is_open = supply_watch_is_low();
    board_feed_pin(PIN_ANALOG, PIN_FLOATING);
    if (is_open) {
        PWR->CR1 = (PWR->CR1 & ~PWR_CR1_PLS) | PWR_CR1_PLS_LEV6;
    }
    settle();
    EXTI->RTSR1 |= EXTI_RTSR1_TR16;
    EXTI_D1->PR1 = EXTI_PR1_PR16; /* its own changes, above */
    EXTI_D1->IMR1 |= EXTI_IMR1_IM16;
    NVIC_SetPriority(PVD_AVD_IRQn, 2);
    NVIC_EnableIRQ(PVD_AVD_IRQn);
}

bool supply_watch_is_low(void)
{
    return (PWR->CSR1 & PWR_CSR1_PVDO) != 0;
}

bool supply_watch_fell(void)
{
    const bool fell = BACKUP->supply_fell == FELL;
    if (fell) {
        BACKUP->supply_fell = 0;
    }
    return fell;
}

static void write_down(void)
{
    if (!is_written) {
        is_written = true;
        BACKUP->supply_fell = FELL;
    }
}

/* From here on there may be microseconds left, or days. */
void PVD_AVD_IRQHandler(void)
{
    EXTI_D1->PR1 = EXTI_PR1_PR16; /* write 1 to clear */
    (void)EXTI_D1->PR1;
    write_down();
}

void supply_watch_tick(void)
{
    if (!supply_watch_is_low()) {
        is_written = false;
        errors_clear(FAULT_SUPPLY_LOW);
        return;
    }
    write_down(); /* it may have been low before there was an edge to see */
    errors_raise(FAULT_SUPPLY_LOW);
}
