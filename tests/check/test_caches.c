/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Images whose cores and DMA controllers see different bytes, because of the M7's D-cache; each with a twin in which
 * they do not. */
#include "tests/check/check_runner.h"

#define MS " --for 300ms"

static void m4_reads_what_is_not_cleaned(void **state)
{
    (void)state;
    expect("%uncleaned.elf %uncleaned_m4.elf" MS, 0, "CM4 main+0x", "reads 0x38001000 (SRAM4)",
           "what the CM7 wrote at main+0x", "is still in its D-cache", "not cacheable",
           "SCB_CleanDCache_by_Addr()", NULL);
    expect("%uncleaned_good.elf %uncleaned_m4.elf" MS, 0, NULL);
    expect_not("D-cache");
}

static void shareable_memory_is_not_cached(void **state)
{
    (void)state;
    expect("%shareable.elf %shareable_m4.elf" MS, 0, "is still in its D-cache", NULL);
    expect("%shareable_good.elf %shareable_m4.elf" MS, 0, NULL);
    expect_not("D-cache");
}

static void m7_reads_an_old_copy(void **state)
{
    (void)state;
    expect("%stale.elf %stale_m4.elf" MS, 0,
           "reads an old copy of 0x38001000 (SRAM4) from its D-cache: the CM4 has written it",
           "SCB_InvalidateDCache_by_Addr()", NULL);
    expect("%stale_good.elf %stale_m4.elf" MS, 0, NULL);
    expect_not("D-cache");
}

static void dma_reads_what_is_not_cleaned(void **state)
{
    (void)state;
    expect("%send.elf %idle_m4.elf" MS, 0, "copy_by_dma+0x",
           "orders a DMA controller, which reads tx_buffer+0x4 (0x2400", "AXI SRAM",
           "what the CM7 wrote at main+0x", NULL);
    expect("%send_good.elf %idle_m4.elf" MS, 0, NULL);
    expect_not("D-cache");
}

static void m7_reads_what_dma_has_replaced(void **state)
{
    (void)state;
    expect("%receive.elf %idle_m4.elf" MS, 0, "reads an old copy of rx_buffer+0x8",
           "a DMA controller has written it since", "copy_by_dma+0x", "(its order)", NULL);
    expect("%receive_good.elf %idle_m4.elf" MS, 0, NULL);
    expect_not("D-cache");
}

static void a_line_is_written_over_anothers_bytes(void **state)
{
    (void)state;
    expect("%overwrite.elf %overwrite_m4.elf" MS, 0, "cleans a line of its D-cache",
           "over 0x38001004 (SRAM4), which the CM4 has written", "aligned(32)", NULL);
    expect("%overwrite_good.elf %overwrite_good_m4.elf" MS, 0, NULL);
    expect_not("D-cache");
}

static void invalidation_throws_away(void **state)
{
    (void)state;
    expect("%lose.elf %idle_m4.elf" MS, 0, "reads mixed+0x18", "whose last value is gone",
           "its line was invalidated at main+0x", NULL);
    expect("%lose_good.elf %idle_m4.elf" MS, 0, NULL);
    expect_not("D-cache");
}

static void code_is_still_in_the_dcache(void **state)
{
    (void)state;
    expect("%copy.elf %idle_m4.elf" MS, 3, "COULD NOT TELL", "CM7 0x24020000",
           "executes 0x24020000 (AXI SRAM), which the CM7 wrote at", "SCB_CleanDCache_by_Addr()",
           NULL);
    expect("%copy_good.elf %idle_m4.elf" MS, 0, NULL);
    expect_not("D-cache");
    expect("%lend.elf %lend_m4.elf" MS, 3, "CM4 0x38002000",
           "executes 0x38002000 (SRAM4), which the CM7 wrote at", NULL);
    expect("%lend_good.elf %lend_m4.elf" MS, 0, NULL);
    expect_not("D-cache");
}

static void old_code_is_in_the_icache(void **state)
{
    (void)state;
    expect("%patch.elf %idle_m4.elf" MS, 3, "CM7 0x24020000",
           "was written since it last ran: the CM7's I-cache", "SCB_InvalidateICache()", NULL);
    expect("%patch_good.elf %idle_m4.elf" MS, 0, NULL);
    expect_not("I-cache");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(m4_reads_what_is_not_cleaned),
        cmocka_unit_test(shareable_memory_is_not_cached),
        cmocka_unit_test(m7_reads_an_old_copy),
        cmocka_unit_test(dma_reads_what_is_not_cleaned),
        cmocka_unit_test(m7_reads_what_dma_has_replaced),
        cmocka_unit_test(a_line_is_written_over_anothers_bytes),
        cmocka_unit_test(invalidation_throws_away),
        cmocka_unit_test(code_is_still_in_the_dcache),
        cmocka_unit_test(old_code_is_in_the_icache),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
