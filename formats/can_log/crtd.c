/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * CRTD, the text log of the Open Vehicle Monitoring System (docs.openvehicles.com, "CRTD CAN Log Format"), one record
 * a line, times in seconds:
 *
 *     1542473901.020305 1R11 7ED 04 41 0C 00 00 AA AA AA     bus 1, received, 11-bit id
 *     1542473901.021 T29 18DB33F1 02 01 0C                   no bus named, transmitted, 29-bit id
 *     1542473901.022 CXX Info ...                            comments, events, commands begin with C
 */
#include "formats/can_log/reader.h"

#include <string.h>

/* What stands behind the bus's number: R11, T29 ... */
static bool read_kind(struct can_log_field *kind, struct can_log_parsed *parsed)
{
    size_t digits = 0;
    while (digits < kind->length && kind->text[digits] >= '0' && kind->text[digits] <= '9') {
        digits++;
    }
    parsed->channel = (struct can_log_field){kind->text, digits};
    kind->text += digits;
    kind->length -= digits;
    if (kind->length != 3 || (kind->text[0] != 'R' && kind->text[0] != 'T')) {
        return false;
    }
    parsed->frame.extended = memcmp(kind->text + 1, "29", 2) == 0;
    return parsed->frame.extended || memcmp(kind->text + 1, "11", 2) == 0;
}

enum can_log_line can_log_read_crtd(struct can_log_state *state, const char *line,
                                    struct can_log_parsed *parsed)
{
    struct can_log_row row;
    struct can_log_frame *frame = &parsed->frame;
    (void)state;
    can_log_split_blanks(line, &row);
    if (row.count == 0) {
        return CAN_LOG_LINE_OTHER;
    }
    struct can_log_field kind = can_log_field_at(&row, 1);
    if (!can_log_field_decimal(row.fields[0], 9, &frame->time_ns)) {
        return can_log_bad(parsed, "no time in seconds at the start");
    }
    bool is_frame = read_kind(&kind, parsed);
    if (!is_frame) {
        bool is_comment = kind.length > 0 && kind.text[0] == 'C';
        return is_comment ? CAN_LOG_LINE_OTHER
                          : can_log_bad(parsed, "neither R11, R29, T11, T29 nor a comment");
    }
    if (can_log_field_hex(can_log_field_at(&row, 2), &frame->id) == 0 ||
        frame->id > (frame->extended ? 0x1FFFFFFFu : 0x7FFu)) {
        return can_log_bad(parsed, "the id is no hexadecimal number of its kind");
    }
    int length = row.count - 3;
    if (length > 8 || !can_log_fields_bytes(&row, 3, length, frame->data)) {
        return can_log_bad(parsed, "not up to 8 data bytes of 2 digits behind the id");
    }
    frame->len = (uint8_t)length;
    return CAN_LOG_LINE_FRAME;
}
