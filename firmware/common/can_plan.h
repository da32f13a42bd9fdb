/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef FIRMWARE_CAN_PLAN_H
#define FIRMWARE_CAN_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "core/ipc.h"
#include "core/record.h"

/*
 * What FDCAN1 is to be set to, computed from a record. Pure: the M7 computes it, the M4 writes it to
 * the registers, and the tests run it on a PC.
 */

/* The bit rates tried where the record leaves it to listening: index 0, then 1. */
uint32_t can_found_rate(uint32_t index);

/*
 * Timing, mode, and one filter per broadcast dial (equal ones once); for dials that ask, filters for
 * answers and other testers' requests, and the list of all that may be sent. `may_send` false: listen-only whatever the
 * record says. Zero, or -1 if a bit rate cannot be had.
 */
int can_plan(struct ipc_can_config *can, const struct record *record, uint32_t kernel_hz,
             bool may_send) __attribute__((warn_unused_result));

#endif
