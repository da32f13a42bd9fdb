/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "firmware/cm7/keys.h"

#include <string.h>

#include "core/err.h"
#include "core/record_layout.h"
#include "core/round.h"
#include "core/words.h"

/* The record keeps hundredths of a degree, tenths of a microsecond, and of the critical temperature tenths of a °C. */
#define ANGLE_STEP_MDEG 10
#define PULSE_STEP_NS 100
#define CRITICAL_STEP_MILLI 100

static bool is_named(const struct profile_key *key, const char *name)
{
    const char *last = strrchr(key->name, '.');
    return strcmp(key->name, name) == 0 || (last != NULL && strcmp(last + 1, name) == 0);
}

const struct profile_key *key_find(const struct record *record, const char *name, uint32_t *dial)
{
    *dial = 0;
    if (name[0] >= '1' && name[0] <= '9' && name[1] == '.') {
        *dial = (uint32_t)(name[0] - '1');
        name += 2;
        if (*dial >= record->dial_count) {
            return NULL;
        }
    }
    for (unsigned i = 0; i < profile_key_count; i++) {
        if (is_named(&profile_keys[i], name) && (*dial == 0 || profile_keys[i].is_of_dial)) {
            return &profile_keys[i];
        }
    }
    return NULL;
}

static const void *field_of(const struct profile_key *key, const struct record *record,
                            uint32_t dial)
{
    const char *base = key->is_of_dial ? (const char *)&record->dial[dial] : (const char *)record;
    return base + key->field.offset;
}

/* ---- showing ---- */

/* Differences have no 32 to add. In double, which this core divides by itself; 64-bit integers it does not. */
static int32_t to_fahrenheit(int32_t milli, int32_t zero)
{
    return round_i32(milli * 9.0 / 5.0 + zero);
}

int32_t key_shown_temperature(int32_t milli_c, bool is_fahrenheit)
{
    return is_fahrenheit ? to_fahrenheit(milli_c, 32000) : milli_c;
}

static void show_points(struct text *text, const struct curve *curve, bool is_dial,
                        bool is_fahrenheit)
{
    for (uint8_t i = 0; i < curve->count; i++) {
        const struct curve_point *point = &curve->point[i];
        text_format(text, i == 0 ? "%m:%m" : " %m:%m",
                    key_shown_temperature(point->x, is_dial && is_fahrenheit), point->y);
    }
}

static void show_rate(struct text *text, uint32_t bps, const char *zero)
{
    if (bps == 0) {
        text_string(text, zero);
    } else if (bps % 1000U == 0) {
        text_format(text, "%uk", bps / 1000U);
    } else {
        text_u32(text, bps);
    }
}

static void show_temperature(struct text *text, int32_t milli, bool is_fahrenheit, int32_t zero)
{
    text_format(text, "%m%s", is_fahrenheit ? to_fahrenheit(milli, zero) : milli,
                is_fahrenheit ? "F" : "C");
}

/* Numbers of one field each; NULL pointers do not happen. */
static void show_number(struct text *text, enum profile_kind kind, const void *field)
{
    switch (kind) {
    case PROFILE_MS32:
        text_format(text, "%ms", *(const int32_t *)field);
        break;
    case PROFILE_MS16:
        text_format(text, "%ms", (int32_t) * (const uint16_t *)field);
        break;
    case PROFILE_US16:
    case PROFILE_BAND:
        text_format(text, "%mms", (int32_t) * (const uint16_t *)field);
        break;
    case PROFILE_SPEED:
        text_u32(text, *(const uint16_t *)field);
        break;
    default:
        text_milli(text, *(const int32_t *)field);
        break;
    }
}

