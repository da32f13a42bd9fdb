/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "host/parse.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct unit {
    const char *text;
    double factor;
};

/* A number from 0 to `max` of the unit named behind it. */
static bool with_unit(const char *text, const struct unit *units, double max, double *value)
{
    char *end = NULL;
    if (strchr(".0123456789", text[0]) == NULL || text[0] == '\0') {
        return false; /* strtod would take signs, words and blanks */
    }
    double number = strtod(text, &end);
    for (; units->text != NULL; units++) {
        if (strcmp(end, units->text) == 0) {
            *value = number * units->factor;
            return *value >= 0 && *value <= max;
        }
    }
    return false;
}

bool parse_duration(const char *text, uint64_t *ps)
{
    static const struct unit units[] = {{"", 1e12},  {"s", 1e12},    {"ms", 1e9}, {"us", 1e6},
                                        {"ns", 1e3}, {"min", 60e12}, {NULL, 0}};
    double value;
    if (!with_unit(text, units, 1.8e19, &value)) {
        return false;
    }
    *ps = (uint64_t)llround(value / 1e3) * 1000;
    return true;
}

bool parse_frequency(const char *text, uint64_t *uhz)
{
    static const struct unit units[] = {{"", 1e6}, {"k", 1e9}, {"M", 1e12}, {NULL, 0}};
    double value;
    if (!with_unit(text, units, 1e15, &value)) {
        return false;
    }
    *uhz = (uint64_t)llround(value);
    return true;
}

bool parse_u64(const char *text, uint64_t *value)
{
    char *end = NULL;
    if (strchr("0123456789", text[0]) == NULL || text[0] == '\0') {
        return false;
    }
    errno = 0;
    *value = strtoull(text, &end, 0);
    return *end == '\0' && errno == 0;
}

bool parse_u32(const char *text, uint32_t *value)
{
    uint64_t wide;
    if (!parse_u64(text, &wide) || wide > UINT32_MAX) {
        return false;
    }
    *value = (uint32_t)wide;
    return true;
}

bool parse_ipv4(const char *text, uint32_t *address)
{
    *address = 0;
    for (unsigned i = 0; i < 4; i++) {
        char *end;
        if (*text < '0' || *text > '9') {
            return false;
        }
        unsigned long n = strtoul(text, &end, 10);
        if (n > 255 || *end != (i < 3 ? '.' : '\0')) {
            return false;
        }
        *address = *address << 8 | (uint32_t)n;
        text = end + 1;
    }
    return true;
}

bool parse_positive(const char *text, double *value)
{
    static const struct unit units[] = {{"", 1}, {"x", 1}, {NULL, 0}};
    return with_unit(text, units, 1e9, value) && *value > 0;
}
