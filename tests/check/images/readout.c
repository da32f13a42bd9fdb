/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Sets the readout protection. */
#include "image.h"

#define FLASH_OPTKEYR REG(0x52002008u)
#define FLASH_OPTCR REG(0x52002018u)
#define FLASH_OPTSR_CUR REG(0x5200201Cu)
#define FLASH_OPTSR_PRG REG(0x52002020u)

int main(void)
{
    start_well();
    FLASH_OPTKEYR = 0x08192A3Bu;
    FLASH_OPTKEYR = 0x4C5D6E7Fu;
    FLASH_OPTSR_PRG = (FLASH_OPTSR_CUR & ~0xFF00u) | 0xCC00u;
    FLASH_OPTCR |= 2u;
    stay();
}
