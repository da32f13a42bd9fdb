/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/lineedit.h"

#include <string.h>

#define ESC 0x1B
#define DEL 0x7F
#define CONTROL(letter) ((letter)&0x1F)

/* A byte within a character of UTF-8: takes no column. */
static bool is_inner(char c)
{
    return ((uint8_t)c & 0xC0u) == 0x80u;
}

static void put(const struct lineedit *edit, const char *text, size_t len)
{
    if (!edit->is_machine && len > 0) {
        edit->put(text, len);
    }
}

static void put_backs(const struct lineedit *edit)
{
    for (size_t i = edit->cursor; i < edit->len; i++) {
        if (!is_inner(edit->line[i])) {
            put(edit, "\b", 1);
        }
    }
}

/* The line anew: there is no prompt before it. */
static void redraw(const struct lineedit *edit)
{
    put(edit, "\r", 1);
    put(edit, edit->line, edit->len);
    put(edit, "\x1B[K", 3);
    put_backs(edit);
}

static void forget(struct lineedit *edit)
{
    edit->len = 0;
    edit->cursor = 0;
    edit->line[0] = '\0';
    edit->recalled = 0;
    edit->is_overlong = false;
}

void lineedit_init(struct lineedit *edit, void (*put_echo)(const char *text, size_t len))
{
    memset(edit, 0, sizeof *edit);
    edit->put = put_echo;
}

void lineedit_clear(struct lineedit *edit)
{
    if (edit->len > 0 && !edit->is_machine) {
        memcpy(edit->history[edit->remembered % LINEEDIT_HISTORY], edit->line, edit->len + 1u);
        edit->remembered++;
    }
    forget(edit);
}

void lineedit_abandon(struct lineedit *edit)
{
    put(edit, "\r\n", 2);
    forget(edit);
}

static void insert(struct lineedit *edit, char c)
{
    if (edit->len == LINEEDIT_MAX) {
        edit->is_overlong = true;
        return;
    }
    memmove(edit->line + edit->cursor + 1, edit->line + edit->cursor,
            edit->len - edit->cursor + 1u);
    edit->line[edit->cursor] = c;
    edit->cursor++;
    edit->len++;
    if (edit->cursor == edit->len) {
        put(edit, &c, 1);
    } else {
        redraw(edit);
    }
}

static size_t step_left(const struct lineedit *edit, size_t at)
{
    do {
        at -= at > 0;
    } while (at > 0 && is_inner(edit->line[at]));
    return at;
}

static size_t step_right(const struct lineedit *edit, size_t at)
{
    do {
        at += at < edit->len;
    } while (at < edit->len && is_inner(edit->line[at]));
    return at;
}

/* Removes first..last, which is not included. */
static void cut(struct lineedit *edit, size_t first, size_t last)
{
    memmove(edit->line + first, edit->line + last, edit->len - last + 1u);
    edit->len -= last - first;
    edit->cursor = first;
    redraw(edit);
}

static void move(struct lineedit *edit, size_t to)
{
    edit->cursor = to;
    redraw(edit);
}

/* Lines back from the newest, 1; 0 is an empty line. */
static void recall(struct lineedit *edit, unsigned back)
{
    if (back > edit->remembered || back > LINEEDIT_HISTORY) {
        return;
    }
    if (back == 0) {
        forget(edit);
    } else {
        strcpy(edit->line, edit->history[(edit->remembered - back) % LINEEDIT_HISTORY]);
        edit->len = strlen(edit->line);
        edit->cursor = edit->len;
        edit->recalled = back;
    }
    redraw(edit);
}

/* ESC [ A and the like; others are left out. */
static void take_sequence(struct lineedit *edit, char last)
{
    switch (last) {
    case 'A':
        recall(edit, edit->recalled + 1u);
        break;
    case 'B':
        if (edit->recalled > 0) {
            recall(edit, edit->recalled - 1u);
        }
        break;
    case 'C':
        move(edit, step_right(edit, edit->cursor));
        break;
    case 'D':
        move(edit, step_left(edit, edit->cursor));
        break;
    case 'H':
        move(edit, 0);
        break;
    case 'F':
        move(edit, edit->len);
        break;
    case '~':
        if (edit->parameter == '3') {
            cut(edit, edit->cursor, step_right(edit, edit->cursor));
        }
        break;
    default:
        break;
    }
}

static void take_escape(struct lineedit *edit, uint8_t byte)
{
    if (edit->escape == 1) {
        edit->escape = byte == '[' || byte == 'O' ? 2 : 0;
        edit->parameter = 0;
    } else if (byte >= '0' && byte <= '?') {
        edit->parameter = byte;
    } else {
        edit->escape = 0;
        take_sequence(edit, (char)byte);
    }
}

/* Keys for people. False: none of them. */
static bool take_key(struct lineedit *edit, uint8_t byte)
{
    if (edit->escape != 0) {
        take_escape(edit, byte);
        return true;
    }
    switch (byte) {
    case ESC:
        edit->escape = 1;
        return true;
    case '\b':
    case DEL:
        cut(edit, step_left(edit, edit->cursor), edit->cursor);
        return true;
    case CONTROL('U'):
        cut(edit, 0, edit->len);
        edit->is_overlong = false;
        return true;
    case CONTROL('C'):
        lineedit_abandon(edit);
        return true;
    case CONTROL('A'):
        move(edit, 0);
        return true;
    case CONTROL('E'):
        move(edit, edit->len);
        return true;
    default:
        return false;
    }
}

static enum lineedit_result end_line(struct lineedit *edit, uint8_t byte)
{
    const bool is_pair = byte == '\n' && edit->was_cr;
    edit->was_cr = byte == '\r';
    if (is_pair) {
        return LINEEDIT_MORE;
    }
    edit->escape = 0;
    put(edit, "\r\n", 2);
    if (edit->is_overlong) {
        forget(edit);
        return LINEEDIT_TOO_LONG;
    }
    return LINEEDIT_LINE;
}

enum lineedit_result lineedit_take(struct lineedit *edit, uint8_t byte)
{
    if (byte == '\r' || byte == '\n') {
        return end_line(edit, byte);
    }
    edit->was_cr = false;
    if (!edit->is_machine && take_key(edit, byte)) {
        return LINEEDIT_MORE;
    }
    if (byte == '\t') {
        byte = ' ';
    }
    if (byte >= ' ' && byte != DEL) {
        insert(edit, (char)byte);
    }
    return LINEEDIT_MORE;
}