void key_show(struct text *text, const struct profile_key *key, const struct record *record,
              uint32_t dial, bool is_fahrenheit)
{
    const void *field = field_of(key, record, dial);
    switch ((enum profile_kind)key->kind) {
    case PROFILE_NAME:
        text_string(text, field);
        break;
    case PROFILE_RATE:
        show_rate(text, *(const uint32_t *)field, "auto");
        break;
    case PROFILE_DATA_RATE:
        show_rate(text, *(const uint32_t *)field, "off");
        break;
    case PROFILE_MODE:
        text_string(text, record->mode == RECORD_ACTIVE ? "active" : "listen-only");
        break;
    case PROFILE_SWITCH:
        text_string(text, *(const bool *)field ? "on" : "off");
        break;
    case PROFILE_WARN:
    case PROFILE_CRITICAL:
        if (*(const int32_t *)field == GAUGE_WARN_NONE) {
            text_string(text, "off");
            break;
        }
        /* fall through */
    case PROFILE_TEMPERATURE:
        show_temperature(text, *(const int32_t *)field, is_fahrenheit, 32000);
        break;
    case PROFILE_SLOPE:
        show_temperature(text, *(const int32_t *)field, is_fahrenheit, 0);
        break;
    case PROFILE_DIAL:
    case PROFILE_SERVO:
        show_points(text, field, key->kind == PROFILE_DIAL, is_fahrenheit);
        break;
    default:
        show_number(text, (enum profile_kind)key->kind, field);
        break;
    }
}

/* ---- setting ---- */

static int32_t to_step(int32_t value, int32_t step)
{
    return (value + (value < 0 ? -step / 2 : step / 2)) / step * step;
}

static bool parse_plain(const char *text, int32_t *milli)
{
    const char *end;
    return words_milli(text, milli, &end) && *end == '\0';
}

/* `zero`: 32000 for a temperature, 0 for a difference. */
static bool parse_degrees(const char *text, bool is_fahrenheit, int32_t zero, int32_t *milli_c)
{
    const char *end;
    if (!words_milli(text, milli_c, &end)) {
        return false;
    }
    if (*end != '\0') {
        is_fahrenheit = *end == 'F' || *end == 'f';
        if ((!is_fahrenheit && *end != 'C' && *end != 'c') || end[1] != '\0') {
            return false;
        }
    }
    if (is_fahrenheit) {
        *milli_c = round_i32(((double)*milli_c - zero) * 5.0 / 9.0);
    }
    return true;
}

bool key_parse_temperature(const char *text, bool is_fahrenheit, int32_t *milli_c)
{
    return parse_degrees(text, is_fahrenheit, 32000, milli_c);
}

/* 1s, 500ms, 20000us, to microseconds. */
static bool parse_time(const char *text, double *us)
{
    static const struct {
        const char *unit;
        int32_t factor;
    } units[] = {{"s", 1000000}, {"ms", 1000}, {"us", 1}};
    const char *end;
    int32_t milli;
    if (!words_milli(text, &milli, &end) || milli < 0) {
        return false;
    }
    for (unsigned i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (strcmp(end, units[i].unit) == 0) {
            *us = (double)milli * units[i].factor / 1000.0;
            return true;
        }
    }
    return false;
}

/* 500k, 1M, 83333 */
static bool parse_rate(const char *text, uint32_t *bps)
{
    const char *end;
    int32_t milli;
    if (!words_milli(text, &milli, &end) || milli < 0) {
        return false;
    }
    const bool is_mega = strcmp(end, "M") == 0;
    if (!is_mega && strcmp(end, "k") != 0) {
        *bps = (uint32_t)milli / 1000U;
        return *end == '\0';
    }
    *bps = (uint32_t)milli;
    if (is_mega) {
        *bps = milli <= 8000 ? *bps * 1000U : UINT32_MAX;
    }
    return true;
}

static bool parse_point(char *text, bool is_dial, bool is_fahrenheit, struct curve_point *point)
{
    char *colon = strchr(text, ':');
    if (colon == NULL) {
        return false;
    }
    *colon = '\0';
    const bool is_good = (is_dial ? key_parse_temperature(text, is_fahrenheit, &point->x)
                                  : parse_plain(text, &point->x)) &&
                         parse_plain(colon + 1, &point->y);
    *colon = ':';
    if (is_dial) {
        point->y = to_step(point->y, ANGLE_STEP_MDEG);
    } else {
        point->x = to_step(point->x, ANGLE_STEP_MDEG);
        point->y = to_step(point->y, PULSE_STEP_NS);
    }
    return is_good;
}

