/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What a store means, given the wiring and what was seen. */
#include "tests/formats/cmocka_head.h"

#include "check/flow_rule.h"

#include <string.h>

/* Seen in a run: this value, by any store; FLOW_ALL: none was. */
static bool ran(void *context, const struct flow_site *site, struct flow_bits value)
{
    (void)site;
    const uint32_t *seen = context;
    return *seen != FLOW_ALL && flow_may_be(value, *seen);
}

static struct flow_site site_of(enum flow_watch range, struct flow_bits value)
{
    return (struct flow_site){.address = flow_watches[range].address,
                              .size = 4,
                              .exact = true,
                              .range = range,
                              .value = {1, {value}},
                              .by = FLOW_BY_RESET};
}

static struct flow_bits low_bits(uint32_t value)
{
    return (struct flow_bits){FLOW_BITS, 0x3F, value};
}

static enum flow_doubt judge(const struct flow_site *site, enum supply_wiring wiring, bool first,
                             uint32_t seen)
{
    struct flow_facts facts = {wiring, first, ran, &seen};
    struct flow_bits value;
    return flow_judge(site, &facts, &value);
}

static void selections(void **state)
{
    static const struct {
        enum supply_wiring wiring;
        uint32_t cr3;
        enum flow_doubt doubt;
    } rows[] = {
        {SUPPLY_SMPS, 0x04, FLOW_NO_DOUBT},    {SUPPLY_SMPS, 0x02, FLOW_TAKES_VCORE},
        {SUPPLY_SMPS, 0x01, FLOW_TAKES_VCORE}, {SUPPLY_SMPS, 0x16, FLOW_OVERVOLTAGE},
        {SUPPLY_SMPS, 0x06, FLOW_NO_DOUBT}, /* illegal: refused */
        {SUPPLY_LDO, 0x02, FLOW_NO_DOUBT},     {SUPPLY_LDO, 0x04, FLOW_TAKES_VCORE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct flow_site s = site_of(FLOW_PWR_CR3, low_bits(rows[i].cr3));
        assert_int_equal(judge(&s, rows[i].wiring, false, FLOW_ALL), rows[i].doubt);
    }
    struct flow_site any = site_of(FLOW_PWR_CR3, flow_unknown());
    assert_int_equal(judge(&any, SUPPLY_SMPS, false, FLOW_ALL), FLOW_TAKES_VCORE);
}

/* What was seen to be written was judged where it was seen. */
static void seen(void **state)
{
    struct flow_site s = site_of(FLOW_PWR_CR3, low_bits(2));
    (void)state;
    assert_int_equal(judge(&s, SUPPLY_SMPS, false, 0x02), FLOW_NO_DOUBT);
    assert_int_equal(judge(&s, SUPPLY_SMPS, false, 0x04), FLOW_TAKES_VCORE);
}

static void behind_the_lock(void **state)
{
    struct flow_site s = site_of(FLOW_PWR_CR3, low_bits(2));
    (void)state;
    assert_int_equal(judge(&s, SUPPLY_SMPS, true, FLOW_ALL), FLOW_TAKES_VCORE);
    s.after_once = true;
    assert_int_equal(judge(&s, SUPPLY_SMPS, true, FLOW_ALL), FLOW_LATER);
    assert_int_equal(judge(&s, SUPPLY_SMPS, false, FLOW_ALL), FLOW_TAKES_VCORE);
}

/* The low byte decides: a byte store into it does, one behind it does not. */
static void parts(void **state)
{
    struct flow_site s = site_of(FLOW_PWR_CR3, flow_constant(2));
    (void)state;
    s.size = 1;
    assert_int_equal(judge(&s, SUPPLY_SMPS, false, FLOW_ALL), FLOW_TAKES_VCORE);
    s.address += 3;
    assert_int_equal(judge(&s, SUPPLY_SMPS, false, FLOW_ALL), FLOW_NO_DOUBT);
    s = site_of(FLOW_PWR_CR3, flow_constant(0x0200));
    s.address -= 1;
    assert_int_equal(judge(&s, SUPPLY_SMPS, false, FLOW_ALL), FLOW_TAKES_VCORE);
}

static void overdrive(void **state)
{
    struct flow_site on = site_of(FLOW_SYSCFG_PWRCR, (struct flow_bits){FLOW_BITS, 1, 1});
    struct flow_site off = site_of(FLOW_SYSCFG_PWRCR, (struct flow_bits){FLOW_BITS, 1, 0});
    struct flow_site somewhere = site_of(FLOW_SYSCFG_PWRCR, flow_unknown());
    (void)state;
    somewhere.exact = false;
    assert_int_equal(judge(&on, SUPPLY_SMPS, true, FLOW_ALL), FLOW_OVERVOLTAGE);
    assert_int_equal(judge(&on, SUPPLY_LDO, true, FLOW_ALL), FLOW_NO_DOUBT);
    assert_int_equal(judge(&off, SUPPLY_SMPS, true, FLOW_ALL), FLOW_NO_DOUBT);
    assert_int_equal(judge(&somewhere, SUPPLY_SMPS, true, FLOW_ALL), FLOW_NO_DOUBT);
}

static void options(void **state)
{
    struct flow_site level1 = site_of(FLOW_OPTIONS, flow_constant(0x1000BBF0u));
    struct flow_site level2 = site_of(FLOW_OPTIONS, flow_constant(0x1000CCF0u));
    struct flow_site start = site_of(FLOW_OPTCR, flow_constant(2));
    (void)state;
    assert_int_equal(judge(&level1, SUPPLY_SMPS, true, FLOW_ALL), FLOW_NO_DOUBT);
    assert_int_equal(judge(&level2, SUPPLY_SMPS, true, FLOW_ALL), FLOW_LOCKS_FOR_EVER);
    assert_int_equal(judge(&start, SUPPLY_SMPS, true, FLOW_ALL), FLOW_OPTION_CODE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(selections),      cmocka_unit_test(seen),
        cmocka_unit_test(behind_the_lock), cmocka_unit_test(parts),
        cmocka_unit_test(overdrive),       cmocka_unit_test(options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
