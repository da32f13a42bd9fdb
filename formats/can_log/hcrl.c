/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The text form of HCRL's data sets (Hacking and Countermeasure Research Lab), times in seconds:
 *
 *     Timestamp: 1479121434.850202        ID: 0350    000    DLC: 8    05 28 84 66 6d 00 00 a2
 */
#include "formats/can_log/reader.h"

#include <string.h>

/* The place behind the field that reads `word`, or -1. */
static int behind(const struct can_log_row *row, const char *word)
{
    for (int i = 0; i < row->count; i++) {
        if (can_log_field_is(row->fields[i], word)) {
            return i + 1;
        }
    }
    return -1;
}

enum can_log_line can_log_read_hcrl(struct can_log_state *state, const char *line,
                                    struct can_log_parsed *parsed)
{
    struct can_log_row row;
    struct can_log_frame *frame = &parsed->frame;
    uint64_t length = 0;
    (void)state;
    can_log_split_blanks(line, &row);
    if (row.count == 0) {
        return CAN_LOG_LINE_OTHER;
    }
    int data = behind(&row, "DLC:");
    if (!can_log_field_decimal(can_log_field_at(&row, behind(&row, "Timestamp:")), 9,
                               &frame->time_ns)) {
        return can_log_bad(parsed, "no time in seconds behind Timestamp:");
    }
    if (can_log_field_hex(can_log_field_at(&row, behind(&row, "ID:")), &frame->id) == 0 ||
        frame->id > 0x1FFFFFFF) {
        return can_log_bad(parsed, "no hexadecimal number behind ID:");
    }
    frame->extended = frame->id > 0x7FF;
    if (!can_log_field_decimal(can_log_field_at(&row, data), 0, &length) || length > 8) {
        return can_log_bad(parsed, "no length up to 8 behind DLC:");
    }
    frame->len = (uint8_t)length;
    if (!can_log_fields_bytes(&row, data + 1, frame->len, frame->data)) {
        return can_log_bad(parsed, "the data are not as many bytes of 2 digits as the length says");
    }
    return CAN_LOG_LINE_FRAME;
}
