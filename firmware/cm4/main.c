/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Cortex-M4: receives CAN, moves the servo. Waits for the M7's release, then the interrupts do the
 * work (see handlers.h) and the main loop watches.
 */
#include "stm32h755xx.h"

#include "core/ipc.h"
#include "firmware/cm4/can.h"
#include "firmware/cm4/can_mode.h"
#include "firmware/cm4/can_tx.h"
#include "firmware/cm4/handlers.h"
#include "firmware/cm4/main.h"
#include "firmware/cm4/priority.h"
#include "firmware/cm4/servo.h"
#include "firmware/cm4/startup.h"
#include "firmware/common/backup.h"
#include "firmware/common/crash.h"
#include "firmware/common/fault.h"
#include "firmware/common/hsem.h"
#include "firmware/common/load.h"
#include "firmware/common/servo_timer.h"
#include "firmware/common/shared.h"
#include "firmware/common/timebase.h"
#include "firmware/common/watchdog.h"

#define HSI_KHZ 64000UL
#define HCLK_KHZ 180000UL

/*
 * The M7 posts at each tick of its own, 40 ms, or oftener. Silent for this long, it is dead; the park
 * pulse begins with the next period, and 100 ms is the limit for both: less a tick for each of this
 * core's looks and 1 ms for where a period just ends. So a long period leaves less to wait, 45 ms of 50.
 */
#define M7_LIMIT_MS 60U
#define PARK_LIMIT_MS (100U - 2U * CM4_TICK_MS - 1U)

/* The M7 starts in some 10 ms, its error handling aside. Then this core says so, and waits on. */
#define RELEASE_LIMIT_MS 1000U
#define CAN_RETRY_MS 1000U

/* All of the stack, 1,024 words, in a quarter of a second. */
#define STACK_WORDS_A_TICK (4U * CM4_TICK_MS)

static volatile bool tick_mark;
static bool is_can_started;

static void tick_start(uint32_t clock_khz)
{
    SysTick->CTRL = 0;
    SysTick->LOAD = CM4_TICK_MS * clock_khz - 1UL;
    SysTick->VAL = 0;
    SysTick->CTRL = SysTick_CTRL_CLKSOURCE_Msk | SysTick_CTRL_TICKINT_Msk | SysTick_CTRL_ENABLE_Msk;
    NVIC_SetPriority(SysTick_IRQn, PRIORITY_TICK);
}

static bool tick_take(void)
{
    const bool was_due = tick_mark;
    if (was_due) {
        tick_mark = false;
    }
    return was_due;
}

/*
 * Until the next interrupt, unless a tick is due already (see the M7's sleep()). Returns the cycles
 * this core was awake before, 0 if it did not sleep.
 */
static uint32_t sleep(void)
{
    static uint32_t awake_since;
    uint32_t busy = 0;
    __disable_irq();
    if (!tick_mark) {
        busy = load_sleep(&awake_since);
        SHARED->m4.busy_cycles += busy;
    }
    __enable_irq();
    return busy;
}

/* Once the M7 has permitted writing; the next start is not kept down by this crash. */
static void tell_crash(void)
{
    if ((PWR->CR1 & PWR_CR1_DBP) != 0) {
        crash_told();
    }
}

/* It beats, so that the M7 knows this to be of this boot. */
static void stay_down(enum fault fault)
{
    SHARED->m4.error = fault;
    SHARED->m4.state = IPC_M4_ERROR;
    tick_start(HSI_KHZ);
    for (;;) {
        (void)sleep();
        if (tick_take()) {
            ipc_m4_beat(SHARED);
            tell_crash();
        }
    }
}

/* Woken by the M7's ring or at each tick; nothing is touched before, not even a watchdog. */
static void wait_for_release(void)
{
    uint32_t waited_ms = 0;
    tick_start(HSI_KHZ);
    while (!ipc_m4_is_released(SHARED)) {
        (void)sleep();
        if (tick_take()) {
            waited_ms += CM4_TICK_MS;
            if (waited_ms == RELEASE_LIMIT_MS) {
                SHARED->m4.error = FAULT_CM7_SILENT;
            }
        }
    }
}

/*
 * This core's bank of clocks: flash, or domain D1 could stop it (9.7.39); the ART, which caches
 * bank 2 at 0x081xxxxx (6.4.1); TIM5, which the M7 started.
 */
static void start_clocks(void)
{
    RCC_C2->AHB3ENR |= RCC_AHB3ENR_FLASHEN;
    RCC_C2->AHB1ENR |= RCC_AHB1ENR_ARTEN;
    RCC_C2->APB1LENR |= RCC_APB1LENR_TIM5EN;
    (void)RCC_C2->APB1LENR;
    ART->CTR = (FLASH_BANK2_BASE >> 20) << ART_CTR_PCACHEADDR_Pos;
    ART->CTR |= ART_CTR_EN;
}

/* RMVF is "set and reset by software" (RM0399 9.7.38): left at 1 it might hide the next cause. */
static void clear_reset_flags(void)
{
    RCC_C2->RSR = RCC_RSR_RMVF;
    RCC_C2->RSR = 0;
}

