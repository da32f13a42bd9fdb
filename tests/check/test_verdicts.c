/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What is safe and what is not. */
#include "tests/check/check_runner.h"

#define MS " --for 300ms"
#define QUICK MS " --effort quick" /* nobody presses the button */

static void good_images(void **state)
{
    (void)state;
    expect("%good.elf %idle_m4.elf" MS, 0, "SAFE", "after the next power loss runs: CM7", "400 MHz",
           "wired for direct SMPS", "boot ROM 0x90", NULL);
    expect("%good_early.elf %idle_m4.elf" MS, 0, "SAFE",
           "now, flashed by boot ROM 0x90 waits for power off and on", NULL);
    expect_not("RAM is written before");
    expect("%good_stripped.elf %idle_m4.elf" MS, 0, "SAFE", NULL);
    expect("%idle_m4.elf" MS, 2, "give the CM7's image first", NULL);
}

static void wrong_supply(void **state)
{
    (void)state;
    expect("%ldo_early.elf %idle_m4.elf" MS, 1, "UNSAFE locks the board up", "CM7 ExitRun0Mode+0x",
           "(ldo_early.c:", "writes 0x02 to PWR_CR3", "the board is wired for direct SMPS",
           "called by before_memory+0x",
           "define USE_PWR_DIRECT_SMPS_SUPPLY instead of USE_PWR_LDO_SUPPLY",
           "now, flashed over a good image runs", "after the next power loss DEADLOCK", "CN11-7",
           NULL);
    expect("%ldo_early_stripped.elf %idle_m4.elf" MS, 1, "CM7 0x080000", "writes 0x02 to PWR_CR3",
           "USE_PWR_DIRECT_SMPS_SUPPLY", NULL);
    expect("%ldo_early.elf %idle_m4.elf --wiring ldo" MS, 0, "wired for LDO", NULL);
    expect("%good.elf %idle_m4.elf --wiring ldo" MS, 1, "0x04 to PWR_CR3",
           "PWR_LDO_SUPPLY instead of PWR_DIRECT_SMPS_SUPPLY", NULL);
    expect("%ldo_early.elf --rom 0x91" MS, 1, "boot ROM 0x91", NULL);
    expect_not("now, flashed by boot ROM");
}

/* A false "safe" is the worst that can happen. */
static void wrong_supply_later(void **state)
{
    (void)state;
    expect("%ldo_late.elf %idle_m4.elf", 1, "choose+0x", "VCORE is gone after 2.0", NULL);
    expect("%ldo_after_reset.elf" MS, 1, "and after a reset then DEADLOCK",
           "after the next power loss runs", NULL);
    expect("%ldo_after_watchdog.elf --for 700ms", 1, "after the next power loss DEADLOCK", NULL);
    expect("%ldo_after_watchdog.elf" MS, 1, "after a reset then DEADLOCK", NULL);
    expect("%ldo_after_wwdg.elf" MS, 1, "after a reset then DEADLOCK", NULL);
    expect("%rtc_magic.elf" MS, 1, "after a reset then", "DEADLOCK", NULL);
    expect("%ldo_early_reset.elf" MS, 1, "after the next power loss runs",
           "and after a reset then DEADLOCK", NULL);
    expect("%ldo_second_boot.elf" MS, 1, "after the next power loss DEADLOCK", NULL);
}

/* Alone it gives up waiting for the M4; but bank 2 may hold an older image that answers. */
static void wrong_supply_behind_a_partner(void **state)
{
    (void)state;
    expect("%ldo_partner.elf" MS, 1, "after the next power loss gives up: ends in Error_Handler",
           "with an older image on the CM4 DEADLOCK", "if the CM4's bank holds an image", NULL);
    expect("%ldo_partner.elf %idle_m4.elf" MS, 3, "this code would select PWR_LDO_SUPPLY", NULL);
    expect("%good.elf" MS, 0, "with an older image on the CM4 runs", NULL);
}

/* The CM4 would have taken VCORE away, had it been first. */
static void supply_race(void **state)
{
    (void)state;
    expect("%good_early.elf %ldo_early_m4.elf" MS, 1, "which core is first decides",
           "CM4 ExitRun0Mode", "writes 0x02 to PWR_CR3", NULL);
    expect("%ldo_early.elf %ldo_early_m4.elf" MS, 1, "locks the board up", NULL);
}

static void volts_and_clocks(void **state)
{
    (void)state;
    expect("%vos0.elf %idle_m4.elf" MS, 1, "writes 0x01 to SYSCFG_PWRCR", "VCORE is 1509 mV",
           "PWR_REGULATOR_VOLTAGE_SCALE1 instead of SCALE0", NULL);
    expect("%overclock.elf %idle_m4.elf" MS, 1, "CM7 at 400 MHz, VOS3 allows 200", NULL);
    expect("%wait_states.elf %idle_m4.elf" MS, 1, "LATENCY 0", "needs 2", NULL);
}

static void crashes(void **state)
{
    (void)state;
    expect("%fault.elf %idle_m4.elf" MS, 1, "UNSAFE crashes", "CM7 main+0x", "at 0x50F00000", NULL);
    expect("%lockup.elf %idle_m4.elf" MS, 1, "a core locks up", "hard_fault", NULL);
}

