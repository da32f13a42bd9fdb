/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_MDMA_MDMA_H
#define VBOARD_PERIPH_MDMA_MDMA_H

/*
 * MDMA (RM0399 Rev 4, chapter 15): sixteen channels, software requests and those of DMA1's and DMA2's streams, of
 * DMA2D, LTDC, JPEG and DSIHOST,
 * buffers, blocks, repeated blocks and linked lists, packing, padding and byte order, both buses.
 *
 * Left out beyond any field: arbitration, and the time of an access: 8 bytes of a buffer cost one AXI clock
 * on each side, the buffer itself four. The manual does not say whether a block that is not repeated sets
 * BRTIF at its end; here it does.
 */
#include "vboard/chip/chip.h"

#define MDMA_CHANNELS 16u

enum mdma_irq { MDMA_IRQ_GLOBAL };

extern const struct model mdma_model;
extern const struct reg_fields mdma_fields[];

#endif
