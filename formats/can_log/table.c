/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * CSV whose first line names the columns, times in seconds:
 *
 *     timestamp,arbitration_id,extended,remote,error,dlc,data          python-can: data in base64
 *     Time,Channel,ID,Flags,DLC,Data0,Data1,...,Counter,AbsTime        Kvaser: decimal or hexadecimal, as was chosen
 *     Timestamp,Arbitration_ID,DLC,Data,Class,SubClass                 HCRL's challenges: data as "20 A1 10"
 *     timestamp,id,data                                                whoever converts a file for candial
 *
 * and HCRL's tables without such a line, whose last column tells injected frames:
 *
 *     1478198376.389427,0316,8,05,21,68,09,21,21,00,6f,R
 */
#include "formats/can_log/reader.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Kvaser's canlib.h: canMSG_RTR, canMSG_EXT, canMSG_ERROR_FRAME. */
#define FLAG_REMOTE 0x01u
#define FLAG_EXTENDED 0x04u
#define FLAG_ERROR 0x20u

/* O time, I id, E extended, R remote, X error, F flags, B bus, l length, S data in one field, D first of several. */
static const struct {
    const char *name; /* in small letters and digits alone */
    char letter;
} names[] = {
    {"time", 'O'},         {"timestamp", 'O'}, {"times", 'O'},         {"timestamps", 'O'},
    {"id", 'I'},           {"canid", 'I'},     {"arbitrationid", 'I'}, {"messageid", 'I'},
    {"idhex", 'I'},        {"extended", 'E'},  {"isextended", 'E'},    {"isextendedid", 'E'},
    {"ide", 'E'},          {"remote", 'R'},    {"isremoteframe", 'R'}, {"error", 'X'},
    {"iserrorframe", 'X'}, {"flags", 'F'},     {"channel", 'B'},       {"bus", 'B'},
    {"dlc", 'l'},          {"len", 'l'},       {"length", 'l'},        {"datalength", 'l'},
    {"data", 'S'},         {"payload", 'S'},   {"databytes", 'S'},     {"data0", 'D'},
    {"data1", 'D'},        {"byte0", 'D'},     {"byte1", 'D'},         {"d0", 'D'},
    {"d1", 'D'},           {"b0", 'D'},
};

static char letter_of(struct can_log_field field)
{
    char plain[24];
    size_t used = 0;
    for (size_t i = 0; i < field.length && used < sizeof plain - 1; i++) {
        if (isalnum((unsigned char)field.text[i])) {
            plain[used++] = (char)tolower((unsigned char)field.text[i]);
        }
    }
    plain[used] = '\0';
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i].name, plain) == 0) {
            return names[i].letter;
        }
    }
    return '?';
}

/* Does the line name the columns? Then they are kept. */
static bool read_heading(struct can_log_state *state, const char *line,
                         const struct can_log_row *row)
{
    char columns[sizeof state->columns] = "";
    if (strncasecmp(line, "Time Stamp", 10) == 0) {
        return false; /* SavvyCAN's, in microseconds (gvret.c) */
    }
    for (int i = 0; i < row->count && i < (int)sizeof columns - 1; i++) {
        char letter = letter_of(row->fields[i]);
        columns[i] = strchr(columns, letter) != NULL ? '?' : letter;
    }
    bool is_heading = strchr(columns, 'I') != NULL && strpbrk(columns, "SD") != NULL;
    if (is_heading) {
        memcpy(state->columns, columns, sizeof columns);
        state->is_base64 =
            strcmp(line, "timestamp,arbitration_id,extended,remote,error,dlc,data") == 0;
    }
    return is_heading;
}

static struct can_log_field field_of(const struct can_log_state *state,
                                     const struct can_log_row *row, char letter)
{
    const char *found = strchr(state->columns, letter);
    return can_log_field_at(row, found == NULL ? -1 : (int)(found - state->columns));
}

