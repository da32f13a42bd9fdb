/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What candump shows on the screen, saved by a shell (can-utils, candump without -l):
 *
 *       can0  123   [8]  05 00 00 00 00 00 00 00
 *     (1600000000.000000)  can0  123   [8]  05 ..   -t a; -t d from the frame before, -t z from the first
 *     (2020-09-13 12:26:40.000000)  can0  123 ...   -t A
 *       can0  RX - -  123   [8]  05 00 ..           -x: direction, bit rate switch, error state
 *       can0  123   [8]  05 00 ..   '........'      -a
 *       can0  123  [12]  05 00 ..                   two digits: CAN FD
 *       can0  123   [4]  remote request
 *
 * Without -t there are no times: all frames have the same.
 */
#include "formats/can_log/reader.h"

#include <string.h>

#define ID_ERROR_BIT 0x20000000u
#define NS_PER_S UINT64_C(1000000000)

/* Days from 1970-01-01 on, Gregorian: counted in years that begin with March, so that leap days come last. */
static uint64_t days(uint64_t year, uint64_t month, uint64_t day)
{
    year -= month <= 2;
    uint64_t shifted = (month + 9) % 12;
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * shifted + 2) / 5 + day - 1 -
           719468;
}

/* "2020-09-13 12:26:40.000000": six numbers with a mark behind each but the last. */
static bool read_date(const char **text, uint64_t *time_ns)
{
    static const char marks[] = "-- ::";
    static const uint64_t most[] = {9999, 12, 31, 23, 59};
    uint64_t parts[5];
    uint64_t second;
    const char *at = *text;
    for (int i = 0; i < 5; i++) {
        if (!can_log_read_decimal(&at, 0, &parts[i]) || *at != marks[i] || parts[i] > most[i]) {
            return false;
        }
        at++;
    }
    if (parts[0] < 1970 || parts[1] < 1 || parts[2] < 1 || !can_log_read_decimal(&at, 9, &second)) {
        return false;
    }
    uint64_t minutes = (days(parts[0], parts[1], parts[2]) * 24 + parts[3]) * 60 + parts[4];
    *time_ns = can_log_add_time(minutes * 60 * NS_PER_S, second);
    *text = at;
    return true;
}

/* "(...)" at the start, if there is one. */
static bool read_time(const char **text, uint64_t *time_ns)
{
    if (**text != '(') {
        return true;
    }
    const char *at = *text + 1;
    if (!read_date(&at, time_ns)) {
        at = *text + 1;
        if (!can_log_read_decimal(&at, 9, time_ns)) {
            return false;
        }
    }
    *text = can_log_skip_blanks(at + (*at == ')'));
    return *at == ')';
}

/* Counted from the frame before, if the head of the file showed that (can_log_state_is_delta). */
static void set_time(struct can_log_state *state, uint64_t *time_ns)
{
    state->times++;
    state->steps_back += *time_ns < state->time_ns;
    if (state->is_delta) {
        *time_ns = can_log_add_time(state->time_ns, *time_ns);
    }
    state->time_ns = *time_ns;
}

/* "RX B E" or "TX - -". */
static int read_direction(const struct can_log_row *row, int at, struct can_log_frame *frame)
{
    struct can_log_field direction = can_log_field_at(row, at);
    if (!can_log_field_is(direction, "RX") && !can_log_field_is(direction, "TX")) {
        return at;
    }
    frame->bit_rate_switch = can_log_field_is(can_log_field_at(row, at + 1), "B");
    frame->error_state = can_log_field_is(can_log_field_at(row, at + 2), "E");
    return at + 3;
}

/* "[8]", "[08]"; the number of digits, 0 if it is none. */
static int read_length(struct can_log_field field, uint64_t *length)
{
    if (field.length < 3 || field.length > 4 || field.text[0] != '[' ||
        field.text[field.length - 1] != ']') {
        return 0;
    }
    field.text++;
    field.length -= 2;
    return can_log_field_decimal(field, 0, length) ? (int)field.length : 0;
}

static const char *read_frame(const struct can_log_row *row, struct can_log_parsed *parsed)
{
    struct can_log_frame *frame = &parsed->frame;
    uint64_t length = 0;
    parsed->channel = row->fields[0];
    int at = read_direction(row, 1, frame);
    int id_digits = can_log_field_hex(can_log_field_at(row, at), &frame->id);
    int length_digits = read_length(can_log_field_at(row, at + 1), &length);
    if ((id_digits != 3 && id_digits != 8) || length_digits == 0) {
        return "no id of 3 or 8 digits and length in brackets, as candump shows them";
    }
    frame->extended = id_digits == 8;
    frame->fd = length_digits == 2;
    if (length > (frame->fd ? 64 : 8) || !can_log_fd_length((unsigned)length)) {
        return "the length is none that a frame can have";
    }
    frame->len = (uint8_t)length;
    frame->remote = can_log_field_is(can_log_field_at(row, at + 2), "remote");
    if (!frame->remote && !can_log_fields_bytes(row, at + 2, frame->len, frame->data)) {
        return "the data are not as many bytes of 2 digits as the length says";
    }
    return NULL;
}

enum can_log_line can_log_read_screen(struct can_log_state *state, const char *line,
                                      struct can_log_parsed *parsed)
{
    struct can_log_row row;
    const char *at = can_log_skip_blanks(line);
    if (*at == '\0') {
        return CAN_LOG_LINE_OTHER;
    }
    if (!read_time(&at, &parsed->frame.time_ns)) {
        return can_log_bad(parsed, "the time is no number of seconds and no date");
    }
    can_log_split_blanks(at, &row);
    const char *problem = row.count == 0 ? "no frame behind the time" : read_frame(&row, parsed);
    if (problem != NULL) {
        return can_log_bad(parsed, problem);
    }
    set_time(state, &parsed->frame.time_ns);
    if (parsed->frame.extended && parsed->frame.id > 0x1FFFFFFF) {
        return parsed->frame.id & ID_ERROR_BIT ? CAN_LOG_LINE_OTHER
                                               : can_log_bad(parsed, "id above 1FFFFFFF");
    }
    if (!parsed->frame.extended && parsed->frame.id > 0x7FF) {
        return can_log_bad(parsed, "3-digit id above 7FF");
    }
    return CAN_LOG_LINE_FRAME;
}
