/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/gpio/af.h"

#include <stddef.h>

/*
 * Left out: complementary and break pins, handshake lines (CTS, RTS, DE), external triggers, EVENTOUT
 * and every function of a peripheral that is not modelled.
 */
const struct gpio_af gpio_af_table[] = {
    {'A', 0, 1, "TIM2_CH1"},   {'A', 0, 2, "TIM5_CH1"},   {'A', 0, 8, "UART4_TX"},
    {'A', 1, 1, "TIM2_CH2"},   {'A', 1, 2, "TIM5_CH2"},   {'A', 1, 8, "UART4_RX"},
    {'A', 2, 1, "TIM2_CH3"},   {'A', 2, 2, "TIM5_CH3"},   {'A', 2, 4, "TIM15_CH1"},
    {'A', 2, 7, "USART2_TX"},  {'A', 3, 1, "TIM2_CH4"},   {'A', 3, 2, "TIM5_CH4"},
    {'A', 3, 4, "TIM15_CH2"},  {'A', 3, 7, "USART2_RX"},  {'A', 5, 1, "TIM2_CH1"},
    {'A', 6, 2, "TIM3_CH1"},   {'A', 6, 9, "TIM13_CH1"},  {'A', 7, 2, "TIM3_CH2"},
    {'A', 7, 9, "TIM14_CH1"},  {'A', 8, 0, "MCO1"},       {'A', 8, 11, "UART7_RX"},
    {'A', 9, 7, "USART1_TX"},  {'A', 10, 7, "USART1_RX"}, {'A', 11, 6, "UART4_RX"},
    {'A', 11, 9, "FDCAN1_RX"}, {'A', 12, 6, "UART4_TX"},  {'A', 12, 9, "FDCAN1_TX"},
    {'A', 15, 1, "TIM2_CH1"},  {'A', 15, 11, "UART7_TX"}, {'B', 0, 2, "TIM3_CH3"},
    {'B', 1, 2, "TIM3_CH4"},   {'B', 3, 1, "TIM2_CH2"},   {'B', 3, 11, "UART7_RX"},
    {'B', 4, 2, "TIM3_CH1"},   {'B', 4, 11, "UART7_TX"},  {'B', 5, 2, "TIM3_CH2"},
    {'B', 5, 9, "FDCAN2_RX"},  {'B', 5, 14, "UART5_RX"},  {'B', 6, 2, "TIM4_CH1"},
    {'B', 6, 7, "USART1_TX"},  {'B', 6, 9, "FDCAN2_TX"},  {'B', 6, 14, "UART5_TX"},
    {'B', 7, 2, "TIM4_CH2"},   {'B', 7, 7, "USART1_RX"},  {'B', 8, 1, "TIM16_CH1"},
    {'B', 8, 2, "TIM4_CH3"},   {'B', 8, 8, "UART4_RX"},   {'B', 8, 9, "FDCAN1_RX"},
    {'B', 9, 1, "TIM17_CH1"},  {'B', 9, 2, "TIM4_CH4"},   {'B', 9, 8, "UART4_TX"},
    {'B', 9, 9, "FDCAN1_TX"},  {'B', 10, 1, "TIM2_CH3"},  {'B', 10, 7, "USART3_TX"},
    {'B', 11, 1, "TIM2_CH4"},  {'B', 11, 7, "USART3_RX"}, {'B', 12, 9, "FDCAN2_RX"},
    {'B', 12, 14, "UART5_RX"}, {'B', 13, 9, "FDCAN2_TX"}, {'B', 13, 14, "UART5_TX"},
    {'B', 14, 2, "TIM12_CH1"}, {'B', 14, 4, "USART1_TX"}, {'B', 15, 2, "TIM12_CH2"},
    {'B', 15, 4, "USART1_RX"}, {'C', 6, 2, "TIM3_CH1"},   {'C', 6, 7, "USART6_TX"},
    {'C', 7, 2, "TIM3_CH2"},   {'C', 7, 7, "USART6_RX"},  {'C', 8, 2, "TIM3_CH3"},
    {'C', 9, 0, "MCO2"},       {'C', 9, 2, "TIM3_CH4"},   {'C', 10, 7, "USART3_TX"},
    {'C', 10, 8, "UART4_TX"},  {'C', 11, 7, "USART3_RX"}, {'C', 11, 8, "UART4_RX"},
    {'C', 12, 8, "UART5_TX"},  {'D', 0, 8, "UART4_RX"},   {'D', 0, 9, "FDCAN1_RX"},
    {'D', 1, 8, "UART4_TX"},   {'D', 1, 9, "FDCAN1_TX"},  {'D', 2, 8, "UART5_RX"},
    {'D', 5, 7, "USART2_TX"},  {'D', 6, 7, "USART2_RX"},  {'D', 8, 7, "USART3_TX"},
    {'D', 9, 7, "USART3_RX"},  {'D', 12, 2, "TIM4_CH1"},  {'D', 13, 2, "TIM4_CH2"},
    {'D', 14, 2, "TIM4_CH3"},  {'D', 15, 2, "TIM4_CH4"},  {'E', 0, 8, "UART8_RX"},
    {'E', 1, 8, "UART8_TX"},   {'E', 5, 4, "TIM15_CH1"},  {'E', 6, 4, "TIM15_CH2"},
    {'E', 7, 7, "UART7_RX"},   {'E', 8, 7, "UART7_TX"},   {'F', 6, 1, "TIM16_CH1"},
    {'F', 6, 7, "UART7_RX"},   {'F', 7, 1, "TIM17_CH1"},  {'F', 7, 7, "UART7_TX"},
    {'F', 8, 9, "TIM13_CH1"},  {'F', 9, 9, "TIM14_CH1"},  {'G', 9, 7, "USART6_RX"},
    {'G', 14, 7, "USART6_TX"}, {0, 0, 0, NULL},
};
