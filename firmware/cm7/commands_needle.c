/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * cal, goto, sweep. While the needle is held it shows no temperature; a hold that nobody goes on
 * with ends by itself.
 */
#include <stddef.h>
#include <string.h>

#include "core/err.h"
#include "core/words.h"
#include "firmware/cm7/answer.h"
#include "firmware/cm7/commands.h"
#include "firmware/cm7/dials.h"
#include "firmware/cm7/keys.h"
#include "firmware/cm7/leds.h"
#include "firmware/cm7/settings.h"

/* What a servo's stops may be like: no pulse beyond these, and none far from where the horn is. */
#define CAL_MIN_NS 400000
#define CAL_MAX_NS 2700000
#define CAL_STEP_MAX_NS 100000
#define CAL_STEP_NS 10000
#define PULSE_STEP_NS 100

#define HOLD_TICKS (300U * 1000U / LEDS_TICK_MS)

static struct {
    bool is_on;
    uint32_t dial;
    uint32_t point;
    struct curve before;
} cal;

static uint32_t held_ticks; /* 0: nothing is held */

static void follow(void)
{
    held_ticks = 0;
    dials_follow();
}

static struct curve *servo(void)
{
    return &settings.draft.dial[cal.dial].servo;
}

static void apply(void)
{
    settings_apply();
    dials_retune();
}

static void tell_point(void)
{
    const struct curve_point *point = &servo()->point[cal.point];
    answer_ok("point %u of %u: needle %m, pulse %m us", cal.point + 1U, (uint32_t)servo()->count,
              point->x, point->y);
}

static void go_to_point(uint32_t point)
{
    cal.point = point;
    held_ticks = 1;
    dials_hold(cal.dial, servo()->point[point].x);
    tell_point();
}

/* The word's number of a dial, from 1. */
static bool parse_dial(const char *word, uint32_t *dial)
{
    *dial = (uint32_t)(word[0] - '1');
    if (word[0] < '1' || word[1] != '\0' || *dial >= settings.record.dial_count) {
        answer_error(word, "no such dial");
        return false;
    }
    return true;
}

void command_cal(int count, char **word)
{
    uint32_t dial = 0;
    if (count > 1 && !parse_dial(word[1], &dial)) {
        return;
    }
    if (settings.is_other) {
        answer_error(word[0], "another profile is waiting: save and reboot, or revert");
        return;
    }
    cal.is_on = true;
    cal.dial = dial;
    cal.before = *servo();
    answer_line(
        "turn the horn with +, -, +5, -5 or a pulse in us; then next, back, done or cancel");
    go_to_point(0);
}

/* The pulse of this point: the draft with it must be as good as any. */
static void set_pulse(const char *word, int32_t pulse_ns)
{
    int32_t *pulse = &servo()->point[cal.point].y;
    const int32_t before_ns = *pulse;
    const int32_t step_ns = pulse_ns - before_ns;
    if (pulse_ns < CAL_MIN_NS || pulse_ns > CAL_MAX_NS) {
        answer_error(word, "a servo takes 400 to 2700 us");
        return;
    }
    if (step_ns > CAL_STEP_MAX_NS || step_ns < -CAL_STEP_MAX_NS) {
        answer_error(word, "at most 100 us at once");
        return;
    }
    *pulse = (pulse_ns + PULSE_STEP_NS / 2) / PULSE_STEP_NS * PULSE_STEP_NS;
    const int error = record_validate(&settings.draft, NULL);
    if (error < 0) {
        *pulse = before_ns;
        answer_error(word, gauge_err_text(error));
        return;
    }
    apply();
    held_ticks = 1;
    tell_point();
}

/* + and - alone, +5 and -5 from where it is, 1500. False: none of these. */
static bool take_pulse(const char *word)
{
    const char *end;
    int32_t number_ns;
    const bool is_step = word[0] == '+' || word[0] == '-';
    if (is_step && word[1] == '\0') {
        number_ns = word[0] == '+' ? CAL_STEP_NS : -CAL_STEP_NS;
    } else if (!words_milli(word, &number_ns, &end) || *end != '\0') {
        return false;
    }
    if (is_step && number_ns >= -CAL_MAX_NS && number_ns <= CAL_MAX_NS) {
        number_ns += servo()->point[cal.point].y;
    }
    set_pulse(word, number_ns);
    return true;
}

static void finish(const char *text)
{
    cal.is_on = false;
    follow();
    answer_ok("%s", text);
}

bool command_cal_word(int count, char **word)
{
    if (!cal.is_on || count != 1) {
        return false;
    }
    const bool is_last = cal.point + 1U == servo()->count;
    if (strcmp(word[0], "next") == 0 && !is_last) {
        go_to_point(cal.point + 1U);
    } else if (strcmp(word[0], "back") == 0) {
        go_to_point(cal.point > 0 ? cal.point - 1U : 0);
    } else if (strcmp(word[0], "next") == 0 || strcmp(word[0], "done") == 0) {
        finish("cal done, save keeps it");
    } else if (strcmp(word[0], "cancel") == 0) {
        *servo() = cal.before;
        apply();
        finish("cal cancelled");
    } else {
        return take_pulse(word[0]);
    }
    return true;
}

/* An angle, or a temperature on the scale. */
static bool parse_goal(const char *word, const struct gauge_config *config, int32_t *needle_mdeg)
{
    const char *end;
    if (words_milli(word, needle_mdeg, &end) && *end == '\0') {
        return true;
    }
    if (!key_parse_temperature(word, settings.is_fahrenheit, needle_mdeg)) {
        return false;
    }
    *needle_mdeg = curve_at(&config->dial, *needle_mdeg);
    return true;
}

void command_goto(int count, char **word)
{
    uint32_t dial = 0;
    int32_t needle_mdeg;
    if (count > 2 && !parse_dial(word[2], &dial)) {
        return;
    }
    cal.is_on = false;
    if (strcmp(word[1], "off") == 0) {
        follow();
        answer_ok("goto off");
        return;
    }
    const struct gauge_config *config = &settings.record.dial[dial];
    if (!parse_goal(word[1], config, &needle_mdeg)) {
        answer_error(word[1], "give degrees as 90, a temperature as 100C or 212F");
        return;
    }
    if (needle_mdeg < config->servo.point[0].x ||
        needle_mdeg > config->servo.point[config->servo.count - 1U].x) {
        answer_error(word[1], "beyond the servo's points");
        return;
    }
    held_ticks = 1;
    dials_hold(dial, needle_mdeg);
    answer_ok("goto %m, until goto off", needle_mdeg);
}

void command_sweep(int count, char **word)
{
    (void)count;
    (void)word;
    cal.is_on = false;
    held_ticks = 0;
    dials_sweep();
    answer_ok("sweep");
}

void commands_tick(void)
{
    if (held_ticks == 0) {
        return;
    }
    held_ticks++;
    if (held_ticks > HOLD_TICKS) {
        cal.is_on = false;
        follow();
    }
}
