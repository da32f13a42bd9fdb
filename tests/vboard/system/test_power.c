/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Power, option bytes, debugger as states of the chip: a chip with RCC and FLASH, and neither PWR nor
 * DBGMCU. The tests stand in for them. */
#include "system_testkit.h"

#include <stdlib.h>

#define BDCR (RCC_REGS + 0x070)
#define CSR (RCC_REGS + 0x074)
#define C2_APB1LENR (RCC_REGS + 0x1A8)
#define C1_APB1LENR (RCC_REGS + 0x148)
#define OPTSR_FACTORY 0x17C6AAF0u
#define BCM4 (1u << 22)

static const struct chip_entry table[] = {
    {.name = "FLASH", .model = &flash_model, .base = FLASH_REGS},
    {.name = "A RCC", .model = &rcc_model, .base = RCC_REGS},
    {.name = NULL},
};

static int setup(void **state)
{
    struct kit *k = calloc(1, sizeof(*k));
    assert_non_null(k);
    assert_int_equal(chip_setup(&k->chip, &k->params), 0);
    assert_int_equal(chip_populate(&k->chip, table), 0);
    chip_power(&k->chip, true);
    as(k, MASTER_CM7);
    *state = k;
    return 0;
}

/* sys_ck = PLL1 at 400 MHz, all buses at half of it: good for VOS0 alone. */
static void fast(struct kit *k)
{
    set_bits(k, RCC_CR, 1u << 16);
    run_for(k, VTIME_MS(10));
    put(k, RCC_REGS + 0x028, 0x42);
    put(k, RCC_REGS + 0x030, 0x0103038F);
    put(k, RCC_REGS + 0x02C, 0x00070004);
    set_bits(k, RCC_CR, 1u << 24);
    run_for(k, VTIME_MS(1));
    put(k, FLASH_REGS, 0x22);
    put(k, RCC_REGS + 0x018, 0x48);
    put(k, RCC_REGS + 0x01C, 0x440);
    put(k, RCC_REGS + 0x020, 0x40);
    put(k, RCC_CFGR, 3);
    assert_int_equal(hz(k, CLK_CPU1), 400000000);
}

static void without_pwr_nothing_is_limited(void **state)
{
    struct kit *k = *state;
    fast(k);
    put(k, BDCR, 1);
    assert_int_equal(get(k, BDCR) & 1u, 1);
    assert_true(k->chip.power.ready);
    assert_int_equal(k->chip.findings.count, 0);
}

static void a_lower_scale_is_heard_by_clocks_and_flash(void **state)
{
    struct kit *k = *state;
    fast(k);
    power_select(&k->chip.power, 1, 0);
    assert_int_equal(k->chip.findings.count, 0);
    power_select(&k->chip.power, 3, 0);
    assert_true(found(k, FINDING_OVERCLOCK) > 0);
    assert_int_equal(found(k, FINDING_WAIT_STATES), 1); /* 2 states: 210 MHz in VOS1, 135 in VOS3 */
}

static void settling_makes_no_finding(void **state)
{
    struct kit *k = *state;
    fast(k);
    power_settle(&k->chip.power, 3, 0);
    assert_int_equal(k->chip.findings.count, 0);
}

static void cores_are_held_without_vcore(void **state)
{
    struct kit *k = *state;
    const bool *held = k->chip.cores.held;
    assert_false(held[CORE_CM7] || held[CORE_CM4]);
    k->chip.power.vcore_lost = true;
    power_select(&k->chip.power, 3, 0);
    assert_true(held[CORE_CM7] && held[CORE_CM4]);
    k->chip.power.vcore_lost = false;
    power_select(&k->chip.power, 3, 0);
    assert_false(held[CORE_CM7] || held[CORE_CM4]);
}

static void backup_domain_asks_for_permission(void **state)
{
    struct kit *k = *state;
    k->chip.power.backup_writable = false;
    put(k, BDCR, 1);
    assert_int_equal(get(k, BDCR), 0);
    assert_int_equal(found(k, FINDING_BEHAVIOUR), 1);
    k->chip.power.backup_writable = true;
    put(k, BDCR, 1);
    assert_int_equal(get(k, BDCR), 1);
}

/* ---- domains, which RCC drives ---- */

struct heard {
    unsigned count;
    enum power_domain domain;
    enum power_state state;
};

static void hear_domain(void *ctx, enum power_domain domain, enum power_state state, vtime_ps now)
{
    struct heard *h = ctx;
    (void)now;
    h->count++;
    h->domain = domain;
    h->state = state;
}

static void domains_follow_the_cores(void **state)
{
    struct kit *k = *state;
    const enum power_state *domain = k->chip.power.domain;
    struct heard heard = {0};
    struct power_listener l = {.domain = hear_domain, .ctx = &heard};
    power_listen(&k->chip.power, &l);
    chip_core_sleeps(&k->chip, CORE_CM4, CORE_DEEPSLEEP);
    assert_int_equal(domain[POWER_D2], POWER_STOP);
    assert_int_equal(domain[POWER_D1], POWER_RUN);
    assert_int_equal(heard.count, 1);
    put(k, C1_APB1LENR, 1); /* the M7 uses TIM2, which is in D2 */
    assert_int_equal(domain[POWER_D2], POWER_RUN);
    put(k, C1_APB1LENR, 0);
    assert_int_equal(domain[POWER_D2], POWER_STOP);
    chip_core_sleeps(&k->chip, CORE_CM7, CORE_DEEPSLEEP);
    assert_int_equal(domain[POWER_D1], POWER_STOP);
    assert_int_equal(domain[POWER_D3], POWER_STOP);
    heard.count = 0;
    chip_core_sleeps(&k->chip, CORE_CM7, CORE_AWAKE);
    assert_int_equal(domain[POWER_D1], POWER_RUN);
    assert_int_equal(domain[POWER_D3], POWER_RUN);
    assert_int_equal(heard.count, 2);
    assert_int_equal(hz(k, CLK_SYS), 64000000);
}

