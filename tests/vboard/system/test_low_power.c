/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* DStandby, Standby, hold after Stop and wake-up pins (RM0399 7.7.8 to 7.7.10, 7.8.5 to 7.8.10). */
#include "whole_chip.h"

#define PWR_CPU1CR 0x58024810u
#define PWR_CPU2CR 0x58024814u
#define PWR_WKUPCR 0x58024820u
#define PWR_WKUPFR 0x58024824u
#define PWR_WKUPEPR 0x58024828u
#define EXTI_C2IMR1 0x580000C0u
#define EXTI_SWIER1 0x58000008u
#define TIM2_ARR 0x4000002Cu
#define SRAM1 0x30000000u
#define SRAM4 0x38000000u
#define AXI_SRAM 0x24000000u
#define PDDS_D2 2u
#define PDDS_ALL 7u
#define HOLDF (1u << 4)
#define STOPF (1u << 5)
#define SBF (1u << 6)
#define SBF_D2 (1u << 8)
#define CSSF (1u << 9)
#define HOLD (1u << 10)
#define D2CKRDY (1u << 15)
#define D2RSTF (1u << 20)

static void sleep_deep(struct whole *w, enum core core)
{
    chip_core_sleeps(&w->soc.chip, core, CORE_DEEPSLEEP);
    run_for(w, VTIME_US(1));
}

static void d2_off(struct whole *w)
{
    put(w, PWR_CPU1CR, PDDS_D2);
    put(w, PWR_CPU2CR, PDDS_D2);
    sleep_deep(w, CORE_CM4);
}

static void a_domain_needs_both_cores_leave(void **state)
{
    struct whole *w = *state;
    put(w, PWR_CPU2CR, PDDS_D2);
    sleep_deep(w, CORE_CM4);
    assert_false(w->soc.chip.cores.off[CORE_CM4]);
    assert_int_equal(get(w, PWR_CPU1CR) & SBF_D2, 0);
    put(w, PWR_CPU1CR, PDDS_D2);
    run_for(w, VTIME_US(1));
    assert_true(w->soc.chip.cores.off[CORE_CM4]);
    assert_int_equal(get(w, PWR_CPU1CR) & SBF_D2, SBF_D2);
    assert_int_equal(get(w, PWR_CPU2CR) & SBF_D2, SBF_D2);
    assert_int_equal(get(w, RCC_CR) & D2CKRDY, 0);
}

static void it_forgets_registers_and_ram(void **state)
{
    struct whole *w = *state;
    set_bits(w, RCC_APB1LENR, 1);
    put(w, TIM2_ARR, 1234);
    put(w, RCC_APB1LENR, 0);
    memset(ram_at(w, SRAM1), 0x55, 64);
    memset(ram_at(w, SRAM4), 0x55, 64);
    memset(ram_at(w, AXI_SRAM), 0x55, 64);
    d2_off(w);
    assert_int_not_equal(memcmp(ram_at(w, SRAM1), ram_at(w, SRAM4), 64), 0);
    assert_int_equal(ram_at(w, SRAM4)[0], 0x55);
    assert_int_equal(memcmp(ram_at(w, SRAM4), ram_at(w, AXI_SRAM), 64), 0);
    set_bits(w, RCC_APB1LENR, 1);
    assert_int_equal(get(w, TIM2_ARR), 0xFFFFFFFF);
}

static void its_flag_stays_until_it_has_its_supply_again(void **state)
{
    struct whole *w = *state;
    d2_off(w);
    put(w, PWR_CPU1CR, PDDS_D2 | CSSF);
    assert_int_equal(get(w, PWR_CPU1CR) & SBF_D2, SBF_D2);
    put(w, RCC_RSR, 1u << 16);
    set_bits(w, RCC_APB1LENR,
             1); /* allocated by the CM7: the domain comes back, its CPU does not */
    assert_true(w->soc.chip.cores.off[CORE_CM4]);
    assert_int_equal(get(w, RCC_RSR) & D2RSTF, D2RSTF);
    put(w, PWR_CPU1CR, PDDS_D2 | CSSF);
    assert_int_equal(get(w, PWR_CPU1CR) & SBF_D2, 0);
}

static void exti_gets_its_core_back(void **state)
{
    struct whole *w = *state;
    d2_off(w);
    put(w, EXTI_C2IMR1, 1u << 3);
    put(w, EXTI_SWIER1, 1u << 2);
    assert_true(w->soc.chip.cores.off[CORE_CM4]);
    put(w, EXTI_SWIER1, 1u << 3);
    assert_false(w->soc.chip.cores.off[CORE_CM4]);
    assert_int_equal(w->soc.chip.cores.sleep[CORE_CM4], CORE_AWAKE);
    assert_int_equal(get(w, RCC_CR) & D2CKRDY, D2CKRDY);
}

