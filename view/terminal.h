/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What a terminal can show: its size, colours, characters beyond ASCII. */
#ifndef VIEW_TERMINAL_H
#define VIEW_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* It can move its cursor: a terminal, and not a dumb one. */
bool terminal_is_live(FILE *out);
/* Colours are welcome: NO_COLOR is not set, or empty (no-color.org). */
bool terminal_wants_colours(void);
/* The locale's characters are UTF-8: the first of LC_ALL, LC_CTYPE and LANG that is set says so. */
bool terminal_is_utf8(void);

struct terminal_size {
    int columns, rows;
};
/* As it is now; 80 x 24 where nobody knows. */
struct terminal_size terminal_size(FILE *out);

/*
 * Turns UTF-8 into ASCII, in place: dots of the dial into . : #, lamps into * and o, degrees and micro into
 * what one writes without them, all else into `?`. Never longer than before.
 */
void terminal_to_ascii(char *text);

/* Cuts a line at so many columns; UTF-8 characters stay whole. No escape sequences in it. */
void terminal_cut(char *line, int columns);

#endif
