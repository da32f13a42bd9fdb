/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/lasting.h"

#include "vboard/chips/stm32h755.h"

#include <string.h>

#define DECIDE                                                                                     \
    (OPTSR_SWAP_BANK | OPTSR_BCM7 | OPTSR_BCM4 | OPTSR_SECURITY | OPTSR_IWDG2_SW | OPTSR_IWDG1_SW)
#define FACTORY_BOOT7 0x08000000u

static void read_vectors(struct chip *chip, uint32_t start, uint32_t vectors[8])
{
    for (unsigned i = 0; i < 8; i++) {
        const struct mem_region *r = chip_region(chip, start + 4 * i, MASTER_DEBUG);
        vectors[i] = UINT32_MAX;
        if (r != NULL && start + 4 * i - r->base + 4 <= r->size) {
            memcpy(&vectors[i], r->host + (start + 4 * i - r->base), sizeof vectors[i]);
        }
    }
}

void check_lasting_begin(struct check_lasting *l, struct chip *chip,
                         const struct check_config *config)
{
    uint32_t add0 = config->board.boot7 & 0xFFFFu; /* BOOT_CM7_ADD0, the upper half (4.9.31) */
    l->options = chip->options;
    l->start = add0 == 0 ? FACTORY_BOOT7 : add0 << 16;
    read_vectors(chip, l->start, l->vectors);
}

void check_lasting_end(const struct check_lasting *l, struct chip *chip, struct check_boot *boot)
{
    const struct option_bytes *now = &chip->options;
    uint32_t vectors[8];
    read_vectors(chip, l->start, vectors);
    boot->options_changed = memcmp(now, &l->options, sizeof *now) != 0;
    boot->options_decide = (now->optsr ^ l->options.optsr) & DECIDE;
    boot->boot_moved = now->boot7 != l->options.boot7 || now->boot4 != l->options.boot4;
    boot->start_gone =
        l->vectors[1] != UINT32_MAX && memcmp(vectors, l->vectors, sizeof vectors) != 0;
}
