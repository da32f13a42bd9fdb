/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * RM0399 Rev 4: LSE 9.5.2, measuring by timers 9.5.8, TIM16_TISEL 43.6.18, input
 * capture 43.4.6, FRACN on the fly 9.5.5.
 */
#include "stm32h755xx.h"

#include "firmware/cm7/clock_watch.h"

#include "core/ipc.h"
#include "firmware/board/board.h"
#include "firmware/cm7/console.h"
#include "firmware/cm7/dials.h"
#include "firmware/cm7/errors.h"
#include "firmware/cm7/handlers.h"
#include "firmware/cm7/lse.h"
#include "firmware/cm7/servo_hold.h"
#include "firmware/cm7/tick.h"
#include "firmware/common/clock_plan.h"
#include "firmware/common/shared.h"

#define EVERY_TICKS (1000U / LEDS_TICK_MS)
/* LSE's start-up takes 2 s at most (data sheet). */
#define LSE_LIMIT_TICKS (5000U / LEDS_TICK_MS)
/* A count takes 16 ms; where the second tick finds it unfinished, LSE has stopped. */
#define COUNT_LIMIT_TICKS 2U
/* Steering finer than this only follows the count's own last digit (0.4 ppm a tick) and the multiplier (1.8 ppm). */
#define STEER_PPM 10

enum watch_step { WATCH_LSE, WATCH_PAUSE, WATCH_COUNT };

static struct clock_state state;
static const struct record *profile;
static uint32_t multiplier; /* of PLL1 while it runs from HSI */
static uint32_t hse_slow_ppm;
static uint32_t
    refused_khz; /* HSE at start, which was not let in: a witness for LSE's first count */
static enum watch_step step;
static uint32_t waited; /* ticks in this step */

/* Written by the interrupt while it counts, read when it has finished. */
static struct {
    volatile uint32_t captures; /* CLOCK_LSE_SPANS + 1: finished */
    uint32_t last;
    uint32_t ticks;
} count;

/* ---- counting ---- */

static void count_start(void)
{
    count.captures = 0;
    count.ticks = 0;
    TIM16->SR = 0;
    TIM16->DIER = TIM_DIER_CC1IE;
    TIM16->CCER = TIM_CCER_CC1E;
}

static void count_stop(void)
{
    TIM16->DIER = 0;
    TIM16->CCER = 0;
}

/* Every 244 us while it counts. A capture that was missed begins the count anew. */
void TIM16_IRQHandler(void)
{
    const bool is_missed = (TIM16->SR & TIM_SR_CC1OF) != 0;
    const uint32_t now = TIM16->CCR1; /* clears CC1IF */
    if (is_missed) {
        TIM16->SR = ~TIM_SR_CC1OF; /* write 0 to clear */
        count.captures = 0;
        count.ticks = 0;
    }
    if (count.captures != 0) {
        count.ticks += (now - count.last) & UINT16_MAX;
    }
    count.last = now;
    count.captures++;
    if (count.captures > CLOCK_LSE_SPANS) {
        count_stop();
    }
}

static void counter_start(void)
{
    RCC_C1->APB2ENR |= RCC_APB2ENR_TIM16EN;
    (void)RCC_C1->APB2ENR;
    TIM16->TISEL = TIM_TISEL_TI1SEL_1;                  /* 0010: LSE */
    TIM16->CCMR1 = TIM_CCMR1_CC1S_0 | TIM_CCMR1_IC1PSC; /* TI1, every 8th edge */
    TIM16->CR1 = TIM_CR1_CEN;
    NVIC_SetPriority(TIM16_IRQn, 12);
    NVIC_EnableIRQ(TIM16_IRQn);
}

enum fault clock_watch_start(void)
{
    const enum fault fault = clocks_start(&state.source, &state.hse_khz);
    multiplier = CLOCKS_HSI_MULTIPLIER;
    if (state.source == CLOCK_HSI_OFF) {
        refused_khz = state.hse_khz;
        health_raise(&health, HEALTH_CLOCK);
    }
    lse_start();
    counter_start();
    return fault;
}

const struct clock_state *clock_watch_state(void)
{
    return &state;
}

