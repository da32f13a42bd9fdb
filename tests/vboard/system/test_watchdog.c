/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* IWDG1, IWDG2 and what freezes them (RM0399 chapter 48, 63.5.8). */
#include "system_testkit.h"

#define KR 0x00u
#define PR 0x04u
#define RLR 0x08u
#define SR 0x0Cu
#define WINR 0x10u
#define C1_RSR (RCC_REGS + 0x130)
#define C2_RSR (RCC_REGS + 0x190)
#define RMVF (1u << 16)
#define IWDG1RSTF (1u << 26)
#define IWDG2RSTF (1u << 27)
#define OPTSR_FACTORY 0x17C6AAF0u

static void clear_flags(struct kit *k)
{
    put(k, C1_RSR, RMVF);
    put(k, C2_RSR, RMVF);
}

static bool reset_seen(struct kit *k, uint32_t flag)
{
    return (get(k, C1_RSR) & flag) != 0;
}

/* Start, prescaler 4 << pr, reload; waits for the update and reloads. */
static void start(struct kit *k, uint32_t base, uint32_t pr, uint32_t rlr)
{
    clear_flags(k);
    put(k, base + KR, 0xCCCC);
    put(k, base + KR, 0x5555);
    put(k, base + PR, pr);
    put(k, base + RLR, rlr);
    run_for(k, VTIME_MS(1));
    assert_int_equal(get(k, base + SR), 0);
    put(k, base + KR, 0xAAAA);
}

static void iwdg_times_out_after_its_reload(void **state)
{
    struct kit *k = *state;
    start(k, IWDG1_REGS, 0, 479); /* 480 * 4 / 32 kHz = 60 ms */
    run_for(k, VTIME_US(59990));
    assert_false(reset_seen(k, IWDG1RSTF));
    run_for(k, VTIME_US(20));
    assert_true(reset_seen(k, IWDG1RSTF));
    assert_int_equal(get(k, C2_RSR) & IWDG1RSTF, IWDG1RSTF);
}

static void iwdg2_resets_the_chip_too(void **state)
{
    struct kit *k = *state;
    start(k, IWDG2_REGS, 1, 239);
    run_for(k, VTIME_MS(61));
    assert_true(reset_seen(k, IWDG2RSTF));
    assert_false(reset_seen(k, IWDG1RSTF));
    run_for(k, VTIME_S(60)); /* the reset has stopped it */
    clear_flags(k);
    run_for(k, VTIME_S(60));
    assert_false(reset_seen(k, IWDG2RSTF));
}

static void reloading_in_time_prevents_it(void **state)
{
    struct kit *k = *state;
    start(k, IWDG1_REGS, 0, 479);
    for (unsigned i = 0; i < 20; i++) {
        run_for(k, VTIME_MS(50));
        put(k, IWDG1_REGS + KR, 0xAAAA);
    }
    assert_false(reset_seen(k, IWDG1RSTF));
}

static void first_round_counts_from_0xfff(void **state)
{
    struct kit *k = *state;
    clear_flags(k);
    put(k, RCC_REGS + 0x074, 1); /* LSI on, so that RLR arrives before the start */
    run_for(k, VTIME_MS(1));
    put(k, IWDG1_REGS + KR, 0x5555);
    put(k, IWDG1_REGS + RLR, 10);
    run_for(k, VTIME_MS(1));
    put(k, IWDG1_REGS + KR, 0xCCCC); /* 4096 * 4 / 32 kHz = 512 ms */
    run_for(k, VTIME_MS(511));
    assert_false(reset_seen(k, IWDG1RSTF));
    run_for(k, VTIME_MS(2));
    assert_true(reset_seen(k, IWDG1RSTF));
}

static void lsi_is_forced_on(void **state)
{
    struct kit *k = *state;
    start(k, IWDG1_REGS, 6, 0xFFF);
    assert_int_equal(get(k, RCC_REGS + 0x074), 2); /* LSIRDY without LSION */
    put(k, RCC_REGS + 0x074, 1);
    put(k, RCC_REGS + 0x074, 0);
    assert_int_equal(get(k, RCC_REGS + 0x074), 2);
}

