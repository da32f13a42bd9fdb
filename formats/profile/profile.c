/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A whole profile: its keys (keys.h), the dials (dial.c), and what needs several of them. */
#include "formats/profile/profile.h"

#include "core/can_timing.h"
#include "core/err.h"
#include "formats/profile/keys.h"
#include "formats/profile/parts.h"
#include "formats/profile/source.h"
#include "formats/yaml/yaml_read.h"

#include <stdio.h>
#include <string.h>

bool profile_read_name(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    (void)key;
    const char *text = yaml_text(value);
    if (text == NULL) {
        return false;
    }
    size_t length = strlen(text);
    if (length == 0 || length > RECORD_NAME_MAX) {
        return yaml_fail(value, "%zu bytes long: give it 1 to %d", length, RECORD_NAME_MAX);
    }
    for (const char *at = text; *at != '\0'; at++) {
        if ((unsigned char)*at < ' ' || *at == 0x7F) { /* it is printed on a console */
            return yaml_fail(value, "contains a control character: remove it");
        }
    }
    memcpy(target, text, length + 1);
    return true;
}

bool profile_read_bitrate(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    const char *text = yaml_text(value);
    if (text != NULL && strcmp(text, "auto") == 0) {
        *(uint32_t *)target = RECORD_BITRATE_AUTO;
        return true;
    }
    return yaml_read_rate_u32(value, key, target);
}

bool profile_read_mode(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    static const char *const names[] = {"listen-only", "active", NULL};
    (void)key;
    int mode = yaml_choice(value, names);
    *(enum record_mode *)target = mode == 1 ? RECORD_ACTIVE : RECORD_LISTEN_ONLY;
    return mode >= 0;
}

/* What of `can` belongs together. */
static bool check_rates(const struct yaml_value *root, const struct record *record)
{
    struct yaml_value can = *root;
    struct yaml_value fd;
    struct yaml_value at;
    bool is_fd = yaml_find(root, "can", &can) && yaml_find(&can, "fd", &fd);
    if (record->bitrate_bps != RECORD_BITRATE_AUTO &&
        can_nominal_timing(CAN_KERNEL_HZ, record->bitrate_bps) == 0) {
        return yaml_find(&can, "bitrate", &at) &&
               yaml_fail(&at, "%u bit/s cannot be had from 80 MHz within 0.1 %%: is it rounded?",
                         (unsigned)record->bitrate_bps);
    }
    if (is_fd && record->bitrate_bps == RECORD_BITRATE_AUTO) {
        return yaml_fail(&fd, "bitrate: auto knows classic CAN only: give the bit rate");
    }
    if (is_fd && record->fd_data_bitrate_bps < record->bitrate_bps) {
        return yaml_fail(&fd, "data_bitrate is below bitrate: CAN FD's data phase is never slower");
    }
    if (is_fd && can_data_timing(CAN_KERNEL_HZ, record->fd_data_bitrate_bps) == 0) {
        return yaml_find(&fd, "data_bitrate", &at) &&
               yaml_fail(&at, "%u bit/s cannot be had from 80 MHz within 0.1 %%: is it rounded?",
                         (unsigned)record->fd_data_bitrate_bps);
    }
    return true;
}

static bool read_dials(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    struct record *record = target;
    (void)key;
    int count = yaml_item_count(value);
    if (count == 0 || count > GAUGE_DIALS_MAX) {
        return yaml_fail(value, "%d dials: give 1 to %d", count, GAUGE_DIALS_MAX);
    }
    for (int i = 0; i < count; i++) {
        struct yaml_value item = yaml_item(value, i);
        if (!profile_read_dial(&item, &record->dial[i])) {
            return false;
        }
        if (record->dial[i].period_us != record->dial[0].period_us) {
            return yaml_fail(&item, "servo.period differs from the first dial's: one timer drives "
                                    "all dials");
        }
    }
    record->dial_count = (uint8_t)(count < 0 ? 0 : count);
    return count > 0;
}

/* A source that must be asked for needs a bus that may be driven. */
static bool check_mode(const struct yaml_value *root, const struct yaml_value *item,
                       const struct record *record, const struct gauge_config *dial)
{
    struct yaml_value at = *item;
    if (!source_is_asked(&dial->source) || record->mode == RECORD_ACTIVE) {
        return true;
    }
    if (yaml_find(root, "can", &at)) {
        yaml_find(&at, "mode", &at);
    }
    return yaml_fail(&at, "listen-only, but %s is asked for: use `mode: active`",
                     profile_source(dial->source.kind)->name);
}

/* What needs `can` and `dials` together, and whatever the firmware would object to besides. */
static bool check_whole(const struct yaml_value *root, const struct record *record)
{
    struct yaml_value at;
    unsigned payload_bytes = record->fd_data_bitrate_bps == 0 ? 8 : CAN_PAYLOAD_MAX;
    if (!yaml_find(root, "dials", &at)) {
        return false;
    }
    for (int i = 0; i < record->dial_count; i++) {
        struct yaml_value item = yaml_item(&at, i);
        if (!profile_check_source(&item, &record->dial[i], payload_bytes) ||
            !check_mode(root, &item, record, &record->dial[i])) {
            return false;
        }
    }
    int dial = -1;
    int result = record_validate(record, &dial);
    if (result < 0) {
        struct yaml_value item = dial < 0 ? *root : yaml_item(&at, dial);
        return yaml_fail(&item, "%s: correct it", gauge_err_text(result));
    }
    return true;
}

bool profile_load(const char *path, struct record *record, char *error, size_t error_size)
{
    static const struct yaml_key dials[] = {{.name = "dials", .read = read_dials, .required = true},
                                            {0}};
    struct profile_rows rows;
    const struct yaml_key row = {.keys = rows.row};
    struct yaml_file file;
    struct yaml_value root;
    memset(record, 0, sizeof *record);
    profile_fallbacks(false, record);
    profile_rows_init(&rows, false, dials);
    bool good = yaml_open(&file, path, error, error_size, &root) &&
                yaml_read_mapping(&root, &row, record) && check_rates(&root, record) &&
                check_whole(&root, record);
    yaml_close(&file);
    return good;
}
