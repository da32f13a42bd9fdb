/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_SDMMC_SDMMC_H
#define VBOARD_PERIPH_SDMMC_SDMMC_H

/*
 * SDMMC1 and SDMMC2 (RM0399 Rev 4, chapter 58) with an SD card, or none (vboard/chip/sd_slot.h): command and data path, FIFO,
 * flow control, IDMA with one or two buffers, busy, times on the bus. chip_entry.param is the number, 1 or 2. A card is heard
 * only through pins that GPIO has handed to CK, CMD and the data lines.
 *
 * Where the manual leaves something open, or says two things:
 * - "When DTEN = 1, no command is transferred" (58.10.4): ST's HAL reads SCR and SD status with DTEN set, and silicon does
 *   it; so does the model.
 * - Wait_S is left when the FIFO "is full" or "not empty" (both 58.5.4): here full, or with all there is, before the first
 *   block, not empty before the others.
 * - The FIFO is filled and emptied by up to eight words at a time, at the end of their time on the bus; flags, overrun and
 *   underrun are as exact as that. All of FIFOR0 to FIFOR15 are the FIFO's end.
 * - Without PWRCTRL = 11 a command is not sent, and CPSMEN falls at once.
 * - Reads of an empty FIFO give 0, writes into a full one are lost.
 *
 * Left out beyond any field: triggers to MDMA, levels on the pins, CRC errors (nothing disturbs the lines, but one line
 * where the other side has four).
 */
#include "vboard/chip/chip.h"

enum { SDMMC_IRQ_GLOBAL };

extern const struct model sdmmc_model;
extern const struct reg_fields sdmmc_fields[];

#endif
