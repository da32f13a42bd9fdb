/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Looks into the virtual chip that change nothing in it. */
#ifndef CHECK_CHIP_H
#define CHECK_CHIP_H

#include "vboard/chip/chip.h"

/* Sums over all RAM, and over the flash with its option bytes: equal if nothing has changed. */
uint64_t check_ram_sum(const struct chip *chip);
uint64_t check_flash_sum(struct chip *chip);

/* Is there a model at that address? */
bool check_is_modelled(const struct chip *chip, uint32_t address);
/* A register's value, as a debugger reads it. */
uint32_t check_peek(struct chip *chip, uint32_t address);

#endif
