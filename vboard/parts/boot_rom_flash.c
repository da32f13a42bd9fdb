/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The boot ROM's way to memory: RAM as it lies, flash through the FLASH model's registers (RM0399 4.9). */
#include "vboard/parts/boot_rom_internal.h"

#include <string.h>

#include "vboard/periph/flash/flash.h"

#define FLASH_REGISTERS 0x52002000u
#define BANK_REGISTERS 0x100u
#define KEYR 0x04u
#define CR 0x0Cu
#define SR 0x10u
#define CCR 0x14u
#define KEY1 0x45670123u
#define KEY2 0xCDEF89ABu
#define CR_LOCK (1u << 0)
#define CR_PG (1u << 1)
#define CR_SER (1u << 2)
#define CR_BER (1u << 3)
#define CR_PSIZE_64 (3u << 4)
#define CR_START (1u << 7)
#define CR_SNB_POS 8u
#define SR_QW (1u << 2)
#define SR_ERRORS 0x07EE0000u /* WRPERR ... DBECCERR */
#define SECTORS_PER_BANK 8u

struct range {
    uint32_t first, size;
    bool writable;
};

/* What the host may reach: RAM beyond the ROM's own (AN2606: 16 KB of DTCM and 208 KB of AXI SRAM). */
static const struct range ranges[] = {
    {FLASH_BASE_ADDRESS, 2 * FLASH_BANK_SIZE, true},
    {0x20004100, 0x20020000 - 0x20004100, true},
    {0x24034000, 0x24080000 - 0x24034000, true},
    {0x1FF00000, 0x00020000, false},
};

static bool within(uint32_t address, size_t length, bool write)
{
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
        uint32_t offset = address - ranges[i].first;
        if (offset < ranges[i].size && length <= ranges[i].size - offset) {
            return ranges[i].writable || !write;
        }
    }
    return false;
}

bool rom_may_read(uint32_t address, size_t length)
{
    return within(address, length, false);
}

/* AN3155: the address is a multiple of 4, and so should be the length. */
bool rom_may_write(uint32_t address, size_t length)
{
    return address % 4 == 0 && within(address, length, true);
}

/* Bytes from `address` on that lie in the same region, at most `length`. */
static size_t within_region(const struct mem_region *r, uint32_t address, size_t length)
{
    size_t here = r->size - (address - r->base);
    return here < length ? here : length;
}

static bool any_torn(const struct mem_region *r, uint32_t address, size_t length)
{
    for (size_t i = 0; i < length && r->guarded; i += 4) {
        if (r->read_faults(r->ctx, address + (uint32_t)i, 4)) {
            return true;
        }
    }
    return false;
}

bool rom_read(struct boot_rom *rom, uint32_t address, uint8_t *to, size_t length)
{
    struct chip *c = rom->chip;
    c->access = (struct access){.master = MASTER_DEBUG};
    while (length > 0) {
        const struct mem_region *r = chip_region(c, address, MASTER_DEBUG);
        size_t here = within_region(r, address, length);
        if (any_torn(r, address, here)) {
            return false;
        }
        memcpy(to, r->host + (address - r->base), here);
        address += (uint32_t)here;
        to += here;
        length -= here;
    }
    return true;
}

/* ---- registers ---- */

static uint32_t bank_base(unsigned bank)
{
    return FLASH_REGISTERS + BANK_REGISTERS * bank;
}

static void set(struct boot_rom *rom, unsigned bank, uint32_t offset, uint32_t value)
{
    rom->chip->access = (struct access){.master = MASTER_DEBUG};
    chip_mmio_write(rom->chip, bank_base(bank) + offset, 4, value);
}

static uint32_t get(struct boot_rom *rom, unsigned bank, uint32_t offset)
{
    rom->chip->access = (struct access){.master = MASTER_DEBUG};
    return chip_mmio_read(rom->chip, bank_base(bank) + offset, 4);
}

static void unlock(struct boot_rom *rom, unsigned bank)
{
    if ((get(rom, bank, CR) & CR_LOCK) != 0) {
        set(rom, bank, KEYR, KEY1);
        set(rom, bank, KEYR, KEY2);
    }
}

void rom_erase_sector(struct boot_rom *rom, unsigned sector)
{
    unsigned bank = sector / SECTORS_PER_BANK;
    uint32_t number = sector % SECTORS_PER_BANK << CR_SNB_POS;
    unlock(rom, bank);
    set(rom, bank, CR, CR_PSIZE_64 | CR_SER | number | CR_START);
}

void rom_erase_bank(struct boot_rom *rom, unsigned bank)
{
    unlock(rom, bank);
    set(rom, bank, CR, CR_PSIZE_64 | CR_BER | CR_START);
}

vtime_ps rom_flash_busy_until(struct boot_rom *rom)
{
    vtime_ps latest = 0;
    for (unsigned bank = 0; bank < 2; bank++) {
        vtime_ps until = flash_busy_until(rom->chip, FLASH_BASE_ADDRESS + bank * FLASH_BANK_SIZE);
        latest = until > latest ? until : latest;
    }
    return latest;
}

bool rom_flash_finish(struct boot_rom *rom)
{
    uint32_t errors = 0;
    for (unsigned bank = 0; bank < 2; bank++) {
        errors |= get(rom, bank, SR) & SR_ERRORS;
        set(rom, bank, CCR, SR_ERRORS);
        if ((get(rom, bank, CR) & CR_LOCK) == 0) {
            set(rom, bank, CR, CR_PSIZE_64 | CR_LOCK);
        }
    }
    return errors == 0;
}

/* ---- writing ---- */

/* Whole words of 32 bytes; what the host did not send of them is programmed as ones. */
static void program(struct boot_rom *rom, struct mem_region *r, uint32_t address,
                    const uint8_t *from, size_t length)
{
    unsigned bank = (address - FLASH_BASE_ADDRESS) / FLASH_BANK_SIZE;
    uint32_t first = address & ~(FLASH_WORD_SIZE - 1u);
    unlock(rom, bank);
    set(rom, bank, CR, CR_PSIZE_64 | CR_PG);
    for (uint32_t word = first; word - first < address - first + length; word += FLASH_WORD_SIZE) {
        for (uint32_t at = word; at < word + FLASH_WORD_SIZE; at += 4) {
            uint32_t value = ~0u;
            if (at >= address && at - address < length) {
                size_t there = length - (at - address);
                memcpy(&value, from + (at - address), there < 4 ? there : 4);
            }
            r->write(r->ctx, at, 4, value);
        }
    }
}

void rom_write(struct boot_rom *rom, uint32_t address, const uint8_t *from, size_t length)
{
    struct mem_region *r = chip_region(rom->chip, address, MASTER_DEBUG);
    if (r->writable) {
        memcpy(r->host + (address - r->base), from, length);
        return;
    }
    /* A block may lie across the border of the banks. */
    size_t here = within_region(r, address, length);
    program(rom, r, address, from, here);
    if (here < length) {
        struct mem_region *next = chip_region(rom->chip, r->base + r->size, MASTER_DEBUG);
        program(rom, next, next->base, from + here, length - here);
    }
}
