/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_FDCAN_FDCAN_H
#define VBOARD_PERIPH_FDCAN_FDCAN_H

/*
 * FDCAN1 and FDCAN2 (RM0399 Rev 4, ch. 59). The entry's param is the instance, 1 or 2; FDCAN1 owns the
 * message RAM at 0x4000AC00, so a chip with FDCAN2 needs FDCAN1 too.
 *
 * On the pins: the controller takes part in the bus of the transceiver (parts/can_transceiver.h) whose
 * RX output is wired to the pin that FDCANx_RX is routed to. It drives that bus only if FDCANx_TX is
 * routed to the same transceiver's TX. RX not routed, or routed to a low pin, reads as a dominant bus:
 * the controller never leaves "synchronizing". RX high without a transceiver: an idle bus on which
 * whatever is sent meets Bit0 errors.
 *
 * What is left out, field by field: fields.c; above all TTCAN (59.4.7 to 59.4.17, 59.6). Beyond any field:
 * filter event pins, frames of external loop back on the TX pin, overload frames.
 */
#include "vboard/chip/periph.h"
#include "vboard/can/bus.h"

extern const struct model fdcan_model;
/* What each field of its registers is (vboard/chip/fields.h). */
extern const struct reg_fields fdcan_fields[];

/* Interrupt lines of the model: periph->irq[...]. */
enum fdcan_irq { FDCAN_IRQ_IT0, FDCAN_IRQ_IT1 };

/* The node on the bus: its state, error counters, frames and bits driven dominant. */
const struct can_node *fdcan_node(const struct periph *p);
/* Frames discarded because a FIFO was full or had no size (IR.RF0L, IR.RF1L). */
uint64_t fdcan_frames_lost(const struct periph *p);
/* Frames that passed acceptance filtering and were stored. */
uint64_t fdcan_frames_stored(const struct periph *p);
/* Frames, of standard or extended ids, that acceptance filtering rejected. */
uint64_t fdcan_frames_rejected(const struct periph *p, bool extended);

#endif
