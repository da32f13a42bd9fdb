/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Erases a sector of bank 1 from RAM: SECTOR 0 is its own start, others are data. */
#include "image.h"

#ifndef SECTOR
#define SECTOR 0u
#endif
#define FLASH_KEYR1 REG(0x52002004u)
#define FLASH_CR1 REG(0x5200200Cu)
#define FLASH_SR1 REG(0x52002010u)

__attribute__((noinline, noreturn, section(".ram_code"), long_call)) static void erase(void)
{
    FLASH_KEYR1 = 0x45670123u;
    FLASH_KEYR1 = 0xCDEF89ABu;
    FLASH_CR1 = 0x34u | SECTOR << 8;
    FLASH_CR1 = 0xB4u | SECTOR << 8;
    while ((FLASH_SR1 & 7u) != 0) {
    }
    for (;;) {
    }
}

int main(void)
{
    start_well();
    __asm__ volatile("cpsid i");
    erase();
}
