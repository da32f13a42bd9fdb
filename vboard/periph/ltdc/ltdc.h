/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_LTDC_LTDC_H
#define VBOARD_PERIPH_LTDC_LTDC_H

/*
 * LTDC (RM0399 Rev 4, chapter 33): the timing generator on PLL3R, the position, line and reload interrupts, the layers'
 * shadow registers and CLUTs. All of it is worked out when somebody asks; only an enabled interrupt is an event.
 *
 * Left out beyond any field: the frame buffer is never fetched, so there is no bus traffic, no FIFO underrun and no
 * transfer error; no pin is driven; the trigger to MDMA; an access takes no longer than to any register (Table 275); the
 * DSI wrapper does not halt the timing generator (34.6).
 *
 * Not said by RM0399: what line 0 is when LIPOS is not within the frame (here it is never reached), and what CDSR reads
 * while LTDC is disabled (here its reset value).
 */
#include "vboard/chip/chip.h"

enum ltdc_irq { LTDC_IRQ_GLOBAL, LTDC_IRQ_ERROR };

extern const struct model ltdc_model;
extern const struct reg_fields ltdc_fields[];

#endif
