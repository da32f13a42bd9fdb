/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * PCAN-View traces (.trc), file versions 1.0 to 2.1. A line is a row of columns parted by blanks; which
 * ones there are follows from `;$FILEVERSION=` (1.x) or stands in `;$COLUMNS=` (2.x). Letters, as there:
 *
 *     N number   O time offset, ms   T type   B bus   I id   d direction   R reserved
 *     l length in bytes   L data length code   D data bytes
 *
 *     1.1        1)         1.6  Rx         0480  8  C2 08 00 00 00 00 00 00
 *     2.1        1      1059.900 DT 1       0300 Rx -  7    00 00 00 00 04 00 00
 *
 * An id is written with 4 digits (11 bits) or 8 (29 bits); python-can writes 7. Without `;$FILEVERSION=` it is 1.0, or
 * 1.1 where a line has a type. Types: 1.x Rx, Tx (frames), Warng, Error;
 * 2.x DT data, FD, FB (with bit rate switch), FE (with error state), BI (both), RR remote; all others
 * are events (status, errors, marks) and are passed over.
 */
#include "formats/can_log/fields.h"
#include "formats/can_log/reader.h"

#include <string.h>

static const struct {
    const char *version;
    const char *columns;
} column_sets[] = {
    {"1.0", "NOILD"},    {"1.1", "NOTILD"},  {"1.2", "NOBTILD"},
    {"1.3", "NOBTIRLD"}, {"2.0", "NOTIdlD"}, {"2.1", "NOTBIdRLD"},
};

/* The place of column `letter`, or -1 if this version has none. */
static int column(const struct can_log_state *state, char letter)
{
    const char *found = strchr(state->columns, letter);
    return found == NULL ? -1 : (int)(found - state->columns);
}

static struct can_log_field field_of(const struct can_log_state *state,
                                     const struct can_log_row *row, char letter)
{
    return can_log_field_at(row, column(state, letter));
}

static void set_columns(struct can_log_state *state, const char *text)
{
    size_t used = 0;
    for (; *text != '\0' && used < sizeof state->columns - 1; text++) {
        if (strchr("NOTBIdRlLD", *text) != NULL) {
            state->columns[used++] = *text;
        }
    }
    state->columns[used] = '\0';
}

static void read_comment(struct can_log_state *state, const char *line)
{
    static const char version_key[] = ";$FILEVERSION=";
    static const char columns_key[] = ";$COLUMNS=";
    if (strncmp(line, columns_key, sizeof columns_key - 1) == 0) {
        set_columns(state, line + sizeof columns_key - 1);
        return;
    }
    if (strncmp(line, version_key, sizeof version_key - 1) != 0) {
        return;
    }
    for (size_t i = 0; i < sizeof column_sets / sizeof *column_sets; i++) {
        if (strncmp(line + sizeof version_key - 1, column_sets[i].version, 3) == 0) {
            set_columns(state, column_sets[i].columns);
        }
    }
}

/* Sets the frame's kind from the type column; false if the row is an event. */
static bool read_type(struct can_log_field field, struct can_log_frame *frame)
{
    static const struct {
        const char *type;
        bool fd, brs, esi, remote;
    } types[] = {
        {"Rx", false, false, false, false}, {"Tx", false, false, false, false},
        {"DT", false, false, false, false}, {"RR", false, false, false, true},
        {"FD", true, false, false, false},  {"FB", true, true, false, false},
        {"FE", true, false, true, false},   {"BI", true, true, true, false},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (can_log_field_is(field, types[i].type)) {
            frame->fd = types[i].fd;
            frame->bit_rate_switch = types[i].brs;
            frame->error_state = types[i].esi;
            frame->remote = types[i].remote;
            return true;
        }
    }
    return false;
}

static bool read_id(struct can_log_field field, struct can_log_frame *frame)
{
    int digits = can_log_field_hex(field, &frame->id);
    frame->extended = digits > 4;
    return digits >= 4 && digits != 5 && digits != 6 &&
           frame->id <= (frame->extended ? 0x1FFFFFFFu : 0x7FFu);
}

static bool read_length(const struct can_log_state *state, const struct can_log_row *row,
                        struct can_log_frame *frame)
{
    uint64_t length = 0;
    if (can_log_field_decimal(field_of(state, row, 'L'), 0, &length)) {
        if (length > 15) {
            return false;
        }
        length = can_log_length_of_dlc((uint32_t)length, frame->fd);
    } else if (!can_log_field_decimal(field_of(state, row, 'l'), 0, &length) ||
               length > CAN_LOG_DATA_MAX) {
        return false;
    }
    frame->len = (uint8_t)length;
    return frame->fd ? can_log_fd_length(frame->len) : length <= 8;
}

static bool read_data(const struct can_log_state *state, const struct can_log_row *row,
                      struct can_log_frame *frame)
{
    int first = column(state, 'D');
    if (can_log_field_is(can_log_field_at(row, first), "RTR")) {
        frame->remote = true;
    }
    if (frame->remote) {
        return true;
    }
    int given = first < 0 || first > row->count ? 0 : row->count - first;
    return given == frame->len && can_log_fields_bytes(row, first, given, frame->data);
}

enum can_log_line can_log_read_trc(struct can_log_state *state, const char *line,
                                   struct can_log_parsed *parsed)
{
    struct can_log_row row;
    const char *at = can_log_skip_blanks(line);
    if (*at == ';') {
        read_comment(state, at);
        return CAN_LOG_LINE_OTHER;
    }
    if (*at == '\0') {
        return CAN_LOG_LINE_OTHER;
    }
    can_log_split_blanks(at, &row);
    if (state->columns[0] == '\0') {
        struct can_log_frame kind;
        set_columns(state, column_sets[read_type(can_log_field_at(&row, 2), &kind)].columns);
    }
    if (!can_log_field_decimal(field_of(state, &row, 'O'), 6, &parsed->frame.time_ns)) {
        return can_log_bad(parsed, "the time offset is no number of milliseconds");
    }
    bool has_type = column(state, 'T') >= 0; /* version 1.0 has frames only */
    if (has_type && !read_type(field_of(state, &row, 'T'), &parsed->frame)) {
        return CAN_LOG_LINE_OTHER;
    }
    parsed->channel = field_of(state, &row, 'B');
    if (!read_id(field_of(state, &row, 'I'), &parsed->frame)) {
        return can_log_bad(parsed,
                           "the id needs 4 hexadecimal digits up to 07FF or 7 or 8 up to 1FFFFFFF");
    }
    if (!read_length(state, &row, &parsed->frame)) {
        return can_log_bad(parsed, "the length is none that a frame can have");
    }
    if (!read_data(state, &row, &parsed->frame)) {
        return can_log_bad(parsed, "the data are not as many bytes of 2 digits as the length says");
    }
    return CAN_LOG_LINE_FRAME;
}