/* ---- what the clock is worth ---- */

/*
 * How slow the timers may be: then pulses are longer than their ticks say, and none may exceed the longest. HSI
 * may be slow by its tolerance, or what passes for good; HSE is as slow as counted, if LSE is right.
 */
static uint32_t slow_ppm(void)
{
    if (state.source == CLOCK_HSE && !state.is_lse_off) {
        return hse_slow_ppm;
    }
    return state.is_good ? CLOCK_GOOD_PPM : CLOCK_HSI_PPM;
}

void clock_watch_apply(const struct record *record)
{
    struct ipc_m7_part *m7 = &SHARED->m7;
    const bool is_active = state.is_good && (m7->can.mode & IPC_CAN_ACTIVE) != 0;
    profile = record;
    dials_limit(slow_ppm());
    board_can_pins(is_active);
    m7->boot_flags = (m7->boot_flags & IPC_BOOT_OWN_PROFILE) |
                     (state.source == CLOCK_HSE ? IPC_BOOT_CLOCK_HSE : 0U) |
                     (state.is_good ? IPC_BOOT_CLOCK_GOOD : 0U) |
                     (is_active ? 0U : IPC_BOOT_LISTEN_ONLY);
}

static void judge(bool is_good)
{
    if (is_good != state.is_good) {
        state.is_good = is_good;
        clock_watch_apply(profile);
        console_clock(&state);
        if ((SHARED->m7.can.mode & IPC_CAN_ACTIVE) != 0) {
            console_can(&SHARED->m7.can, profile, is_good);
        }
    }
}

/* PLL1 runs again, or does not. */
static void go_on(enum fault fault)
{
    if (fault != FAULT_NONE) {
        errors_stop(fault);
    }
    tick_start(TICK_CLOCK_PLL);
    servo_hold_release();
    count_stop();
    if (step != WATCH_LSE) {
        step = WATCH_PAUSE;
        waited = EVERY_TICKS; /* count at the next tick */
    }
}

/* To HSI, for good. */
static void leave_hse(enum clock_source source)
{
    state.source = source;
    state.is_good = false;
    multiplier = CLOCKS_HSI_MULTIPLIER;
    clock_watch_apply(profile);
    go_on(clocks_rebuild(multiplier));
    clocks_leave_hse();
    console_clock(&state);
    health_raise(&health, HEALTH_CLOCK);
    errors_raise(source == CLOCK_HSI_LOST ? FAULT_HSE_LOST : FAULT_HSE_OFF);
}

void clock_watch_hse_lost(void)
{
    clocks_acknowledge_hse_loss();
    board_can_pins(false);
}

void clock_watch_recover(void)
{
    leave_hse(CLOCK_HSI_LOST);
}

static void steer(uint32_t ticks)
{
    const uint32_t wanted = clock_steer(multiplier, ticks);
    const bool is_far = wanted / CLOCK_FRACTIONS != multiplier / CLOCK_FRACTIONS;
    multiplier = wanted;
    if (is_far) {
        servo_hold_pause();
        go_on(clocks_rebuild(multiplier));
    } else {
        clocks_trim(multiplier);
    }
}

/* LSE is wrong, by the word of the others: no clock can be trusted. */
static void doubt_lse(void)
{
    if (!state.is_lse_off) {
        state.is_lse_off = true;
        state.is_good = true; /* so that judge() tells */
        health_raise(&health, HEALTH_CLOCK);
        errors_raise(FAULT_LSE_OFF);
        judge(false);
    }
}

static void believe_lse(bool is_good)
{
    state.is_lse_off = false;
    errors_clear(FAULT_LSE_OFF);
    judge(is_good);
}

/* HSE and LSE disagree. HSI is asked once, since no pulse can go on meanwhile. */
static void settle_dispute(int32_t off_ppm, uint32_t ticks)
{
    if (state.is_lse_off) {
        return;
    }
    servo_hold_pause();
    const uint32_t khz = clocks_compare();
    const int32_t hse_ppm = clock_hse_ppm(khz);
    const int32_t lse_ppm = clock_lse_ppm(clock_hse_multiplier(hse_ppm), ticks);
    if (khz == 0 || clock_lse_is_right(lse_ppm, true, hse_ppm)) {
        state.hse_khz = (uint32_t)(8000000 + off_ppm * 8 + 500) / 1000U; /* rounded */
        leave_hse(CLOCK_HSI_OFF);
    } else {
        go_on(clocks_return());
        waited = 0;
        doubt_lse();
    }
}

