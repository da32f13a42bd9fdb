/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "view/json_read.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What stands behind the key, or NULL. */
static const char *value_of(const char *line, const char *key)
{
    char quoted[32];
    snprintf(quoted, sizeof quoted, "\"%s\":", key);
    const char *at = strstr(line, quoted);
    return at == NULL ? NULL : at + strlen(quoted);
}

/* In units of 1/`scale`; false: null, or not there. */
static bool read_number(const char *line, const char *key, double scale, int64_t *number)
{
    const char *text = value_of(line, key);
    char *end = NULL;
    const double value = text == NULL ? 0 : strtod(text, &end);
    if (text == NULL || end == text || !(fabs(value * scale) < 9e18)) {
        return false;
    }
    *number = llround(value * scale);
    return true;
}

static bool is_word(const char *text, const char *word)
{
    const size_t length = strlen(word);
    return text != NULL && strncmp(text, word, length) == 0;
}

static bool read_state(const char *line, enum gauge_state *state)
{
    static const char *const names[GAUGE_STATE_COUNT] = {"\"boot\"", "\"sweep\"", "\"wait\"",
                                                         "\"live\"", "\"stale\"", "\"fault\""};
    for (int i = 0; i < GAUGE_STATE_COUNT; i++) {
        if (is_word(value_of(line, "state"), names[i])) {
            *state = (enum gauge_state)i;
            return true;
        }
    }
    return false;
}

static int32_t narrow(int64_t number)
{
    return number > INT32_MAX ? INT32_MAX : number < INT32_MIN ? INT32_MIN : (int32_t)number;
}

static enum bench_supply read_supply(const char *line)
{
    const char *text = value_of(line, "supply");
    return is_word(text, "\"off\"")        ? BENCH_SUPPLY_OFF
           : is_word(text, "\"deadlock\"") ? BENCH_SUPPLY_DEADLOCK
                                           : BENCH_SUPPLY_OK;
}

bool json_sample_read(const char *line, struct sample *sample)
{
    int64_t number = 0;
    enum gauge_state state = GAUGE_BOOT;
    *sample = (struct sample){.supply = read_supply(line)};
    if (!read_number(line, "t_s", 1e12, &number) || number < 0) {
        return false;
    }
    sample->time_ps = (uint64_t)number;
    if (read_number(line, "pulse_us", 1e6, &number) && number > 0) {
        sample->has_pulse = true;
        sample->width_ps = (uint64_t)number;
    }
    if (read_number(line, "frame_c", 1e3, &number)) {
        sample->has_frame = true;
        sample->frame_milli = narrow(number);
    }
    sample->servo_mdeg = read_number(line, "servo_deg", 1e3, &number) ? narrow(number) : 0;
    const bool has_state = read_state(line, &state);
    int64_t shown = 0;
    int64_t needle = 0;
    if (has_state && read_number(line, "shown_c", 1e3, &shown) &&
        read_number(line, "needle_deg", 1e3, &needle)) {
        sample->has_telemetry = true;
        sample->telemetry = (struct telemetry_dial){.state = state,
                                                    .warn = is_word(value_of(line, "warn"), "true"),
                                                    .shown_milli = narrow(shown),
                                                    .needle_mdeg = narrow(needle)};
    }
    sample->booting = has_state && state == GAUGE_BOOT && !sample->has_telemetry;
    return true;
}
