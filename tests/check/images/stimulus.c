/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Does what DO says, once ON has happened; with GOOD its twin that does the same thing right. */
#include "image.h"

/* ON */
#define BUTTON 1      /* asked for */
#define BUTTON_EXTI 2 /* by its interrupt */
#define PRESSES 3     /* the third time */
#define HELD 4        /* as it starts */
#define LONG_PRESS 5  /* for 2.5 s */
#define PIN 6         /* PA5 goes high */
#define PIN_EXTI 7    /* PB4 falls */
#define TWO_PINS 8    /* PA5 and PA6 at a time */
#define JUMPER 9      /* PA5 is high as it starts */
#define JUMPER_LOW 10 /* PA5, which is pulled up */
#define CAN_DUAL 11   /* frame 0x123 */
#define CAN_RANGE 12  /* of 0x18DA0000 to 0x18DA0007 the last, by interrupt */
#define CAN_ANY 13    /* frame 0x345 of all */
#define CAN_DATA 14   /* frame 0x123 with 0x5A in byte 2 */
#define CAN_MASK 15   /* 0x700 to 0x707, on PB8 and PB9 */
#define BYTE 16       /* 'L' on USART3 */
#define WORD 17       /* "ldo" and Enter */
#define BYTE_EXTI 18  /* 0xA7 by interrupt */
#define OTHER_UART 19 /* 'L' on USART2, 9600 Bd, even parity */
#define TWO_BYTES 20  /* 'm', 'x' */
#define WINDOW 21     /* a byte within 50 ms */
#define HSE_GOES 22   /* CSS's NMI */
#define NO_HSE 23     /* HSERDY does not come */
#define LATER 24      /* 8 s of SysTick */
#define FLASHED 25    /* 'F' programs a flash word; the next power-on finds it */
#define AFTER_ALL 26  /* the button starts the UART, a byte does it */
#define VDD 27        /* PVDO */
#define KEPT 28       /* 'K' leaves a word in RAM; the next reset finds it */

/* DO */
#define SELECT 1
#define OVERDRIVE 2
#define NO_STATES 3
#define FAULT 4

#ifdef GOOD
#define IF_GOOD(good, bad) (good)
#else
#define IF_GOOD(good, bad) (bad)
#endif
#ifndef DO
#define DO SELECT
#endif

#define GPIO(port, offset) REG(0x58020000u + 0x400u * ((port) - 'A') + (offset))
#define IDR(port) GPIO(port, 0x10u)
#define SYSCFG_EXTICR(n) REG(0x58000408u + 4u * (n))
#define EXTI_RTSR1 REG(0x58000000u)
#define EXTI_FTSR1 REG(0x58000004u)
#define EXTI_C1IMR1 REG(0x58000080u)
#define EXTI_C1PR1 REG(0x58000088u)
#define NVIC_ISER(n) REG(0xE000E100u + 4u * (n))
#define SYSTICK(offset) REG(0xE000E010u + (offset))
#define SCB_VTOR REG(0xE000ED08u)
#define FDCAN1(offset) REG(0x4000A000u + (offset))
#define MESSAGE_RAM(word) REG(0x4000AC00u + 4u * (word))
#define FLASH_KEYR1 REG(0x52002004u)
#define FLASH_CR1 REG(0x5200200Cu)
#define FLASH_SR1 REG(0x52002010u)
#define SECTOR_6 0x080C0000u

/* An image that selects after something happened runs on HSI, in Run*. */
static void begin(void)
{
    if (DO != SELECT) {
        start_well();
    }
}

static void do_it(void)
{
#if DO == SELECT
    select_supply(IF_GOOD(SUPPLY_SMPS, SUPPLY_LDO));
#elif DO == OVERDRIVE
    RCC_APB4ENR |= 2u;
    (void)RCC_APB4ENR;
    SYSCFG_PWRCR = IF_GOOD(0, 1);
#elif DO == NO_STATES
    FLASH_ACR = IF_GOOD(0x24u, 0x20u);
#elif DO == FAULT
    if (!IF_GOOD(1, 0)) {
        __asm__ volatile("udf #1");
    }
#endif
}

