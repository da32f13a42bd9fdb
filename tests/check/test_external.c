/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Images that use memories outside of the chip (images/external.c), on boards that have them and on boards that do not. */
#include "tests/check/check_runner.h"
#include "tests/formats/scratch_file.h"

#include <stdio.h>

#define MS " --for 20ms"
#define DISCO " --board stm32h745i-disco" MS

static void sdram_is_initialised_first(void **state)
{
    (void)state;
    expect("%sdram_early.elf %idle_m4.elf" DISCO, 1, "BusFault",
           "write at 0xD0000000: the SDRAM is not initialised (its clock, SDCMR.MODE = 1 is "
           "missing)",
           NULL);
    expect("%sdram_early_good.elf %idle_m4.elf" DISCO, 0, "SAFE", NULL);
    expect_not("bus error");
    expect_not("not modelled");
    expect_not("unclocked");
}

static void sdram_is_refreshed(void **state)
{
    (void)state;
    expect("%no_refresh.elf %idle_m4.elf" DISCO, 0, "SAFE", "SDRAM without refresh", NULL);
    expect("%no_refresh_good.elf %idle_m4.elf" DISCO, 0, "SAFE", NULL);
    expect_not("without refresh");
}

/* External devices are execute-never without an MPU region (DDI 0403 B3.1). */
static void code_in_sdram_wants_the_mpu(void **state)
{
    (void)state;
    expect("%sdram_code.elf %idle_m4.elf" DISCO, 1, "MemManage", NULL);
    expect("%sdram_code_good.elf %idle_m4.elf" DISCO, 0, "SAFE", NULL);
}

static void flash_is_mapped_before_it_is_called(void **state)
{
    (void)state;
    expect("%qspi_call.elf %idle_m4.elf" DISCO, 1, "BusFault",
           "QUADSPI is not in memory-mapped mode", NULL);
    expect("%qspi_call_good.elf %idle_m4.elf" DISCO, 0, "SAFE", NULL);
    expect_not("bus error");
}

static void both_cores_execute_in_place(void **state)
{
    (void)state;
    expect("%maps.elf %qspi_call_m4.elf" DISCO, 1, "CM4", "BusFault",
           "QUADSPI is not in memory-mapped mode", NULL);
    expect("%maps.elf %qspi_call_good_m4.elf" DISCO, 0, "SAFE", NULL);
}

static void the_mapped_flash_is_read_only(void **state)
{
    (void)state;
    expect("%qspi_store.elf %idle_m4.elf" DISCO, 1, "BusFault", "QUADSPI reads only", NULL);
    expect("%qspi_store_good.elf %idle_m4.elf" DISCO, 0, "SAFE", NULL);
}

/* What has no place on the board is said before anything runs; what asks for a memory that is not known, when it does. */
static void boards_that_have_none(void **state)
{
    (void)state;
    expect("%qspi_call_good.elf %idle_m4.elf" MS, 2, "qspi_call_good.elf", "at 0x90000000",
           "nucleo-h755zi-q", "docs/boards.md", NULL);
    expect("%sdram_early_good.elf %idle_m4.elf" MS, 3, "of this board no memory is known there",
           NULL);
}

static void a_board_of_ones_own(void **state)
{
    char arguments[300];
    (void)state;
    const char *path = scratch_text(
        "memories.yaml", "name: mine\nchip: STM32H755\nwiring: smps\n"
                         "hse: {kind: none}\n"
                         "memories:\n"
                         "  - {kind: sdram, where: sdram2, size: 8M, name: IS42S16400}\n"
                         "  - {kind: quadspi-nor, where: quadspi, size: 128M, chips: 2}\n");
    snprintf(arguments, sizeof arguments, "%%sdram_early_good.elf %%idle_m4.elf --board %s" MS,
             path);
    expect(arguments, 0, "SAFE", NULL);
    snprintf(arguments, sizeof arguments, "%%qspi_call_good.elf %%idle_m4.elf --board %s" MS, path);
    expect(arguments, 0, "SAFE", NULL);
}

static void mistakes_in_the_list(void **state)
{
    static const struct {
        const char *item, *says;
    } wrong[] = {
        {"{kind: sdram, where: ne1, size: 8M}", "does not hang there"},
        {"{kind: sdram, where: sdram1, size: 7M}", "is no size"},
        {"{kind: psram, where: ne1, size: 1M, width: 12}", "has a width"},
        {"{kind: sdram, where: sdram1, size: 8M, width: 16, columns: 9, rows: 12, banks: 4}",
         "do not make its size"},
        {"{kind: flash, where: ne1, size: 1M}", "kind"},
        {"{kind: sram, where: ne1}", "size"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char text[300], arguments[300];
        snprintf(
            text, sizeof text,
            "name: mine\nchip: STM32H755\nwiring: smps\nhse: {kind: none}\nmemories:\n  - %s\n",
            wrong[i].item);
        snprintf(arguments, sizeof arguments, "%%good.elf --board %s" MS,
                 scratch_text("memories.yaml", text));
        expect(arguments, 2, "memories.yaml:6", wrong[i].says, NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sdram_is_initialised_first),
        cmocka_unit_test(sdram_is_refreshed),
        cmocka_unit_test(code_in_sdram_wants_the_mpu),
        cmocka_unit_test(flash_is_mapped_before_it_is_called),
        cmocka_unit_test(both_cores_execute_in_place),
        cmocka_unit_test(the_mapped_flash_is_read_only),
        cmocka_unit_test(boards_that_have_none),
        cmocka_unit_test(a_board_of_ones_own),
        cmocka_unit_test(mistakes_in_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
