/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_GPV_GPV_H
#define VBOARD_PERIPH_GPV_GPV_H

/*
 * GPV, the registers of the AXI interconnect (RM0399 Rev 4, 2.2.4). They set priorities and how many transactions may
 * be under way; an access takes no such time here, so that nothing hangs on them. ST's start-up code writes
 * AXI_TARG7_FN_MOD on silicon revision Y, for the erratum of reads from AXI SRAM; the board's revision is V.
 *
 * "Only accessible by the Cortex-M7 CPU" (2.2.3): what others would get RM0399 does not say. Here they read 0, their
 * writes are lost, and it is a finding.
 */
#include "vboard/chip/chip.h"

extern const struct model gpv_model;

#endif
