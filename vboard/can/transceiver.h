/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CAN_TRANSCEIVER_H
#define VBOARD_CAN_TRANSCEIVER_H

/*
 * A CAN transceiver between two pins of the chip and the bus. A controller whose TX and RX functions are
 * routed to these pins takes part in the bus; whole frames pass, not levels. Levels count where nobody
 * sends frames: TX driven low by any other means holds the bus dominant until the transceiver's
 * time-out, RX shows a bus that is stuck dominant.
 *
 * Typical of a TJA1051 or TCAN1051: TXD has a pull-up, a dominant TXD is cut off after about 2 ms.
 */
#include <stdbool.h>

#include "vboard/kernel/signal.h"
#include "vboard/can/bus.h"

struct can_transceiver {
    struct can_bus *bus;
    struct signal *rx, *tx;
    struct signal_driver rx_driver, tx_pull;
    struct signal_listener tx_listener, rx_listener;
    struct can_listener bus_listener;
    struct can_node node; /* stands for TX held low; never sends frames */
    struct event timeout;
    bool silent;
    /* Set by the controller that uses the transceiver: told when `silent` changes, and when the
     * transceiver has gone. */
    void (*changed)(void *ctx, vtime_ps now);
    void *changed_ctx;
};

void can_transceiver_init(struct can_transceiver *t, struct can_bus *bus, struct signal *rx,
                          struct signal *tx);
void can_transceiver_destroy(struct can_transceiver *t);
/* The S pin: TX does not reach the bus. */
void can_transceiver_set_silent(struct can_transceiver *t, bool silent, vtime_ps now);
/* Bits the TX pin held dominant otherwise than by frames; whole only after it was let go. */
uint64_t can_transceiver_held_bits(const struct can_transceiver *t);

/* The transceiver whose RX output or TX input is wired to `pin`, or NULL. */
struct can_transceiver *can_transceiver_at_rx(const struct signal *pin);
struct can_transceiver *can_transceiver_at_tx(const struct signal *pin);

#endif
