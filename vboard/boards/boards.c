/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The boards there are. Another one is a struct here and its line in boards[]. */
#include "vboard/boards/board_data.h"

#include <stddef.h>
#include <string.h>

#include "vboard/kernel/clock.h"

/* MB1363 (UM2408 Rev 6), with what docs/wiring.md hangs on it: transceiver, servo, divider. */
const struct board_data board_nucleo_h755zi_q = {
    .name = "nucleo-h755zi-q",
    .title = "NUCLEO-H755ZI-Q",
    .wiring = SUPPLY_SMPS, /* Table 10 */
    .vdd_mv = 3300,        /* JP5 1-2 (7.4) */
    /* The MCO of the ST-LINK (7.9.1). */
    .hse = BOARD_CLOCK_EXTERNAL,
    .hse_uhz = CLOCK_UHZ(8000000),
    .leds =
        {
            [BOARD_LED_GREEN] = {.pin = {'B', 0}},  /* LD1, SB54 (7.6) */
            [BOARD_LED_YELLOW] = {.pin = {'E', 1}}, /* LD2 */
            [BOARD_LED_RED] = {.pin = {'B', 14}},   /* LD3 */
        },
    .button = {.pin = {'C', 13}},                /* B1 (7.7) */
    .console = {.tx = {'D', 8}, .rx = {'D', 9}}, /* USART3, the ST-LINK's virtual COM port (7.10) */
    .can = {.tx = {'D', 1}, .rx = {'D', 0}},     /* FDCAN1, CN9-27 and CN9-25 */
    .boot_uart = {.tx = {'B', 10}, .rx = {'B', 11}}, /* USART3 again, CN10-32 and CN10-34 */
    .servo = {'A', 0},                               /* TIM2_CH1, CN10-29 */
    .feed = {.upper_ohm = 47000, .lower_ohm = 10000, .max_mv = 3300},
};

const struct board_data *const boards[] = {
    &board_nucleo_h755zi_q,
    NULL,
};

const struct board_data *board_named(const char *name)
{
    const struct board_data *const *b = boards;
    while (*b != NULL && strcmp((*b)->name, name) != 0) {
        b++;
    }
    return *b;
}
