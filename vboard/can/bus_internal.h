/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CAN_BUS_INTERNAL_H
#define VBOARD_CAN_BUS_INTERNAL_H

/* Shared by can_bus.c, can_plan.c and can_node.c only. */
#include "vboard/can/bus.h"

#define CAN_SYNC_BITS 11 /* recessive bits that tell an idle bus */
#define CAN_ERROR_DELIMITER_BITS 8
#define CAN_ERROR_FLAG_BITS 6
#define CAN_SUSPEND_BITS 8 /* an error-passive sender waits before its next frame */

/* can_plan.c: decides from the nodes as they are how the frame on the wire ends, and queues that. */
void can_plan(struct can_bus *bus, vtime_ps now);
/* Acknowledges the frame on the wire (asked when it is valid). */
bool can_acknowledges(const struct can_bus *bus, const struct can_node *n);
/* Is able to answer an error with six dominant bits. */
bool can_flags_errors(const struct can_node *n);
/* Bits of the frame on the wire that its sender has driven dominant until `now`. */
unsigned can_dominant_until(const struct can_bus *bus, vtime_ps now);

/* can_node.c: fault confinement (ISO 11898-1 12.1.4) and synchronisation. */
/* Counts an error; `extra`: eight more for dominant bits after the node's own error flag. */
void can_count_error(struct can_node *n, enum can_error kind, bool extra, vtime_ps now);
void can_count_stuck(struct can_node *n, vtime_ps now);
void can_count_valid(struct can_node *n);
/* The bus has become recessive: nodes that synchronise begin to count; or a frame begins: they stop. */
void can_resume_sync(struct can_bus *bus);
void can_suspend_sync(struct can_bus *bus);
void can_begin_sync(struct can_node *n, vtime_ps from);

/* can_bus.c */
void can_schedule(struct can_bus *bus);
void can_hold_bus(struct can_bus *bus, bool hold, vtime_ps now);

#endif
