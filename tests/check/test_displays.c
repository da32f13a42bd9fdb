/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* An image that draws and shows a picture as ST's drivers do gets through, and what it forgets is found. */
#include "tests/check/check_runner.h"

#define MS " --for 300ms"

static void draws_and_shows(void **state)
{
    (void)state;
    expect("%display_good.elf %idle_m4.elf" MS, 0, NULL);
    expect_not("not modelled");
    expect_not("D-cache");
}

static void by_dsi(void **state)
{
    (void)state;
    expect("--board stm32h747i-disco %display_link_good.elf %idle_m4.elf" MS, 0, NULL);
    expect_not("not modelled");
}

static void dma2d_reads_what_is_not_cleaned(void **state)
{
    (void)state;
    expect("%display.elf %idle_m4.elf" MS, 0, "transfer+0x",
           "orders a DMA controller, which reads sprite", "is still in its D-cache", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(draws_and_shows), cmocka_unit_test(by_dsi),
                                       cmocka_unit_test(dma2d_reads_what_is_not_cleaned)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
