/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "stm32h755xx.h"

#include "firmware/cm7/system.h"

#include "firmware/cm7/clocks.h"
#include "firmware/common/load.h"
#include "firmware/common/shared.h"
#include "firmware/common/timebase.h"

static uint32_t awake_since;
static uint32_t busy_cycles[2]; /* free-running: this core's, and the M4's as last seen */
static struct {
    uint32_t cycles[2];
    uint32_t time_us;
} last;
static uint32_t load_percent100[2];
static uint32_t m4_events_max;

const char *system_version(void)
{
    return CANDIAL_VERSION " " CANDIAL_BUILD;
}

void system_reboot(void)
{
    NVIC_SystemReset();
}

const struct ipc_block *system_block(void)
{
    return SHARED;
}

void system_start(void)
{
    stack_paint();
    load_start();
}

void system_sleep(void)
{
    busy_cycles[0] += load_sleep(&awake_since);
}

void system_note_ring_a(void)
{
    const uint32_t waiting = SHARED->m4.m4_events_head - SHARED->m7.m4_events_tail;
    if (waiting > m4_events_max) {
        m4_events_max = waiting;
    }
}

void system_second(void)
{
    static const uint32_t cycles_a_us[2] = {CLOCKS_CPU1_HZ / 1000000U, CLOCKS_HCLK_HZ / 1000000U};
    const uint32_t now_us = time_us();
    const uint32_t passed_ms = (now_us - last.time_us) / 1000U;
    last.time_us = now_us;
    busy_cycles[1] = SHARED->m4.busy_cycles;
    for (uint32_t i = 0; i < 2; i++) {
        const uint32_t busy_us = (busy_cycles[i] - last.cycles[i]) / cycles_a_us[i];
        last.cycles[i] = busy_cycles[i];
        load_percent100[i] = passed_ms == 0 ? 0 : busy_us * 10U / passed_ms;
    }
}

void system_use(struct system_use *use)
{
    *use = (struct system_use){
        .load_percent100 = {load_percent100[0], load_percent100[1]},
        .stack_used = {stack_used(), SHARED->m4.stack_used},
        .stack_size = {(uint32_t)(stack_top - stack_bottom) * 4U, SHARED->m4.stack_size},
        .m4_events_max = m4_events_max,
    };
}