static const char *set_points(struct curve *curve, bool is_dial, int count, char *const word[],
                              bool is_fahrenheit, int *bad)
{
    const int most = is_dial ? RECORD_DIAL_POINTS_MAX : RECORD_SERVO_POINTS_MAX;
    for (*bad = 0; *bad < count; (*bad)++) {
        if (*bad == most) {
            return "too many points";
        }
        if (!parse_point(word[*bad], is_dial, is_fahrenheit, &curve->point[*bad])) {
            return is_dial ? "give each point as TEMPERATURE:DEGREES"
                           : "give each point as DEGREES:MICROSECONDS";
        }
    }
    curve->count = (uint8_t)count;
    *bad = 0;
    return NULL;
}

static const char *set_name(char name[RECORD_NAME_MAX + 1], int count, char *const word[])
{
    size_t len = 0;
    for (int i = 0; i < count; i++) {
        const size_t more = strlen(word[i]);
        if (len + more + 1U > RECORD_NAME_MAX + 1U) {
            return "at most 32 bytes";
        }
        if (i > 0) {
            name[len - 1U] = ' ';
        }
        memcpy(name + len, word[i], more + 1U);
        len += more + 1U;
    }
    return NULL;
}

static const char *set_rate(uint32_t *bps, const char *text, const char *zero)
{
    if (strcmp(text, zero) == 0) {
        *bps = 0;
        return NULL;
    }
    return parse_rate(text, bps) && *bps != 0 ? NULL : "give a bit rate as 500k or 1M";
}

static const char *set_time(enum profile_kind kind, void *field, const char *text)
{
    double us;
    if (!parse_time(text, &us)) {
        return "give a time as 1s or 500ms";
    }
    const double value = kind == PROFILE_US16 || kind == PROFILE_BAND ? us : us / 1000.0;
    if (value >= (kind == PROFILE_MS32 ? INT32_MAX : UINT16_MAX) + 1.0) {
        return "too long";
    }
    if (kind == PROFILE_MS32) {
        *(uint32_t *)field = (uint32_t)value;
    } else {
        *(uint16_t *)field = (uint16_t)value;
    }
    return NULL;
}

static const char *set_mode(struct record *record, const char *text)
{
    const bool is_active = strcmp(text, "active") == 0;
    if (!is_active && strcmp(text, "listen-only") != 0) {
        return "listen-only or active";
    }
    record->mode = is_active ? RECORD_ACTIVE : RECORD_LISTEN_ONLY;
    return NULL;
}

static const char *set_switch(bool *is_on, const char *text)
{
    if (strcmp(text, "on") != 0 && strcmp(text, "off") != 0) {
        return "on or off";
    }
    *is_on = strcmp(text, "on") == 0;
    return NULL;
}

static const char *set_number(enum profile_kind kind, void *field, const char *text)
{
    int32_t milli;
    if (!parse_plain(text, &milli)) {
        return "not a number";
    }
    if (kind == PROFILE_ANGLE) {
        *(int32_t *)field = to_step(milli, ANGLE_STEP_MDEG);
        return NULL;
    }
    if (milli < 0 || milli > UINT16_MAX * 1000) {
        return "out of range";
    }
    *(uint16_t *)field = (uint16_t)(milli / 1000);
    return NULL;
}

static const char *set_degrees(int32_t *milli_c, const char *text, bool is_fahrenheit, int32_t zero,
                               int32_t step)
{
    if (!parse_degrees(text, is_fahrenheit, zero, milli_c)) {
        return "not a temperature";
    }
    *milli_c = to_step(*milli_c, step);
    return NULL;
}

