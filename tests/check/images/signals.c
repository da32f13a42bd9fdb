/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Makes signals that nobody understands, as SIN says; with GOOD its twin that is right. */
#include "image.h"

#define CAN_RATE 1    /* bit timing for 80 MHz, kernel clock HSI's or HSE's */
#define CAN_PINS 2    /* no pin is given to FDCAN1 */
#define CAN_FILTERS 3 /* 28 filters, none written */
#define UART_BAUD 4   /* BRR for 64 MHz, kernel clock 100 MHz */
#define PWM_PIN 5     /* TIM2_CH1 without a pin */
#define CRYSTAL 6     /* HSE without bypass */
#define HSE_25 7      /* PLL1 reckoned for an HSE of 25 MHz */
#define CAN_SAMPLE 8  /* sampled in the middle of the bit */
#define CAN_REJECTS 9 /* no filter, and what matches none is rejected */

#define GPIO(port, offset) REG(0x58020000u + 0x400u * ((port) - 'A') + (offset))
#define FDCAN1(offset) REG(0x4000A000u + (offset))
#define MESSAGE_RAM(word) REG(0x4000AC00u + 4u * (word))
#define HSEON_BYPASSED (5u << 16)
#define HSERDY (1u << 17)

/* 14 of 16 quanta before the sample, or 8; others go to FIFO 0, or nowhere. */
#if SIN == CAN_SAMPLE && !defined GOOD
#define NBTP (7u | 6u << 8)
#else
#define NBTP (1u | 12u << 8)
#endif
#if SIN == CAN_REJECTS && !defined GOOD
#define GFC 0x28u
#else
#define GFC 0u
#endif

static inline void set_function(unsigned port, unsigned pin, uint32_t function)
{
    const uint32_t offset = pin < 8 ? 0x20u : 0x24u;
    const uint32_t shift = 4 * (pin & 7u);
    RCC_AHB4ENR |= 0x1Fu;
    (void)RCC_AHB4ENR;
    GPIO(port, offset) = (GPIO(port, offset) & ~(15u << shift)) | function << shift;
    GPIO(port, 0) = (GPIO(port, 0) & ~(3u << 2 * pin)) | 2u << 2 * pin;
}

/* 500 kbit/s from 8 MHz: 16 time quanta; ten times the prescaler is for 80 MHz. */
static inline void start_can(uint32_t prescaler, uint32_t filters)
{
    RCC_CR |= HSEON_BYPASSED;
    while ((RCC_CR & HSERDY) == 0) {
    }
    REG(0x580244ECu) |= 1u << 8;
    (void)REG(0x580244ECu);
    FDCAN1(0x18) |= 1u;
    while ((FDCAN1(0x18) & 1u) == 0) {
    }
    FDCAN1(0x18) |= 2u;
    FDCAN1(0x1C) = NBTP | (prescaler - 1) << 16 | 1u << 25;
    FDCAN1(0x80) = GFC;
    FDCAN1(0x84) = filters << 16;
    FDCAN1(0xA0) = 8u << 16;
    FDCAN1(0x18) &= ~1u;
}

static inline void give_can_pins(void)
{
    set_function('D', 0, 9);
    set_function('D', 1, 9);
}

/* PLL1 from HSE: / m * n / 2. */
static inline void start_hse(uint32_t m, uint32_t n, uint32_t range, uint32_t on)
{
    select_supply(SUPPLY_SMPS);
    wait_for_supply();
    voltage_scale_1();
    RCC_CR |= on;
    while ((RCC_CR & HSERDY) == 0) {
    }
    RCC_PLLCKSELR = 2u | m << 4;
    RCC_PLLCFGR = 0x00010000u | range << 2;
    RCC_PLL1DIVR = 0x01010200u | (n - 1);
    RCC_CR |= 1u << 24;
    while ((RCC_CR & 1u << 25) == 0) {
    }
    FLASH_ACR = 0x24u;
    RCC_D1CFGR = 0x48u;
    RCC_D2CFGR = 0x440u;
    RCC_D3CFGR = 0x40u;
    RCC_CFGR = 3u;
    while ((RCC_CFGR >> 3 & 7u) != 3u) {
    }
}

#ifdef GOOD
#define IF_GOOD(good, bad) (good)
#else
#define IF_GOOD(good, bad) (bad)
#endif

int main(void)
{
#if SIN == CRYSTAL
    start_hse(4, 400, 1, IF_GOOD(HSEON_BYPASSED, 1u << 16));
#elif SIN == HSE_25
    start_hse(IF_GOOD(4, 5), IF_GOOD(400, 160), IF_GOOD(1, 0), HSEON_BYPASSED);
#else
    start_well();
#endif
#if SIN == CAN_RATE
    give_can_pins();
    start_can(IF_GOOD(1, 10), 0);
#elif SIN == CAN_PINS
    if (IF_GOOD(1, 0)) {
        give_can_pins();
    }
    start_can(1, 0);
#elif SIN == CAN_FILTERS
    give_can_pins();
    start_can(1, 28);
    for (uint32_t i = 0; IF_GOOD(i < 28, 0); i++) {
        MESSAGE_RAM(i) = 0;
    }
#elif SIN == CAN_SAMPLE || SIN == CAN_REJECTS
    give_can_pins();
    start_can(1, 0);
#elif SIN == UART_BAUD
    set_function('D', 8, 7);
    RCC_APB1LENR |= 1u << 18;
    (void)RCC_APB1LENR;
    REG(0x4000480Cu) = IF_GOOD(868, 556);
    REG(0x40004800u) = 0x9u;
#elif SIN == PWM_PIN
    if (IF_GOOD(1, 0)) {
        set_function('A', 0, 1);
    }
    RCC_APB1LENR |= 1u;
    (void)RCC_APB1LENR;
    REG(TIM2 + 0x18u) = 0x68u;
    REG(TIM2 + 0x20u) = 1u;
    REG(TIM2 + 0x28u) = 199u;
    REG(TIM2 + 0x2Cu) = 19999u;
    REG(TIM2 + 0x34u) = 1500u;
    REG(TIM2 + 0x14u) = 1u;
    REG(TIM2) = 1u;
#endif
    stay();
}
