/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_QUADSPI_QUADSPI_H
#define VBOARD_PERIPH_QUADSPI_QUADSPI_H

/*
 * QUADSPI (RM0399 Rev 4, chapter 24): indirect reads and writes, automatic status polling, their times on the bus, FIFO,
 * flags and interrupts; and the memory-mapped mode, in which both cores and the DMA controllers read and execute what the flash
 * holds, at 0x90000000. Beyond FSIZE, without EN, outside of that mode and for writes there are bus errors (24.3.7,
 * 24.3.14). What hangs there is the board's memory (vboard/chip/external.h), one flash or a pair in dual-flash mode; it is
 * read, programmed and erased by the instructions that all makers share. Without one every byte reads 0xFF in indirect mode.
 *
 * The time-out of the memory-mapped mode counts from the last access that was seen: SR is read, or TOIE is set. Until
 * then accesses go their way without a call. So TOF comes up to one period late.
 *
 * Left out beyond any field: requests to MDMA, DMODE's idle phases, the delay of CSHT; whether dummy cycles, address
 * bytes and lines are those that the flash expects, its times of being busy, protection, SFDP; nothing moves on pins.
 */
#include "vboard/chip/chip.h"

enum { QUADSPI_IRQ_GLOBAL };

extern const struct model quadspi_model;
extern const struct reg_fields quadspi_fields[];

#endif