static void registers_need_the_access_key(void **state)
{
    struct kit *k = *state;
    put(k, IWDG1_REGS + PR, 3);
    assert_int_equal(get(k, IWDG1_REGS + PR), 0);
    assert_int_equal(found(k, FINDING_BEHAVIOUR), 1);
    put(k, IWDG1_REGS + KR, 0x5555);
    put(k, IWDG1_REGS + PR, 3);
    assert_int_equal(get(k, IWDG1_REGS + PR), 3);
    put(k, IWDG1_REGS + KR, 0xAAAA);
    put(k, IWDG1_REGS + RLR, 3);
    assert_int_equal(get(k, IWDG1_REGS + RLR), 0xFFF);
}

static void update_takes_five_cycles_and_needs_lsi(void **state)
{
    struct kit *k = *state;
    put(k, IWDG1_REGS + KR, 0x5555);
    put(k, IWDG1_REGS + PR, 3);
    run_for(k, VTIME_S(1));
    assert_int_equal(get(k, IWDG1_REGS + SR), 1); /* LSI is off */
    put(k, IWDG1_REGS + PR, 2);                   /* lost */
    assert_int_equal(get(k, IWDG1_REGS + PR), 3);
    put(k, IWDG1_REGS + KR, 0xCCCC);
    run_for(k, VTIME_US(200) + VTIME_US(150));
    assert_int_equal(get(k, IWDG1_REGS + SR), 1);
    run_for(k, VTIME_US(10));
    assert_int_equal(get(k, IWDG1_REGS + SR), 0);
}

static void reload_above_the_window_resets(void **state)
{
    struct kit *k = *state;
    start(k, IWDG1_REGS, 0, 479);
    put(k, IWDG1_REGS + KR, 0x5555);
    put(k, IWDG1_REGS + WINR, 240); /* not in the first 30 ms */
    run_for(k, VTIME_MS(1));
    run_for(k, VTIME_MS(40));
    put(k, IWDG1_REGS + KR, 0xAAAA);
    run_for(k, VTIME_US(1));
    assert_false(reset_seen(k, IWDG1RSTF));
    run_for(k, VTIME_MS(10));
    put(k, IWDG1_REGS + KR, 0xAAAA);
    run_for(k, VTIME_US(1));
    assert_true(reset_seen(k, IWDG1RSTF));
}

static void frozen_while_its_core_is_halted(void **state)
{
    struct kit *k = *state;
    put(k, DBGMCU_REGS + 0x54, 1u << 18); /* APB4FZ1: IWDG1 with the CM7 */
    start(k, IWDG1_REGS, 0, 479);
    run_for(k, VTIME_MS(30));
    chip_core_halted(&k->chip, CORE_CM7, true);
    run_for(k, VTIME_S(10));
    assert_false(reset_seen(k, IWDG1RSTF));
    chip_core_halted(&k->chip, CORE_CM7, false);
    run_for(k, VTIME_MS(29));
    assert_false(reset_seen(k, IWDG1RSTF));
    run_for(k, VTIME_MS(2));
    assert_true(reset_seen(k, IWDG1RSTF));
}

static void not_frozen_by_the_other_core(void **state)
{
    struct kit *k = *state;
    put(k, DBGMCU_REGS + 0x54, 1u << 18);
    start(k, IWDG1_REGS, 0, 479);
    chip_core_halted(&k->chip, CORE_CM4, true);
    run_for(k, VTIME_MS(61));
    assert_true(reset_seen(k, IWDG1RSTF));
}

static void hardware_watchdog_starts_by_itself(void **state)
{
    struct kit *k = *state;
    kit_restart(k, SUPPLY_SMPS, &(struct chip_params){.optsr = OPTSR_FACTORY & ~(1u << 5)});
    clear_flags(k);
    run_for(k, VTIME_MS(511));
    assert_false(reset_seen(k, IWDG2RSTF));
    run_for(k, VTIME_MS(2));
    assert_true(reset_seen(k, IWDG2RSTF));
    clear_flags(k);
    run_for(k, VTIME_MS(520)); /* and again */
    assert_true(reset_seen(k, IWDG2RSTF));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KIT_TEST(iwdg_times_out_after_its_reload),
        KIT_TEST(iwdg2_resets_the_chip_too),
        KIT_TEST(reloading_in_time_prevents_it),
        KIT_TEST(first_round_counts_from_0xfff),
        KIT_TEST(lsi_is_forced_on),
        KIT_TEST(registers_need_the_access_key),
        KIT_TEST(update_takes_five_cycles_and_needs_lsi),
        KIT_TEST(reload_above_the_window_resets),
        KIT_TEST(frozen_while_its_core_is_halted),
        KIT_TEST(not_frozen_by_the_other_core),
        KIT_TEST(hardware_watchdog_starts_by_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
