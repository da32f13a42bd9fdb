/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Vector's ASC. Headings, then a line an event, times in seconds:
 *
 *     base hex  timestamps absolute
 *       12.888156 2  1D0             Rx   d 8 75 53 00 01 02 03 04 05  Length = 230000 ...
 *       12.900000 1  18FEEE00x       Tx   r 8
 *       13.000000 CANFD 1 Rx 123  1 0 9 12 00 01 02 ...   (bit rate switch, error state, DLC, length)
 *
 * `base` rules ids and data, not lengths. The length of a classic frame is its DLC, one hexadecimal digit; above 8 it
 * still means 8 bytes. Behind the data of a CAN FD line stand duration, bits and flags (0x1000: really FD, 0x10: remote).
 * `timestamps relative` counts each line from the one before it. Other events are passed over.
 */
#include "formats/can_log/fields.h"
#include "formats/can_log/reader.h"

#include <string.h>

#define FLAG_FD 0x1000u
#define FLAG_REMOTE 0x10u

static bool begins_with(const char *line, const char *word)
{
    return strncmp(line, word, strlen(word)) == 0;
}

/* Headings and the marks between measurements; false if the line is none of them. */
static bool read_heading(struct can_log_state *state, const char *line)
{
    static const char *const words[] = {"date ", "internal ", "no internal", "//",     "Begin ",
                                        "End ",  "Start ",    "Trigger",     "begin ", "end "};
    if (begins_with(line, "base ")) {
        state->decimal = strstr(line, "base dec") != NULL;
        state->relative = strstr(line, "timestamps relative") != NULL;
        return true;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (begins_with(line, words[i])) {
            return true;
        }
    }
    return false;
}

/* A number in the file's base. */
static bool read_number(const struct can_log_state *state, struct can_log_field field,
                        uint32_t *value)
{
    uint64_t decimal;
    if (!state->decimal) {
        return can_log_field_hex(field, value) > 0;
    }
    bool good = can_log_field_decimal(field, 0, &decimal) && decimal <= UINT32_MAX;
    *value = good ? (uint32_t)decimal : 0;
    return good;
}

/* "1D0" or, 29 bits, "18FEEE00x". */
static bool read_id(const struct can_log_state *state, struct can_log_field field,
                    struct can_log_frame *frame)
{
    frame->extended = field.length > 1 && field.text[field.length - 1] == 'x';
    field.length -= frame->extended;
    return read_number(state, field, &frame->id) &&
           frame->id <= (frame->extended ? 0x1FFFFFFFu : 0x7FFu);
}

static bool is_direction(struct can_log_field field)
{
    return can_log_field_is(field, "Rx") || can_log_field_is(field, "Tx") ||
           can_log_field_is(field, "TxRq");
}

static const char *read_data(const struct can_log_state *state, const struct can_log_row *row,
                             int first, struct can_log_frame *frame)
{
    for (int i = 0; i < frame->len; i++) {
        uint32_t byte;
        if (!read_number(state, can_log_field_at(row, first + i), &byte) || byte > 255) {
            return "the data are not as many bytes as the length says";
        }
        frame->data[i] = (uint8_t)byte;
    }
    return NULL;
}

/* TIME CHANNEL ID DIRECTION d|r LENGTH DATA... */
static const char *read_classic(const struct can_log_state *state, const struct can_log_row *row,
                                struct can_log_frame *frame)
{
    uint32_t length = 0;
    if (!read_id(state, row->fields[2], frame)) {
        return "the id is no number of 11 bits, or of 29 with an x behind it";
    }
    frame->remote = can_log_field_is(can_log_field_at(row, 4), "r");
    if (!frame->remote && !can_log_field_is(can_log_field_at(row, 4), "d")) {
        return "neither d (data) nor r (remote) after the direction";
    }
    struct can_log_field field = can_log_field_at(row, 5);
    bool has_length = field.length == 1 && can_log_field_hex(field, &length) == 1;
    if (!has_length && !frame->remote) {
        return "the length is none that a frame can have";
    }
    frame->len = can_log_length_of_dlc(length, false);
    return frame->remote ? NULL : read_data(state, row, 6, frame);
}

