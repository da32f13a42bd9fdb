/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The addresses that the check's rules name are those of the chip's table. */
#include "tests/formats/cmocka_head.h"

#include <stdio.h>

#include "check/places.h"
#include "vboard/chips/stm32h755.h"

static void registers_are_where_the_table_says(void **state)
{
    static const struct {
        const char *periph, *reg;
        uint32_t address;
    } known[] = {
        {"FLASH", "ACR", FLASH_ACR},
        {"PWR", "CSR1", PWR_CSR1},
        {"PWR", "CR3", PWR_CR3},
        {"PWR", "D3CR", PWR_D3CR},
        {"RCC", "CR", RCC_CR},
        {"RCC", "CFGR", RCC_CFGR},
        {"RCC", "D1CFGR", RCC_D1CFGR},
        {"RCC", "PLL3FRACR", RCC_PLL3FRACR},
        {"RCC", "BDCR", RCC_BDCR},
        {"RCC", "CSR", RCC_CSR},
        {"SYSCFG", "PWRCR", SYSCFG_PWRCR},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        assert_int_equal(chip_register_address(stm32h755_entries, known[i].periph, known[i].reg),
                         known[i].address);
    }
}

static void peripherals_are_where_the_table_says(void **state)
{
    static const struct {
        const char *name;
        uint32_t base;
    } known[] = {{"FMC", FMC},       {"GPIOA", GPIOA},     {"HSEM", HSEM},
                 {"PWR", PWR},       {"QUADSPI", QUADSPI}, {"RCC", RCC},
                 {"SYSCFG", SYSCFG}, {"WWDG1", WWDG1},     {"WWDG2", WWDG2}};
    (void)state;
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        assert_int_equal(chip_entry_named(stm32h755_entries, known[i].name)->base, known[i].base);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(registers_are_where_the_table_says),
        cmocka_unit_test(peripherals_are_where_the_table_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
