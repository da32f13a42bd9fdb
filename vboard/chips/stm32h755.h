/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIPS_STM32H755_H
#define VBOARD_CHIPS_STM32H755_H

/*
 * The STM32H755 as a table: which model sits at which base, behind which clock gate, on which
 * interrupt lines of which core (RM0399 2.3.2 Table 7, 9.7, 20.1.2 Table 149). To add a peripheral,
 * add a row (docs/peripheral.md).
 */
#include "vboard/chips/memory.h"
#include "vboard/chip/chip.h"
#include "vboard/kernel/supply.h"

struct stm32h755 {
    struct chip chip;
    struct chip_memory memory;
};

/* All peripherals and memories, connected, unpowered; the cores come with a struct machine.
 * `supply` must outlive the chip. 0, or -1 when out of memory (destroy it all the same). */
int stm32h755_init(struct stm32h755 *s, const struct chip_params *params, struct supply *supply);
void stm32h755_destroy(struct stm32h755 *s);

/* The tables: all peripherals, modelled or not; the pins' alternate functions, and whose they are. */
extern const struct chip_entry stm32h755_entries[];
extern const struct pin_row stm32h755_pins[];
extern const struct pin_owner stm32h755_pin_owners[];

#endif