static bool is_true(struct can_log_field field)
{
    return can_log_field_is(field, "1") ||
           (field.length == 4 && strncasecmp(field.text, "true", 4) == 0);
}

/* Hexadecimal, with or without 0x, unless the head of the file showed decimal numbers only. */
static bool read_number(struct can_log_state *state, struct can_log_field field, uint32_t *value)
{
    uint64_t decimal = 0;
    bool has_prefix = field.length > 2 && strncasecmp(field.text, "0x", 2) == 0;
    field.text += has_prefix ? 2 : 0;
    field.length -= has_prefix ? 2 : 0;
    if (!state->decimal || has_prefix) {
        for (size_t i = 0; i < field.length; i++) {
            state->has_letters = state->has_letters || isalpha((unsigned char)field.text[i]);
        }
        state->has_letters =
            state->has_letters || has_prefix || (field.length > 1 && *field.text == '0');
        return can_log_field_hex(field, value) > 0;
    }
    bool good = can_log_field_decimal(field, 0, &decimal) && decimal <= UINT32_MAX;
    *value = good ? (uint32_t)decimal : 0;
    return good;
}

static const char *read_id(struct can_log_state *state, const struct can_log_row *row,
                           uint32_t flags, struct can_log_frame *frame)
{
    if (!read_number(state, field_of(state, row, 'I'), &frame->id)) {
        return "the id is no number";
    }
    bool has_kind = strchr(state->columns, 'E') != NULL;
    bool has_flags = strchr(state->columns, 'F') != NULL;
    frame->extended = has_kind    ? is_true(field_of(state, row, 'E'))
                      : has_flags ? (flags & FLAG_EXTENDED) != 0
                                  : frame->id > 0x7FF;
    frame->remote = is_true(field_of(state, row, 'R')) || (flags & FLAG_REMOTE) != 0;
    return frame->id > (frame->extended ? 0x1FFFFFFFu : 0x7FFu) ? "the id is too large for its kind"
                                                                : NULL;
}

static int base64_value(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *found = c == '\0' ? NULL : strchr(digits, c);
    return found == NULL ? -1 : (int)(found - digits);
}

/* RFC 4648, section 4; the number of bytes, -1 if it is none or too much. */
static int read_base64(struct can_log_field field, uint8_t *bytes)
{
    uint32_t bits = 0;
    int held = 0;
    int count = 0;
    for (size_t i = 0; i < field.length && field.text[i] != '='; i++) {
        int value = base64_value(field.text[i]);
        if (value < 0 || count == CAN_LOG_DATA_MAX) {
            return -1;
        }
        bits = bits << 6 | (uint32_t)value;
        held += 6;
        if (held >= 8) {
            held -= 8;
            bytes[count++] = (uint8_t)(bits >> held);
        }
    }
    return count;
}

static struct can_log_field unquote(struct can_log_field field)
{
    bool is_quoted =
        field.length >= 2 && field.text[0] == '"' && field.text[field.length - 1] == '"';
    field.text += is_quoted;
    field.length -= is_quoted ? 2 : 0;
    return field;
}

/* "20 A1 10" or "20A110"; the number of bytes, -1 if it is none or too much. */
static int read_hex_run(struct can_log_field field, uint8_t *bytes)
{
    int count = 0;
    for (size_t i = 0; i + 1 < field.length; i += 2) {
        while (i + 1 < field.length && (field.text[i] == ' ' || field.text[i] == '\t')) {
            i++;
        }
        int high = can_log_hex(field.text[i]);
        int low = i + 1 < field.length ? can_log_hex(field.text[i + 1]) : -1;
        if (high < 0 || low < 0 || count == CAN_LOG_DATA_MAX) {
            return -1;
        }
        bytes[count++] = (uint8_t)(high << 4 | low);
    }
    return count;
}