/* Values of one word. */
static const char *set_word(const struct profile_key *key, struct record *record, void *field,
                            const char *text, bool is_fahrenheit)
{
    switch ((enum profile_kind)key->kind) {
    case PROFILE_RATE:
        return set_rate(field, text, "auto");
    case PROFILE_DATA_RATE:
        return set_rate(field, text, "off");
    case PROFILE_MODE:
        return set_mode(record, text);
    case PROFILE_SWITCH:
        return set_switch(field, text);
    case PROFILE_MS32:
    case PROFILE_MS16:
    case PROFILE_US16:
    case PROFILE_BAND:
        return set_time((enum profile_kind)key->kind, field, text);
    case PROFILE_WARN:
    case PROFILE_CRITICAL:
        if (strcmp(text, "off") == 0) {
            *(int32_t *)field = GAUGE_WARN_NONE;
            return NULL;
        }
        /* fall through */
    case PROFILE_TEMPERATURE:
        return set_degrees(field, text, is_fahrenheit, 32000,
                           key->kind == PROFILE_CRITICAL ? CRITICAL_STEP_MILLI : 1);
    case PROFILE_SLOPE:
        return set_degrees(field, text, is_fahrenheit, 0, 1);
    default:
        return set_number((enum profile_kind)key->kind, field, text);
    }
}

const char *key_set(const struct profile_key *key, struct record *record, uint32_t dial, int count,
                    char *const word[], bool is_fahrenheit, int *bad)
{
    void *field = (void *)(uintptr_t)field_of(key, record, dial);
    *bad = 0;
    if (key->kind == PROFILE_NAME) {
        return set_name(field, count, word);
    }
    if (key->kind == PROFILE_DIAL || key->kind == PROFILE_SERVO) {
        return set_points(field, key->kind == PROFILE_DIAL, count, word, is_fahrenheit, bad);
    }
    if (count > 1) {
        *bad = 1;
        return "one value only";
    }
    return set_word(key, record, field, word[0], is_fahrenheit);
}

/* Without the first point that error is gone. */
static bool is_about_first(struct curve *curve, const struct record *record, int error)
{
    const struct curve before = *curve;
    curve->count--;
    memmove(curve->point, curve->point + 1, curve->count * sizeof curve->point[0]);
    const bool is_gone = record_validate(record, NULL) != error;
    *curve = before;
    return is_gone;
}

/* Of the first two points alone: with the first one's value next to the second's, the error is gone. */
static bool is_first_out_of_range(struct curve *curve, const struct record *record, int error)
{
    const struct curve before = *curve;
    const int32_t step = error == GAUGE_ERR_PULSE ? NS_PER_PULSE_UNIT : MDEG_PER_CDEG;
    const int32_t next = curve->point[1].y;
    curve->count = 2;
    curve->point[0].y = curve->point[0].y < next ? next - step : next + step;
    const bool is_gone = record_validate(record, NULL) != error;
    curve->point[0].y = before.point[0].y;
    curve->point[1].y =
        before.point[0].y < next ? before.point[0].y + step : before.point[0].y - step;
    const bool is_gone_too = record_validate(record, NULL) != error;
    *curve = before;
    return is_gone || !is_gone_too;
}

/* The needle is to go beyond the servo's points: does it stay in reach if the first one is as low as can be? */
static bool is_first_too_high(struct curve *servo, const struct record *record)
{
    const int32_t before = servo->point[0].x;
    servo->point[0].x = INT16_MIN * MDEG_PER_CDEG;
    const bool is_gone = record_validate(record, NULL) != GAUGE_ERR_REACH;
    servo->point[0].x = before;
    return is_gone;
}

/* Each beginning of the list is tried, all of it at the end: another error, as that it ends too early, says nothing. */
int key_blame(const struct profile_key *key, struct record *record, uint32_t dial, int error)
{
    struct curve *curve = (void *)(uintptr_t)field_of(key, record, dial);
    int bad = 0;
    if (key->kind != PROFILE_DIAL && key->kind != PROFILE_SERVO) {
        return 0;
    }
    const uint8_t count = curve->count;
    if (key->kind == PROFILE_SERVO && error == GAUGE_ERR_REACH) {
        return is_first_too_high(curve, record) ? 0 : count - 1;
    }
    for (curve->count = 2; curve->count <= count && bad == 0; curve->count++) {
        bad = record_validate(record, NULL) == error ? curve->count - 1 : 0;
    }
    curve->count = count;
    const bool is_range = error == GAUGE_ERR_PULSE || error == GAUGE_ERR_REACH;
    const bool is_first = bad == 1 && (is_range ? is_first_out_of_range(curve, record, error)
                                                : is_about_first(curve, record, error));
    return is_first ? 0 : bad;
}
