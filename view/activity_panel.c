/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "view/activity_panel.h"

#include "view/activity_text.h"
#include "view/canvas.h"
#include "view/dial_text.h"

#include <stdio.h>
#include <string.h>

struct panel {
    char *out;
    size_t size, used;
    const char *line_end;
    bool colours;
    int rows;
};

/* As many bytes of a text as fill `columns`: a character's further bytes begin with the bits 10 (UTF-8). */
static int bytes_of(const char *text, int columns)
{
    int at = 0;
    for (int column = 0; text[at] != '\0'; at++) {
        const bool begins = ((unsigned char)text[at] & 0xC0u) != 0x80u;
        if (begins && column++ == columns) {
            break;
        }
    }
    return at;
}

static void put_row(struct panel *panel, const char *text, bool bad)
{
    const bool red = bad && panel->colours;
    panel->used += (size_t)snprintf(panel->out + panel->used, panel->size - panel->used,
                                    "  %s%.*s%s%s", red ? canvas_escape(CANVAS_BRIGHT_RED) : "",
                                    bytes_of(text, DIAL_TEXT_COLUMNS - 2), text,
                                    red ? "\033[0m" : "", panel->line_end);
    panel->rows++;
}

/* The last row is kept for what finds no room. */
static void take_line(void *context, const char *line, bool bad)
{
    struct panel *panel = context;
    if (panel->rows < DIAL_TEXT_ROWS - 1) {
        put_row(panel, line, bad);
    } else if (panel->rows == DIAL_TEXT_ROWS - 1) {
        put_row(panel, "... and more", false);
    }
}

size_t activity_panel_draw(const struct bench_activity *activity, bool colours,
                           const char *line_end, char *out, size_t size)
{
    struct panel panel = {.out = out, .size = size, .line_end = line_end, .colours = colours};
    activity_say_all(activity, take_line, &panel);
    while (panel.rows < DIAL_TEXT_ROWS) {
        put_row(&panel, "", false);
    }
    return panel.used;
}