/* One number a field, up to the length, or to the first field that is none. */
static int read_fields(struct can_log_state *state, const struct can_log_row *row, int wanted,
                       uint8_t *bytes)
{
    int first = (int)(strchr(state->columns, 'D') - state->columns);
    int count = 0;
    uint32_t value;
    while (count < wanted && count < CAN_LOG_DATA_MAX &&
           read_number(state, can_log_field_at(row, first + count), &value) && value <= 255) {
        bytes[count++] = (uint8_t)value;
    }
    return count;
}

static const char *read_data(struct can_log_state *state, const struct can_log_row *row,
                             struct can_log_frame *frame)
{
    uint64_t length = 0;
    bool has_length = can_log_field_decimal(field_of(state, row, 'l'), 0, &length);
    struct can_log_field text = unquote(field_of(state, row, 'S'));
    int count = -1;
    if (has_length && length > CAN_LOG_DATA_MAX) {
        return "the length is none that a frame can have";
    }
    if (frame->remote) {
        count = has_length ? (int)length : 0;
    } else if (strchr(state->columns, 'S') == NULL) {
        count = read_fields(state, row, has_length ? (int)length : CAN_LOG_DATA_MAX, frame->data);
    } else {
        count = state->is_base64 ? read_base64(text, frame->data) : read_hex_run(text, frame->data);
    }
    if (count < 0 || (has_length && (int)length != count) || !can_log_fd_length((unsigned)count) ||
        (frame->remote && count > 8)) {
        return "the data are not as many bytes as the length says";
    }
    frame->len = (uint8_t)count;
    frame->fd = count > 8;
    return NULL;
}

/* What stands in the row, all numbers taken as the state says. */
static enum can_log_line read_row(struct can_log_state *state, const struct can_log_row *row,
                                  struct can_log_parsed *parsed)
{
    uint32_t flags = 0;
    if (strchr(state->columns, 'F') != NULL &&
        !read_number(state, field_of(state, row, 'F'), &flags)) {
        return can_log_bad(parsed, "the flags are no number");
    }
    if (is_true(field_of(state, row, 'X')) || (flags & FLAG_ERROR) != 0) {
        return CAN_LOG_LINE_OTHER;
    }
    const char *problem = read_id(state, row, flags, &parsed->frame);
    if (problem == NULL) {
        problem = read_data(state, row, &parsed->frame);
    }
    return problem == NULL ? CAN_LOG_LINE_FRAME : can_log_bad(parsed, problem);
}

/* While the format is looked for, a row that is none in hexadecimal may be one in decimal: see `has_letters`. */
static enum can_log_line read_either(struct can_log_state *state, const struct can_log_row *row,
                                     struct can_log_parsed *parsed)
{
    struct can_log_parsed before = *parsed;
    enum can_log_line kind = read_row(state, row, parsed);
    bool may_be_decimal = strchr(state->columns, 'F') != NULL && !state->has_letters;
    if (kind != CAN_LOG_LINE_BAD || state->decimal || !may_be_decimal) {
        return kind;
    }
    *parsed = before;
    state->decimal = true;
    kind = read_row(state, row, parsed);
    state->decimal = false;
    return kind;
}

enum can_log_line can_log_read_table(struct can_log_state *state, const char *line,
                                     struct can_log_parsed *parsed)
{
    struct can_log_row row;
    can_log_split_commas(line, &row);
    if (row.count == 0 || read_heading(state, line, &row)) {
        return CAN_LOG_LINE_OTHER;
    }
    if (state->columns[0] == '\0') {
        if (memchr(row.fields[0].text, '.', row.fields[0].length) == NULL) {
            return can_log_bad(parsed, "no line above that names the columns");
        }
        strcpy(state->columns, "OIlD");
    }
    if (strchr(state->columns, 'O') != NULL &&
        !can_log_field_decimal(field_of(state, &row, 'O'), 9, &parsed->frame.time_ns)) {
        return can_log_bad(parsed, "the time is no number of seconds");
    }
    parsed->channel = field_of(state, &row, 'B');
    return read_either(state, &row, parsed);
}
