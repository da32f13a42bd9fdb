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

/*
 * FDCAN_NBTP (`bps` up to 1M) or FDCAN_DBTP for a bit rate, sample point 80 %, or 0 if the kernel
 * clock gives none within 0.1 %. RM0399 59.5.7: a bit has 4 to 81 time quanta.
 */
uint32_t can_nominal_timing(uint32_t kernel_hz, uint32_t bps);
uint32_t can_data_timing(uint32_t kernel_hz, uint32_t bps);

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
