/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Rows for yaml_read_mapping from the table of core/profile_keys.h: "needle.max_rate" is the key max_rate in the group
 * needle. Bounds are those of the table; where a servo or oil sets tighter ones, it is said here.
 */
#include "formats/profile/keys.h"

#include "core/record.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define DATA_RATE_MIN_BPS 100e3
#define SLOPE_MAX 10000

enum need { OPTIONAL, IN_GROUP, ALWAYS };

/* What the firmware does not need of the table. */
struct key_rest {
    enum need need;
    int32_t fallback;
};

#define REST(name, owner, kind, when, need, member, at, detail, low, high, error, fallback)        \
    {need, fallback},

static const struct key_rest rests[] = {PROFILE_KEYS(REST)};

/* How each kind is written: what its unit is in the member's units, and bounds beyond the table's. */
static const struct kind {
    yaml_read *read;
    double per_unit; /* 0: the reader knows */
    double min, max; /* in written units; both 0: the table's */
} kinds[] = {
    [PROFILE_NAME] = {.read = profile_read_name},
    [PROFILE_RATE] = {profile_read_bitrate, 1, RECORD_BITRATE_MIN, RECORD_BITRATE_MAX},
    [PROFILE_DATA_RATE] = {yaml_read_rate_u32, 1, DATA_RATE_MIN_BPS, RECORD_DATA_BITRATE_MAX},
    [PROFILE_MODE] = {.read = profile_read_mode},
    [PROFILE_MS32] = {yaml_read_duration_u32, 1e3, 0, 0},
    [PROFILE_MS16] = {yaml_read_duration_u16, 1e3, 0, 0},
    [PROFILE_US16] = {yaml_read_duration_u16, 1e6, 0, 0},
    [PROFILE_BAND] = {yaml_read_duration_u16, 1e6, 0, 0},
    [PROFILE_TEMPERATURE] = {yaml_read_i32, 1e3, PROFILE_MIN_C, PROFILE_MAX_C},
    [PROFILE_WARN] = {yaml_read_i32, 1e3, PROFILE_MIN_C, PROFILE_MAX_C},
    [PROFILE_CRITICAL] = {.read = profile_read_critical},
    [PROFILE_SLOPE] = {yaml_read_i32, 1e3, 0, SLOPE_MAX},
    [PROFILE_ANGLE] = {.read = profile_read_angle},
    [PROFILE_SPEED] = {yaml_read_u16, 1, 0, 0},
    [PROFILE_SWITCH] = {.read = yaml_read_bool},
    [PROFILE_DIAL] = {.read = profile_read_dial_points},
    [PROFILE_SERVO] = {.read = profile_read_servo_points},
};

static void fill_key(struct yaml_key *row, const struct profile_key *key, enum need need)
{
    const struct kind *kind = &kinds[key->kind];
    row->read = kind->read;
    row->offset = key->field.offset;
    row->required = need != OPTIONAL;
    row->factor = kind->per_unit;
    row->min = kind->min;
    row->max = kind->max;
    if (kind->per_unit != 0 && kind->min == 0 && kind->max == 0) {
        row->min = key->low / kind->per_unit;
        row->max = key->high / kind->per_unit;
    }
}

static const char *in_group(const struct profile_key *key, const char *group)
{
    size_t length = strlen(group);
    return strncmp(key->name, group, length) == 0 ? key->name + length : NULL;
}

static struct yaml_key *find_row(struct yaml_key *rows, const char *name)
{
    while (rows->name != NULL && strcmp(rows->name, name) != 0) {
        rows++;
    }
    return rows;
}

/* The rows of one group; those of the groups in it follow when these are complete. */
static void add_group(struct profile_rows *rows, bool is_of_dial, const char *group,
                      const struct yaml_key *more)
{
    struct yaml_key *first = &rows->row[rows->used];
    size_t begin = rows->used;
    for (unsigned i = 0; i < profile_key_count; i++) {
        const struct profile_key *key = &profile_keys[i];
        const char *rest = key->is_of_dial == is_of_dial ? in_group(key, group) : NULL;
        if (rest == NULL) {
            continue;
        }
        size_t length = strcspn(rest, ".");
        char *name = rows->name[rows->used];
        snprintf(name, PROFILE_KEY_NAME, "%.*s", (int)length, rest);
        struct yaml_key *row = find_row(first, name);
        if (row->name == NULL) {
            row->name = name;
            row->read = yaml_read_mapping;
            rows->used++;
        }
        if (rest[length] == '\0') {
            fill_key(row, key, rests[i].need);
        } else {
            row->required = row->required || rests[i].need == ALWAYS;
        }
    }
    for (; more != NULL && more->name != NULL; more++) {
        rows->row[rows->used++] = *more;
    }
    size_t end = rows->used++; /* a row without name */
    for (size_t i = begin; i < end; i++) {
        if (rows->row[i].read == yaml_read_mapping) {
            char inner[PROFILE_KEY_NAME * 2];
            snprintf(inner, sizeof inner, "%s%s.", group, rows->row[i].name);
            rows->row[i].keys = &rows->row[rows->used];
            add_group(rows, is_of_dial, inner, NULL);
        }
    }
}

void profile_rows_init(struct profile_rows *rows, bool is_of_dial, const struct yaml_key *more)
{
    memset(rows, 0, sizeof *rows);
    add_group(rows, is_of_dial, "", more);
}

static void put_fallback(const struct profile_key *key, int32_t value, void *to)
{
    uint8_t *member = (uint8_t *)to + key->field.offset;
    uint16_t half = (uint16_t)value;
    switch (key->field.type) {
    case FIELD_U16:
    case FIELD_APART:
        memcpy(member, &half, sizeof half);
        break;
    case FIELD_32:
    case FIELD_DECI:
        memcpy(member, &value, sizeof value);
        break;
    case FIELD_BIT:
        *(bool *)member = value != 0;
        break;
    default: /* zero already */
        break;
    }
}

void profile_fallbacks(bool is_of_dial, void *to)
{
    for (unsigned i = 0; i < profile_key_count; i++) {
        if (profile_keys[i].is_of_dial == is_of_dial) {
            put_fallback(&profile_keys[i], rests[i].fallback, to);
        }
    }
}
