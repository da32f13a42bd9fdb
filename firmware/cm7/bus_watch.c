/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "firmware/cm7/bus_watch.h"

#include "core/ipc.h"
#include "firmware/cm7/console.h"
#include "firmware/common/fault.h"
#include "firmware/common/shared.h"

/* Looks in a row before it is told: a car that is being switched on is nobody's mistake. */
#define LOOKS 3U

static enum bus_state state = BUS_SILENT;
static enum bus_state told = BUS_GOOD;
static uint32_t looks;
static uint32_t good_before;
static uint32_t bad_before;

void bus_watch_second(void)
{
    const struct ipc_m4_part *m4 = &SHARED->m4;
    const struct bus_look look = {
        .psr = m4->can_psr,
        .good = m4->can_good - good_before,
        .bad = m4->can_bad - bad_before,
        .may_drive = m4->can_state == IPC_CAN_STATE_ON,
        .has_clock = m4->error != FAULT_CAN_NOT_READY,
    };
    const enum bus_state now = bus_judge(&look);
    good_before += look.good;
    bad_before += look.bad;
    looks = now == state ? looks + 1U : 1U;
    state = now;
    if (state != told && (looks >= LOOKS || state == BUS_NO_CLOCK)) {
        told = state;
        console_bus(state);
    }
}

enum bus_state bus_watch_state(void)
{
    return state;
}
