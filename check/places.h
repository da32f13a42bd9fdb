/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CHECK_PLACES_H
#define CHECK_PLACES_H

/*
 * Registers and peripherals that the check's rules name (RM0399 2.3.2 Table 7; registers 4.9, 7.8, 9.7, 11.4,
 * 13.3). Constants, since some are compared at every access; tests/check/test_places.c holds each against
 * the chip's table. Who has time asks the table itself (vboard/chip/table.h).
 */
#define FLASH_ACR 0x52002000u
#define FMC 0x52004000u
#define GPIOA 0x58020000u
#define HSEM 0x58026400u
#define PWR 0x58024800u
#define PWR_CSR1 (PWR + 0x04u)
#define PWR_CR3 (PWR + 0x0Cu)
#define PWR_D3CR (PWR + 0x18u)
#define QUADSPI 0x52005000u
#define RCC 0x58024400u
#define RCC_CR RCC
#define RCC_CFGR (RCC + 0x10u)
#define RCC_D1CFGR (RCC + 0x18u)
#define RCC_PLL3FRACR (RCC + 0x44u)
#define RCC_BDCR (RCC + 0x70u)
#define RCC_CSR (RCC + 0x74u)
#define SYSCFG 0x58000400u
#define SYSCFG_PWRCR (SYSCFG + 0x2Cu)
#define WWDG1 0x50003000u
#define WWDG2 0x40002C00u

#endif
