/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Marks its first start in flash, and selects the wrong supply from the second on. */
#include "image.h"

#define MARK 0x08040000u
#define FLASH_KEYR1 REG(0x52002004u)
#define FLASH_CR1 REG(0x5200200Cu)
#define FLASH_SR1 REG(0x52002010u)

static void write_mark(void)
{
    FLASH_KEYR1 = 0x45670123u;
    FLASH_KEYR1 = 0xCDEF89ABu;
    FLASH_CR1 |= 2u; /* PG */
    for (uint32_t i = 0; i < 8; i++) {
        REG(MARK + 4 * i) = 0x600DB007u;
    }
    while ((FLASH_SR1 & 5u) != 0) {
    }
}

int main(void)
{
    if (REG(MARK) == 0x600DB007u) {
        select_supply(SUPPLY_LDO);
    } else {
        select_supply(SUPPLY_SMPS);
        wait_for_supply();
        write_mark();
    }
    stay();
}
