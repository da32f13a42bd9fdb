/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/cpu/bit_band.h"

#include "vboard/chip/chip.h"

/* The byte that holds the bit. */
static uint32_t byte_of(uint32_t alias)
{
    return 0x40000000u + (alias - 0x42000000u) / 32;
}

/* The access behind an alias' access has its size, and is aligned to it. */
static uint32_t target(struct chip *c, uint32_t alias, unsigned size)
{
    c->access.address = byte_of(alias) & ~(size - 1u);
    return c->access.address;
}

static unsigned place(uint32_t alias, unsigned size)
{
    return (byte_of(alias) & (size - 1u)) * 8 + alias / 4 % 8;
}

bool bit_band_has_periph(struct chip *c, uint32_t alias, uint32_t size)
{
    return chip_has_periph(c, byte_of(alias), size / 32);
}

uint32_t bit_band_read(struct chip *c, uint32_t alias, unsigned size)
{
    return chip_mmio_read(c, target(c, alias, size), size) >> place(alias, size) & 1u;
}

void bit_band_write(struct chip *c, uint32_t alias, unsigned size, uint32_t value)
{
    uint32_t address = target(c, alias, size);
    uint32_t bit = UINT32_C(1) << place(alias, size);
    uint32_t word = chip_mmio_read(c, address, size);
    chip_mmio_write(c, address, size, (value & 1u) != 0 ? word | bit : word & ~bit);
}
