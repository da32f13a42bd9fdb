/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/profile/broadcast.h"
#include "formats/profile/parts.h"
#include "formats/profile/request.h"

static const struct yaml_key source_keys[] = {
    {.name = "broadcast",
     .read = profile_read_broadcast,
     .offset = offsetof(struct source_config, broadcast)},
    {.name = "obd2", .read = profile_read_obd2},
    {.name = "uds", .read = profile_read_uds},
    {.name = "j1939", .read = profile_read_j1939},
    {0},
};

bool profile_read_source(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    struct yaml_value found;
    struct yaml_key row = *key;
    int given = 0;
    row.keys = source_keys;
    for (const struct yaml_key *kind = source_keys; kind->name != NULL; kind++) {
        given += yaml_find(value, kind->name, &found);
    }
    if (!yaml_read_mapping(value, &row, target)) {
        return false;
    }
    if (given != 1) {
        return yaml_fail(value, "%d sources: give exactly one, as `broadcast: {id: ...}`", given);
    }
    return true;
}

bool profile_check_payload(const struct yaml_value *value, const struct gauge_config *dial,
                           unsigned payload_bytes)
{
    struct yaml_value at = *value;
    if (source_is_asked(&dial->source)) {
        return true;
    }
    int span = signal_bits_span(&dial->source.broadcast.bits);
    if (span > 0 && (unsigned)span <= payload_bytes) {
        return true;
    }
    if (yaml_find(value, "source", &at) && yaml_find(&at, "broadcast", &at)) {
        yaml_find(&at, "start", &at);
    }
    return yaml_fail(&at,
                     "the signal ends past the %u bytes of a frame: correct start, length or order",
                     payload_bytes);
}
