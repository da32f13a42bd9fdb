/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_BDMA_BDMA_H
#define VBOARD_PERIPH_BDMA_BDMA_H

/*
 * BDMA (RM0399 Rev 4, chapter 17): eight channels in D3, behind DMAMUX2. It reaches SRAM4, backup SRAM and the
 * peripherals on AHB4 and APB4.
 *
 * Left out beyond any field: arbitration, and the time of an access: an item costs four AHB clocks,
 * memory-to-memory is moved in pieces of up to 64 items, each at its end.
 */
#include "vboard/chip/chip.h"

#define BDMA_CHANNELS 8u

enum bdma_irq { BDMA_IRQ_CHANNEL0 }; /* to BDMA_IRQ_CHANNEL0 + 7 */

extern const struct model bdma_model;
extern const struct reg_fields bdma_fields[];

#endif
