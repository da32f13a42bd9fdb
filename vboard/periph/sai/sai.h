/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_SAI_SAI_H
#define VBOARD_PERIPH_SAI_SAI_H

/*
 * SAI1 to SAI4, serial audio (RM0399 Rev 4, chapter 54): masters in real time from the kernel clock (free protocol,
 * SPDIF output, AC'97), FIFOs of 8 words with their thresholds, flags, interrupts and DMA requests, the clock on MCLK,
 * and a block that is synchronous with the other one of its SAI.
 *
 * No audio device hangs on the board: FS, SCK and SD are not driven, samples go nowhere, and received ones are 0 (the
 * microphones' of PDM, too; and a codec of AC'97 is never ready). A slave without a master inside its SAI gets no
 * clock, so that its frame never begins. No events but for what DMA or an enabled interrupt waits for, and for the end
 * of the last frame: whatever else a register shows is computed from the clock.
 *
 * RM0399 does not say, and is taken so here: a word leaves a transmitter's FIFO with the first bit of its slot, and
 * enters a receiver's with the last bit of its data; the first frame of a master transmitter waits for data (54.4.3,
 * against 54.6.2), all others do not; OVRUDR is set again by the slot that is still missing; an enabled slave without a
 * frame is disabled at once; with MUTECNT 0 MUTEDET is never set; FTH above 4 is 4; WCKCFG is set if either of its two
 * conditions holds (54.4.14 says both). Of a synchronous block whose frame is shorter or longer than the master's
 * the flags are set (LFSDET, AFSDET), and it goes on with the master's next frame.
 *
 * Left out: synchronization with another SAI (SYNCEN 2).
 */
#include "vboard/chip/chip.h"

enum sai_irq { SAI_IRQ_GLOBAL };

extern const struct model sai_model;     /* SAI2, SAI3 */
extern const struct model sai_pdm_model; /* SAI1, SAI4: with the registers of PDM */

#endif
