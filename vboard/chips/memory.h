/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIPS_MEMORY_H
#define VBOARD_CHIPS_MEMORY_H

/*
 * The STM32H755's RAMs and its system memory (RM0399 2.3.2, Table 6). Flash belongs to the FLASH model,
 * the message RAM to FDCAN.
 *
 * The backup SRAM wants its clock (BKPRAMEN, 9.5.12) and, for writing, PWR_CR1.DBP (7.8.1). Its ECC covers whole
 * words: a part of one waits, until a part of another word is written or this word as a whole, and a reset before
 * that loses it (2.4; AN5342; ST's "SRAM/Backup SRAM content is not preserved after reset").
 *
 * Left out: the same of the other RAMs, and all else of RAM ECC (ch. 3); the gates of SRAM1..3 (a core that
 * has not enabled them reads on); the backup SRAM's own supply (PWR_CR2.BREN): VBAT hangs on VDD on this board.
 */
#include "vboard/chip/chip.h"

struct chip_memory {
    uint8_t *bytes; /* one allocation for all regions */
    /* A word of the backup SRAM of which a part is on its way, and what a reset finds there. */
    struct {
        bool waits;
        uint32_t offset;
        uint32_t before;
    } part;
    uint64_t seed;
    struct chip *chip;
};

/* Adds the regions to the chip; 0, or -1 when out of memory. */
int chip_memory_init(struct chip_memory *m, struct chip *c, uint64_t seed);
/* VDD came up: RAM holds anything; here it is noise that depends on the seed only. */
void chip_memory_power_on(struct chip_memory *m);
/* chip->ram_lost: a domain's RAM has been without supply (DStandby, Standby); not the backup SRAM. */
void chip_memory_lost(void *ctx, enum power_domain domain);
/* chip->ram_reset: a system reset; what has not reached the backup SRAM does not. */
void chip_memory_reset(void *ctx);
void chip_memory_destroy(struct chip_memory *m);

#endif
