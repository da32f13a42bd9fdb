/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/record.h"

#include <string.h>

#include "core/crc32.h"
#include "core/err.h"
#include "core/le.h"
#include "core/profile_keys.h"
#include "core/record_parts.h"
#include "core/source_ops.h"

static void build_keys(const void *from, bool is_of_dial, uint8_t *bytes)
{
    for (unsigned i = 0; i < profile_key_count; i++) {
        if (profile_keys[i].is_of_dial == is_of_dial) {
            field_build(&profile_keys[i].field, from, bytes);
        }
    }
}

void record_build_dial(const struct gauge_config *dial, uint8_t *bytes)
{
    const struct source_ops *ops = source_ops((uint8_t)dial->source.kind);
    memset(bytes, 0, DIAL_SIZE + DIAL_MORE_SIZE);
    bytes[DIAL_KIND] = (uint8_t)dial->source.kind;
    for (unsigned i = 0; i < ops->field_count; i++) {
        field_build(&ops->fields[i], (const uint8_t *)&dial->source + ops->offset,
                    bytes + DIAL_SOURCE);
    }
    build_keys(dial, true, bytes);
}

int record_build(const struct record *record, uint8_t *bytes, uint32_t size)
{
    int err = record_validate(record, NULL);
    if (err != 0) {
        return err;
    }
    if (size < RECORD_SIZE) {
        return GAUGE_ERR_SPACE;
    }
    memset(bytes, 0, RECORD_SIZE);
    memcpy(bytes + AT_MAGIC, "CDP1", 4);
    le_put_u16(bytes + AT_VERSION, RECORD_VERSION);
    le_put_u16(bytes + AT_LENGTH, RECORD_LENGTH);
    build_keys(record, false, bytes);
    bytes[AT_DIAL_COUNT] = record->dial_count;
    for (unsigned i = 0; i < record->dial_count; i++) {
        uint8_t dial[DIAL_SIZE + DIAL_MORE_SIZE];
        record_build_dial(&record->dial[i], dial);
        memcpy(bytes + AT_DIAL + i * DIAL_SIZE, dial, DIAL_SIZE);
        memcpy(bytes + AT_MORE + i * DIAL_MORE_SIZE, dial + DIAL_SIZE, DIAL_MORE_SIZE);
    }
    le_put_u32(bytes + AT_CRC, crc32_update(0, bytes, AT_CRC));
    return 0;
}
