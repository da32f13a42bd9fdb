/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_SPDIFRX_SPDIFRX_H
#define VBOARD_PERIPH_SPDIFRX_SPDIFRX_H

/*
 * SPDIFRX, an S/PDIF receiver (RM0399 Rev 4, chapter 55). No signal is on its inputs: 8192 periods of the kernel clock
 * after it was enabled TERR says so (55.3.9), until SPDIFRXEN is 0; with WFA it waits for activity instead, for ever.
 * Nothing is received, and DMA is never asked.
 */
#include "vboard/chip/chip.h"

enum spdifrx_irq { SPDIFRX_IRQ_GLOBAL };

extern const struct model spdifrx_model;

#endif