/* FDCAN may have no clock yet (RM0399 9.5.10: its switch may wait for HSE): again every second. */
static void start_can(void)
{
    const enum fault fault = can_start(&SHARED->m7.can);
    if (fault != FAULT_NONE) {
        SHARED->m4.error = fault;
    } else if (SHARED->m4.error == FAULT_CAN_NOT_READY) {
        SHARED->m4.error = FAULT_NONE;
    }
    is_can_started = fault == FAULT_NONE;
}

static void start(void)
{
    RCC_C2->AHB4ENR |= RCC_AHB4ENR_HSEMEN;
    (void)RCC_C2->AHB4ENR;
    ipc_m4_init(SHARED);
    backup_enable();
    const bool has_crashed = crash_is_fresh();
    if (has_crashed && crash_row() >= CRASH_ROW_MAX) {
        stay_down(FAULT_CM4_CRASHED);
    }
    NVIC_SetPriority(HSEM2_IRQn, PRIORITY_DATA);
    hsem_listen();
    wait_for_release();
    clear_reset_flags();
    start_clocks();
    watchdog_start_cm4();
    tick_start(HCLK_KHZ);
    if (has_crashed) {
        crash_told();
        SHARED->m4.error = FAULT_CM4_CRASHED; /* else it may be that the M7 was silent for long */
    }
    servo_start();
    start_can();
    ipc_m4_running(SHARED);
}

void cm4_main(void)
{
    stack_paint();
    load_start();
    start();
    cm4_main_loop();
}

/* ---- the main loop ---- */

static uint32_t m7_limit_ms(void)
{
    const uint32_t period_ms = SHARED->m7.period_ticks / (SERVO_TIMER_MHZ * 1000U);
    const uint32_t rest_ms = PARK_LIMIT_MS - period_ms;
    return rest_ms < M7_LIMIT_MS ? rest_ms : M7_LIMIT_MS;
}

static void watch_m7(void)
{
    static uint32_t number;
    static uint32_t silent_ms;
    const uint32_t now = ipc_mailbox_number(SHARED);
    if (now != number) {
        number = now;
        silent_ms = 0;
        if (SHARED->m4.state == IPC_M4_PARKED) {
            SHARED->m4.state = IPC_M4_RUNNING;
        }
        return;
    }
    silent_ms += CM4_TICK_MS;
    if (silent_ms >= m7_limit_ms() && servo_park()) {
        SHARED->m4.state = IPC_M4_PARKED;
        SHARED->m4.error = FAULT_CM7_SILENT;
    }
}

/* The M7 gives the right to drive the bus when its clock is good, and takes it back when it is not. */
static void watch_clock(void)
{
    can_mode_permit((SHARED->m7.boot_flags & IPC_BOOT_LISTEN_ONLY) == 0);
}

static void forget_crashes(void)
{
    static uint32_t well_ms;
    well_ms += CM4_TICK_MS;
    if (well_ms == 10000U) {
        crash_forget();
    }
}

/* A few words a time, from the stack's far end to the first that was ever used. */
static void watch_stack(void)
{
    static uint32_t *at = stack_bottom;
    for (uint32_t i = 0; i < STACK_WORDS_A_TICK; i++) {
        if (at == stack_top || *at != STACK_PAINT) {
            SHARED->m4.stack_used = (uint32_t)(stack_top - at) * 4U;
            SHARED->m4.stack_size = (uint32_t)(stack_top - stack_bottom) * 4U;
            at = stack_bottom;
            return;
        }
        at++;
    }
}

static void watch_can(void)
{
    static uint32_t down_ms;
    if (!is_can_started) {
        down_ms += CM4_TICK_MS;
        if (down_ms % CAN_RETRY_MS == 0) {
            start_can();
        }
        return;
    }
    const enum fault fault = can_watch();
    if (fault != FAULT_NONE) {
        SHARED->m4.error = fault;
    }
}

/* What this core's work is done by: the shared time, and the interrupt that begins each period. */
static bool does_work(void)
{
    static uint32_t before_us;
    const uint32_t now_us = time_us();
    const bool has_time_moved = now_us != before_us;
    before_us = now_us;
    return servo_runs() && has_time_moved;
}

static void tick(void)
{
    if (does_work()) {
        watchdog_feed_cm4();
    }
    ipc_m4_beat(SHARED);
    watch_m7();
    watch_clock();
    watch_can();
    forget_crashes();
    watch_stack();
}

static void note_turn(uint32_t cycles)
{
    static uint32_t longest;
    if (cycles > longest) {
        longest = cycles;
        SHARED->m4.loop_max_us = cycles / (HCLK_KHZ / 1000U);
    }
}

static void take_requests(void)
{
    __disable_irq();
    can_tx_take();
    __enable_irq();
}

void cm4_main_loop(void)
{
    (void)sleep(); /* the start is no turn */
    for (;;) {
        if (tick_take()) {
            tick();
        }
        if (can_tx_waits) { /* awake: the gap between two frames is short */
            take_requests();
        } else {
            note_turn(sleep());
        }
    }
}

void SysTick_Handler(void)
{
    tick_mark = true;
    handler_end();
}

void HSEM2_IRQHandler(void)
{
    hsem_acknowledge();
    servo_take_mailbox();
    can_tx_take();
    handler_end();
}

/*
 * Clock security, which reaches both cores (RM0399 9.5.3): the pins go low; the M7 does the rest.
 */
void NMI_Handler(void)
{
    servo_hold();
    RCC->CICR = RCC_CICR_HSECSSC;
    (void)RCC->CIFR;
    handler_end();
}