static void input(unsigned port, unsigned pin, uint32_t pull)
{
    RCC_AHB4ENR |= 0x1FFu;
    (void)RCC_AHB4ENR;
    GPIO(port, 0) &= ~(3u << 2 * pin);
    GPIO(port, 0x0C) = (GPIO(port, 0x0C) & ~(3u << 2 * pin)) | pull << 2 * pin;
}

static void function(unsigned port, unsigned pin, uint32_t af)
{
    const uint32_t offset = pin < 8 ? 0x20u : 0x24u;
    const uint32_t shift = 4 * (pin & 7u);
    RCC_AHB4ENR |= 0x1FFu;
    (void)RCC_AHB4ENR;
    GPIO(port, offset) = (GPIO(port, offset) & ~(15u << shift)) | af << shift;
    GPIO(port, 0) = (GPIO(port, 0) & ~(3u << 2 * pin)) | 2u << 2 * pin;
}

/* In HAL's way: the mask comes in a register. */
__attribute__((noinline)) static uint32_t is_high(unsigned port, uint32_t mask)
{
    return (IDR(port) & mask) != 0;
}

static void wait_for(unsigned port, unsigned pin, uint32_t level)
{
    while (is_high(port, 1u << pin) != level) {
    }
    spend(64000); /* it bounces */
}

/* ---- interrupts: vectors in RAM ---- */

#define IRQS 64u
static void (*vectors[16 + IRQS])(void) __attribute__((aligned(512)));

static void on_interrupt(unsigned irq, void (*handler)(void))
{
    for (unsigned i = 0; i < 16; i++) {
        vectors[i] = ((void (**)(void))0x08000000u)[i];
    }
    vectors[16 + irq] = handler;
    SCB_VTOR = (uint32_t)vectors;
    NVIC_ISER(irq / 32) = 1u << irq % 32;
}

static void on_edge(void)
{
    EXTI_C1PR1 = 0xFFFFu;
    do_it();
}

static void exti(unsigned port, unsigned pin, unsigned rising, unsigned irq)
{
    RCC_APB4ENR |= 2u;
    (void)RCC_APB4ENR;
    SYSCFG_EXTICR(pin / 4) = (port - 'A') << 4 * (pin % 4);
    *(rising ? &EXTI_RTSR1 : &EXTI_FTSR1) |= 1u << pin;
    EXTI_C1IMR1 |= 1u << pin;
    on_interrupt(irq, on_edge);
}

/* ---- FDCAN1: 500 kbit/s from HSE, 16 time quanta ---- */

static void start_can(uint32_t port, uint32_t rx, uint32_t standard, uint32_t extended,
                      uint32_t reject)
{
    function(port, rx, 9);
    function(port, rx + 1, 9);
    RCC_CR |= 5u << 16;
    while ((RCC_CR & 1u << 17) == 0) {
    }
    REG(0x580244ECu) |= 1u << 8;
    (void)REG(0x580244ECu);
    FDCAN1(0x18) |= 1u;
    while ((FDCAN1(0x18) & 1u) == 0) {
    }
    FDCAN1(0x18) |= 2u;
    FDCAN1(0x1C) = 1u | 12u << 8 | 1u << 25;
    FDCAN1(0x80) = reject ? 0x2Cu : 0;    /* GFC: ANFS, ANFE */
    FDCAN1(0x84) = standard << 16;        /* SIDFC: at word 0 */
    FDCAN1(0x88) = extended << 16 | 0x40; /* XIDFC: at word 16 */
    FDCAN1(0xA0) = 8u << 16 | 0x100;      /* RXF0C: 8 elements at word 64 */
    FDCAN1(0x18) &= ~1u;
}

/* The oldest frame's identifier, or -1; *data its first word. */
static uint32_t next_frame(uint32_t *data)
{
    const uint32_t state = FDCAN1(0xA4);
    const uint32_t get = state >> 8 & 0x3Fu;
    if ((state & 0x7Fu) == 0) {
        return ~0u;
    }
    const uint32_t head = MESSAGE_RAM(64 + 4 * get);
    *data = MESSAGE_RAM(66 + 4 * get);
    FDCAN1(0xA8) = get;
    return (head & 1u << 30) != 0 ? head & 0x1FFFFFFFu : head >> 18 & 0x7FFu;
}

