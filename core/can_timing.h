/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_CAN_TIMING_H
#define CORE_CAN_TIMING_H

#include <stdint.h>

/*
 * FDCAN's bit timing from a bit rate. Pure: record_validate() refuses what has none, the M7 computes what it has, the M4
 * writes it to the registers.
 */
#define CAN_KERNEL_HZ 80000000u /* FDCAN's kernel clock, whatever PLL1 runs from */

/*
 * FDCAN_NBTP (`bps` up to 1M) or FDCAN_DBTP for a bit rate, sample point 80 %, or 0 if the kernel
 * clock gives none within 0.1 %. RM0399 59.5.7: a bit has 4 to 81 time quanta.
 */
uint32_t can_nominal_timing(uint32_t kernel_hz, uint32_t bps);
uint32_t can_data_timing(uint32_t kernel_hz, uint32_t bps);

#endif
