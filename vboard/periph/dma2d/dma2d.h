/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_DMA2D_DMA2D_H
#define VBOARD_PERIPH_DMA2D_DMA2D_H

/*
 * DMA2D, the Chrom-ART accelerator (RM0399 Rev 4, chapter 19): all six modes, all input formats but YCbCr, all output
 * formats, both CLUTs with their loading, alpha modes, inversion and swaps, line offsets, watermark, suspending and
 * aborting, configuration, transfer and CLUT access errors. Its bus reaches what column DMA2D of 2.1, Table 2 says: no
 * TCM, nothing of AHB3, APB3 and the D3 domain.
 *
 * Not known, and chosen: the time. RM0399 gives none: a line takes the clocks of its longer side, a pixel each or 8
 * bytes of what it reads and writes each, and four; a CLUT one clock for 8 bytes and four. It takes effect line by
 * line. Also chosen: LWR counts lines from 1; a blended pixel with an alpha of 0 is black; an entry of a CLUT of 24
 * bits is opaque; YCbCr in the foreground ends as any transfer, and writes nothing.
 */
#include "vboard/chip/chip.h"

enum dma2d_irq { DMA2D_IRQ_GLOBAL };

extern const struct model dma2d_model;
extern const struct reg_fields dma2d_fields[];

#endif