static void pull_pa0_up(struct whole *w, struct signal_driver *driver)
{
    signal_attach(chip_pin(&w->soc.chip, 'A', 0), driver);
    signal_drive(driver, DRIVE_HIGH, w->soc.chip.sched.now);
}

/* Both cores, all three domains. */
static void standby(struct whole *w)
{
    put(w, PWR_CPU1CR, PDDS_ALL);
    put(w, PWR_CPU2CR, PDDS_ALL);
    sleep_deep(w, CORE_CM4);
    sleep_deep(w, CORE_CM7);
    assert_true(w->soc.chip.resets.standby);
}

static void a_pin_ends_standby_as_a_reset_does(void **state)
{
    struct whole *w = *state;
    memset(ram_at(w, SRAM4), 0x55, 64);
    put(w, PWR_WKUPEPR, 1);
    standby(w);
    assert_int_not_equal(ram_at(w, SRAM4)[0] == 0x55 && ram_at(w, SRAM4)[1] == 0x55, 1);
    assert_false(resets_let_run(&w->soc.chip.resets));
    struct signal_driver driver = {0};
    pull_pa0_up(w, &driver);
    assert_false(w->soc.chip.resets.standby);
    assert_int_equal(get(w, PWR_WKUPFR), 1);
    assert_int_equal(get(w, PWR_CPU1CR), SBF);
    assert_int_equal(get(w, PWR_CPU2CR), SBF);
    put(w, PWR_WKUPCR, 1);
    assert_int_equal(get(w, PWR_WKUPFR), 0);
    put(w, PWR_CPU1CR, CSSF);
    assert_int_equal(get(w, PWR_CPU1CR), 0);
    assert_int_equal(get(w, PWR_CPU2CR), SBF);
    signal_detach(&driver, w->soc.chip.sched.now);
}

static void a_waiting_flag_forbids_standby(void **state)
{
    struct whole *w = *state;
    struct signal_driver driver = {0};
    pull_pa0_up(w, &driver);
    put(w, PWR_WKUPEPR, 1);
    put(w, PWR_CPU1CR, PDDS_ALL);
    put(w, PWR_CPU2CR, PDDS_ALL);
    sleep_deep(w, CORE_CM4);
    sleep_deep(w, CORE_CM7);
    assert_false(w->soc.chip.resets.standby);
    assert_false(w->soc.chip.cores.off[CORE_CM4]);
    signal_detach(&driver, w->soc.chip.sched.now);
}

static void a_held_core_tells_its_master(void **state)
{
    struct whole *w = *state;
    put(w, PWR_CPU1CR, HOLD);
    sleep_deep(w, CORE_CM4);
    sleep_deep(w, CORE_CM7);
    chip_core_sleeps(&w->soc.chip, CORE_CM4, CORE_AWAKE);
    assert_true(w->soc.chip.cores.waits[CORE_CM4]);
    assert_true(w->line[148]);
    assert_int_equal(w->soc.chip.cores.wake_line[CORE_CM7], CORE_WAKE_HOLD);
    chip_core_sleeps(&w->soc.chip, CORE_CM7, CORE_AWAKE);
    assert_int_equal(get(w, PWR_CPU1CR), HOLD | HOLDF | STOPF);
    put(w, PWR_CPU1CR, CSSF);
    assert_false(w->soc.chip.cores.waits[CORE_CM4]);
    assert_false(w->line[148]);
}

static void hold_counts_after_stop_only(void **state)
{
    struct whole *w = *state;
    put(w, PWR_CPU1CR, HOLD);
    sleep_deep(w, CORE_CM4);
    chip_core_sleeps(&w->soc.chip, CORE_CM4, CORE_AWAKE);
    assert_false(w->soc.chip.cores.waits[CORE_CM4]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WHOLE(a_domain_needs_both_cores_leave),
        WHOLE(it_forgets_registers_and_ram),
        WHOLE(its_flag_stays_until_it_has_its_supply_again),
        WHOLE(exti_gets_its_core_back),
        WHOLE(a_pin_ends_standby_as_a_reset_does),
        WHOLE(a_waiting_flag_forbids_standby),
        WHOLE(a_held_core_tells_its_master),
        WHOLE(hold_counts_after_stop_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
