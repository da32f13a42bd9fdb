/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Scenario files: what they say is what is done, and errors name file, line and remedy. */
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"

#include "formats/scenario/scenario.h"

#include <stdio.h>
#include <string.h>

static char error[512];

static bool load(const char *text, struct scenario *scenario)
{
    error[0] = '\0';
    return scenario_load(scratch_text("s.yaml", text), scenario, error, sizeof error);
}

static void all_actions(void **state)
{
    static const struct scenario_step want[] = {
        {.at_ps = 0, .action = SCENARIO_BOOT0, .on = true},
        {.at_ps = 1, .action = SCENARIO_BOOT0},
        {.at_ps = 2, .action = SCENARIO_POWER},
        {.at_ps = 3, .action = SCENARIO_POWER, .on = true},
        {.at_ps = 4, .action = SCENARIO_NRST},
        {.at_ps = 5, .action = SCENARIO_NRST, .on = true},
        {.at_ps = 6, .action = SCENARIO_BUTTON, .on = true},
        {.at_ps = 7, .action = SCENARIO_BUTTON},
        {.at_ps = 8, .action = SCENARIO_HSE, .hse_uhz = 0},
        {.at_ps = 9, .action = SCENARIO_HSE, .hse_uhz = SCENARIO_HSE_SOLD},
        {.at_ps = 10, .action = SCENARIO_HSE, .hse_uhz = UINT64_C(8333000000000)},
        {.at_ps = 11, .action = SCENARIO_VDD, .vdd_mv = 2600},
        {.at_ps = 12, .action = SCENARIO_VDD, .vdd_mv = 1650},
        {.at_ps = 13, .action = SCENARIO_SERVO},
        {.at_ps = 14, .action = SCENARIO_SERVO, .on = true},
        {.at_ps = 15, .action = SCENARIO_FEED, .feed_mv = 6500},
        {.at_ps = 16, .action = SCENARIO_FEED, .feed_mv = SCENARIO_FEED_OPEN},
        {.at_ps = 17, .action = SCENARIO_PROBE, .on = true},
    };
    struct scenario s;
    (void)state;
    assert_true(
        load("- {at: 0s, do: boot0 high}\n- {at: 1s, do: boot0 low}\n"
             "- {at: 2s, do: power off}\n- {at: 3s, do: power on}\n"
             "- {at: 4s, do: nrst low}\n- {at: 5s, do: nrst high}\n"
             "- {at: 6s, do: button press}\n- {at: 7s, do: button release}\n"
             "- {at: 8s, do: hse absent}\n- {at: 9s, do: hse present}\n"
             "- {at: 10s, do: hse 8.333M}\n- {at: 11s, do: vdd 2.6V}\n"
             "- {at: 12s, do: vdd 1650mV}\n- {at: 13s, do: servo unplug}\n"
             "- {at: 14s, do: servo plug}\n"
             "- {at: 15s, do: feed 6.5V}\n- {at: 16s, do: feed open}\n- at: 17s\n  do: probe\n",
             &s));
    assert_int_equal(s.count, sizeof want / sizeof *want);
    for (size_t i = 0; i < s.count; i++) {
        assert_int_equal(s.steps[i].at_ps, want[i].at_ps * UINT64_C(1000000000000));
        assert_int_equal(s.steps[i].action, want[i].action);
        assert_int_equal(s.steps[i].on, want[i].on);
        assert_int_equal(s.steps[i].hse_uhz, want[i].hse_uhz);
        assert_int_equal(s.steps[i].vdd_mv, want[i].vdd_mv);
        assert_int_equal(s.steps[i].feed_mv, want[i].feed_mv);
        assert_int_equal(s.steps[i].line, i + 1);
    }
    assert_string_equal(s.steps[11].text, "vdd 2.6V");
    scenario_free(&s);
}

/* What hands clip to pins. */
static void clips(void **state)
{
    struct scenario s;
    (void)state;
    assert_true(load("- {at: 0s, do: wire PB5 PE14}\n- {at: 1s, do: pulses PD12 1001 2k}\n"
                     "- {at: 2s, do: type hello you}\n- {at: 3s, do: send PB7 9600 a b}\n"
                     "- {at: 4s, do: volts PC4 1.65V}\n",
                     &s));
    assert_int_equal(s.steps[0].action, SCENARIO_WIRE);
    assert_int_equal(s.steps[0].pins[0].port, 'B');
    assert_int_equal(s.steps[0].pins[1].port, 'E');
    assert_int_equal(s.steps[0].pins[1].number, 14);
    assert_int_equal(s.steps[1].action, SCENARIO_PULSES);
    assert_int_equal(s.steps[1].count, 1001);
    assert_int_equal(s.steps[1].uhz, UINT64_C(2000000000));
    assert_int_equal(s.steps[2].action, SCENARIO_TYPE);
    assert_string_equal(s.steps[2].text, "type hello you");
    assert_int_equal(s.steps[3].action, SCENARIO_SEND);
    assert_int_equal(s.steps[3].baud, 9600);
    assert_string_equal(s.steps[3].text + s.steps[3].start, "a b");
    assert_int_equal(s.steps[4].action, SCENARIO_VOLTS);
    assert_int_equal(s.steps[4].pins[0].port, 'C');
    assert_int_equal(s.steps[4].pin_mv, 1650);
    scenario_free(&s);
}