/* DURATION BITS FLAGS behind the data, if they are there. */
static void read_flags(const struct can_log_row *row, int behind, struct can_log_frame *frame)
{
    uint32_t flags = 0;
    if (can_log_field_hex(can_log_field_at(row, behind + 2), &flags) == 0 || frame->len > 8) {
        return;
    }
    frame->fd = (flags & FLAG_FD) != 0;
    frame->remote = !frame->fd && (flags & FLAG_REMOTE) != 0;
}

/* TIME CANFD CHANNEL DIRECTION ID [NAME] BRS ESI DLC LENGTH DATA... */
static const char *read_fd(const struct can_log_state *state, const struct can_log_row *row,
                           struct can_log_frame *frame)
{
    uint64_t length = 0;
    if (!read_id(state, can_log_field_at(row, 4), frame)) {
        return "the id is no number of 11 bits, or of 29 with an x behind it";
    }
    int at = 5; /* a message's name is no single digit */
    bool named = !can_log_field_is(can_log_field_at(row, at), "0") &&
                 !can_log_field_is(can_log_field_at(row, at), "1");
    at += named;
    frame->fd = true;
    frame->bit_rate_switch = can_log_field_is(can_log_field_at(row, at), "1");
    frame->error_state = can_log_field_is(can_log_field_at(row, at + 1), "1");
    if (!can_log_field_decimal(can_log_field_at(row, at + 3), 0, &length) || length > 64 ||
        !can_log_fd_length((unsigned)length)) {
        return "the length is none that a CAN FD frame can have";
    }
    frame->len = (uint8_t)length;
    read_flags(row, at + 4 + frame->len, frame);
    return frame->remote ? NULL : read_data(state, row, at + 4, frame);
}

/* Start of measurement, error frames: no frames of the bus. */
static bool is_fd_frame(const struct can_log_row *row)
{
    uint64_t channel;
    return can_log_field_decimal(can_log_field_at(row, 2), 0, &channel) &&
           is_direction(can_log_field_at(row, 3)) &&
           !can_log_field_is(can_log_field_at(row, 4), "ErrorFrame");
}

static void set_time(struct can_log_state *state, struct can_log_frame *frame)
{
    frame->time_ns = can_log_add_time(frame->time_ns, state->relative ? state->time_ns : 0);
    state->time_ns = frame->time_ns;
}

enum can_log_line can_log_read_asc(struct can_log_state *state, const char *line,
                                   struct can_log_parsed *parsed)
{
    struct can_log_row row;
    const char *problem = NULL;
    uint64_t channel;
    const char *at = can_log_skip_blanks(line);
    if (*at == '\0' || read_heading(state, at)) {
        return CAN_LOG_LINE_OTHER;
    }
    can_log_split_blanks(at, &row);
    if (!can_log_field_decimal(row.fields[0], 9, &parsed->frame.time_ns)) {
        return can_log_bad(parsed, "neither a heading nor a time in seconds");
    }
    set_time(state, &parsed->frame);
    if (can_log_field_is(can_log_field_at(&row, 1), "CANFD") && is_fd_frame(&row)) {
        parsed->channel = can_log_field_at(&row, 2);
        problem = read_fd(state, &row, &parsed->frame);
    } else if (can_log_field_decimal(can_log_field_at(&row, 1), 0, &channel) &&
               is_direction(can_log_field_at(&row, 3))) {
        parsed->channel = row.fields[1];
        problem = read_classic(state, &row, &parsed->frame);
    } else {
        return CAN_LOG_LINE_OTHER; /* status, statistics, error frames, comments */
    }
    return problem == NULL ? CAN_LOG_LINE_FRAME : can_log_bad(parsed, problem);
}
