/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/uarts.h"

#include "check/chip.h"

#define CR1 0x00u
#define CR1_UE 1u
#define CR1_RE 4u
#define CR1_PS (1u << 9)
#define CR1_PCE (1u << 10)
#define CR1_M0 (1u << 12)
#define CR1_OVER8 (1u << 15)
#define CR1_M1 (1u << 28)
#define BRR 0x0Cu
#define ISR 0x1Cu
#define ISR_RXNE (1u << 5)
#define PRESC 0x2Cu

const struct check_uart check_uarts[CHECK_UARTS] = {
    {"USART1", "USART1_RX", 0x40011000, CLK_USART16},
    {"USART2", "USART2_RX", 0x40004400, CLK_USART234578},
    {"USART3", "USART3_RX", 0x40004800, CLK_USART234578},
    {"UART4", "UART4_RX", 0x40004C00, CLK_USART234578},
    {"UART5", "UART5_RX", 0x40005000, CLK_USART234578},
    {"USART6", "USART6_RX", 0x40011400, CLK_USART16},
    {"UART7", "UART7_RX", 0x40007800, CLK_USART234578},
    {"UART8", "UART8_RX", 0x40007C00, CLK_USART234578},
};

bool check_uart_listens(struct chip *chip, const struct check_uart *u)
{
    return (check_peek(chip, u->base + CR1) & (CR1_UE | CR1_RE)) == (CR1_UE | CR1_RE);
}

bool check_uart_is_full(struct chip *chip, const struct check_uart *u)
{
    return (check_peek(chip, u->base + ISR) & ISR_RXNE) != 0;
}

/* 51.5.7: by 8 the lowest four bits of the divider are BRR[2:0] shifted. */
uint32_t check_uart_baud(struct chip *chip, const struct check_uart *u)
{
    static const uint16_t prescalers[16] = {1,  2,  4,   6,   8,   10,  12,  16,
                                            32, 64, 128, 256, 256, 256, 256, 256};
    uint64_t kernel = clock_hz(&chip->clocks[u->clock]);
    uint32_t brr = check_peek(chip, u->base + BRR) & 0xFFFFu;
    bool by_8 = (check_peek(chip, u->base + CR1) & CR1_OVER8) != 0;
    uint32_t divider = by_8 ? (brr & 0xFFF0u) | (brr & 7u) << 1 : brr;
    kernel /= prescalers[check_peek(chip, u->base + PRESC) & 15u];
    return divider == 0 ? 0 : (uint32_t)((by_8 ? 2 : 1) * kernel / divider);
}

unsigned check_uart_parity(struct chip *chip, const struct check_uart *u)
{
    uint32_t cr1 = check_peek(chip, u->base + CR1);
    bool has = (cr1 & CR1_PCE) != 0 && (cr1 & CR1_M0) != 0 && (cr1 & CR1_M1) == 0;
    return !has ? 0 : (cr1 & CR1_PS) != 0 ? 1 : 2;
}
