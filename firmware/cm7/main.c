/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Cortex-M7: brings the chip up, then turns the M4's events into needle positions.
 *
 * Caches stay off: code and data are in ITCM and DTCM, which no cache covers, and what is read from
 * elsewhere (SRAM4, peripherals) must not be cached. Interrupts only leave marks.
 */
#include "stm32h755xx.h"

#include "core/ipc.h"
#include "firmware/board/board.h"
#include "firmware/cm7/diag_poll.h"
#include "firmware/cm7/bus_watch.h"
#include "firmware/cm7/clock_watch.h"
#include "firmware/cm7/clocks.h"
#include "firmware/cm7/cm4_watch.h"
#include "firmware/cm7/commands.h"
#include "firmware/cm7/console.h"
#include "firmware/cm7/dials.h"
#include "firmware/cm7/errors.h"
#include "firmware/cm7/flash.h"
#include "firmware/cm7/handlers.h"
#include "firmware/cm7/main.h"
#include "firmware/cm7/servo_hold.h"
#include "firmware/cm7/settings.h"
#include "firmware/cm7/shell.h"
#include "firmware/cm7/startup.h"
#include "firmware/cm7/supply_watch.h"
#include "firmware/cm7/system.h"
#include "firmware/cm7/tick.h"
#include "firmware/cm7/uart.h"
#include "firmware/common/backup.h"
#include "firmware/common/can_plan.h"
#include "firmware/common/crash.h"
#include "firmware/common/hsem.h"
#include "firmware/common/shared.h"
#include "firmware/common/timebase.h"
#include "firmware/common/watchdog.h"

#define TICKS_PER_US (CLOCKS_TIMER_HZ / 1000000UL)

/* After so long the program runs well, and a crash is the first of a row. */
#define WELL_TICKS (10000U / LEDS_TICK_MS)
#define SECOND_TICKS (1000U / LEDS_TICK_MS)

static volatile bool mark_events;   /* HSEM: m4_events has something */
static volatile bool mark_hse_lost; /* NMI */

/* SRAM4 as normal memory, not cached, shared (PM0253 4.6): the M4 writes it too. */
static void protect_shared_memory(void)
{
    MPU->RNR = 0;
    MPU->RBAR = D3_SRAM_BASE;
    MPU->RASR = MPU_RASR_XN_Msk | (3UL << MPU_RASR_AP_Pos) | (1UL << MPU_RASR_TEX_Pos) |
                MPU_RASR_S_Msk | (15UL << MPU_RASR_SIZE_Pos) /* 64 KB */ | MPU_RASR_ENABLE_Msk;
    MPU->CTRL = MPU_CTRL_PRIVDEFENA_Msk | MPU_CTRL_ENABLE_Msk;
    __DSB();
    __ISB();
}

/* What the M4 must know before it is released. */
static void configure_cm4(void)
{
    struct ipc_m7_part *m7 = &SHARED->m7;
    const struct record *record = &settings.record;
    if (can_plan(&m7->can, record, CLOCKS_FDCAN_HZ, true) != 0) {
        errors_raise(FAULT_CAN_NOT_READY);
    }
    m7->boot_flags = settings.is_own ? IPC_BOOT_OWN_PROFILE : 0U;
    m7->dial_count = record->dial_count;
    m7->period_ticks = record->dial[0].period_us * TICKS_PER_US;
    for (uint32_t i = 0; i < record->dial_count; i++) {
        m7->park_ticks[i] = gauge_park_ticks(&record->dial[i], TICKS_PER_US);
    }
    clock_watch_apply(record); /* listen-only until the clock is good */
    servo_hold_start(record->dial_count);
    board_servo_pins(record->dial_count);
}

