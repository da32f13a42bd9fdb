/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A car's profile, as the user writes it in YAML: where the oil temperature comes from, what the dial's
 * face looks like, which pulses the servo wants. It is read into the struct that core/record.h compiles
 * for the firmware.
 *
 * Everything that can be wrong is said in one line: "FILE:LINE: KEY: what: remedy".
 */
#ifndef FORMATS_PROFILE_PROFILE_H
#define FORMATS_PROFILE_PROFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/record.h"

/* Reads and checks a profile; true means that record_validate() is content as well. */
bool profile_load(const char *path, struct record *record, char *error, size_t error_size)
    __attribute__((warn_unused_result));

#endif
