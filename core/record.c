/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/record.h"

#include <stdbool.h>
#include <string.h>

#include "core/crc32.h"
#include "core/err.h"
#include "core/le.h"
#include "core/profile_keys.h"
#include "core/record_parts.h"
#include "core/source_ops.h"

/* Magic, version, length, CRC: whether these bytes are a record at all. */
static int check_envelope(const uint8_t *bytes, uint32_t size)
{
    if (size < RECORD_SIZE) {
        return GAUGE_ERR_LENGTH;
    }
    if (memcmp(bytes + AT_MAGIC, "CDP1", 4) != 0) {
        return GAUGE_ERR_MAGIC;
    }
    if (le_get_u16(bytes + AT_VERSION) != RECORD_VERSION) {
        return GAUGE_ERR_VERSION;
    }
    if (le_get_u16(bytes + AT_LENGTH) != RECORD_LENGTH) {
        return GAUGE_ERR_LENGTH;
    }
    return crc32_update(0, bytes, AT_CRC) == le_get_u32(bytes + AT_CRC) ? 0 : GAUGE_ERR_CRC;
}

static int parse_keys(void *to, bool is_of_dial, const uint8_t *bytes)
{
    int err = 0;
    for (unsigned i = 0; i < profile_key_count && err == 0; i++) {
        if (profile_keys[i].is_of_dial == is_of_dial) {
            err = field_parse(&profile_keys[i].field, to, bytes);
        }
    }
    return err;
}

static int parse_source(struct source_config *source, uint8_t kind, const uint8_t *bytes)
{
    const struct source_ops *ops = source_ops(kind);
    if (ops == NULL) {
        return GAUGE_ERR_KIND;
    }
    source->kind = (enum source_kind)kind;
    int err = 0;
    for (unsigned i = 0; i < ops->field_count && err == 0; i++) {
        err = field_parse(&ops->fields[i], (uint8_t *)source + ops->offset, bytes);
    }
    return err;
}

/* What the fields do not say is reserved: building the dial again must give the same bytes. */
static int parse_dial(struct gauge_config *dial, const uint8_t *whole, unsigned number)
{
    uint8_t bytes[DIAL_SIZE + DIAL_MORE_SIZE];
    uint8_t again[DIAL_SIZE + DIAL_MORE_SIZE];
    memcpy(bytes, whole + AT_DIAL + number * DIAL_SIZE, DIAL_SIZE);
    memcpy(bytes + DIAL_SIZE, whole + AT_MORE + number * DIAL_MORE_SIZE, DIAL_MORE_SIZE);
    int err = parse_source(&dial->source, bytes[DIAL_KIND], bytes + DIAL_SOURCE);
    if (err == 0) {
        err = parse_keys(dial, true, bytes);
    }
    if (err == 0 && dial->dial.count < 2) {
        err = GAUGE_ERR_DIAL;
    }
    if (err == 0 && dial->servo.count < 2) {
        err = GAUGE_ERR_SERVO;
    }
    if (err == 0) {
        record_build_dial(dial, again);
        err = memcmp(bytes, again, sizeof again) == 0 ? 0 : GAUGE_ERR_RESERVED;
    }
    return err;
}

static bool is_zero(const uint8_t *bytes, size_t size)
{
    uint8_t any = 0;
    for (size_t i = 0; i < size; i++) {
        any |= bytes[i];
    }
    return any == 0;
}

static int parse_dials(struct record *record, const uint8_t *bytes)
{
    if (record->dial_count < 1 || record->dial_count > GAUGE_DIALS_MAX) {
        return GAUGE_ERR_DIAL_COUNT;
    }
    unsigned used = record->dial_count;
    for (unsigned i = 0; i < used; i++) {
        int err = parse_dial(&record->dial[i], bytes, i);
        if (err != 0) {
            return err;
        }
    }
    unsigned unused = GAUGE_DIALS_MAX - used;
    bool is_good =
        is_zero(bytes + AT_DIAL + used * DIAL_SIZE, (size_t)unused * DIAL_SIZE) &&
        is_zero(bytes + AT_MORE + used * DIAL_MORE_SIZE, (size_t)unused * DIAL_MORE_SIZE);
    return is_good ? 0 : GAUGE_ERR_RESERVED;
}

int record_parse(struct record *record, const uint8_t *bytes, uint32_t size)
{
    int err = check_envelope(bytes, size);
    if (err != 0) {
        return err;
    }
    memset(record, 0, sizeof(*record));
    record->dial_count = bytes[AT_DIAL_COUNT];
    if (!is_zero(bytes + AT_ZERO_HEAD, AT_DIAL - AT_ZERO_HEAD) ||
        !is_zero(bytes + AT_ZERO_TAIL, AT_CRC - AT_ZERO_TAIL)) {
        return GAUGE_ERR_RESERVED;
    }
    err = parse_keys(record, false, bytes);
    size_t length = strlen(record->name);
    if (err == 0 && !is_zero(bytes + AT_NAME + length, RECORD_NAME_MAX - length)) {
        err = GAUGE_ERR_NAME;
    }
    if (err == 0) {
        err = parse_dials(record, bytes);
    }
    return err != 0 ? err : record_validate(record, NULL);
}