static void times_are_exact(void **state)
{
    static const struct {
        const char *text;
        uint64_t ps;
    } times[] = {{"2s", UINT64_C(2000000000000)},       {"2", UINT64_C(2000000000000)},
                 {"1.5s", UINT64_C(1500000000000)},     {"0.000000000001s", 1},
                 {"20ms", UINT64_C(20000000000)},       {"1.000001ms", UINT64_C(1000001000)},
                 {"150us", UINT64_C(150000000)},        {"7ns", 7000},
                 {"0.1s", UINT64_C(100000000000)},      {"2.05ns", 2050},
                 {"3600s", UINT64_C(3600000000000000)}, {"10.s", UINT64_C(10000000000000)}};
    (void)state;
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        char text[80];
        struct scenario s;
        snprintf(text, sizeof text, "- {at: %s, do: probe}\n", times[i].text);
        assert_true(load(text, &s));
        assert_int_equal(s.steps[0].at_ps, times[i].ps);
        scenario_free(&s);
    }
}

static void errors_name_the_line(void **state)
{
    static const struct {
        const char *text, *says;
    } bad[] = {
        {"- {at: 1s, do: power off}\n- {at: 2 s, do: power on}\n",
         "s.yaml:2: [1].at: 2 s is no time"},
        {"- {at: -1s, do: probe}\n", "s.yaml:1: [0].at: -1s is no time"},
        {"- {at: 0.0000000000001s, do: probe}\n", "is no time"},
        {"- {at: 99999999999s, do: probe}\n", "is no time"},
        {"- {at: s, do: probe}\n", "is no time"},
        {"- {at: 1s, do: explode}\n", "s.yaml:1: [0].do: explode is no action: use power on|off"},
        {"- {at: 1s, do: power}\n", "power is no action"},
        {"- {at: 1s, do: vdd 5V}\n", "vdd 5V is no action"},
        {"- {at: 1s, do: vdd 2.6W}\n", "vdd 2.6W is no action"},
        {"- {at: 1s, do: feed 50V}\n", "feed 50V is no action"},
        {"- {at: 1s, do: hse 0}\n", "hse 0 is no action"},
        {"- {at: 1s, do: hse 80M}\n", "hse 80M is no action"},
        {"- {at: 1s, do: wire PA0}\n", "wire PA0 is no action"},
        {"- {at: 1s, do: wire PA0 PL1}\n", "no action"},
        {"- {at: 1s, do: wire PA0 PA16}\n", "no action"},
        {"- {at: 1s, do: pulses PA0 0 1k}\n", "no action"},
        {"- {at: 1s, do: pulses PA0 5}\n", "no action"},
        {"- {at: 1s, do: pulses PA0 5 80M}\n", "no action"},
        {"- {at: 1s, do: volts PA0}\n", "no action"},
        {"- {at: 1s, do: volts PA0 5V}\n", "no action"},
        {"- {at: 1s, do: send PA0 x}\n", "no action"},
        {"- {at: 1s, do: send PA0 9600}\n", "no action"},
        {"- {at: 1s, do: type}\n", "no action"},
        {"- {at: 2s, do: probe}\n\n- {at: 1s, do: probe}\n",
         "s.yaml:3: [1]: earlier than the step"},
        {"- {do: probe}\n", "at"},
        {"- {at: 1s}\n", "do"},
        {"- {at: 1s, do: probe, why: not}\n", "unknown key: use one of: at, do"},
        {"- {at: 1s, at: 2s, do: probe}\n", "given twice"},
        {"- [1s, probe]\n", "not a group of keys"},
        {"- {at: [1s], do: probe}\n", "not a single value"},
        {"at: 1s\n", "not a list"},
        {"- {at: 1s, do: probe\n", "not valid YAML"},
        {"", "empty"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct scenario s;
        if (load(bad[i].text, &s) || strstr(error, bad[i].says) == NULL ||
            strstr(error, "s.yaml:") == NULL) {
            fail_msg("case %zu: `%s' instead of `%s'", i, error, bad[i].says);
        }
        scenario_free(&s);
    }
}

static void a_missing_file(void **state)
{
    struct scenario s;
    (void)state;
    assert_false(scenario_load("/nonexistent/s.yaml", &s, error, sizeof error));
    assert_non_null(strstr(error, "/nonexistent/s.yaml: "));
    scenario_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_actions),     cmocka_unit_test(clips),
        cmocka_unit_test(times_are_exact), cmocka_unit_test(errors_name_the_line),
        cmocka_unit_test(a_missing_file),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
