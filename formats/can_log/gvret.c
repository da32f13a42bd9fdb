/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * SavvyCAN's own CSV ("GVRET logs"): a heading, then a frame a line, times in microseconds:
 *
 *     Time Stamp,ID,Extended,Bus,LEN,D1,D2,D3,D4,D5,D6,D7,D8
 *     166064000,0000021A,false,0,8,FE,36,12,FE,69,05,07,AD,
 *
 * Newer versions have a column Dir before Bus. Without a heading the older columns are taken.
 */
#include "formats/can_log/fields.h"
#include "formats/can_log/reader.h"

#include <string.h>
#include <strings.h>

/* Spreadsheets write TRUE and FALSE. */
static bool is_word(struct can_log_field field, const char *word)
{
    return field.length == strlen(word) && strncasecmp(field.text, word, field.length) == 0;
}

/* Columns in letters: O time, I id, E extended, d direction, B bus, l length, D data. */
static void read_heading(struct can_log_state *state, const struct can_log_row *row)
{
    static const struct {
        const char *name;
        char letter;
    } names[] = {{"Time Stamp", 'O'}, {"ID", 'I'},  {"Extended", 'E'}, {"Dir", 'd'},
                 {"Bus", 'B'},        {"LEN", 'l'}, {"D1", 'D'}};
    size_t used = 0;
    for (int i = 0; i < row->count && used < sizeof state->columns - 1; i++) {
        char letter = '?';
        for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
            if (is_word(row->fields[i], names[k].name)) {
                letter = names[k].letter;
            }
        }
        state->columns[used++] = letter;
        if (letter == 'D') {
            break;
        }
    }
    state->columns[used] = '\0';
}

static struct can_log_field field_of(const struct can_log_state *state,
                                     const struct can_log_row *row, char letter)
{
    const char *found = strchr(state->columns, letter);
    return can_log_field_at(row, found == NULL ? -1 : (int)(found - state->columns));
}

static const char *read_id(const struct can_log_state *state, const struct can_log_row *row,
                           struct can_log_frame *frame)
{
    struct can_log_field extended = field_of(state, row, 'E');
    frame->extended = is_word(extended, "true") || can_log_field_is(extended, "1");
    if (!frame->extended && !is_word(extended, "false") && !can_log_field_is(extended, "0")) {
        return "Extended is neither true nor false";
    }
    if (can_log_field_hex(field_of(state, row, 'I'), &frame->id) == 0) {
        return "the id is no hexadecimal number";
    }
    if (frame->id > (frame->extended ? 0x1FFFFFFFu : 0x7FFu)) {
        return "the id is too large for its kind";
    }
    return NULL;
}

static const char *read_data(const struct can_log_state *state, const struct can_log_row *row,
                             struct can_log_frame *frame)
{
    uint64_t length;
    if (!can_log_field_decimal(field_of(state, row, 'l'), 0, &length) ||
        length > CAN_LOG_DATA_MAX || !can_log_fd_length((unsigned)length)) {
        return "the length is none that a frame can have";
    }
    const char *first = strchr(state->columns, 'D');
    frame->len = (uint8_t)length;
    frame->fd = length > 8;
    if (first == NULL ||
        !can_log_fields_bytes(row, (int)(first - state->columns), frame->len, frame->data)) {
        return "the data are not as many bytes of 2 digits as the length says";
    }
    return NULL;
}

enum can_log_line can_log_read_gvret(struct can_log_state *state, const char *line,
                                     struct can_log_parsed *parsed)
{
    struct can_log_row row;
    struct can_log_frame *frame = &parsed->frame;
    can_log_split_commas(line, &row);
    if (row.count == 0) {
        return CAN_LOG_LINE_OTHER;
    }
    if (is_word(row.fields[0], "Time Stamp")) {
        read_heading(state, &row);
        return CAN_LOG_LINE_OTHER;
    }
    if (state->columns[0] == '\0') {
        strcpy(state->columns, "OIEBlD");
    }
    uint64_t time_us;
    if (!can_log_field_decimal(field_of(state, &row, 'O'), 0, &time_us) ||
        time_us > UINT64_MAX / 1000) {
        return can_log_bad(parsed, "the time is no number of microseconds");
    }
    frame->time_ns = time_us * 1000;
    parsed->channel = field_of(state, &row, 'B');
    const char *problem = read_id(state, &row, frame);
    if (problem == NULL) {
        problem = read_data(state, &row, frame);
    }
    return problem == NULL ? CAN_LOG_LINE_FRAME : can_log_bad(parsed, problem);
}
