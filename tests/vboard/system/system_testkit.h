/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_VBOARD_SYSTEM_TESTKIT_H
#define TESTS_VBOARD_SYSTEM_TESTKIT_H

/*
 * A chip with the system peripherals only, a dummy behind a clock gate, and no cores: registers are
 * accessed as the CM7 unless said otherwise.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vboard/chip/chip.h"
#include "vboard/kernel/supply.h"
#include "vboard/periph/art/art.h"
#include "vboard/periph/dbgmcu/dbgmcu.h"
#include "vboard/periph/flash/flash.h"
#include "vboard/periph/iwdg/iwdg.h"
#include "vboard/periph/pwr/pwr.h"
#include "vboard/periph/rcc/rcc.h"
#include "vboard/periph/syscfg/syscfg.h"

/* Addresses: RM0399 Table 8 (register boundary addresses). */
#define FLASH_REGS 0x52002000u
#define SYSCFG_REGS 0x58000400u
#define IWDG1_REGS 0x58004800u
#define IWDG2_REGS 0x58004C00u
#define RCC_REGS 0x58024400u
#define PWR_REGS 0x58024800u
#define ART_REGS 0x40024400u
#define DBGMCU_REGS 0x5C001000u
#define DUMMY_REGS 0x40004800u /* where USART3 is, on the same gate and reset bit */

#define RCC_CR (RCC_REGS + 0x000)
#define RCC_CFGR (RCC_REGS + 0x010)
#define RCC_APB4ENR (RCC_REGS + 0x0F4)
#define PWR_CR1 (PWR_REGS + 0x00)
#define PWR_CSR1 (PWR_REGS + 0x04)
#define PWR_CR3 (PWR_REGS + 0x0C)
#define PWR_D3CR (PWR_REGS + 0x18)
#define SYSCFG_PWRCR (SYSCFG_REGS + 0x2C)
#define ACTVOSRDY (1u << 13)
#define VOSRDY (1u << 13)

struct kit {
    struct chip_entry table[160];
    struct chip chip;
    struct supply supply;
    struct chip_params params;
    enum supply_wiring wiring;
    struct irq_sink sink; /* hears what a test connects to it */
    bool line[8];
    unsigned resets; /* system resets seen */
};

struct dummy {
    struct periph base;
    unsigned gated_on, gated_off, resets;
};
extern const struct model dummy_model;

/* cmocka set-up and tear-down: *state is a struct kit, powered, direct SMPS. */
int kit_setup(void **state);
int kit_teardown(void **state);
/* Another chip in the same kit: `wiring` and `params` count from here. Powered. */
void kit_restart(struct kit *k, enum supply_wiring wiring, const struct chip_params *params);
/* VDD away and back. */
void kit_power_cycle(struct kit *k);

uint32_t get(struct kit *k, uint32_t address);
void put(struct kit *k, uint32_t address, uint32_t value);
/* Sets bits by read-modify-write. */
void set_bits(struct kit *k, uint32_t address, uint32_t bits);
void clear_bits(struct kit *k, uint32_t address, uint32_t bits);
void as(struct kit *k, enum master master);
void run_for(struct kit *k, vtime_ps span);
uint64_t hz(struct kit *k, enum clock_id clock);
/* How many findings of that kind there are. */
unsigned found(struct kit *k, enum finding_kind kind);
/* Connects line `index` of a peripheral to k->line[index]. */
void hear(struct kit *k, const char *periph, unsigned index);

/* Direct SMPS, VOS1, HSE bypass 8 MHz, PLL1 800 MHz / 2, HCLK 200 MHz, APBs 100 MHz: ST's template. */
void clocks_400mhz(struct kit *k);

#define KIT_TEST(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)

#endif