static void on_frame(void)
{
    uint32_t data;
    FDCAN1(0x50) = 1;
    if (next_frame(&data) == 0x18DA0007u) {
        do_it();
    }
}

/* ---- UARTs from HSI ---- */

#define UART3 0x40004800u
#define UART2 0x40004400u

static void start_uart(uint32_t base, uint32_t cr1, uint32_t divider)
{
    function(base == UART3 ? 'D' : 'A', base == UART3 ? 9 : 3, 7);
    RCC_APB1LENR |= 3u << 17;
    (void)RCC_APB1LENR;
    REG(base + 0x0C) = divider;
    REG(base) = cr1 | 0xDu;
}

static uint32_t next_byte(uint32_t base)
{
    while ((REG(base + 0x1C) & 0x20u) == 0) {
    }
    return REG(base + 0x24) & 0xFFu;
}

static void on_byte(void)
{
    if ((REG(UART3 + 0x24) & 0xFFu) == 0xA7u) {
        do_it();
    }
}

/* ---- what outlives ---- */

static void program(uint32_t address, uint32_t word)
{
    FLASH_KEYR1 = 0x45670123u;
    FLASH_KEYR1 = 0xCDEF89ABu;
    FLASH_CR1 = 2u;
    for (unsigned i = 0; i < 8; i++) {
        REG(address + 4 * i) = word;
    }
    while ((FLASH_SR1 & 5u) != 0) {
    }
    FLASH_CR1 = 1u;
}

static volatile uint32_t ticks;

static void on_tick(void)
{
    if (++ticks == 800) {
        do_it();
    }
}

/* Words of several commands, of which one is the one. */
static const char *const commands[] = {"help", "ldo", "status"};

static uint32_t is_command(const char *line, uint32_t length, uint32_t which)
{
    for (uint32_t i = 0; i <= length; i++) {
        if (commands[which][i] != line[i]) {
            return 0;
        }
    }
    return 1;
}

static void read_lines(void)
{
    char line[32];
    uint32_t length = 0;
    for (;;) {
        uint32_t byte = next_byte(UART3);
        line[length] = 0;
        if (byte == '\r') {
            for (uint32_t i = 0; i < 3; i++) {
                if (is_command(line, length, i) && i == 1) {
                    do_it();
                }
            }
            length = 0;
        } else if (length < 31) {
            line[length++] = (char)byte;
        }
    }
}

/* CSS: HSE has failed. */
static void on_nmi(void)
{
    REG(0x58024468u) = 1u << 10; /* RCC_CICR.HSECSSC */
    do_it();
}

static void by_button(void)
{
#if ON == BUTTON
    input('C', 13, 0);
    wait_for('C', 13, 1);
    do_it();
#elif ON == BUTTON_EXTI
    input('C', 13, 0);
    exti('C', 13, 1, 40);
#elif ON == PRESSES
    input('C', 13, 0);
    for (int i = 0; i < 3; i++) {
        wait_for('C', 13, 1);
        wait_for('C', 13, 0);
    }
    do_it();
#elif ON == HELD
    input('C', 13, 0);
    if (is_high('C', 1u << 13)) {
        do_it();
    }
#elif ON == LONG_PRESS
    input('C', 13, 0);
    for (uint32_t n = 0; n < 2500;) {
        n = is_high('C', 1u << 13) ? n + 1 : 0;
        spend(64000 / 5);
    }
    do_it();
#endif
}

static void by_pins(void)
{
#if ON == PIN
    input('A', 5, 2);
    wait_for('A', 5, 1);
    do_it();
#elif ON == PIN_EXTI
    input('B', 4, 1);
    exti('B', 4, 0, 10);
#elif ON == TWO_PINS
    input('A', 5, 2);
    input('A', 6, 2);
    while ((IDR('A') & 3u << 5) != 3u << 5) {
    }
    do_it();
#elif ON == JUMPER || ON == JUMPER_LOW
    input('A', 5, ON == JUMPER ? 2 : 1);
    spend(100);
    if (is_high('A', 1u << 5) == (ON == JUMPER)) {
        do_it();
    }
#endif
}

