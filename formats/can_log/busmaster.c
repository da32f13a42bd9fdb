/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * BUSMASTER's log: headings between asterisks, then a frame a line, times to 100 µs:
 *
 *     ***BUSMASTER Ver 3.2.2***
 *     ***HEX***                    or DEC: ids and data
 *     ***RELATIVE MODE***          times count from the frame before; SYSTEM, ABSOLUTE: they do not
 *     11:49:12:9440 Rx 1 0x460 s 8 03 E0 00 00 C0 00 00 00     s 11 bits, x 29 bits, sr and xr remote
 */
#include "formats/can_log/reader.h"

#include <string.h>

#define NS_PER_S UINT64_C(1000000000)
#define NS_PER_TICK UINT64_C(100000)

static void read_heading(struct can_log_state *state, const char *line)
{
    if (strncmp(line, "***DEC***", 9) == 0) {
        state->decimal = true;
    } else if (strncmp(line, "***RELATIVE", 11) == 0) {
        state->relative = true;
    }
}

/* HH:MM:SS:TTTT */
static bool read_time(struct can_log_field field, uint64_t *time_ns)
{
    static const uint64_t most[] = {999999, 59, 59, 9999};
    const char *at = field.text;
    uint64_t parts[4];
    for (int i = 0; i < 4; i++) {
        if (!can_log_read_decimal(&at, 0, &parts[i]) || parts[i] > most[i] ||
            (i < 3 && *at++ != ':')) {
            return false;
        }
    }
    *time_ns = ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * NS_PER_S + parts[3] * NS_PER_TICK;
    return at == field.text + field.length;
}

static bool read_number(const struct can_log_state *state, struct can_log_field field,
                        uint32_t *value)
{
    uint64_t decimal;
    bool has_prefix = field.length > 2 && field.text[0] == '0' && field.text[1] == 'x';
    field.text += has_prefix ? 2 : 0;
    field.length -= has_prefix ? 2 : 0;
    if (!state->decimal || has_prefix) {
        return can_log_field_hex(field, value) > 0;
    }
    bool good = can_log_field_decimal(field, 0, &decimal) && decimal <= UINT32_MAX;
    *value = good ? (uint32_t)decimal : 0;
    return good;
}

static const char *read_frame(const struct can_log_state *state, const struct can_log_row *row,
                              struct can_log_frame *frame)
{
    struct can_log_field type = can_log_field_at(row, 4);
    uint64_t length = 0;
    frame->extended = type.length > 0 && type.text[0] == 'x';
    frame->remote = can_log_field_is(type, "sr") || can_log_field_is(type, "xr");
    if (!frame->remote && !can_log_field_is(type, "s") && !can_log_field_is(type, "x")) {
        return "the type is none of s, x, sr, xr";
    }
    if (!read_number(state, can_log_field_at(row, 3), &frame->id) ||
        frame->id > (frame->extended ? 0x1FFFFFFFu : 0x7FFu)) {
        return "the id is no number of its kind";
    }
    if (!can_log_field_decimal(can_log_field_at(row, 5), 0, &length) || length > 8) {
        return "the length is none that a frame can have";
    }
    frame->len = (uint8_t)length;
    for (int i = 0; i < (frame->remote ? 0 : frame->len); i++) {
        uint32_t byte;
        if (!read_number(state, can_log_field_at(row, 6 + i), &byte) || byte > 255) {
            return "the data are not as many bytes as the length says";
        }
        frame->data[i] = (uint8_t)byte;
    }
    return NULL;
}

enum can_log_line can_log_read_busmaster(struct can_log_state *state, const char *line,
                                         struct can_log_parsed *parsed)
{
    struct can_log_row row;
    const char *at = can_log_skip_blanks(line);
    if (*at == '\0' || strncmp(at, "***", 3) == 0) {
        read_heading(state, at);
        return CAN_LOG_LINE_OTHER;
    }
    can_log_split_blanks(at, &row);
    if (!read_time(row.fields[0], &parsed->frame.time_ns)) {
        return can_log_bad(parsed, "no time as 11:49:12:9440 at the start");
    }
    parsed->channel = can_log_field_at(&row, 2);
    const char *problem = read_frame(state, &row, &parsed->frame);
    if (problem != NULL) {
        return can_log_bad(parsed, problem);
    }
    if (state->relative) {
        parsed->frame.time_ns = can_log_add_time(state->time_ns, parsed->frame.time_ns);
        state->time_ns = parsed->frame.time_ns;
    }
    return CAN_LOG_LINE_FRAME;
}
