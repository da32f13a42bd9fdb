/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * NUCLEO-H755ZI-Q (MB1363), UM2408 Rev 6: LEDs 7.6, connectors tables 15 to 19, HSE 7.9.1. The supply
 * is direct SMPS as delivered (7.4.8, Table 10); the start-up code rests on that.
 */
#include "firmware/board/board.h"

const struct board board = {
    .name = "NUCLEO-H755ZI-Q",
    .hse_hz = 8000000, /* the ST-LINK's MCO; absent when the ST-LINK has no power */
    .gpio_clocks =
        RCC_AHB4ENR_GPIOAEN | RCC_AHB4ENR_GPIOBEN | RCC_AHB4ENR_GPIODEN | RCC_AHB4ENR_GPIOEEN,
    .led =
        {
            [BOARD_LED_GREEN] = {.port = GPIOB, .number = 0},
            [BOARD_LED_YELLOW] = {.port = GPIOE, .number = 1},
            [BOARD_LED_RED] = {.port = GPIOB, .number = 14},
        },
    .servo =
        {
            {GPIOA, 0, 1},  /* TIM2_CH1: CN10-29 */
            {GPIOB, 3, 1},  /* TIM2_CH2: CN7-15, else SWO */
            {GPIOB, 10, 1}, /* TIM2_CH3: CN10-32; the boot ROM's USART3 drives it */
            {GPIOB, 11, 1}, /* TIM2_CH4: CN10-34 */
        },
    .can_rx = {GPIOD, 0, 9},     /* FDCAN1_RX: CN9-25 */
    .can_tx = {GPIOD, 1, 9},     /* FDCAN1_TX: CN9-27 */
    .console_tx = {GPIOD, 8, 7}, /* USART3 to the ST-LINK's virtual COM port */
    .console_rx = {GPIOD, 9, 7},
    .feed = {.port = GPIOB, .number = 7}, /* PVD_IN: CN11-21 */
};
