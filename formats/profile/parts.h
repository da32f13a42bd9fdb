/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The parts of a profile's `dials`. Private to formats/profile*.c. */
#ifndef FORMATS_PROFILE_PARTS_H
#define FORMATS_PROFILE_PARTS_H

#include "core/gauge.h"
#include "formats/yaml/yaml_read.h"

/* Reads one item of `dials`. */
bool profile_read_dial(const struct yaml_value *value, struct gauge_config *dial);

/* Reads `source` into a struct source_config. */
bool profile_read_source(const struct yaml_value *value, const struct yaml_key *key, void *target);

/* Does the source fit frames of `payload_bytes`? `value` is the dial it belongs to. */
bool profile_check_source(const struct yaml_value *value, const struct gauge_config *dial,
                          unsigned payload_bytes);

#endif
