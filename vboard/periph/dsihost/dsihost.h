/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_DSIHOST_DSIHOST_H
#define VBOARD_PERIPH_DSIHOST_DSIHOST_H

/*
 * DSIHOST with its wrapper (RM0399 Rev 4, chapter 34), on the STM32H747 and H757 alone: all registers, regulator and
 * PLL, the lanes' states and ULPS, the generic interface, the shadowed video configuration, the refresh in adapted
 * command mode, interrupts. Packets are sent to nobody, at once; what would come back never comes, and a read says so, but for
 * the identification of the display that the board may have (chip.h).
 *
 * Not said by RM0399, and chosen: the regulator is ready 100 us after REGEN, the PLL locks 200 us after PLLEN; it does so
 * with HSE running, the regulator ready and NDIV within 10 to 125. A lane is in its stop state while it is neither
 * disabled nor in ULPS, the clock lane in high speed included. UR takes over at once instead of at the end of the frame.
 * A refresh takes as long as a frame of LTDC does, which goes on for itself: the wrapper does not halt it (34.6).
 */
#include "vboard/chip/chip.h"

enum dsihost_irq { DSIHOST_IRQ_GLOBAL };

extern const struct model dsihost_model;
extern const struct reg_fields dsihost_fields[];

/* Packets of the generic interface that have left; 0 on a chip without DSI. */
uint64_t dsihost_packets(struct chip *c);

#endif
