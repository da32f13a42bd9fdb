/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What the PC knows of a kind of source besides core/source_ops.h: its key, how it is read and shown. Each kind
 * defines its profile_source_NAME beside the others, in broadcast.c or request.c.
 */
#ifndef FORMATS_PROFILE_SOURCE_H
#define FORMATS_PROFILE_SOURCE_H

#include "core/source.h"
#include "formats/yaml/yaml_read.h"

#include <stdio.h>

struct profile_source {
    const char *name; /* the key below `source` */

    /* Reads into a struct source_config and sets its kind. */
    yaml_read *read;

    /* NULL: nothing to check. Else: does it fit frames of so many bytes? `value` is the dial it belongs to. */
    bool (*check)(const struct yaml_value *value, const struct source_config *config,
                  unsigned payload_bytes);

    /* Prints "  source: ..." and what else there is to say, in whole lines; NULL: a way to write another kind. */
    void (*show)(const struct source_config *config, FILE *out);
};

#define PROFILE_SOURCE_DECLARE(NAME, number, name)                                                 \
    extern const struct profile_source profile_source_##name;
SOURCE_KINDS(PROFILE_SOURCE_DECLARE)
extern const struct profile_source profile_source_j1939; /* becomes a broadcast */

/* The kind must be one of the record's. */
const struct profile_source *profile_source(enum source_kind kind);

#endif
