/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/chip.h"

#include "check/watch.h"
#include "formats/image/image.h"
#include "vboard/periph/flash/flash.h"

#include <string.h>

/* RM0399 2.3.2 Table 7; registers: 4.9, 7.8, 9.7, 11.4. */
#define FLASH_ACR 0x52002000u
#define RCC 0x58024400u
#define RCC_CR RCC
#define RCC_CFGR (RCC + 0x10u)
#define RCC_BDCR (RCC + 0x70u)
#define RCC_CSR (RCC + 0x74u)
#define PWR 0x58024800u
#define PWR_SIZE 0x2Cu
#define HSEM 0x58026400u
#define HSEM_SIZE 0x400u

uint64_t check_ram_sum(const struct chip *chip)
{
    uint64_t sum = UINT64_C(0xCBF29CE484222325); /* FNV-1a over words of 64 bits */
    for (size_t i = 0; i < chip->bus.region_count; i++) {
        const struct mem_region *r = &chip->bus.regions[i];
        for (uint32_t at = 0; r->writable && at + 8 <= r->size; at += 8) {
            uint64_t word;
            memcpy(&word, r->host + at, sizeof word);
            sum = (sum ^ word) * UINT64_C(0x100000001B3);
        }
    }
    return sum;
}

uint64_t check_flash_sum(struct chip *chip)
{
    uint64_t sum = UINT64_C(0xCBF29CE484222325); /* FNV-1a over words of 64 bits */
    for (uint32_t bank = 0; bank < 2; bank++) {
        const struct mem_region *r =
            chip_region(chip, IMAGE_FLASH_BASE + bank * FLASH_BANK_SIZE, MASTER_DEBUG);
        for (uint32_t at = 0; r != NULL && at + 8 <= r->size; at += 8) {
            uint64_t word;
            memcpy(&word, r->host + at, sizeof word);
            sum = (sum ^ word) * UINT64_C(0x100000001B3);
        }
    }
    const struct option_bytes *options = &chip->options;
    return sum ^ options->optsr ^ (uint64_t)options->boot7 << 32 ^ options->boot4;
}

bool check_is_modelled(const struct chip *chip, uint32_t address)
{
    for (size_t i = 0; i < chip->bus.periph_count; i++) {
        if (address - chip->bus.periphs[i]->base < chip->bus.periphs[i]->model->span) {
            return true;
        }
    }
    return false;
}

uint32_t check_peek(struct chip *chip, uint32_t address)
{
    struct access saved = chip->access;
    chip->access.master = MASTER_DEBUG;
    uint32_t value = chip_mmio_read(chip, address, 4);
    chip->access = saved;
    return value;
}

bool check_is_start_register(uint32_t address)
{
    return address - PWR < PWR_SIZE || address == RCC_CR || address == RCC_CFGR ||
           address == RCC_BDCR || address == RCC_CSR || address == FLASH_ACR ||
           address - HSEM < HSEM_SIZE;
}
