/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM4_CAN_TX_H
#define CM4_CAN_TX_H

#include <stdbool.h>

#include "core/ipc.h"

/*
 * FDCAN1, sending: requests from m7_requests, for profiles that ask. The last guard of the car's bus: only classic
 * frames of 8 bytes with an identifier of the list that was there at start, at most CAN_TX_PER_SECOND, only
 * while can_mode_is_on(). What the bus does not take within CAN_TX_LIMIT_MS is cancelled, or it would be
 * repeated for ever. Without IPC_CAN_ASKS the Tx FIFO has no elements: a write to TXBAR does nothing.
 *
 * M_CAN may send a frame with wrong identifier and length if it is asked to send while it receives and nothing else
 * waits to be sent (docs/errata.md). So a request waits in the ring until the bus is free; after CAN_TX_LIMIT_MS it is
 * refused, too.
 */
#define CAN_TX_LIMIT_MS 25U   /* N_As of ISO 15765-4 */
#define CAN_TX_PER_SECOND 20U /* 10 requests, each with flow control */

/* While CCCR.CCE is set. */
void can_tx_configure(const struct ipc_can_config *config);

/* Takes what m7_requests holds and may be sent now. Interrupt context (PRIORITY_DATA), or interrupts masked. */
void can_tx_take(void);

/* A request waits for the bus: can_tx_take() is due again and again. Read only; a look a turn, so no function. */
extern volatile bool can_tx_waits;

/* Every tick, main loop. */
void can_tx_tick(void);

/* Cancels what waits to be sent. */
void can_tx_drop(void);

/* Nothing is sent any more, for good. */
void can_tx_stop(void);

#endif
