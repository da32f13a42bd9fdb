/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_QUADSPI_QUADSPI_H
#define VBOARD_PERIPH_QUADSPI_QUADSPI_H

/*
 * QUADSPI (RM0399 Rev 4, chapter 24): indirect reads and writes, automatic status polling, their times on the bus, FIFO,
 * flags and interrupts. Nothing moves on pins. What hangs there is chip->nor (memory.c): with an id of 0 nothing, and
 * every byte reads 0xFF.
 *
 * Left out beyond any field: requests to MDMA, DMODE's idle phases, the delay of CSHT.
 */
#include "vboard/chip/chip.h"

enum { QUADSPI_IRQ_GLOBAL };

extern const struct model quadspi_model;
extern const struct reg_fields quadspi_fields[];

#endif
