/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The main loop that most programs have: it asks the tick, does something when it is time, and counts how often it went
 * round, in words, halfwords and bytes. Once it waits for a flag that never comes, with a timeout that it counts, and for
 * some cycles. The other core delays like HAL. With BUSY there is more to do in each round than anybody could add up.
 */
#include "image.h"

#define SYST_CSR REG(0xE000E010u)
#define SYST_RVR REG(0xE000E014u)
#define SCB_VTOR REG(0xE000ED08u)
#define DWT_CYCCNT REG(0xE0001004u)
#define TIMEOUT 20000u

void systick(void);

static volatile uint32_t tick;
static uint32_t rounds, next_blink, blinks, gave_up;
static uint16_t halves;
static uint8_t frame[2];

static __attribute__((aligned(128))) const void *table[16];

void systick(void)
{
    tick++;
}

static __attribute__((noinline)) uint32_t get_tick(void)
{
    return tick;
}

static void start_tick(uint32_t cycles)
{
    table[15] = systick;
    SCB_VTOR = (uint32_t)table;
    SYST_RVR = cycles - 1;
    SYST_CSR = 7u;
}

static __attribute__((noinline)) void delay(uint32_t ticks)
{
    uint32_t from = get_tick();
    while (get_tick() - from < ticks) {
    }
}

/* LSE is never ready on a board without its crystal's capacitors; here it is never switched on. */
static void wait_in_vain(void)
{
    uint32_t turns = 0;
    while ((REG(0x58024470u) & 2u) == 0) {
        if (++turns >= TIMEOUT) {
            gave_up++;
            return;
        }
    }
}

/* As drivers wait for microseconds: by the cycle counter, which the other core does not start. */
static __attribute__((noinline)) void wait_cycles(uint32_t cycles)
{
    uint32_t from = DWT_CYCCNT;
    while (DWT_CYCCNT - from < cycles) {
    }
}

static void start_cycles(void)
{
    REG(0xE000EDFCu) |= 1u << 24; /* DEMCR.TRCENA */
    REG(0xE0001FB0u) = 0xC5ACCE55u;
    REG(0xE0001000u) |= 1u;
}

static void go_round(void)
{
    uint32_t now = get_tick();
    if (now >= next_blink) {
        blinks++;
        next_blink = now + 3;
    }
#ifdef BUSY
    rounds = rounds * 1664525u + 1013904223u;
#else
    rounds++;
#endif
    frame[1] = (uint8_t)(halves >> 8);
    frame[0] = (uint8_t)halves++;
}

int main(void)
{
#ifdef CM4
    start_tick(64000);
    for (;;) {
        delay(2);
        blinks++;
    }
#else
    start_well();
    start_tick(400000);
    wait_in_vain();
    start_cycles();
    for (uint32_t i = 0; i < 20; i++) {
        wait_cycles(10000 + 1234 * i);
    }
    for (;;) {
        go_round();
    }
#endif
}