static void take_hse_count(int32_t off_ppm, uint32_t ticks)
{
    if (off_ppm > CLOCK_GOOD_PPM || off_ppm < -CLOCK_GOOD_PPM) {
        settle_dispute(off_ppm, ticks);
        return;
    }
    hse_slow_ppm = off_ppm < 0 ? (uint32_t)-off_ppm : 0U;
    believe_lse(true);
}

static void take_hsi_count(int32_t off_ppm, uint32_t ticks)
{
    const int32_t amount = off_ppm < 0 ? -off_ppm : off_ppm;
    const int32_t lse_ppm = clock_lse_ppm(multiplier, ticks);
    if (!clock_lse_is_right(lse_ppm, refused_khz != 0, clock_hse_ppm(refused_khz))) {
        doubt_lse();
        return;
    }
    refused_khz = 0; /* HSI drifts from here on, HSE is off */
    believe_lse(amount <= CLOCK_GOOD_PPM);
    if (amount > CLOCK_GOOD_PPM) {
        waited = EVERY_TICKS; /* see at once how well it was steered */
    }
    if (amount > STEER_PPM) {
        steer(ticks);
    }
}

/* An edge of PC13, the button's pin beside LSE's, may disturb LSE (docs/errata.md): what a count finds to be off counts
 * if the next one, 80 ms later, finds the same. */
static bool is_confirmed(int32_t off_ppm)
{
    static bool was_off;
    static int32_t before_ppm;
    const int32_t change_ppm = off_ppm - before_ppm;
    const bool is_off = off_ppm > CLOCK_GOOD_PPM || off_ppm < -CLOCK_GOOD_PPM;
    const bool is_same = was_off && change_ppm <= CLOCK_GOOD_PPM && change_ppm >= -CLOCK_GOOD_PPM;
    was_off = is_off && !is_same;
    before_ppm = off_ppm;
    return !is_off || is_same;
}

static void take_count(uint32_t ticks)
{
    const int32_t off_ppm = clock_off_ppm(ticks);
    errors_clear(FAULT_LSE_ABSENT);
    step = WATCH_PAUSE;
    if (!is_confirmed(off_ppm)) {
        waited = EVERY_TICKS; /* the next one begins at the next tick */
        return;
    }
    waited = 0;
    if (state.source == CLOCK_HSE) {
        take_hse_count(off_ppm, ticks);
    } else {
        take_hsi_count(off_ppm, ticks);
    }
}

/* ---- the ticks ---- */

static void lse_failed(void)
{
    step = WATCH_LSE;
    waited = LSE_LIMIT_TICKS;
    count_stop();
    errors_raise(FAULT_LSE_ABSENT);
    health_raise(&health, HEALTH_CLOCK);
    if (state.source != CLOCK_HSE) {
        judge(false); /* HSE, a crystal itself, stays as good as LSE found it */
    }
}

static void wait_for_lse(void)
{
    if (lse_is_ready()) {
        step = WATCH_PAUSE;
        waited = waited > LSE_LIMIT_TICKS ? 0 : EVERY_TICKS; /* it failed before: not so often */
    } else if (waited == LSE_LIMIT_TICKS) {
        lse_failed();
        lse_drive_harder();
    }
}

void clock_watch_tick(void)
{
    waited++;
    switch (step) {
    case WATCH_LSE:
        wait_for_lse();
        break;
    case WATCH_PAUSE:
        if (waited >= EVERY_TICKS) {
            step = WATCH_COUNT;
            waited = 0;
            count_start();
        }
        break;
    case WATCH_COUNT:
        if (count.captures > CLOCK_LSE_SPANS) {
            take_count(count.ticks);
        } else if (waited >= COUNT_LIMIT_TICKS) {
            lse_failed();
        }
        break;
    }
}