static void d3_runs_on_if_asked_to(void **state)
{
    struct kit *k = *state;
    k->chip.power.d3_runs_on = true;
    chip_core_sleeps(&k->chip, CORE_CM4, CORE_DEEPSLEEP);
    chip_core_sleeps(&k->chip, CORE_CM7, CORE_DEEPSLEEP);
    assert_int_equal(k->chip.power.domain[POWER_D1], POWER_STOP);
    assert_int_equal(k->chip.power.domain[POWER_D3], POWER_RUN);
}

static void a_reset_wakes_without_telling(void **state)
{
    struct kit *k = *state;
    struct heard heard = {0};
    struct power_listener l = {.domain = hear_domain, .ctx = &heard};
    chip_core_sleeps(&k->chip, CORE_CM4, CORE_DEEPSLEEP);
    power_listen(&k->chip.power, &l);
    chip_request_reset(&k->chip, RESET_SRC_PIN);
    run_for(k, VTIME_US(1));
    assert_int_equal(k->chip.power.domain[POWER_D2], POWER_RUN);
    assert_int_equal(heard.count, 0);
}

/* ---- who else is asked ---- */

static void debugger_keeps_a_domain_clocked(void **state)
{
    struct kit *k = *state;
    chip_core_sleeps(&k->chip, CORE_CM4, CORE_DEEPSLEEP);
    assert_int_equal(hz(k, CLK_CPU2), 0);
    chip_debug_clocks(&k->chip, false, true);
    assert_int_equal(k->chip.power.domain[POWER_D2], POWER_RUN);
    assert_int_equal(hz(k, CLK_CPU2), 64000000);
    chip_debug_clocks(&k->chip, false, false);
    assert_int_equal(hz(k, CLK_CPU2), 0);
}

static void option_bytes_say_who_boots(void **state)
{
    struct kit *k = *state;
    k->chip.options.optsr = OPTSR_FACTORY & ~BCM4;
    k->chip.options.boot7 = 0x1FF00810;
    chip_request_reset(&k->chip, RESET_SRC_PIN);
    run_for(k, VTIME_US(1));
    assert_false(k->chip.cores.held[CORE_CM7]);
    assert_true(k->chip.cores.held[CORE_CM4]);
    assert_int_equal(k->chip.cores.boot_address[CORE_CM7], 0x08100000);
}

static void whoever_wants_lsi_gets_it(void **state)
{
    struct kit *k = *state;
    struct clock *lsi = &k->chip.clocks[CLK_LSI];
    clock_want(lsi, 1u << 1, true, k->chip.sched.now);
    clock_want(lsi, 1u << 2, true, k->chip.sched.now);
    run_for(k, VTIME_MS(1));
    assert_int_equal(hz(k, CLK_LSI), 32000);
    clock_want(lsi, 1u << 1, false, k->chip.sched.now);
    assert_int_equal(hz(k, CLK_LSI), 32000);
    clock_want(lsi, 1u << 2, false, k->chip.sched.now);
    assert_int_equal(hz(k, CLK_LSI), 0);
}

/* ---- the state itself ---- */

static void count(void *ctx, vtime_ps now)
{
    (void)now;
    ++*(unsigned *)ctx;
}

static void only_changes_of_overdrive_are_told(void **state)
{
    struct power p;
    unsigned told = 0;
    struct power_listener l = {.overdriven = count, .ctx = &told};
    struct power_listener deaf = {.ctx = NULL};
    (void)state;
    power_init(&p);
    power_listen(&p, &l);
    power_listen(&p, &deaf);
    power_set_overdrive(&p, false, 0);
    assert_int_equal(told, 0);
    power_set_overdrive(&p, true, 0);
    power_set_overdrive(&p, true, 0);
    assert_int_equal(told, 1);
    power_select(&p, 2, 0);
    power_settle(&p, 1, 0);
    power_set_domain(&p, POWER_D1, POWER_STOP, 0);
    assert_int_equal(told, 1);
    assert_int_equal(p.vos, 1);
}

static void settling_ends_run_star(void **state)
{
    struct power p;
    unsigned told = 0;
    struct power_listener l = {.settled = count, .ctx = &told};
    (void)state;
    power_init(&p);
    p.run_star = true;
    p.ready = false;
    power_listen(&p, &l);
    power_select(&p, 3, 0);
    assert_true(p.run_star && !p.ready);
    power_settle(&p, 3, 0);
    assert_true(!p.run_star && p.ready);
    assert_int_equal(told, 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, kit_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(without_pwr_nothing_is_limited),
        TEST(a_lower_scale_is_heard_by_clocks_and_flash),
        TEST(settling_makes_no_finding),
        TEST(cores_are_held_without_vcore),
        TEST(backup_domain_asks_for_permission),
        TEST(domains_follow_the_cores),
        TEST(d3_runs_on_if_asked_to),
        TEST(a_reset_wakes_without_telling),
        TEST(debugger_keeps_a_domain_clocked),
        TEST(option_bytes_say_who_boots),
        TEST(whoever_wants_lsi_gets_it),
        cmocka_unit_test(only_changes_of_overdrive_are_told),
        cmocka_unit_test(settling_ends_run_star),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