/* Errors that are known from before this start, or from its first milliseconds. */
static void report_past(uint32_t rsr)
{
    if (crash_is_fresh()) {
        console_crash(0);
        errors_raise(FAULT_CM7_CRASHED);
        crash_told();
    }
    if (supply_watch_fell()) {
        errors_raise(FAULT_SUPPLY_LOW);
    }
    if (clock_watch_state()->source == CLOCK_HSI_OFF) {
        errors_raise(FAULT_HSE_OFF);
    }
    if ((rsr & RCC_RSR_IWDG1RSTF) != 0) {
        health_raise(&health, HEALTH_WATCHDOG);
        errors_raise(FAULT_CM7_STARVED);
    }
    if ((rsr & RCC_RSR_IWDG2RSTF) != 0) {
        health_raise(&health, HEALTH_WATCHDOG);
        errors_raise(FAULT_CM4_STARVED);
    }
    if (!settings.is_own && !settings.is_blank) {
        health_raise(&health, HEALTH_RECORD);
        errors_raise(FAULT_SETTINGS_INVALID);
    }
}

/* After a reset that is nobody's failure the needles stand where they were, and move on softly from there. After
 * power-on nobody knows; after a failure the first pulse is park. */
static void take_over_needles(uint32_t rsr)
{
    const uint32_t others = RCC_RSR_PORRSTF | RCC_RSR_SFT2RSTF | RCC_RSR_IWDG1RSTF |
                            RCC_RSR_IWDG2RSTF | RCC_RSR_WWDG1RSTF | RCC_RSR_WWDG2RSTF;
    int32_t needle_mdeg[RETAINED_DIALS];
    if ((rsr & others) == 0 && !crash_is_fresh() && retained_read(&BACKUP->retained, needle_mdeg)) {
        dials_place(needle_mdeg);
    }
}

/* Only when the supply comes from nothing: while a starter turns, a needle must not dance. */
static void greet(uint32_t rsr)
{
    if ((rsr & RCC_RSR_PORRSTF) != 0 && !crash_is_fresh()) {
        dials_greet();
    }
}

static void start(uint32_t rsr)
{
    protect_shared_memory();
    watchdog_start_cm7();
    board_start();
    board_console_pins();
    backup_permit();
    backup_enable();
    if (crash_row() >= CRASH_ROW_MAX) {
        errors_stop(FAULT_CM7_CRASHED);
    }
    const enum fault fault = clock_watch_start();
    if (fault != FAULT_NONE) {
        errors_stop(fault);
    }
    clocks_start_timebase();
    uart_start();
    shell_start();
    supply_watch_start();
    settings_load();
    RCC_C1->AHB4ENR |= RCC_AHB4ENR_HSEMEN;
    (void)RCC_C1->AHB4ENR;
    ipc_m7_init(SHARED);
    dials_start(&settings.record);
    take_over_needles(rsr);
    configure_cm4();
    NVIC_SetPriority(HSEM1_IRQn, 4);
    hsem_listen();
    if (mark_hse_lost) {
        servo_hold_low(); /* the NMI came before TIM2 had a clock: no pulse before the main loop has recovered */
    }
}

/* RMVF is "set and reset by software" (RM0399 9.7.38): left at 1 it might hide the next cause. */
static void clear_reset_flags(void)
{
    RCC_C1->RSR = RCC_RSR_RMVF;
    RCC_C1->RSR = 0;
}

void cm7_main(void)
{
    system_start();
    /* Own flags, cleared for the next time; the M4 clears its own once it is released (9.4.4). */
    const uint32_t cm7_rsr = RCC_C1->RSR;
    const uint32_t cm4_rsr = RCC_C2->RSR;
    clear_reset_flags();
    start(cm7_rsr);
    const bool cm4_running = cm4_watch_release();
    diag_poll_start(&settings.record);
    greet(cm7_rsr);
    dials_post();
    const struct console_boot boot = {
        .clock = clock_watch_state(),
        .cm4_running = cm4_running,
        .cm7_rsr = cm7_rsr,
        .cm4_rsr = cm4_rsr,
        .settings = &settings,
        .can = &SHARED->m7.can,
    };
    console_banner(&boot);
    report_past(cm7_rsr);
    cm4_watch_report();
    tick_start(TICK_CLOCK_PLL);
    cm7_main_loop();
}

/* ---- the main loop ---- */

