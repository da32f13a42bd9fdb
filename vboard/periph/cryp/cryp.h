/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_CRYP_CRYP_H
#define VBOARD_PERIPH_CRYP_CRYP_H

/*
 * CRYP (RM0399 Rev 4, chapter 37), on the STM32H755 and H757 alone: AES in ECB, CBC and CTR, key preparation, DES and
 * TDES in ECB and CBC, by software, interrupt or DMA. A block takes the time of Table 315. GCM, GMAC and CCM are not
 * modelled: a block of theirs is never processed.
 *
 * RM0399 does not say, and is taken so here: DOUT reads 0 while its FIFO is empty, and DIN while CRYP is enabled; a
 * word written to a full FIFO is lost. Of 37.5's two descriptions of the input interrupt the text's holds: fewer than
 * four words.
 */
#include "vboard/chip/chip.h"

enum cryp_irq { CRYP_IRQ_GLOBAL };

extern const struct model cryp_model;

#endif
