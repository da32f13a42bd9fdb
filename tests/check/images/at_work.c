/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Uses what a board has: the green LED blinks, USART3 speaks, TIM2 gives a servo's pulse on PA0, FDCAN1 sends
 * and receives. With GIVES_UP it calls Error_Handler after 1 s, which blinks the red LED.
 */
#include "image.h"

#define GPIO(port, offset) REG(0x58020000u + 0x400u * ((port) - 'A') + (offset))
#define USART3(offset) REG(0x40004800u + (offset))
#define FDCAN1(offset) REG(0x4000A000u + (offset))
#define MESSAGE_RAM(word) REG(0x4000AC00u + 4u * (word))
#define SYST_CSR REG(0xE000E010u)
#define SYST_RVR REG(0xE000E014u)
#define SYST_CVR REG(0xE000E018u)
#define SCB_ICSR REG(0xE000ED04u)
#define PENDSTCLR (1u << 25)
#define HALF_PERIOD_MS 50u

void Error_Handler(void);

static void set_mode(unsigned port, unsigned pin, uint32_t mode)
{
    GPIO(port, 0) = (GPIO(port, 0) & ~(3u << 2 * pin)) | mode << 2 * pin;
}

static void set_function(unsigned port, unsigned pin, uint32_t function)
{
    const uint32_t offset = pin < 8 ? 0x20u : 0x24u;
    const uint32_t shift = 4 * (pin & 7u);
    GPIO(port, offset) = (GPIO(port, offset) & ~(15u << shift)) | function << shift;
    set_mode(port, pin, 2);
}

static void set_up_pins(void)
{
    RCC_AHB4ENR |= 0x1Fu; /* GPIOA to GPIOE */
    (void)RCC_AHB4ENR;
    set_mode('B', 0, 1);
    set_mode('B', 14, 1);
    set_function('A', 0, 1); /* TIM2_CH1 */
    set_function('D', 0, 9); /* FDCAN1 */
    set_function('D', 1, 9);
    set_function('D', 8, 7); /* USART3_TX */
}

static void set_up_timer(void)
{
    RCC_APB1LENR |= 1u;
    REG(TIM2 + 0x18u) = 0x68u; /* CCMR1: PWM mode 1, preload */
    REG(TIM2 + 0x20u) = 1u;    /* CCER: CC1E */
    REG(TIM2 + 0x28u) = 199u;  /* PSC: 1 MHz */
    REG(TIM2 + 0x2Cu) = 19999u;
    REG(TIM2 + 0x34u) = 1500u;
    REG(TIM2 + 0x14u) = 1u;
    REG(TIM2) = 1u;
}

static void set_up_uart(void)
{
    RCC_APB1LENR |= 1u << 18;
    (void)RCC_APB1LENR;
    USART3(0x0Cu) = 868u; /* 115,200 bit/s of 100 MHz */
    USART3(0) = 0x9u;     /* UE, TE */
}

/* 500 kbit/s of HSE's 8 MHz: 16 quanta. RX FIFO 0 of 8 elements at word 0, a TX FIFO of 2 at word 64. */
static void set_up_can(void)
{
    RCC_CR |= 1u << 18;
    RCC_CR |= 1u << 16;
    while ((RCC_CR & 1u << 17) == 0) {
    }
    REG(0x580244ECu) |= 1u << 8;
    (void)REG(0x580244ECu);
    FDCAN1(0x18u) |= 1u;
    while ((FDCAN1(0x18u) & 1u) == 0) {
    }
    FDCAN1(0x18u) |= 2u;
    FDCAN1(0x1Cu) = 1u | 12u << 8 | 1u << 25;
    FDCAN1(0xA0u) = 8u << 16;
    FDCAN1(0xC0u) = 64u * 4u | 2u << 24;
    FDCAN1(0x18u) &= ~1u;
}

static void send_frame(void)
{
    if ((FDCAN1(0xC4u) & 7u) != 0) {
        const uint32_t put = FDCAN1(0xC4u) >> 16 & 31u;
        MESSAGE_RAM(64 + 4 * put) = 0x123u << 18;
        MESSAGE_RAM(65 + 4 * put) = 2u << 16;
        MESSAGE_RAM(66 + 4 * put) = 0xBEEFu;
        FDCAN1(0xD0u) = 1u << put;
    }
}

static void receive_frames(void)
{
    while ((FDCAN1(0xA4u) & 0x7Fu) != 0) {
        FDCAN1(0xA8u) = FDCAN1(0xA4u) >> 8 & 0x3Fu;
    }
}

static void say(const char *text)
{
    for (; *text != '\0'; text++) {
        while ((USART3(0x1Cu) & 0x80u) == 0) {
        }
        USART3(0x28u) = (uint8_t)*text;
    }
}

__attribute__((noinline)) static void delay(uint32_t ms)
{
    for (; ms > 0; ms--) {
        __asm__ volatile("wfi"); /* a pending interrupt ends it, masked as it is */
        SCB_ICSR = PENDSTCLR;
        receive_frames();
    }
}

__attribute__((noinline)) void Error_Handler(void)
{
    say("giving up\r\n");
    for (;;) {
        GPIO('B', 0x14u) ^= 1u << 14;
        delay(HALF_PERIOD_MS);
    }
}

void before_memory(void)
{
    select_supply(SUPPLY_SMPS);
    wait_for_supply();
}

int main(void)
{
    voltage_scale_1();
    clock_400_mhz(4);
    set_up_pins();
    set_up_timer();
    set_up_uart();
    set_up_can();
    SYST_RVR = 400000u - 1u;
    SYST_CVR = 0;
    __asm__ volatile("cpsid i");
    SYST_CSR = 7u;
    for (unsigned turn = 0;; turn++) {
        GPIOB_BSRR = (turn & 1u) == 0 ? 1u : 1u << 16;
        say("busy \"as\" a bee\r\n");
        send_frame();
        delay(HALF_PERIOD_MS);
#ifdef GIVES_UP
        if (turn == 20) {
            Error_Handler();
        }
#endif
    }
}
