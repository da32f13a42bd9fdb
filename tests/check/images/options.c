/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Changes option bytes: CLEAR and SET bits of FLASH_OPTSR, or BOOT7; after DELAYS of 0.6 ms, which only count. */
#include "image.h"

#ifndef CLEAR
#define CLEAR 0u
#endif
#ifndef SET
#define SET 0u
#endif
#define FLASH_OPTKEYR REG(0x52002008u)
#define FLASH_OPTCR REG(0x52002018u)
#define FLASH_OPTSR_CUR REG(0x5200201Cu)
#define FLASH_OPTSR_PRG REG(0x52002020u)
#define FLASH_BOOT7_PRG REG(0x52002044u)

int main(void)
{
    start_well();
#ifdef DELAYS
    for (uint32_t i = 0; i < DELAYS; i++) {
        spend(80000);
    }
#endif
    FLASH_OPTKEYR = 0x08192A3Bu;
    FLASH_OPTKEYR = 0x4C5D6E7Fu;
    FLASH_OPTSR_PRG = (FLASH_OPTSR_CUR & ~(CLEAR)) | (SET);
#ifdef BOOT7
    FLASH_BOOT7_PRG = BOOT7;
#endif
    FLASH_OPTCR |= 2u;
    stay();
}
