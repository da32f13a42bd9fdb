/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_DMA_DMA_H
#define VBOARD_PERIPH_DMA_DMA_H

/*
 * DMA1 and DMA2 (RM0399 Rev 4, chapter 16), eight streams each. chip_entry.param is the number, 1 or 2: DMA1
 * hangs on DMAMUX1's channels 0 to 7, DMA2 on 8 to 15.
 *
 * Modelled: all directions, FIFO and direct mode, packing, bursts, circular and double-buffer mode, the five
 * flags. Beyond any field is left out: arbitration between streams (each goes on by itself), hence FIFO
 * overruns and underruns by a bus that is not granted; the time of an access: a data item costs four AHB
 * clocks, memory-to-memory is moved in pieces of up to 64 items, each at its end.
 */
#include "vboard/chip/chip.h"

#define DMA_STREAMS 8u

enum dma_irq { DMA_IRQ_STREAM0 }; /* to DMA_IRQ_STREAM0 + 7 */

extern const struct model dma_model;
extern const struct reg_fields dma_fields[];

#endif
