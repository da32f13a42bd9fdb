/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Addresses that the images use (RM0399 Rev 4, Table 7 and the register maps; PM0253 4). */
#ifndef TESTS_PIECES_REGISTERS_H
#define TESTS_PIECES_REGISTERS_H

#define PWR_CR1 0x58024800u
#define PWR_CSR1 0x58024804u
#define PWR_CR3 0x5802480Cu
#define PWR_D3CR 0x58024818u
#define SYSCFG_PWRCR 0x5800042Cu
#define FLASH_ACR 0x52002000u
#define FLASH_KEYR1 0x52002004u
#define FLASH_CR1 0x5200200Cu
#define FLASH_SR1 0x52002010u
#define RCC_CR 0x58024400u
#define RCC_CFGR 0x58024410u
#define RCC_D1CFGR 0x58024418u
#define RCC_D2CFGR 0x5802441Cu
#define RCC_D3CFGR 0x58024420u
#define RCC_PLLCKSELR 0x58024428u
#define RCC_PLLCFGR 0x5802442Cu
#define RCC_PLL1DIVR 0x58024430u
#define RCC_RSR 0x580244D0u
#define RCC_AHB4ENR 0x580244E0u
#define RCC_APB1LENR 0x580244E8u
#define RCC_APB4ENR 0x580244F4u
#define GPIOC_MODER 0x58020800u
#define GPIOC_IDR 0x58020810u
#define BACKUP_SRAM 0x38800000u
#define AXI_SRAM 0x24000000u
#define TIM2 0x40000000u
#define SYST_CSR 0xE000E010u
#define NVIC_ISER0 0xE000E100u
#define SCB_CCR 0xE000ED14u
/* Reserved for both cores (RM0399 Table 7: between the D2 SRAMs' aliases and the system memory). */
#define NOTHING_THERE 0x1A000000u

/* Where starts are counted: bank 1, sector 1 (128 KiB each, 4.3.3). */
#define COUNTER 0x08020000u

#endif
