/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_BIT_BAND_H
#define VBOARD_CPU_BIT_BAND_H

/*
 * Bit-banding (PM0214 2.2.5, whose Rev 10 is for the STM32H745/755 too; the M7 has none): each word from
 * 0x42000000 on is a bit of the first MB of the peripherals. Left out: aliases of FDCAN's message RAM,
 * which fault. The SRAM's aliases at 0x22000000 fault as 0x20000000 does, where the M4 has no memory.
 */
#include <stdbool.h>
#include <stdint.h>

struct chip;

static inline bool bit_band_is_alias(uint32_t address)
{
    return address - 0x42000000u < 0x02000000u;
}

/* Does a peripheral answer to this alias, and to those up to `size` bytes behind it? */
bool bit_band_has_periph(struct chip *c, uint32_t alias, uint32_t size);
/* What the access does to the register behind it. A write reads first. */
uint32_t bit_band_read(struct chip *c, uint32_t alias, unsigned size);
void bit_band_write(struct chip *c, uint32_t alias, unsigned size, uint32_t value);

#endif
