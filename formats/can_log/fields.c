/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/can_log/fields.h"

#include "formats/can_log/reader.h"

#include <string.h>

void can_log_split_blanks(const char *line, struct can_log_row *row)
{
    row->count = 0;
    const char *at = can_log_skip_blanks(line);
    while (*at != '\0' && row->count < CAN_LOG_FIELDS_MAX) {
        size_t length = strcspn(at, " \t");
        row->fields[row->count++] = (struct can_log_field){at, length};
        at = can_log_skip_blanks(at + length);
    }
}

void can_log_split_commas(const char *line, struct can_log_row *row)
{
    const char *at = line;
    const char *mark =
        strchr(line, ',') == NULL ? ";" : ","; /* where the comma is the decimal mark */
    row->count = 0;
    while (*at != '\0' && row->count < CAN_LOG_FIELDS_MAX) {
        at = can_log_skip_blanks(at);
        size_t length = strcspn(at, mark);
        size_t kept = length;
        while (kept > 0 && (at[kept - 1] == ' ' || at[kept - 1] == '\t')) {
            kept--;
        }
        row->fields[row->count++] = (struct can_log_field){at, kept};
        at += length + (at[length] == *mark);
    }
}

struct can_log_field can_log_field_at(const struct can_log_row *row, int index)
{
    const struct can_log_field nothing = {"", 0};
    return index >= 0 && index < row->count ? row->fields[index] : nothing;
}

bool can_log_field_is(struct can_log_field field, const char *text)
{
    return field.length == strlen(text) && memcmp(field.text, text, field.length) == 0;
}

bool can_log_field_decimal(struct can_log_field field, int digits, uint64_t *value)
{
    const char *at = field.text;
    return can_log_read_decimal(&at, digits, value) && at == field.text + field.length;
}

int can_log_field_hex(struct can_log_field field, uint32_t *value)
{
    const char *at = field.text;
    int digits = can_log_read_id(&at, value);
    return at == field.text + field.length ? digits : 0;
}

bool can_log_fields_bytes(const struct can_log_row *row, int first, int count, uint8_t *bytes)
{
    for (int i = 0; i < count; i++) {
        uint32_t value;
        int digits = can_log_field_hex(can_log_field_at(row, first + i), &value);
        if (digits < 1 || digits > 2) {
            return false;
        }
        bytes[i] = (uint8_t)value;
    }
    return true;
}
