/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/scenario/scenario.h"

#include "formats/yaml/yaml_read.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 213 days in picoseconds: the end of the board's time. */
#define AT_MAX_PS UINT64_C(18400000000000000000)
#define VDD_MAX_MV 3600u
#define FEED_MAX_MV 40000u /* a load dump, behind the usual suppressor */

/* ---- numbers with units, exact ---- */

/*
 * "2.25" times `scale`, in whole units: digits below one unit must be zeros that are not written. Returns
 * the first character behind the number, or NULL.
 */
static const char *read_scaled(const char *text, uint64_t scale, uint64_t max, uint64_t *value)
{
    uint64_t sum = 0;
    const char *at = text;
    for (; isdigit((unsigned char)*at); at++) {
        uint64_t digit = (uint64_t)(*at - '0') * scale;
        if (sum > (max - digit) / 10) {
            return NULL;
        }
        sum = sum * 10 + digit;
    }
    if (at == text) {
        return NULL;
    }
    if (*at == '.') {
        for (at++; isdigit((unsigned char)*at); at++) {
            if (scale % 10 != 0) {
                return NULL;
            }
            scale /= 10;
            sum += (uint64_t)(*at - '0') * scale;
        }
    }
    *value = sum;
    return sum <= max ? at : NULL;
}

struct unit {
    const char *name;
    uint64_t scale;
};

/* A number with one of `units` (which end with NULL) behind it, and nothing else. */
static bool read_with_unit(const char *text, const struct unit *units, uint64_t max,
                           uint64_t *value)
{
    const char *name = text + strspn(text, "0123456789.");
    for (; units->name != NULL; units++) {
        if (strcmp(name, units->name) == 0) {
            return read_scaled(text, units->scale, max, value) == name;
        }
    }
    return false;
}

static bool read_time(const char *text, uint64_t *ps)
{
    static const struct unit units[] = {
        {"s", UINT64_C(1000000000000)}, {"ms", UINT64_C(1000000000)},  {"us", UINT64_C(1000000)},
        {"ns", UINT64_C(1000)},         {"", UINT64_C(1000000000000)}, {NULL, 0}};
    return read_with_unit(text, units, AT_MAX_PS, ps);
}

static bool read_hse(const char *text, uint64_t *uhz)
{
    static const struct unit units[] = {{"M", UINT64_C(1000000000000)},
                                        {"k", UINT64_C(1000000000)},
                                        {"", UINT64_C(1000000)},
                                        {NULL, 0}};
    if (strcmp(text, "absent") == 0) {
        *uhz = 0;
        return true;
    }
    if (strcmp(text, "present") == 0) {
        *uhz = SCENARIO_HSE_SOLD;
        return true;
    }
    /* OSC_IN takes up to 50 MHz (RM0399 9.5.1). */
    return read_with_unit(text, units, UINT64_C(50000000000000), uhz) && *uhz > 0;
}

static bool read_volts(const char *text, uint32_t max_mv, uint32_t *mv)
{
    static const struct unit units[] = {{"V", 1000}, {"mV", 1}, {"", 1000}, {NULL, 0}};
    uint64_t value;
    if (!read_with_unit(text, units, max_mv, &value)) {
        return false;
    }
    *mv = (uint32_t)value;
    return true;
}

/* "PA5" and what stands behind it; NULL: no pin. */
static const char *read_pin(const char *text, struct scenario_pin *pin)
{
    if (text[0] != 'P' || text[1] < 'A' || text[1] > 'K' || !isdigit((unsigned char)text[2])) {
        return NULL;
    }
    unsigned number = (unsigned)(text[2] - '0');
    const char *end = text + 3;
    if (isdigit((unsigned char)*end)) {
        number = 10 * number + (unsigned)(*end++ - '0');
    }
    *pin = (struct scenario_pin){text[1], (unsigned char)number};
    return number < 16 ? end : NULL;
}

/* "PB5 PE14" */
static bool read_wire(const char *text, struct scenario_step *step)
{
    const char *end = read_pin(text, &step->pins[0]);
    end = end != NULL && *end == ' ' ? read_pin(end + 1, &step->pins[1]) : NULL;
    return end != NULL && *end == '\0';
}

/* "PD12 1001 2k": as in read_hse, up to 50 MHz. */
static bool read_pulses(const char *text, struct scenario_step *step)
{
    static const struct unit units[] = {{"M", UINT64_C(1000000000000)},
                                        {"k", UINT64_C(1000000000)},
                                        {"", UINT64_C(1000000)},
                                        {NULL, 0}};
    const char *end = read_pin(text, &step->pins[0]);
    end = end != NULL && *end == ' ' ? read_scaled(end + 1, 1, UINT32_MAX, &step->count) : NULL;
    return end != NULL && *end == ' ' && step->count != 0 &&
           read_with_unit(end + 1, units, UINT64_C(50000000000000), &step->uhz) && step->uhz != 0;
}

/* "PA3 1.65V": analog inputs stay below VDDA. */
static bool read_pin_volts(const char *text, struct scenario_step *step)
{
    const char *end = read_pin(text, &step->pins[0]);
    return end != NULL && *end == ' ' && read_volts(end + 1, VDD_MAX_MV, &step->pin_mv);
}

/* "PB7 115200 text" */
static bool read_send(const char *text, struct scenario_step *step)
{
    uint64_t baud = 0;
    const char *end = read_pin(text, &step->pins[0]);
    end = end != NULL && *end == ' ' ? read_scaled(end + 1, 1, UINT32_MAX, &baud) : NULL;
    step->baud = (uint32_t)baud;
    step->start = end != NULL ? (unsigned)(end + 1 - text) + (unsigned)strlen("send ") : 0;
    return end != NULL && *end == ' ' && end[1] != '\0' && baud != 0;
}

