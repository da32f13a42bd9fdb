/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What is odd, but locks up nothing: notes, and exit status 0. */
#include "tests/check/check_runner.h"

#define MS " --for 300ms"

static void no_second_image(void **state)
{
    (void)state;
    expect("%good.elf" MS, 0, "SAFE", "no image for the CM4", NULL);
    expect("%good.elf %idle_m4.elf" MS, 0, "SAFE", NULL);
    expect_not("no image for the CM4");
}

static void behind_the_boot_rom(void **state)
{
    (void)state;
    expect("%good.elf %idle_m4.elf" MS, 0,
           "now, flashed by boot ROM 0x90 waits for power off and on", NULL);
    expect_not("which locks PWR_CR3 at 0x06"); /* one line is enough */
    expect("%good.elf %idle_m4.elf --rom 0x91" MS, 0, "boot ROM 0x91", NULL);
    expect_not("flashed by boot ROM 0x90");
}

static void waits_without_a_partner(void **state)
{
    (void)state;
    expect("%d2ckrdy.elf %idle_m4.elf" MS, 0, "waits for the other core, which never answers",
           NULL);
    /* Without symbols nobody knows that main was reached. */
    expect("%d2ckrdy_stripped.elf %idle_m4.elf" MS, 1, "waits for the other core", NULL);
}

static void memory_before_supply(void **state)
{
    (void)state;
    expect("%good.elf %idle_m4.elf" MS, 0, "RAM is written before the supply is selected", NULL);
    expect("%good_early.elf %idle_m4.elf" MS, 0, "SAFE", NULL);
    expect_not("RAM is written");
    expect("%blink.elf %idle_m4.elf" MS, 0, "PWR_CR3 is never written", NULL);
}

static void supply_code_that_never_ran(void **state)
{
    (void)state;
    /* The supply had been selected before: locked. */
    expect("%supply_twice.elf %idle_m4.elf --effort quick" MS, 0, "CM7 choose+0x",
           "would select PWR_LDO_SUPPLY here, which never ran", "too late", NULL);
    expect("%good.elf %idle_m4.elf" MS, 0, "SAFE", NULL);
    expect_not("never ran");
}

static void shared_pin(void **state)
{
    (void)state;
    expect("%blink.elf %blink_m4.elf" MS, 0, "both cores drive PB0", NULL);
    expect("%blink.elf %idle_m4.elf" MS, 0, "SAFE", NULL);
    expect_not("both cores drive");
}

static void watchdog(void **state)
{
    (void)state;
    expect("%watchdog.elf %idle_m4.elf --for 700ms", 0, "IWDG1 resets the board", "nobody feeds it",
           NULL);
}

static void servo_period(void **state)
{
    (void)state;
    expect("%pwm.elf %idle_m4.elf" MS, 0, "TIM2 gives a period of 24.000 ms, not a servo's 20 ms",
           "PSC 239 is for 240 MHz, its clock is 200 MHz", "PSC 199", NULL);
    expect("%pwm_right.elf %idle_m4.elf" MS, 0, "SAFE", NULL);
    expect_not("servo");
}

static void unmodelled_fields(void **state)
{
    (void)state;
    expect("%left_out.elf %idle_m4.elf" MS, 0, "SAFE",
           "sets fields that are not modelled, without effect here: TIM2_AF1.ETRSEL, "
           "LPTIM1_CFGR.ENC",
           NULL);
    expect_not("not modelled: TIM2");
    expect("%pwm_right.elf %idle_m4.elf" MS, 0, "SAFE", NULL);
    expect_not("not modelled");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_second_image),
        cmocka_unit_test(behind_the_boot_rom),
        cmocka_unit_test(waits_without_a_partner),
        cmocka_unit_test(memory_before_supply),
        cmocka_unit_test(supply_code_that_never_ran),
        cmocka_unit_test(shared_pin),
        cmocka_unit_test(watchdog),
        cmocka_unit_test(servo_period),
        cmocka_unit_test(unmodelled_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
