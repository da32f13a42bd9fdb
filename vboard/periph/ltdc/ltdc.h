/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_LTDC_LTDC_H
#define VBOARD_PERIPH_LTDC_LTDC_H

/*
 * LTDC (RM0399 Rev 4, chapter 33): the timing generator on PLL3R, the position, line and reload interrupts, the layers'
 * shadow registers and CLUTs, and the picture that they make (vboard/chip/screen.h). All of it is worked out when
 * somebody asks; only an enabled interrupt is an event.
 *
 * Left out beyond any field: frame buffers are read for that picture alone, so there is no bus traffic, no FIFO underrun
 * and no transfer error; dithering; no pin is driven; an access takes no longer than to any
 * register (Table 275); the DSI wrapper does not halt the timing generator (34.6).
 *
 * Not said by RM0399, and chosen: a LIPOS beyond the frame is never reached; CDSR reads its reset value while LTDC is
 * disabled; where a frame buffer ends the default color begins.
 */
#include "vboard/chip/chip.h"

enum ltdc_irq { LTDC_IRQ_GLOBAL, LTDC_IRQ_ERROR };

extern const struct model ltdc_model;
extern const struct reg_fields ltdc_fields[];

#endif
