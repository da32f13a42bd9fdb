/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A needle that is held by cal or goto and forgotten is let go after five minutes, counted from the last word. */
#include "tests/firmware/cmocka_head.h"

#include "core/err.h"
#include "firmware/cm7/answer.h"
#include "firmware/cm7/commands.h"
#include "firmware/cm7/dials.h"
#include "firmware/cm7/keys.h"
#include "firmware/cm7/leds.h"
#include "firmware/cm7/settings.h"

#define HOLD_TICKS (5u * 60u * 1000u / LEDS_TICK_MS)

struct settings settings;

static bool is_held;
static int32_t held_mdeg;
static unsigned errors, sweeps;

void answer_line(const char *format, ...)
{
    (void)format;
}

void answer_ok(const char *format, ...)
{
    (void)format;
}

void answer_error(const char *word, const char *reason)
{
    (void)word;
    (void)reason;
    errors++;
}

void dials_hold(uint32_t dial, int32_t needle_mdeg)
{
    assert_int_equal(dial, 0);
    is_held = true;
    held_mdeg = needle_mdeg;
}

void dials_follow(void)
{
    is_held = false;
}

void dials_sweep(void)
{
    is_held = false;
    sweeps++;
}

void dials_retune(void)
{
}

void settings_apply(void)
{
    settings.record = settings.draft;
}

bool key_parse_temperature(const char *text, bool is_fahrenheit, int32_t *milli_c)
{
    (void)text;
    (void)is_fahrenheit;
    (void)milli_c;
    return false;
}

static int set_up(void **state)
{
    (void)state;
    record_default(&settings.record);
    settings.draft = settings.record;
    errors = 0;
    return 0;
}

static void say_cal(void)
{
    char *words[] = {"cal"};
    command_cal(1, words);
}

static void say_goto(char *where)
{
    char *words[] = {"goto", where};
    command_goto(2, words);
}

static void say(char *word)
{
    assert_true(command_cal_word(1, &word));
    assert_int_equal(errors, 0);
}

static void wait(unsigned ticks)
{
    for (unsigned i = 0; i < ticks; i++) {
        assert_true(is_held);
        commands_tick();
    }
}

static void check_let_go(void)
{
    char *word = "done";
    wait(HOLD_TICKS);
    assert_false(is_held);
    assert_false(command_cal_word(1, &word)); /* cal has ended as well */
}

static void cal_forgotten(void **state)
{
    (void)state;
    say_cal();
    assert_int_equal(held_mdeg, settings.record.dial[0].servo.point[0].x);
    check_let_go();
}

/* Each word of cal begins the five minutes anew. */
static void cal_goes_on(void **state)
{
    static char *const words[] = {"next", "+", "-5", "back"};
    (void)state;
    say_cal();
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
        wait(HOLD_TICKS - 1);
        say(words[i]);
    }
    check_let_go();
}

static void goto_forgotten(void **state)
{
    (void)state;
    say_goto("90");
    assert_int_equal(held_mdeg, 90000);
    wait(HOLD_TICKS - 1);
    say_goto("80");
    assert_int_equal(held_mdeg, 80000);
    check_let_go();
}

/* Nothing is held: nothing is let go, however long it takes. */
static void check_idle(void)
{
    is_held = true; /* another's hold would be ended */
    wait(2 * HOLD_TICKS);
    assert_true(is_held);
}

static void ends_by_a_word(void **state)
{
    static char *const ends[] = {"done", "cancel"};
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        say_cal();
        say(ends[i]);
        assert_false(is_held);
        check_idle();
    }
    say_goto("90");
    say_goto("off");
    assert_false(is_held);
    check_idle();
    say_cal();
    char *words[] = {"sweep"};
    command_sweep(1, words);
    assert_int_equal(sweeps, 1);
    check_idle();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(cal_forgotten, set_up),
        cmocka_unit_test_setup(cal_goes_on, set_up),
        cmocka_unit_test_setup(goto_forgotten, set_up),
        cmocka_unit_test_setup(ends_by_a_word, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
