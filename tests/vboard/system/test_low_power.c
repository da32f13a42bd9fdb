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

/* ---- D3's autonomous mode (21.5.4) ---- */

#define EXTI_RTSR1 0x58000000u
#define EXTI_D3PMR1 0x5800000Cu
#define EXTI_D3PCR1L 0x58000010u
#define EXTI_D3PMR2 0x5800002Cu
#define EXTI_D3PCR2H 0x58000034u
#define EXTI_C1IMR2 0x58000090u
#define EXTI_C2IMR2 0x580000D0u
#define LPTIM4 0x58002C00u
#define LPTIM5 0x58003000u

static bool d3_runs(const struct whole *w)
{
    return w->soc.chip.power.domain[POWER_D3] == POWER_RUN;
}

static void stop_all(struct whole *w)
{
    sleep_deep(w, CORE_CM4);
    sleep_deep(w, CORE_CM7);
    assert_false(d3_runs(w));
}

static void level_at_pa3(struct whole *w, struct signal_driver *d, enum drive drive)
{
    if (d->signal == NULL) {
        signal_attach(chip_pin(&w->soc.chip, 'A', 3), d);
    }
    signal_drive(d, drive, w->soc.chip.sched.now);
    run_for(w, 1);
}

/* A request that nobody clears keeps D3 running, and no core wakes; masking it clears it. */
static void a_pending_request_keeps_d3_running(void **state)
{
    struct whole *w = *state;
    struct signal_driver driver = {0};
    set_bits(w, RCC_AHB4ENR, 1);
    put(w, 0x58020000, 0xABFFFF3Fu); /* PA3: input */
    put(w, EXTI_RTSR1, 1u << 3);
    put(w, EXTI_D3PMR1, 1u << 3);
    stop_all(w);
    level_at_pa3(w, &driver, DRIVE_HIGH);
    assert_true(d3_runs(w));
    assert_int_equal(w->soc.chip.cores.sleep[CORE_CM7], CORE_DEEPSLEEP);
    assert_int_equal(w->soc.chip.cores.sleep[CORE_CM4], CORE_DEEPSLEEP);
    level_at_pa3(w, &driver, DRIVE_LOW);
    assert_true(d3_runs(w));
    put(w, EXTI_D3PMR1, 0);
    assert_false(d3_runs(w));
    level_at_pa3(w, &driver, DRIVE_HIGH); /* without pending it is but a moment */
    assert_false(d3_runs(w));
    signal_detach(&driver, w->soc.chip.sched.now);
}

/* LPTIM4, which runs on LSI, wakes D3 every 10 ms; its flag, masked for both cores, keeps D3 until it is cleared. */
static void a_direct_input_keeps_d3_running(void **state)
{
    struct whole *w = *state;
    set_bits(w, 0x58024474, 1);        /* LSION */
    set_bits(w, 0x58024458, 4u << 13); /* D3CCIPR.LPTIM345SEL: LSI */
    set_bits(w, RCC_APB4ENR, 1u << 11);
    put(w, 0x580244A8, 1u << 11); /* D3AMR.LPTIM4AMEN */
    run_for(w, VTIME_MS(1));
    put(w, LPTIM4 + 8, 2); /* ARRMIE */
    put(w, LPTIM4 + 0x10, 1);
    put(w, LPTIM4 + 0x18, 319);
    run_for(w, VTIME_MS(1));
    put(w, LPTIM4 + 0x10, 5);
    put(w, EXTI_C1IMR2, get(w, EXTI_C1IMR2) & ~(1u << 20));
    put(w, EXTI_C2IMR2, get(w, EXTI_C2IMR2) & ~(1u << 20));
    stop_all(w);
    run_for(w, VTIME_MS(11));
    assert_true(d3_runs(w));
    put(w, LPTIM4 + 4, 0x1F);
    assert_false(d3_runs(w));
    run_for(w, VTIME_MS(10));
    assert_true(d3_runs(w));
}

/* LPTIM5's output, which rises 5 ms after its start, ends the request of LPTIM4's. */
static void a_clear_source_ends_it(void **state)
{
    struct whole *w = *state;
    struct signal_driver driver = {0};
    set_bits(w, 0x58024474, 1);
    set_bits(w, 0x58024458, 4u << 13);
    set_bits(w, RCC_AHB4ENR, 1);
    set_bits(w, RCC_APB4ENR, 1u << 12);
    put(w, 0x580244A8, 1u << 12); /* LPTIM5AMEN */
    run_for(w, VTIME_MS(1));
    put(w, LPTIM5 + 0x10, 1);
    put(w, LPTIM5 + 0x14, 160);
    run_for(w, VTIME_MS(1));
    put(w, LPTIM5 + 0x18, 319);
    run_for(w, VTIME_MS(1));
    put(w, 0x58020000, 0xABFFFF3Fu);
    put(w, EXTI_RTSR1, 1u << 3);
    put(w, EXTI_D3PCR1L, 3u << 6);
    put(w, EXTI_D3PMR1, 1u << 3);
    put(w, LPTIM5 + 0x10, 5);
    stop_all(w);
    level_at_pa3(w, &driver, DRIVE_HIGH);
    run_for(w, VTIME_MS(4));
    assert_true(d3_runs(w));
    run_for(w, VTIME_MS(2));
    assert_false(d3_runs(w));
    signal_detach(&driver, w->soc.chip.sched.now);
}

/* An active wake-up source forbids Standby (7.7.10). */
static void standby_waits_for_d3(void **state)
{
    struct whole *w = *state;
    put(w, EXTI_D3PMR1, 1u << 3);
    put(w, EXTI_SWIER1, 1u << 3);
    put(w, PWR_CPU1CR, PDDS_ALL);
    put(w, PWR_CPU2CR, PDDS_ALL);
    sleep_deep(w, CORE_CM4);
    sleep_deep(w, CORE_CM7);
    assert_true(d3_runs(w));
    assert_false(w->soc.chip.resets.standby);
    put(w, EXTI_D3PMR1, 0);
    run_for(w, VTIME_US(1));
    assert_true(w->soc.chip.resets.standby);
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
        WHOLE(a_pending_request_keeps_d3_running),
        WHOLE(a_direct_input_keeps_d3_running),
        WHOLE(a_clear_source_ends_it),
        WHOLE(standby_waits_for_d3),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
