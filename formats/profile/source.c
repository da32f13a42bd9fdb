/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/profile/source.h"

#include "formats/profile/parts.h"

#define ADDRESS(NAME, number, name) [number] = &profile_source_##name,

#define KINDS (sizeof kinds / sizeof *kinds)
#define WAYS_MAX (KINDS + 1)

static const struct profile_source *const kinds[] = {SOURCE_KINDS(ADDRESS)};

const struct profile_source *profile_source(enum source_kind kind)
{
    return kinds[kind];
}

/* All ways to write a source, one row each. */
static void fill_rows(struct yaml_key rows[WAYS_MAX + 1])
{
    size_t used = 0;
    for (size_t i = 0; i < WAYS_MAX; i++) {
        const struct profile_source *way = i < KINDS ? kinds[i] : &profile_source_j1939;
        if (way != NULL) {
            rows[used++] = (struct yaml_key){.name = way->name, .read = way->read};
        }
    }
    rows[used] = (struct yaml_key){0};
}

bool profile_read_source(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    struct yaml_key rows[WAYS_MAX + 1];
    struct yaml_value found;
    struct yaml_key row = *key;
    int given = 0;
    fill_rows(rows);
    row.keys = rows;
    for (const struct yaml_key *kind = rows; kind->name != NULL; kind++) {
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

bool profile_check_source(const struct yaml_value *value, const struct gauge_config *dial,
                          unsigned payload_bytes)
{
    const struct profile_source *source = profile_source(dial->source.kind);
    return source->check == NULL || source->check(value, &dial->source, payload_bytes);
}
