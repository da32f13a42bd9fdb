/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Images that fault nowhere and get nowhere; each with a twin that does. */
#include "tests/check/check_runner.h"

#include <stdio.h>

#define MS " --for 300ms"
#define GREEN "after the next power loss runs: "
#define CM4_HELD " --optsr 0x1B86AAF0" /* BCM4 = 0 */

static void waits_for_a_tick(void **state)
{
    (void)state;
    expect("%delay.elf %idle_m4.elf" MS, 0, "HAL's tick stands still", "HAL_InitTick",
           "gets nowhere", NULL);
    expect("%delay_good.elf %idle_m4.elf" MS, 0, GREEN, NULL);
    expect_not("stands still");
}

static void writes_without_dbp(void **state)
{
    (void)state;
    expect("%backup.elf %idle_m4.elf" MS, 0, "RCC_BDCR", "PWR_CR1.DBP is 0",
           "HAL_PWR_EnableBkUpAccess() first", NULL);
    expect("%backup_good.elf %idle_m4.elf" MS, 0, GREEN, NULL);
    expect_not("DBP");
}

/* ST's sequence for a USB device ends well with nothing plugged in; and not without its clock. */
static void waits_for_a_usb_host(void **state)
{
    (void)state;
    expect("%usb.elf %idle_m4.elf" MS, 0, GREEN, NULL);
    expect_not("OTG");
    expect_not("Error_Handler");
    expect("%usb_no_clock.elf %idle_m4.elf" MS, 0, "USB2 OTG_FS_GRSTCTL", "usb_ker_ck",
           "RCC_PERIPHCLK_USB", "gives up: ends in Error_Handler", NULL);
    expect("%usb_no_ulpi.elf %idle_m4.elf" MS, 0, "__HAL_RCC_USB1_OTG_HS_ULPI_CLK_DISABLE()",
           "gives up: ends in Error_Handler", NULL);
    expect("%usb_no_supply.elf %idle_m4.elf" MS, 0, GREEN, "PWR_CR3.USB33DEN",
           "HAL_PWREx_EnableUSBVoltageDetector", NULL);
}

static void core_is_held(void **state)
{
    (void)state;
    expect("%release.elf %idle_m4.elf" CM4_HELD MS, 0, "option byte BCM4 is 0", "RCC_GCR.BOOT_C2",
           "gets nowhere: CM7 asleep, CM4 held", NULL);
    expect("%release_good.elf %idle_m4.elf" CM4_HELD MS, 0, GREEN, NULL);
    expect_not("never starts");
}

static void stays_in_stop(void **state)
{
    (void)state;
    expect("%stop.elf %stop_m4.elf" MS, 0, "EXTI_C2EMR3", "set its bit 14", "gets nowhere", NULL);
    expect("%stop_good.elf %stop_m4.elf" MS, 0, GREEN, NULL);
    expect_not("stays in Stop");
}

static void takes_a_semaphore_by_looking(void **state)
{
    (void)state;
    expect("%semaphore.elf %semaphore_m4.elf" MS, 0, "reading HSEM_RLR0 takes it",
           "gives up: ends in Error_Handler", NULL);
    expect("%semaphore.elf %semaphore_good_m4.elf" MS, 0, GREEN, NULL);
    expect_not("HSEM_RLR0");
}

static void waits_for_a_word(void **state)
{
    static const char *const written[] = {"tick", "press", "dma"};
    char arguments[128];
    (void)state;
    expect("%await_nobody.elf %await_nobody_m4.elf" MS, 0, "CM7 wait_until_ready",
           "waits for ever for ready (0x", "which holds 0x0", "SRAM4", "gets nowhere", NULL);
    expect("%await_nobody_O0.elf %await_nobody_m4.elf" MS, 0, "waits for ever for ready", NULL);
    expect("%await_itself.elf %await_nobody_m4.elf" MS, 0, "waits for ever for ready", NULL);
    expect("%await_other_core.elf %await_nobody_m4.elf" MS, 0,
           "waits for ever for the word 0x38000100", NULL);
    expect("%await_other_core.elf %await_other_core_m4.elf" MS, 0, GREEN, NULL);
    expect_not("waits for ever for");
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        snprintf(arguments, sizeof arguments, "%%await_%s.elf %%await_nobody_m4.elf" MS,
                 written[i]);
        expect(arguments, 0, GREEN, NULL);
        expect_not("waits for ever for");
    }
}

static void borrows_a_clock(void **state)
{
    (void)state;
    expect("%borrow.elf %borrow_m4.elf" MS, 0, "set RCC_C2_AHB4ENR.HSEMEN", NULL);
    expect("%borrow.elf %borrow_good_m4.elf" MS, 0, GREEN, NULL);
    expect_not("uses HSEM");
}

/* The image measures it. */
static void plays_in_real_time(void **state)
{
    (void)state;
    expect("%sai.elf %idle_m4.elf" MS, 0, GREEN, NULL);
    expect("%sai_wrong.elf %idle_m4.elf" MS, 0, "gives up: ends in Error_Handler", NULL);
}

static void watchdog_resets_for_ever(void **state)
{
    (void)state;
    expect("%watchdog.elf %idle_m4.elf --for 2s", 0, "RESETS again and again",
           "write 0xAAAA to IWDG1_KR", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waits_for_a_tick),     cmocka_unit_test(writes_without_dbp),
        cmocka_unit_test(waits_for_a_usb_host), cmocka_unit_test(core_is_held),
        cmocka_unit_test(stays_in_stop),        cmocka_unit_test(takes_a_semaphore_by_looking),
        cmocka_unit_test(waits_for_a_word),     cmocka_unit_test(borrows_a_clock),
        cmocka_unit_test(plays_in_real_time),   cmocka_unit_test(watchdog_resets_for_ever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
