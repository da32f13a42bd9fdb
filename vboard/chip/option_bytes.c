/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/option_bytes.h"

/* Factory values, RM0399 Table 20; OPTSR put together from the table's bit row. */
#define OPTSR_FACTORY 0x17C6AAF0u
#define BOOT7_FACTORY 0x1FF00800u
#define BOOT4_FACTORY 0x10000810u
#define AREA_FACTORY 0x000000FFu
#define WPSN_FACTORY 0x000000FFu

/* FLASH_OPTSR (4.9.8). */
#define BCM7 23
#define BCM4 22
#define IWDG1_SW 4

static uint32_t given(uint32_t value, uint32_t factory)
{
    return value != 0 ? value : factory;
}

void option_bytes_init(struct option_bytes *o, uint32_t optsr, uint32_t boot7, uint32_t boot4)
{
    *o = (struct option_bytes){.optsr = given(optsr, OPTSR_FACTORY),
                               .boot7 = given(boot7, BOOT7_FACTORY),
                               .boot4 = given(boot4, BOOT4_FACTORY),
                               .prar = {AREA_FACTORY, AREA_FACTORY},
                               .scar = {AREA_FACTORY, AREA_FACTORY},
                               .wpsn = {WPSN_FACTORY, WPSN_FACTORY}};
}

bool option_bytes_boot(const struct option_bytes *o, enum core core)
{
    return (o->optsr >> (core == CORE_CM7 ? BCM7 : BCM4) & 1u) != 0;
}

bool option_bytes_hardware_watchdog(const struct option_bytes *o, unsigned number)
{
    return (o->optsr >> (IWDG1_SW + number - 1) & 1u) == 0;
}

/* Each word holds the upper halves of two addresses: for BOOT0 low [15:0], for high [31:16]. */
uint32_t option_bytes_boot_address(const struct option_bytes *o, enum core core, bool boot0)
{
    uint32_t word = core == CORE_CM7 ? o->boot7 : o->boot4;
    return boot0 ? word & 0xFFFF0000u : word << 16;
}
