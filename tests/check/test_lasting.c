/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What outlives a start, and what is only watched: each kind with a neighbour that is good. */
#include "tests/check/check_runner.h"

#define MS " %idle_m4.elf --for 300ms"
/* Option bytes take a while to program (datasheet: up to 1 s). */
#define SLOW " %idle_m4.elf --for 2s"

static void own_start(void **state)
{
    (void)state;
    /* A sector's erase takes up to 2 s (datasheet). */
    expect("%erase.elf %idle_m4.elf --for 4s", 1, "erases or overwrites its own start", NULL);
    expect_not("it holds nothing where the CM7 boots");
    expect("%erase_data.elf %idle_m4.elf --for 4s", 0, "SAFE", NULL);
}

static void option_bytes(void **state)
{
    (void)state;
    expect("%options_bcm7.elf" SLOW, 3, "changes the option bytes: BCM7", "--optsr", NULL);
    expect("%options_bcm4.elf" SLOW, 3, "changes the option bytes: BCM4", NULL);
    expect("%options_swap.elf" SLOW, 3, "SWAP_BANK_OPT", NULL);
    expect("%options_iwdg.elf" SLOW, 3, "changes the option bytes: IWDG1_SW", NULL);
    expect("%options_boot7.elf" SLOW, 3, "changes the option bytes: the boot addresses", NULL);
    /* Delays cost nothing: beyond the 5 s of a start it is waited for longer. */
    expect("%options_late.elf %idle_m4.elf", 3, "changes the option bytes: BCM4",
           "after a longer time", NULL);
    expect("%options_bor.elf" SLOW, 0, "it changes the option bytes", NULL);
    expect("%options_same.elf" SLOW, 0, "SAFE", NULL);
    expect_not("option bytes: ");
}

static void dma(void **state)
{
    (void)state;
    expect("%dma_idle.elf" MS, 0, "SAFE", NULL);
    expect("%dma_mdma.elf" MS, 1, "main+", "writes 0x02 to PWR_CR3", "VCORE is gone", NULL);
    expect("%dma_dma1.elf" MS, 1, "main+", "writes 0x02 to PWR_CR3", "VCORE is gone", NULL);
    expect("%dma_bdma.elf" MS, 1, "main+", "writes 0x02 to PWR_CR3", "VCORE is gone", NULL);
    expect("%dma_bdma_far.elf" MS, 0, "SAFE", "transfer to or from 0x2400F000 refused",
           "out of this controller's reach", NULL);
}

static void plls(void **state)
{
    (void)state;
    expect("%pll_good.elf" MS, 0, "SAFE", NULL);
    expect("%pll_vco_high.elf" MS, 3, "runs a PLL outside of its range", "PLLVCOSEL", NULL);
    expect("%pll_vco_low.elf" MS, 3, "runs a PLL outside of its range", NULL);
    expect("%pll_input.elf" MS, 3, "runs a PLL outside of its range", NULL);
    expect("%pll_medium.elf" MS, 0, "SAFE", NULL);
}

static void watched_bits(void **state)
{
    (void)state;
    expect("%watch_pvdo.elf" MS, 0, "SAFE", NULL);
    expect("%watch_avdo.elf" MS, 3, "waits for PWR_CSR1.AVDO, which this board does not model",
           NULL);
    expect("%watch_actvosrdy.elf" MS, 1, "never gets past its start-up", "PWR_CSR1", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_start), cmocka_unit_test(option_bytes), cmocka_unit_test(dma),
        cmocka_unit_test(plls),      cmocka_unit_test(watched_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
