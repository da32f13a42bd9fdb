/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What a start leaves behind that decides about the next one: the vectors in flash, the option bytes, and
 * orders to a DMA controller. Looks that change nothing in the chip.
 */
#ifndef CHECK_LASTING_H
#define CHECK_LASTING_H

#include "check/check.h"
#include "vboard/chip/option_bytes.h"

/* Option bytes in FLASH_OPTSR that decide which core starts, and from which bank (RM0399 4.9.8). */
#define OPTSR_SWAP_BANK (1u << 31)
#define OPTSR_BCM7 (1u << 23)
#define OPTSR_BCM4 (1u << 22)
#define OPTSR_SECURITY (1u << 21)
#define OPTSR_IWDG2_SW (1u << 5)
#define OPTSR_IWDG1_SW (1u << 4)

/* As it was when the image had been loaded. */
struct check_lasting {
    struct option_bytes options;
    uint32_t start;      /* where the CM7 boots */
    uint32_t vectors[8]; /* the flash word there */
};

void check_lasting_begin(struct check_lasting *l, struct chip *chip,
                         const struct check_config *config);
/* Fills in what has changed since. */
void check_lasting_end(const struct check_lasting *l, struct chip *chip, struct check_boot *boot);

#define CHECK_DMA_CONTROLLERS 5u
#define CHECK_DMA_TARGETS 4u

struct check_range {
    uint32_t base, size;
};

/* Where the DMA controllers lie, and what decides: each write to a register is compared with them. */
struct check_dma_ranges {
    struct check_range controllers[CHECK_DMA_CONTROLLERS], targets[CHECK_DMA_TARGETS];
};

void check_dma_ranges_init(struct check_dma_ranges *r);
/* Is a write of `value` to `address` an order to a DMA controller about a register that decides? */
bool check_is_dma_order(const struct check_dma_ranges *r, uint32_t address, uint32_t value);

#endif
