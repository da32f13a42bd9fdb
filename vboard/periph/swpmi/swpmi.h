/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_SWPMI_SWPMI_H
#define VBOARD_PERIPH_SWPMI_SWPMI_H

/*
 * SWPMI, a single-wire protocol master (RM0399 Rev 4, chapter 56): transceiver, activation and deactivation, frames
 * sent in real time with TXE, TXBEF, TCF, underruns and DMA. No card is in the slot: no resume comes and no frame.
 *
 * RM0399 does not say, and is taken so here: the transceiver is ready 300 us after SWPTEN (the data sheet's longest
 * start of its regulator) whatever the class; DEACTF falls with DEACT; the transition sequence of a resume takes one
 * bit. Stuffing bits are left out: a frame may take a few bits longer.
 *
 * Left out: loopback (LPBK), which would hear what is sent; buffers of eight words whatever the frame's length (TXMODE).
 */
#include "vboard/chip/chip.h"

enum swpmi_irq { SWPMI_IRQ_GLOBAL };

extern const struct model swpmi_model;

#endif
