/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/profile_keys.h"

#include <stddef.h>

#include "core/record.h"

/* How the record has each kind. */
enum {
    FIELD_OF_NAME = FIELD_NAME,
    FIELD_OF_RATE = FIELD_32,
    FIELD_OF_DATA_RATE = FIELD_32,
    FIELD_OF_MODE = FIELD_ENUM,
    FIELD_OF_MS32 = FIELD_32,
    FIELD_OF_MS16 = FIELD_U16,
    FIELD_OF_US16 = FIELD_U16,
    FIELD_OF_BAND = FIELD_APART,
    FIELD_OF_TEMPERATURE = FIELD_32,
    FIELD_OF_WARN = FIELD_32,
    FIELD_OF_CRITICAL = FIELD_DECI,
    FIELD_OF_SLOPE = FIELD_32,
    FIELD_OF_ANGLE = FIELD_CDEG,
    FIELD_OF_SPEED = FIELD_U16,
    FIELD_OF_SWITCH = FIELD_BIT,
    FIELD_OF_DIAL = FIELD_DIAL_POINTS,
    FIELD_OF_SERVO = FIELD_SERVO_POINTS,
};

#define IS_LATE_NOW false
#define IS_LATE_LATE true
#define IS_OF_RECORD false
#define IS_OF_DIAL true
#define OFFSET_IN_RECORD(member) offsetof(struct record, member)
#define OFFSET_IN_DIAL(member) offsetof(struct gauge_config, member)

#define ROW(name, owner, kind, when, need, member, at, detail, low, high, error, fallback)         \
    {name,          PROFILE_##kind,                                                                \
     error,         IS_LATE_##when,                                                                \
     IS_OF_##owner, {FIELD_OF_##kind, at, detail, OFFSET_IN_##owner(member)},                      \
     low,           high},

const struct profile_key profile_keys[] = {PROFILE_KEYS(ROW)};
const unsigned profile_key_count = sizeof profile_keys / sizeof profile_keys[0];