static void never_starts(void **state)
{
    (void)state;
    expect("%no_supply.elf %idle_m4.elf" MS, 1, "never gets past its start-up", "PWR_D3CR",
           "USE_PWR_DIRECT_SMPS_SUPPLY", NULL);
    expect("%no_supply_stripped.elf %idle_m4.elf" MS, 1, "never gets past its start-up", NULL);
    expect("%hse.elf %idle_m4.elf" MS, 0, "SAFE", NULL);
    expect("%hse.elf %idle_m4.elf --hse absent" MS, 1, "waits for HSERDY", "gives no clock", NULL);
    expect("%hse_stripped.elf %idle_m4.elf --hse absent" MS, 1, "waits for HSERDY", NULL);
    expect("%good.elf %stuck_m4.elf" MS, 1, "CM4 before_memory", "HSEM_", NULL);
    expect("%stuck.elf %idle_m4.elf" MS, 1, "CM7 before_memory", "HSEM_", NULL);
}

/* Code that never ran: by literal, MOVW and MOVT, without symbols; by an interrupt; not if nothing refers to it. */
static void never_ran(void **state)
{
    (void)state;
    expect("%ldo_hidden_movw.elf %idle_m4.elf" QUICK, 3, "CM7 choose+0x", "writes 0x02 to PWR_CR3",
           "this code would select PWR_LDO_SUPPLY", NULL);
    expect("%ldo_hidden_stripped.elf %idle_m4.elf" QUICK, 3,
           "this code would select PWR_LDO_SUPPLY", NULL);
    expect("%ldo_hidden.elf %idle_m4.elf --wiring ldo" MS, 0, "SAFE", NULL);
    expect("%vos0_hidden.elf %idle_m4.elf" MS, 3, "CM7 hard_fault+0x", "SYSCFG_PWRCR",
           "this code would ask for VOS0", "handler is at hard_fault", NULL);
    expect_not("PWR_LDO_SUPPLY");
}

/* Whether the write has an effect is not known: it decides only where VOS0 is right, and enough. */
static void overdrive_decides(void **state)
{
    (void)state;
    expect("%vos0_ldo.elf %idle_m4.elf --wiring ldo" MS, 3, "CM7 at 480 MHz, VOS1 allows 400",
           "if SYSCFG_PWRCR.ODEN has no effect", "if it has one, this is VOS0",
           "CM7 asleep at 480 MHz", NULL);
    expect("%vos0_ldo_clocked.elf %idle_m4.elf --wiring ldo" MS, 0, "SAFE", NULL);
    expect("%vos0_ldo_beyond.elf %idle_m4.elf --wiring ldo" MS, 1, "CM7 at 520 MHz", NULL);
    expect("%vos0_ldo_off.elf %idle_m4.elf --wiring ldo" MS, 1, "VOS1 allows 400", NULL);
}

static void could_not_tell(void **state)
{
    (void)state;
    expect("%trace_poll.elf %idle_m4.elf" MS, 3, "COULD NOT TELL", "TPIU+0x300", "main+0x", NULL);
    expect("%trace_magic.elf %idle_m4.elf" MS, 3, "TPIU+0x04", NULL);
    expect("%trace_branch.elf %idle_m4.elf" MS, 3, "TPIU+0x300", NULL);
    expect("%ldo_hidden.elf %idle_m4.elf" QUICK, 3, "CM7 choose+0x",
           "this code would select PWR_LDO_SUPPLY, and never ran", NULL);
    expect("%vos0_unclocked.elf %idle_m4.elf" MS, 3, "SYSCFG_PWRCR", "asks for VOS0", NULL);
    expect("%readout.elf %idle_m4.elf --for 700ms", 3, "readout protection is not modelled",
           "it changes the option bytes", NULL);
    expect("%no_supply_stripped.elf %idle_m4.elf --for 20ms", 1, "never gets past its start-up",
           NULL);
    expect("%trace_setup.elf %idle_m4.elf" MS, 0,
           "not modelled: SWO; what it holds made no difference", NULL);
}

/* A flag that never comes. */
static void unmodelled_fields(void **state)
{
    (void)state;
    expect("%busy.elf %idle_m4.elf" MS, 3, "COULD NOT TELL", "main+0x",
           "waits for USART3_ISR.BUSY, which this board does not model", NULL);
    expect("%busy_immediate.elf %idle_m4.elf" MS, 3, "waits for USART3_ISR.BUSY", NULL);
    expect("%busy_register.elf %idle_m4.elf" MS, 3, "waits for USART3_ISR.BUSY", NULL);
    expect("%stuck.elf %idle_m4.elf" MS, 1, "CM7", NULL);
    expect_not("which this board does not model");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_images),
        cmocka_unit_test(wrong_supply),
        cmocka_unit_test(wrong_supply_later),
        cmocka_unit_test(wrong_supply_behind_a_partner),
        cmocka_unit_test(supply_race),
        cmocka_unit_test(volts_and_clocks),
        cmocka_unit_test(crashes),
        cmocka_unit_test(never_starts),
        cmocka_unit_test(never_ran),
        cmocka_unit_test(overdrive_decides),
        cmocka_unit_test(could_not_tell),
        cmocka_unit_test(unmodelled_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
