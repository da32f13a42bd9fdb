/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_CEC_CEC_H
#define VBOARD_PERIPH_CEC_CEC_H

/*
 * CEC, the HDMI-CEC controller (RM0399 Rev 4, chapter 62): messages sent in real time over a line that is pulled up and
 * has nobody else on it. A message to an address ends with TXACKE, when the acknowledge bit of its header is sampled;
 * one to all is taken for acknowledged, since nobody objects. Signal-free time by SFT and SFTOPT, TXBR, TXEND and
 * TXUDR. Nothing is ever received, and no arbitration lost. The pin is not driven.
 *
 * RM0399 does not say, and is taken so here: no TXBR for the byte after the last one; EOM is what TXEOM was when its byte
 * began; "the minimum nominal data bit duration" after which TXEND comes is Table 611's earliest start of a following bit
 * with standard tolerance, 2.05 ms; with SFTOPT the signal-free time begins with CECEN, too; instants are rounded to
 * the kernel clock as if it were 32768 Hz.
 */
#include "vboard/chip/chip.h"

enum cec_irq { CEC_IRQ_GLOBAL };

extern const struct model cec_model;

#endif
