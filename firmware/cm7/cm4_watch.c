/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "firmware/cm7/cm4_watch.h"

#include "core/ipc.h"
#include "firmware/cm7/console.h"
#include "firmware/cm7/dials.h"
#include "firmware/cm7/errors.h"
#include "firmware/cm7/servo_hold.h"
#include "firmware/common/hsem.h"
#include "firmware/common/shared.h"
#include "firmware/common/timebase.h"
#include "firmware/common/watchdog.h"

/* The M4 needs microseconds; without it the M7 starts this much later. */
#define RELEASE_LIMIT_US 20000U
/* Heartbeats come every 2 ms, periods every 50 at most; so many ticks without one are more than 100 ms. */
#define SILENT_TICKS 3U

static bool is_seen;
static uint32_t heartbeat;
static uint32_t silent_ticks; /* without a heartbeat */
static uint32_t idle_ticks;   /* without a period, though none is held */
static enum fault told;       /* the M4's own error as it was told last */

bool cm4_watch_is_seen(void)
{
    return is_seen;
}

/* Does it beat? Where it never ran its part of the block holds anything, but that does not move. */
static bool has_beaten(void)
{
    const uint32_t before = heartbeat;
    heartbeat = ipc_m4_heartbeat(SHARED);
    return heartbeat != before;
}

static void tell_error(void)
{
    const uint32_t number = SHARED->m4.error;
    const enum fault now = number < FAULT_COUNT ? (enum fault)number : FAULT_NONE;
    if (now != told) {
        errors_clear(told);
        told = now;
        if (now != FAULT_NONE) {
            errors_raise(now);
        }
        if (now == FAULT_CM4_CRASHED) {
            console_crash(1);
        }
    }
}

bool cm4_watch_release(void)
{
    const uint32_t start = time_us();
    (void)has_beaten();
    do {
        ipc_m7_ready(SHARED);
        hsem_doorbell();
        for (uint32_t i = 0; i < 64 && !is_seen; i++) {
            is_seen = ipc_m7_sees_m4(SHARED);
        }
        watchdog_feed_cm7();
    } while (!is_seen && time_us() - start < RELEASE_LIMIT_US);
    return is_seen;
}

/* It has not answered: down with an error of its own, or not there. */
static bool is_down(void)
{
    return has_beaten() && SHARED->m4.state == IPC_M4_ERROR;
}

void cm4_watch_report(void)
{
    if (is_seen) {
        return;
    }
    if (is_down()) {
        tell_error();
    } else {
        errors_raise(FAULT_CM4_ABSENT);
    }
}

static void look_for_it(void)
{
    ipc_m7_ready(SHARED);
    hsem_doorbell();
    is_seen = ipc_m7_sees_m4(SHARED);
    if (is_seen) {
        errors_clear(FAULT_CM4_ABSENT);
        console_cm4(true);
        dials_post();
    } else if (is_down()) {
        errors_clear(FAULT_CM4_ABSENT);
        tell_error();
    }
}

/* Counts up while nothing moves. */
static uint32_t still(uint32_t ticks, bool has_moved)
{
    return has_moved ? 0U : ticks + 1U;
}

static bool has_pulsed(void)
{
    static uint32_t periods;
    const uint32_t before = periods;
    periods = SHARED->m4.periods;
    return periods != before || SHARED->m7.servo_hold != 0;
}

/* Where the M4 beats and no period comes its own watchdog should have bitten; then the compare registers may not reach
 * the pins any more. */
static void watch_work(void)
{
    silent_ticks = still(silent_ticks, has_beaten());
    idle_ticks = still(idle_ticks, has_pulsed());
    if (silent_ticks < SILENT_TICKS && idle_ticks < SILENT_TICKS) {
        errors_clear(FAULT_CM4_SILENT);
        return;
    }
    if (cm4_watch_works()) {
        servo_hold_park();
    } else {
        servo_hold_low();
    }
    health_raise(&health, HEALTH_M4_SILENT);
    errors_raise(FAULT_CM4_SILENT);
}

bool cm4_watch_works(void)
{
    return idle_ticks < SILENT_TICKS || silent_ticks != 0;
}

void cm4_watch_tick(void)
{
    if (!is_seen) {
        look_for_it();
        return;
    }
    watch_work();
    tell_error();
}
