/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A picture made of characters. Each character cell has 2 x 4 dots (Unicode braille patterns) or a character
 * of text, and one colour.
 */
#ifndef VIEW_CANVAS_H
#define VIEW_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CANVAS_COLUMNS_MAX 64
#define CANVAS_ROWS_MAX 24

enum canvas_colour {
    CANVAS_PLAIN,
    CANVAS_DIM,
    CANVAS_RED,
    CANVAS_YELLOW,
    CANVAS_GREEN,
    CANVAS_BOLD,
    CANVAS_BRIGHT_RED
};

struct canvas_cell {
    uint8_t dots;   /* as in U+2800 + dots */
    uint8_t colour; /* enum canvas_colour; the highest drawn stays */
    char text[5];   /* one UTF-8 character instead of the dots, or empty */
};

struct canvas {
    int columns, rows;
    struct canvas_cell cells[CANVAS_ROWS_MAX][CANVAS_COLUMNS_MAX];
};

void canvas_clear(struct canvas *canvas, int columns, int rows);

/* Sets the dot at (x, y); outside nothing happens. */
void canvas_dot(struct canvas *canvas, double x, double y, enum canvas_colour colour);

/* A straight line of dots. */
void canvas_line(struct canvas *canvas, double x0, double y0, double x1, double y1,
                 enum canvas_colour colour);

/* Text (UTF-8) from a cell on. */
void canvas_text(struct canvas *canvas, int column, int row, const char *text,
                 enum canvas_colour colour);

/* Appends row `row` to `out` (with escape sequences if `colours`); the new length of `out`. */
size_t canvas_row(const struct canvas *canvas, int row, bool colours, char *out, size_t used,
                  size_t size);

/* The escape sequence of a colour; "" for plain. */
const char *canvas_escape(enum canvas_colour colour);

#endif
