/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_DFSDM_DFSDM_H
#define VBOARD_PERIPH_DFSDM_DFSDM_H

/*
 * DFSDM1, digital filters for sigma-delta modulators (RM0399 Rev 4, chapter 31): regular and injected conversions with
 * their precedence, continuous and fast modes, triggers, sinc filters and integrator for what CPU or DMA write into
 * DATINR, data shift and offset, analog watchdog on results, extremes, DMA and interrupts.
 *
 * No modulator and no microphone hangs on the board. A serial channel with a clock of its own (CKOUT) takes 0, which is
 * -1, as often as that clock beats, so that conversions end in time and give the lowest value; one that waits for a clock
 * on CKIN or for Manchester code never gets a bit, its conversion never ends, and its clock is absent (CKABF).
 *
 * RM0399 does not say, and is taken so here: FastSinc adds what its second-order filter gave two outputs ago (31.4.8
 * has z to the -(2 + FOSR)); the sample between two conversions that are not fast (31.4.13) is dropped; a threshold is
 * reached by the value itself; FORD 6 and 7 are 5; clock absence interrupts of channels with CKABEN only.
 *
 * Left out: data from ADCs, the watchdog's own filters (AWFSEL), the short-circuit detector, breaks, HRTIM's triggers.
 */
#include "vboard/chip/chip.h"

enum dfsdm_irq { DFSDM_IRQ_FLT0, DFSDM_IRQ_FLT1, DFSDM_IRQ_FLT2, DFSDM_IRQ_FLT3 };

extern const struct model dfsdm_model;

#endif