/* ---- actions ---- */

/* Those of several words. */
static bool read_clips(const char *text, struct scenario_step *step)
{
    if (strncmp(text, "wire ", 5) == 0) {
        step->action = SCENARIO_WIRE;
        return read_wire(text + 5, step);
    }
    if (strncmp(text, "pulses ", 7) == 0) {
        step->action = SCENARIO_PULSES;
        return read_pulses(text + 7, step);
    }
    if (strncmp(text, "volts ", 6) == 0) {
        step->action = SCENARIO_VOLTS;
        return read_pin_volts(text + 6, step);
    }
    if (strncmp(text, "send ", 5) == 0) {
        step->action = SCENARIO_SEND;
        return strlen(text) < sizeof step->text && read_send(text + 5, step);
    }
    step->action = SCENARIO_TYPE;
    return strncmp(text, "type ", 5) == 0 && text[5] != '\0' && strlen(text) < sizeof step->text;
}

/* Actions of two words. */
static const struct {
    const char *text;
    enum scenario_action action;
    bool on;
} words[] = {
    {"power on", SCENARIO_POWER, true},      {"power off", SCENARIO_POWER, false},
    {"nrst high", SCENARIO_NRST, true},      {"nrst low", SCENARIO_NRST, false},
    {"boot0 high", SCENARIO_BOOT0, true},    {"boot0 low", SCENARIO_BOOT0, false},
    {"button press", SCENARIO_BUTTON, true}, {"button release", SCENARIO_BUTTON, false},
    {"servo plug", SCENARIO_SERVO, true},    {"servo unplug", SCENARIO_SERVO, false},
    {"probe", SCENARIO_PROBE, true},
};

static bool find_word(const char *text, struct scenario_step *step)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(text, words[i].text) == 0) {
            step->action = words[i].action;
            step->on = words[i].on;
            return true;
        }
    }
    return false;
}

bool scenario_parse_action(const char *text, struct scenario_step *step)
{
    snprintf(step->text, sizeof step->text, "%s", text);
    if (strncmp(text, "hse ", 4) == 0) {
        step->action = SCENARIO_HSE;
        return read_hse(text + 4, &step->hse_uhz);
    }
    if (strncmp(text, "vdd ", 4) == 0) {
        step->action = SCENARIO_VDD;
        return read_volts(text + 4, VDD_MAX_MV, &step->vdd_mv);
    }
    if (strncmp(text, "feed ", 5) == 0) {
        step->action = SCENARIO_FEED;
        step->feed_mv = SCENARIO_FEED_OPEN;
        return strcmp(text + 5, "open") == 0 || read_volts(text + 5, FEED_MAX_MV, &step->feed_mv);
    }
    return find_word(text, step) || read_clips(text, step);
}

/* ---- the file ---- */

static bool take_at(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    const char *text = yaml_text(value);
    (void)key;
    if (text == NULL) {
        return false;
    }
    if (!read_time(text, &((struct scenario_step *)target)->at_ps)) {
        return yaml_fail(value, "%.40s is no time: write it as 2s, 1.5s, 20ms, 150us or 10ns",
                         text);
    }
    return true;
}

static bool take_do(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    const char *text = yaml_text(value);
    (void)key;
    if (text == NULL) {
        return false;
    }
    if (!scenario_parse_action(text, target)) {
        return yaml_fail(
            value,
            "%.40s is no action: use power on|off, nrst low|high, boot0 high|low, "
            "button press|release, servo plug|unplug, hse absent|present|8.333M, "
            "vdd 2.6V, feed 12V, wire PB5 PA6, pulses PD12 1000 2k, volts PA3 1.65V, type "
            "TEXT, send PB7 9600 TEXT or probe",
            text);
    }
    return true;
}

static const struct yaml_key keys[] = {
    {.name = "at", .read = take_at, .required = true},
    {.name = "do", .read = take_do, .required = true},
    {.name = NULL},
};

static bool take_steps(const struct yaml_value *root, struct scenario *scenario)
{
    static const struct yaml_key row = {.keys = keys};
    int count = yaml_item_count(root);
    if (count <= 0) {
        return count == 0;
    }
    scenario->steps = calloc((size_t)count, sizeof *scenario->steps);
    if (scenario->steps == NULL) {
        return yaml_fail(root, "out of memory");
    }
    for (int i = 0; i < count; i++) {
        struct yaml_value item = yaml_item(root, i);
        struct scenario_step *step = &scenario->steps[i];
        step->line = yaml_line(&item);
        if (!yaml_read_mapping(&item, &row, step)) {
            return false;
        }
        if (i > 0 && step->at_ps < step[-1].at_ps) {
            return yaml_fail(&item, "earlier than the step before it: put them in order of time");
        }
        scenario->count++;
    }
    return true;
}

bool scenario_load(const char *path, struct scenario *scenario, char *error, size_t error_size)
{
    struct yaml_file file;
    struct yaml_value root;
    *scenario = (struct scenario){.steps = NULL};
    bool good = yaml_open(&file, path, error, error_size, &root) && take_steps(&root, scenario);
    yaml_close(&file);
    return good;
}

void scenario_free(struct scenario *scenario)
{
    free(scenario->steps);
    *scenario = (struct scenario){.steps = NULL};
}
