/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* RM0399 Rev 4 59.4.1: software initialization, bus monitoring, bus-off recovery; CCCR 59.5.6. */
#include "stm32h755xx.h"

#include "firmware/cm4/can_mode.h"

#include "firmware/cm4/can_tx.h"
#include "firmware/cm4/main.h"
#include "firmware/common/shared.h"

/* The kernel clock is 80 MHz, the M4's 200: INIT follows within a few of both. */
#define INIT_POLLS 10000U

static struct {
    struct ipc_can_config config; /* as it was at start: what is shared may be damaged later */
    uint32_t rate;                /* index of the bit rate that is set */
    uint32_t looks;               /* ticks with frames since then */
    uint32_t deaf_ms;
    bool is_misread;   /* there was an error in the data phase of an FD frame */
    uint32_t misreads; /* times that it was met while taking part */
    uint32_t clean_ms; /* since the last error */
    bool is_settled;   /* the bit rate is proven, or given and not to be proven */
    bool is_permitted; /* by the M7: the clock is good */
} mode;

/* CCCR.INIT crosses into the kernel clock's domain: read it back (59.5.6). */
static bool wait_init(uint32_t value)
{
    for (uint32_t i = 0; i < INIT_POLLS; i++) {
        if ((FDCAN1->CCCR & FDCAN_CCCR_INIT) == value) {
            return true;
        }
    }
    return false;
}

static void set_state(enum ipc_can_state state)
{
    SHARED->m4.can_state = state;
}

bool can_mode_is_on(void)
{
    return SHARED->m4.can_state == IPC_CAN_STATE_ON;
}

static bool may_drive(void)
{
    return mode.is_permitted && (mode.config.mode & IPC_CAN_ACTIVE) != 0 && !mode.is_misread;
}

void can_mode_permit(bool permitted)
{
    mode.is_permitted = permitted;
}

void can_mode_configure(const struct ipc_can_config *config)
{
    mode.config = *config;
    mode.rate = 0;
    mode.is_misread = false;
    mode.misreads = 0;
    mode.is_settled = (config->mode & IPC_CAN_ACTIVE) == 0 && config->nominal_timing[1] == 0;
    FDCAN1->CCCR = FDCAN_CCCR_INIT | FDCAN_CCCR_CCE | FDCAN_CCCR_FDOE | FDCAN_CCCR_MON;
    FDCAN1->NBTP = config->nominal_timing[0];
}

enum fault can_mode_start(void)
{
    FDCAN1->CCCR &= ~(FDCAN_CCCR_INIT | FDCAN_CCCR_CCE);
    set_state(IPC_CAN_STATE_LISTENING);
    return wait_init(0) ? FAULT_NONE : FAULT_CAN_NOT_READY;
}

/* MON and NBTP can be changed with INIT and CCE set only. */
static enum fault change(bool monitor, uint32_t timing)
{
    FDCAN1->CCCR |= FDCAN_CCCR_INIT;
    if (!wait_init(FDCAN_CCCR_INIT)) {
        return FAULT_CAN_NOT_READY;
    }
    FDCAN1->CCCR |= FDCAN_CCCR_CCE;
    if (monitor) {
        FDCAN1->CCCR |= FDCAN_CCCR_MON;
    } else {
        FDCAN1->CCCR &= ~FDCAN_CCCR_MON;
    }
    FDCAN1->NBTP = timing;
    FDCAN1->CCCR &= ~(FDCAN_CCCR_INIT | FDCAN_CCCR_CCE);
    return wait_init(0) ? FAULT_NONE : FAULT_CAN_NOT_READY;
}

/* Bus monitoring for good. */
static enum fault silence(void)
{
    set_state(IPC_CAN_STATE_SILENCED);
    can_tx_stop();
    return change(true, mode.config.nominal_timing[mode.rate]);
}

/* ---- by listening ---- */

static void settle(void)
{
    mode.is_settled = true;
    SHARED->m4.can_rate = mode.rate + 1U;
}

static enum fault try_next_rate(void)
{
    mode.deaf_ms = 0;
    mode.looks = 0;
    if (mode.config.nominal_timing[1] == 0) {
        return FAULT_NONE;
    }
    mode.rate ^= 1U;
    return change(true, mode.config.nominal_timing[mode.rate]);
}

static enum fault listen(bool heard)
{
    mode.looks += heard ? 1U : 0U;
    mode.deaf_ms = heard ? 0U : mode.deaf_ms + CM4_TICK_MS;
    if (mode.looks >= CAN_MODE_LOOKS) {
        settle();
        return FAULT_NONE;
    }
    return mode.deaf_ms >= CAN_MODE_TRY_MS ? try_next_rate() : FAULT_NONE;
}

/* ---- bus-off ---- */

/* The controller went bus-off and has set INIT by itself (59.4.1). */
static bool is_bus_off(void)
{
    return can_mode_is_on() && (FDCAN1->CCCR & FDCAN_CCCR_INIT) != 0;
}

static enum fault recover(void)
{
    SHARED->m4.bus_offs++;
    can_tx_drop();
    if (SHARED->m4.bus_offs >= IPC_BUS_OFFS_MAX) {
        const enum fault fault = silence();
        return fault == FAULT_NONE ? FAULT_BUS_OFF : fault;
    }
    FDCAN1->CCCR &= ~FDCAN_CCCR_INIT;
    return wait_init(0) ? FAULT_NONE : FAULT_CAN_NOT_READY;
}

/* ---- by FD frames at a data rate that is not ours ---- */

static void watch_data_phase(void)
{
    if (mode.config.data_timing != 0) {
        return; /* the profile knows the rate: an error is an error */
    }
    if ((FDCAN1->IR & FDCAN_IR_PED) != 0) {
        FDCAN1->IR = FDCAN_IR_PED; /* write 1 to clear (59.5.15) */
        if (can_mode_is_on() && mode.misreads < CAN_MODE_FORGIVE_DOUBLINGS) {
            mode.misreads++;
        }
        mode.is_misread = true;
        mode.clean_ms = 0;
        return;
    }
    mode.clean_ms += CM4_TICK_MS; /* of interest after an error alone */
    if (mode.clean_ms >= CAN_MODE_FORGIVE_MS << (mode.misreads == 0 ? 0 : mode.misreads - 1U)) {
        mode.is_misread = false;
    }
}

/* ---- by the clock ---- */

static enum fault follow_permission(void)
{
    const bool is_on = may_drive();
    if (!is_on) {
        can_tx_drop();
    }
    const enum fault fault = change(!is_on, mode.config.nominal_timing[mode.rate]);
    const enum ipc_can_state off =
        fault == FAULT_NONE ? IPC_CAN_STATE_LISTENING : IPC_CAN_STATE_SILENCED;
    set_state(is_on && fault == FAULT_NONE ? IPC_CAN_STATE_ON : off);
    return fault;
}

enum fault can_mode_tick(bool heard)
{
    watch_data_phase();
    if (!mode.is_settled) {
        return listen(heard);
    }
    if (SHARED->m4.can_state == IPC_CAN_STATE_SILENCED) {
        return FAULT_NONE;
    }
    if (may_drive() != can_mode_is_on()) {
        return follow_permission();
    }
    return is_bus_off() ? recover() : FAULT_NONE;
}
