/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_LINEEDIT_H
#define CORE_LINEEDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A console's line, from bytes as they arrive. For people: echo, backspace, delete, arrows, Home,
 * End, ^A, ^E, ^U (all of the line), ^C (another line), and a history of the last lines. For
 * machines: none of that, only lines. CR, LF or both end a line. Anything may be sent; what is no
 * text is left out.
 */
#define LINEEDIT_MAX 240 /* bytes; a dial of sixteen points fits */
#define LINEEDIT_HISTORY 4

enum lineedit_result {
    LINEEDIT_MORE,
    LINEEDIT_LINE,     /* in `line`, ended by NUL, until lineedit_clear() */
    LINEEDIT_TOO_LONG, /* a line longer than LINEEDIT_MAX came to its end; it is forgotten */
};

struct lineedit {
    void (*put)(const char *text, size_t len); /* the echo; a terminal with ANSI sequences */
    bool is_machine;
    bool is_overlong;
    bool was_cr;
    uint8_t escape;    /* how far into an escape sequence: 0, 1 after ESC, 2 after ESC [ */
    uint8_t parameter; /* the digit in it */
    char line[LINEEDIT_MAX + 1];
    size_t len;
    size_t cursor;
    char history[LINEEDIT_HISTORY][LINEEDIT_MAX + 1];
    unsigned remembered; /* lines ever */
    unsigned recalled;   /* how far back the history was gone */
};

void lineedit_init(struct lineedit *edit, void (*put)(const char *text, size_t len));

/* Takes a byte. Not after LINEEDIT_LINE, before lineedit_clear(). */
enum lineedit_result lineedit_take(struct lineedit *edit, uint8_t byte);

/* The line has been dealt with: remembers it, begins another one. */
void lineedit_clear(struct lineedit *edit);

/* Gives up what was typed so far. */
void lineedit_abandon(struct lineedit *edit);

#endif
