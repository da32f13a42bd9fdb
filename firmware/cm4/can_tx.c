/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* RM0399 Rev 4: Tx FIFO 59.4.2, Tx buffer element 59.4.19, registers 59.5.34 to 59.5.39. */
#include "stm32h755xx.h"

#include "firmware/cm4/can_tx.h"

#include "core/frame.h"
#include "firmware/cm4/can_mode.h"
#include "firmware/cm4/can_ram.h"
#include "firmware/cm4/can_status.h"
#include "firmware/cm4/main.h"
#include "firmware/common/shared.h"

#define SECOND_MS 1000U

static struct {
    struct ipc_can_config list; /* as it was at start: what is shared may be damaged later */
    bool is_open;
    uint32_t sent; /* in this second */
    uint32_t second_ms;
    uint32_t pending_ms;
    uint32_t waiting_ms;
} tx;

volatile bool can_tx_waits;

void can_tx_configure(const struct ipc_can_config *config)
{
    const uint32_t both = IPC_CAN_ACTIVE | IPC_CAN_ASKS;
    tx.is_open = (config->mode & both) == both;
    if (!tx.is_open) {
        return;
    }
    tx.list = *config;
    FDCAN1->TXESC = 0; /* 8 bytes */
    FDCAN1->TXBC =
        (CAN_RAM_TX_ELEMENTS << FDCAN_TXBC_TFQS_Pos) | (CAN_RAM_TX << FDCAN_TXBC_TBSA_Pos);
}

static bool may_send(const struct ipc_event *event)
{
    return can_mode_is_on() && event->kind == IPC_EVENT_FRAME && event->len == 8 &&
           event->flags == 0 && tx.sent < CAN_TX_PER_SECOND && ipc_may_send(&tx.list, event->id) &&
           (FDCAN1->TXFQS & FDCAN_TXFQS_TFQF) == 0;
}

static void send(const struct ipc_event *event)
{
    const uint32_t index = (FDCAN1->TXFQS & FDCAN_TXFQS_TFQPI_Msk) >> FDCAN_TXFQS_TFQPI_Pos;
    const uint32_t *words = (const uint32_t *)(const void *)event->data; /* aligned: core/ipc.h */
    volatile uint32_t *element = can_ram(CAN_RAM_TX + index * CAN_RAM_TX_WORDS);
    if ((event->id & IPC_ID_EXTENDED) != 0) {
        element[0] = (1UL << 30) | (event->id & CAN_ID_EXTENDED_MAX); /* XTD */
    } else {
        element[0] = (event->id & CAN_ID_STANDARD_MAX) << 18;
    }
    element[1] = 8UL << 16; /* DLC 8, classic, no event */
    element[2] = words[0];
    element[3] = words[1];
    __DSB();
    FDCAN1->TXBAR = 1UL << index;
    tx.sent++;
    SHARED->m4.tx_frames++;
}

/* With another one waiting already the controller is not led astray, whatever it is doing. */
static bool must_wait(void)
{
    return FDCAN1->TXBRP == 0 && tx.waiting_ms <= CAN_TX_LIMIT_MS && can_status_is_receiving();
}

void can_tx_take(void)
{
    for (const struct ipc_event *event = ipc_m7_requests_peek(SHARED); event != NULL;
         event = ipc_m7_requests_peek(SHARED)) {
        const bool is_good = tx.is_open && may_send(event);
        if (is_good && must_wait()) {
            can_tx_waits = true;
            return;
        }
        if (is_good && tx.waiting_ms <= CAN_TX_LIMIT_MS) {
            send(event);
        } else {
            SHARED->m4.tx_refused++;
        }
        ipc_m7_requests_pop(SHARED);
    }
    can_tx_waits = false;
}

void can_tx_drop(void)
{
    if (tx.is_open) {
        FDCAN1->TXBCR = FDCAN1->TXBRP;
    }
}

void can_tx_tick(void)
{
    if (!tx.is_open) {
        return;
    }
    tx.second_ms += CM4_TICK_MS;
    if (tx.second_ms == SECOND_MS) {
        tx.second_ms = 0;
        tx.sent = 0;
    }
    tx.waiting_ms = can_tx_waits ? tx.waiting_ms + CM4_TICK_MS : 0U;
    tx.pending_ms = FDCAN1->TXBRP != 0 ? tx.pending_ms + CM4_TICK_MS : 0U;
    if (tx.pending_ms > CAN_TX_LIMIT_MS) {
        can_tx_drop();
        tx.pending_ms = 0;
    }
}

void can_tx_stop(void)
{
    can_tx_drop();
    tx.is_open = false;
}
