/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chips/stm32h755.h"

#include <string.h>

#include "vboard/chip/boot_alias.h"

int stm32h755_init(struct stm32h755 *s, const struct chip_params *params, struct supply *supply)
{
    memset(s, 0, sizeof(*s));
    if (chip_setup(&s->chip, params) != 0) {
        return -1;
    }
    s->chip.supply = supply;
    s->chip.pins.rows = stm32h755_pins;
    if (chip_memory_init(&s->memory, &s->chip, params->seed) != 0) {
        return -1;
    }
    s->chip.ram_lost = chip_memory_lost;
    s->chip.ram_reset = chip_memory_reset;
    s->chip.ram_ctx = &s->memory;
    if (chip_populate(&s->chip, stm32h755_entries) != 0) {
        return -1;
    }
    return boot_alias_init(&s->chip);
}

void stm32h755_destroy(struct stm32h755 *s)
{
    chip_teardown(&s->chip);
    chip_memory_destroy(&s->memory);
}
