/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_FMC_FMC_H
#define VBOARD_PERIPH_FMC_FMC_H

/*
 * FMC, the flexible memory controller (RM0399 Rev 4, chapter 23): its registers, and which of the board's memories
 * (vboard/chip/external.h) answer at which address. A bank that is enabled and set up for the memory that is there is
 * plain memory; of the rest 23.5 says what is a bus error. SDRAM answers when it has had the commands of 23.9.3, and is
 * RAM of the size that SDCR gives it. Whoever sets up rows, columns, banks or width otherwise than the memory has them
 * gets the cells that its address lines select, and a finding.
 *
 * Not said by the manual, and so taken: FMCEN = 0 is as all banks disabled; without fmc_ker_ck an access is a bus error;
 * what is not driven reads 0 (candial check tries other values).
 *
 * Left out beyond any field: time, the write FIFO, the delay of 100 us between the SDRAM's clock and its first command,
 * that SDRAM forgets without refresh (which is told), NAND flash and its ECC, commands of NOR flash (CFI, programming), pins.
 */
#include "vboard/chip/chip.h"

enum { FMC_IRQ_GLOBAL };

extern const struct model fmc_model;
extern const struct reg_fields fmc_fields[];

#endif
