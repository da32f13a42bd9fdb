/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_FDCAN_CCU_H
#define VBOARD_PERIPH_FDCAN_CCU_H

/*
 * The clock calibration unit of the FDCANs (RM0399 Rev 4, 59.4.5, 59.7), bypassed: fdcan_tq_ck is the
 * kernel clock.
 *
 * Unknown: RM0399 59.4.5 says that the CCU gives no clock until CCFG was written, and 59.7.2 calls
 * both BCC = 1 and BCC = 0 (reset value 0x4) the default; ST's drivers never write CCFG and work. Here
 * the clock is always there. What is left out, field by field: ccu_fields.c.
 */
#include "vboard/chip/periph.h"

extern const struct model fdcan_ccu_model;
/* What each field of its registers is (vboard/chip/fields.h). */
extern const struct reg_fields fdcan_ccu_fields[];

#endif
