/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/chip.h"

#include "check/places.h"
#include "check/watch.h"
#include "formats/image/image.h"
#include "vboard/periph/flash/flash.h"

#include <string.h>

#define PWR_SIZE 0x2Cu
#define HSEM_SIZE 0x400u

#define LANES 4u /* sums side by side: one alone waits for each of its products */

/* FNV-1a over words of 64 bits, each lane over its own of them. */
struct sum {
    uint64_t lane[LANES];
};

static const struct sum sum_start = {{UINT64_C(0xCBF29CE484222325), 1, 2, 3}};

static void add_words(struct sum *sum, const uint8_t *bytes, uint32_t size)
{
    struct sum now = *sum;
    for (uint32_t at = 0; at + sizeof now.lane <= size; at += (uint32_t)sizeof now.lane) {
        uint64_t word[LANES];
        memcpy(word, bytes + at, sizeof word);
        for (unsigned i = 0; i < LANES; i++) {
            now.lane[i] = (now.lane[i] ^ word[i]) * UINT64_C(0x100000001B3);
        }
    }
    *sum = now;
}

static uint64_t total(const struct sum *sum)
{
    uint64_t all = 0;
    for (unsigned i = 0; i < LANES; i++) {
        all = (all ^ sum->lane[i]) * UINT64_C(0x100000001B3);
    }
    return all;
}

uint64_t check_ram_sum(const struct chip *chip)
{
    struct sum sum = sum_start;
    for (size_t i = 0; i < chip->bus.region_count; i++) {
        const struct mem_region *r = &chip->bus.regions[i];
        if (r->writable) {
            add_words(&sum, r->host, r->size);
        }
    }
    return total(&sum) ^ external_sum(chip);
}

uint64_t check_flash_sum(struct chip *chip)
{
    struct sum sum = sum_start;
    for (uint32_t bank = 0; bank < 2; bank++) {
        const struct mem_region *r =
            chip_region(chip, IMAGE_FLASH_BASE + bank * FLASH_BANK_SIZE, MASTER_DEBUG);
        if (r != NULL) {
            add_words(&sum, r->host, r->size);
        }
    }
    const struct option_bytes *options = &chip->options;
    return total(&sum) ^ external_flash_changes(chip) ^ options->optsr ^
           (uint64_t)options->boot7 << 32 ^ options->boot4;
}

bool check_is_modelled(const struct chip *chip, uint32_t address)
{
    /* They are sorted by address (vboard/chip/bus.h), and this is asked at each write. */
    size_t low = 0;
    size_t high = chip->bus.periph_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct periph *p = chip->bus.periphs[middle];
        if (address - p->base < p->model->span) {
            return true;
        }
        if (address < p->base) {
            high = middle;
        } else {
            low = middle + 1;
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

#define CSR1_ACTVOS (7u << 13) /* ACTVOS and ACTVOSRDY (7.8.2); the others watch voltages */

bool check_is_start_wait(const struct check_poll *poll)
{
    bool watches = poll->address == PWR_CSR1 && poll->bits != 0 && (poll->bits & CSR1_ACTVOS) == 0;
    return check_is_start_register(poll->address) && !watches;
}

bool check_is_start_register(uint32_t address)
{
    return address - PWR < PWR_SIZE || address == RCC_CR || address == RCC_CFGR ||
           address == RCC_BDCR || address == RCC_CSR || address == FLASH_ACR ||
           address - HSEM < HSEM_SIZE;
}
