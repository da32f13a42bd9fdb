/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_HSEM_HSEM_H
#define VBOARD_PERIPH_HSEM_HSEM_H

/*
 * Hardware semaphores (RM0399 chapter 11): 32 semaphores, taken in one step (a read of RLR) or two
 * (a write of R and a look), an interrupt for each core when one is released.
 *
 * Its lines go to the NVICs and to EXTI's inputs 77 and 78 by the chip's table.
 */
#include "vboard/chip/periph.h"

enum hsem_irq { HSEM_IRQ_C1, /* NVIC 125, CM7 */ HSEM_IRQ_C2 /* NVIC 126, CM4 */ };

/* The ids of the bus masters as COREID shows them (RM0399 Table 95). */
#define HSEM_COREID_CM7 3u
#define HSEM_COREID_CM4 1u

extern const struct model hsem_model;
/* What each field of its registers is (vboard/chip/fields.h). */
extern const struct reg_fields hsem_fields[];

#endif
