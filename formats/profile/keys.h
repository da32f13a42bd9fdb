/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The profile's keys for reading YAML. Private to formats/profile. */
#ifndef FORMATS_PROFILE_KEYS_H
#define FORMATS_PROFILE_KEYS_H

#include "core/profile_keys.h"
#include "formats/yaml/yaml_read.h"

/* Temperatures beyond these, nobody means. */
#define PROFILE_MIN_C (-273.15)
#define PROFILE_MAX_C 1000.0

#define PROFILE_ROWS_MAX 64 /* keys and groups of one owner, and an end for each group */
#define PROFILE_KEY_NAME 24

struct profile_rows {
    struct yaml_key row[PROFILE_ROWS_MAX]; /* from the first on: the owner's own keys */
    char name[PROFILE_ROWS_MAX][PROFILE_KEY_NAME];
    size_t used;
};

/* All keys of the record, or of a dial; `more` are rows for the keys that are not in the table, ending without name. */
void profile_rows_init(struct profile_rows *rows, bool is_of_dial, const struct yaml_key *more);

/* What a profile may leave out, into a struct record or a struct gauge_config that is zero. */
void profile_fallbacks(bool is_of_dial, void *to);

/* Readers of the kinds that YAML itself does not have: profile.c and dial.c. */
yaml_read profile_read_name;
yaml_read profile_read_bitrate;
yaml_read profile_read_mode;
yaml_read profile_read_angle;
yaml_read profile_read_critical;
yaml_read profile_read_dial_points;
yaml_read profile_read_servo_points;

#endif
