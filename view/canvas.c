/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "view/canvas.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void canvas_clear(struct canvas *canvas, int columns, int rows)
{
    memset(canvas, 0, sizeof *canvas);
    canvas->columns = columns < CANVAS_COLUMNS_MAX ? columns : CANVAS_COLUMNS_MAX;
    canvas->rows = rows < CANVAS_ROWS_MAX ? rows : CANVAS_ROWS_MAX;
}

void canvas_dot(struct canvas *canvas, double x, double y, enum canvas_colour colour)
{
    /* Unicode, Braille Patterns: dots 1-3 and 7 are the left column from the top, 4-6 and 8 the right. */
    static const uint8_t dots[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    int column = (int)floor(x / 2);
    int row = (int)floor(y / 4);
    if (column < 0 || column >= canvas->columns || row < 0 || row >= canvas->rows) {
        return;
    }
    struct canvas_cell *cell = &canvas->cells[row][column];
    cell->dots |= dots[(int)floor(y) - row * 4][(int)floor(x) - column * 2];
    if (colour > cell->colour) {
        cell->colour = (uint8_t)colour;
    }
}

void canvas_line(struct canvas *canvas, double x0, double y0, double x1, double y1,
                 enum canvas_colour colour)
{
    int steps = (int)ceil(fmax(fabs(x1 - x0), fabs(y1 - y0)));
    for (int i = 0; i <= steps; i++) {
        double part = steps == 0 ? 0 : (double)i / steps;
        canvas_dot(canvas, x0 + (x1 - x0) * part, y0 + (y1 - y0) * part, colour);
    }
}

/* Bytes of the UTF-8 character at `text`. */
static size_t character_length(const char *text)
{
    size_t length = 1;
    while (length < 4 && ((unsigned char)text[length] & 0xC0) == 0x80) {
        length++;
    }
    return length;
}

void canvas_text(struct canvas *canvas, int column, int row, const char *text,
                 enum canvas_colour colour)
{
    while (*text != '\0' && row >= 0 && row < canvas->rows && column < canvas->columns) {
        size_t length = character_length(text);
        if (column >= 0) {
            struct canvas_cell *cell = &canvas->cells[row][column];
            memcpy(cell->text, text, length);
            cell->text[length] = '\0';
            cell->colour = (uint8_t)colour;
        }
        text += length;
        column++;
    }
}

const char *canvas_escape(enum canvas_colour colour)
{
    static const char *const escapes[] = {[CANVAS_PLAIN] = "",
                                          [CANVAS_DIM] = "\033[2m",
                                          [CANVAS_RED] = "\033[31m",
                                          [CANVAS_YELLOW] = "\033[33m",
                                          [CANVAS_GREEN] = "\033[32m",
                                          [CANVAS_BOLD] = "\033[1m",
                                          [CANVAS_BRIGHT_RED] = "\033[1;31m"};
    return escapes[colour];
}

static size_t append(char *out, size_t used, size_t size, const char *text)
{
    size_t length = strlen(text);
    if (used + length < size) {
        memcpy(out + used, text, length + 1);
        used += length;
    }
    return used;
}

size_t canvas_row(const struct canvas *canvas, int row, bool colours, char *out, size_t used,
                  size_t size)
{
    uint8_t colour = CANVAS_PLAIN;
    for (int column = 0; column < canvas->columns; column++) {
        const struct canvas_cell *cell = &canvas->cells[row][column];
        /* U+2800 + dots in UTF-8: E2, 0xA0 | top two bits, 0x80 | the other six */
        const char braille[4] = {(char)0xE2, (char)(0xA0 | cell->dots >> 6),
                                 (char)(0x80 | (cell->dots & 0x3F)), '\0'};
        if (colours && cell->colour != colour) {
            used = append(out, used, size, "\033[0m");
            used = append(out, used, size, canvas_escape(cell->colour));
            colour = cell->colour;
        }
        const char *blank_or_dots = cell->dots == 0 ? " " : braille;
        used = append(out, used, size, cell->text[0] == '\0' ? blank_or_dots : cell->text);
    }
    return colours && colour != CANVAS_PLAIN ? append(out, used, size, "\033[0m") : used;
}
