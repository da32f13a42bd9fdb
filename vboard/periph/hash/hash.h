/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_HASH_HASH_H
#define VBOARD_PERIPH_HASH_HASH_H

/*
 * HASH (RM0399 Rev 4, chapter 38), on the STM32H755 and H757 alone: SHA-1, MD5, SHA-224, SHA-256 and their HMAC, by
 * software, interrupt or DMA; suspending and resuming. A block takes the time of Table 321, the last one, too, which
 * takes up to five times that on the chip. A write to DIN while a block is processed is taken at once instead of
 * stalling the bus. The context swap registers hold the model's state in an order of its own: RM0399 gives none.
 */
#include "vboard/chip/chip.h"

enum hash_irq { HASH_IRQ_GLOBAL };

extern const struct model hash_model;

#endif
