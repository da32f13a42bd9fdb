/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_DMAMUX_DMAMUX_H
#define VBOARD_PERIPH_DMAMUX_DMAMUX_H

/*
 * DMAMUX1 and DMAMUX2 (RM0399 Rev 4, chapter 18): which request goes to which channel of DMA1, DMA2 (DMAMUX1) or
 * BDMA (DMAMUX2), synchronization, request generators. chip_entry.param is the number, 1 or 2.
 *
 * Left out beyond any field: events are masked for three AHB clocks after a configuration was written, and an
 * edge counts without being stable for two.
 */
#include "vboard/chip/chip.h"

enum dmamux_irq { DMAMUX_IRQ_OVERRUN };

extern const struct model dmamux1_model;
extern const struct model dmamux2_model;
extern const struct reg_fields dmamux1_fields[];
extern const struct reg_fields dmamux2_fields[];

#endif