static void take_events(void)
{
    system_note_ring_a();
    bool is_stale = false; /* what is posted no longer is what the frames say */
    for (const struct ipc_event *event = ipc_m4_events_peek(SHARED); event != NULL;
         event = ipc_m4_events_peek(SHARED)) {
        switch (event->kind) {
        case IPC_EVENT_FRAME:
            is_stale |= dials_frame(event);
            break;
        case IPC_EVENT_PERIOD:
            dials_period(event);
            is_stale = false;
            break;
        default: /* bus state: the block's copies of PSR and ECR say the same */
            break;
        }
        ipc_m4_events_pop(SHARED);
    }
    if (is_stale) {
        dials_post();
    }
    diag_poll_run(time_us());
}

/* The watchdog's meal: the time goes on, and so do the M4's periods. Posts show the M4 that this core works, so there is
 * none any more where it does not. */
static void prove_work(void)
{
    static uint32_t before_us;
    const uint32_t now_us = time_us();
    if (now_us != before_us && cm4_watch_works()) {
        watchdog_feed_cm7();
        dials_keep_posting();
    }
    before_us = now_us;
}

static void tick(void)
{
    static uint32_t ticks;
    cm4_watch_tick();
    if (cm4_watch_is_seen()) {
        take_events(); /* should the M4's ring not come through */
    }
    prove_work();
    clock_watch_tick();
    supply_watch_tick();
    dials_report();
    if (cm4_watch_is_seen()) { /* before that its part of the block holds anything */
        diag_poll_run(time_us());
        dials_rest(time_us());
        diag_poll_tell();
    }
    const struct leds_input input = {
        .state = dials_state(),
        .warn = dials_warn(),
        .rx_frames = SHARED->m4.rx_frames,
        .fault = errors_shown(),
    };
    leds_tick(&input);
    shell_tick();
    commands_tick();
    ticks++;
    if (ticks % SECOND_TICKS == 0) {
        health.now_s++;
        system_second();
        if (cm4_watch_is_seen()) {
            bus_watch_second();
        }
    }
    if (ticks == WELL_TICKS) {
        crash_forget();
        settings_allow_tidying();
    }
}

/* What interrupts leave to do. */
static bool is_called(void)
{
    return mark_events || mark_hse_lost || tick_is_due() || uart_has_input();
}

/* Sleeps unless there is work; says whether it did. With interrupts masked nothing can come between the look and WFI,
 * which wakes by a pending interrupt, masked or not (PM0253 2.5.3). */
static bool sleep(bool has_more)
{
    __disable_irq();
    const bool sleeps = !has_more && !is_called();
    if (sleeps) {
        system_sleep();
    }
    __enable_irq();
    return sleeps;
}

/* What goes on in steps of its own. */
static void work_on(void)
{
    if (settings_is_busy()) {
        (void)settings_poll(); /* who asked for a save asks how it goes */
    }
    if (shell_is_busy()) {
        shell_poll();
    }
}

/* Frames, and interrupts that leave nothing to do, as the console's of what it sends, come oftenest: where they end a
 * sleep before which nothing else went on, the rest needs no look. */
void cm7_main_loop(void)
{
    bool is_quiet = false;
    for (;;) {
        ipc_m7_beat(SHARED);
        const bool is_rung = mark_events;
        if (is_rung) {
            mark_events = false;
            take_events();
        }
        if (is_quiet && (is_rung || !is_called())) {
            is_quiet = sleep(false);
            continue;
        }
        if (mark_hse_lost) {
            mark_hse_lost = false;
            clock_watch_recover();
        }
        if (tick_take()) {
            tick();
        }
        work_on();
        is_quiet = !settings_is_busy() && !shell_is_busy();
        is_quiet = sleep(shell_has_work() || settings_is_hurried()) && is_quiet;
    }
}

void HSEM1_IRQHandler(void)
{
    hsem_acknowledge();
    mark_events = true;
}

/* Clock security (RM0399 9.5.3): TIM2 counts three times too slowly now, so no pulse may go on. */
void NMI_Handler(void)
{
    servo_hold_low();
    clock_watch_hse_lost();
    mark_hse_lost = true;
    NVIC_SetPendingIRQ(HSEM1_IRQn); /* or the main loop, about to sleep, would miss the mark */
}
