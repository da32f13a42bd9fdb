/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Code that never runs and would make clocks too fast, scales too low or wait states too few; each with a twin that goes just
 * as far as it may. */
#include "tests/check/check_runner.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name, *says;
} sins[] = {
    {"latency", "FLASH_ACR"},  {"latency_byte", "FLASH_ACR"}, {"scale_3", "PWR_D3CR"},
    {"scale_2", "PWR_D3CR"},   {"ahb", "RCC_D1CFGR"},         {"apb", "RCC_D2CFGR"},
    {"pll", "CM7 at 480 MHz"}, {"pll_input", "PLL1 input"},   {"struct", "CM7 at 480 MHz"},
    {"argument", "LATENCY 0"}, {"refused", "PWR_D3CR"},
};

static const char *const ways[] = {"condition", "handler", "pointer"};

static void judge(const char *name, const char *way, const char *says)
{
    char arguments[128];
    snprintf(arguments, sizeof arguments, "%%unseen_%s_%s.elf --for 50ms", name, way);
    if (says != NULL) {
        expect(arguments, 3, "never ran", "what it leaves in the registers", says, NULL);
    } else {
        expect(arguments, 0, "SAFE", NULL);
    }
}

static void too_far(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sins / sizeof *sins; i++) {
        for (size_t k = 0; k < sizeof ways / sizeof *ways; k++) {
            judge(sins[i].name, ways[k], sins[i].says);
        }
    }
}

static void as_far_as_it_may(void **state)
{
    char name[64];
    (void)state;
    for (size_t i = 0; i < sizeof sins / sizeof *sins; i++) {
        for (size_t k = 0; k < sizeof ways / sizeof *ways; k++) {
            if (strcmp(sins[i].name, "refused") == 0) {
                continue;
            }
            snprintf(name, sizeof name, "%s_good", sins[i].name);
            judge(name, ways[k], NULL);
        }
    }
}

/* A divider that nobody knows is no harm that anybody knows. */
static void unknown_is_no_harm(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof ways / sizeof *ways; k++) {
        judge("unknown_good", ways[k], NULL);
        judge("back_good", ways[k], NULL);
    }
}

static const struct {
    const char *name, *says;
} long_ways[] = {
    {"table", "CM7 at 480 MHz"},   {"static", "CM7 at 480 MHz"},
    {"copy", "CM7 at 480 MHz"},    {"read_back", "CM7 at 480 MHz"},
    {"cleared", "CM7 at 480 MHz"}, {"arguments", "CM7 at 480 MHz"},
    {"overdrive", "SYSCFG_PWRCR"}, {"returned", "CM7 at 480 MHz"},
};

/* Loops, structs in RAM and on the stack, arguments, whatever the compiler makes of them. */
static void by_a_long_way(void **state)
{
    static const char *const builds[] = {"O0", "Os", "O2", "lto"};
    char arguments[128];
    (void)state;
    for (size_t i = 0; i < sizeof long_ways / sizeof *long_ways; i++) {
        for (size_t k = 0; k < sizeof builds / sizeof *builds; k++) {
            snprintf(arguments, sizeof arguments, "%%later_%s_%s.elf --for 50ms", long_ways[i].name,
                     builds[k]);
            expect(arguments, 3, "never ran", long_ways[i].says, NULL);
            snprintf(arguments, sizeof arguments, "%%later_%s_good_%s.elf --for 50ms",
                     long_ways[i].name, builds[k]);
            expect(arguments, 0, "SAFE", NULL);
        }
    }
}

/* It is not in the image as it runs. */
static void unpacked_code_is_read_where_it_ran(void **state)
{
    (void)state;
    expect("%unpacked.elf --for 50ms", 3, "0x00000108, FLASH_ACR", "never ran", "LATENCY 0", NULL);
    expect("%unpacked_good.elf --for 50ms", 0, "SAFE", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(too_far),
        cmocka_unit_test(as_far_as_it_may),
        cmocka_unit_test(unknown_is_no_harm),
        cmocka_unit_test(by_a_long_way),
        cmocka_unit_test(unpacked_code_is_read_where_it_ran),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