static void by_can(void)
{
    uint32_t data;
    (void)data;
#if ON == CAN_DUAL || ON == CAN_DATA
    start_can('D', 0, 1, 0, 1);
    MESSAGE_RAM(0) = 1u << 30 | 1u << 27 | 0x123u << 16 | 0x321u;
    for (;;) {
        if (next_frame(&data) == 0x123u && (ON == CAN_DUAL || (data >> 16 & 0xFFu) == 0x5Au)) {
            do_it();
        }
    }
#elif ON == CAN_RANGE
    MESSAGE_RAM(16) = 1u << 29 | 0x18DA0000u;
    MESSAGE_RAM(17) = 0x18DA0007u;
    start_can('D', 0, 0, 1, 1);
    MESSAGE_RAM(16) = 1u << 29 | 0x18DA0000u;
    MESSAGE_RAM(17) = 0x18DA0007u;
    FDCAN1(0x54) = 1;
    FDCAN1(0x5C) = 1;
    on_interrupt(19, on_frame);
#elif ON == CAN_ANY
    start_can('D', 0, 0, 0, 0);
    while (next_frame(&data) != 0x345u) {
    }
    do_it();
#elif ON == CAN_MASK
    start_can('B', 8, 1, 0, 1);
    MESSAGE_RAM(0) = 2u << 30 | 1u << 27 | 0x700u << 16 | 0x7F8u;
    while (next_frame(&data) != 0x706u) {
    }
    do_it();
#endif
}

static void by_uart(void)
{
#if ON == BYTE
    start_uart(UART3, 0, 555);
    while (next_byte(UART3) != 'L') {
    }
    do_it();
#elif ON == WORD
    start_uart(UART3, 0, 555);
    read_lines();
#elif ON == BYTE_EXTI
    start_uart(UART3, 0x20u, 555);
    on_interrupt(39, on_byte);
#elif ON == OTHER_UART
    start_uart(UART2, 1u << 10 | 1u << 12, 6667);
    while (next_byte(UART2) != 'L') {
    }
    do_it();
#elif ON == TWO_BYTES
    start_uart(UART3, 0, 555);
    for (;;) {
        if (next_byte(UART3) == 'm' && next_byte(UART3) == 'x') {
            do_it();
        }
    }
#elif ON == WINDOW
    start_uart(UART3, 0, 555);
    for (uint32_t i = 0; i < 640000; i++) {
        if ((REG(UART3 + 0x1C) & 0x20u) != 0) {
            do_it();
        }
    }
    REG(UART3) = 0;
#endif
}

static void by_clock(void)
{
#if ON == HSE_GOES
    on_interrupt(0, on_nmi);
    vectors[2] = on_nmi;
    RCC_CR |= 5u << 16;
    while ((RCC_CR & 1u << 17) == 0) {
    }
    RCC_CR |= 1u << 19;
#elif ON == NO_HSE
    RCC_CR |= 5u << 16;
    for (uint32_t i = 0; (RCC_CR & 1u << 17) == 0; i++) {
        if (i == 10000) {
            do_it();
        }
    }
#elif ON == LATER
    on_interrupt(0, on_tick);
    vectors[15] = on_tick;
    SYSTICK(4) = 640000 - 1;
    SYSTICK(0) = 7;
#elif ON == VDD
    PWR_CR1 |= 6u << 5 | 1u << 4;
    while ((PWR_CSR1 & 1u << 4) == 0) {
    }
    do_it();
#endif
}

static void by_memory(void)
{
#if ON == FLASHED
    if (REG(SECTOR_6) == 0x12345678u) {
        do_it();
    }
    start_uart(UART3, 0, 555);
    while (next_byte(UART3) != 'F') {
    }
    program(SECTOR_6, 0x12345678u);
#elif ON == KEPT
    volatile uint32_t *kept = (volatile uint32_t *)0x38000000u;
    if (*kept == 0x12345678u) {
        do_it();
    }
    start_uart(UART3, 0, 555);
    while (next_byte(UART3) != 'K') {
    }
    *kept = 0x12345678u;
#elif ON == AFTER_ALL
    input('C', 13, 0);
    wait_for('C', 13, 1);
    start_uart(UART3, 0, 555);
    next_byte(UART3);
    do_it();
#endif
}

int main(void)
{
    begin();
    by_button();
    by_pins();
    by_can();
    by_uart();
    by_clock();
    by_memory();
    stay();
}
