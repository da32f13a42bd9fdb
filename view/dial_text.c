/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "view/dial_text.h"

#include "view/canvas.h"
#include "view/dial_geometry.h"
#include "host/fixed.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define FACE_COLUMNS 43
#define FACE_ROWS DIAL_TEXT_ROWS
#define NUMBERS_MAX 7

static enum canvas_colour scale_colour(const struct gauge_config *dial, int32_t value_milli)
{
    return value_milli >= dial->warn_high_milli ? CANVAS_RED : CANVAS_PLAIN;
}

static void draw_arc(struct canvas *canvas, const struct gauge_config *dial,
                     const struct dial_geometry *geometry)
{
    int steps = (int)ceil((geometry->high_mdeg - geometry->low_mdeg) / 1000.0 * 1.5);
    for (int i = 0; i <= steps; i++) {
        double angle =
            geometry->low_mdeg + (double)(geometry->high_mdeg - geometry->low_mdeg) * i / steps;
        int32_t value = curve_inverse(&dial->dial, (int32_t)angle);
        struct dial_point p = dial_at(geometry, angle, 1);
        canvas_dot(canvas, p.x, p.y, scale_colour(dial, value));
        if (value >= dial->warn_high_milli) { /* a thick line from the warning on */
            p = dial_at(geometry, angle, 0.97);
            canvas_dot(canvas, p.x, p.y, CANVAS_RED);
        }
    }
}

static void draw_mark(struct canvas *canvas, const struct gauge_config *dial,
                      const struct dial_geometry *geometry, int32_t value_milli, double inner)
{
    int32_t angle = curve_at(&dial->dial, value_milli);
    struct dial_point from = dial_at(geometry, angle, inner);
    struct dial_point to = dial_at(geometry, angle, 1);
    canvas_line(canvas, from.x, from.y, to.x, to.y, scale_colour(dial, value_milli));
}

static void draw_number(struct canvas *canvas, const struct gauge_config *dial,
                        const struct dial_geometry *geometry, int32_t value_milli)
{
    struct fixed_text number = fixed(value_milli, 3, 0);
    struct dial_point p = dial_at(geometry, curve_at(&dial->dial, value_milli), 0.74);
    int column = (int)lround(p.x / 2 - (double)strlen(number.text) / 2);
    canvas_text(canvas, column, (int)(p.y / 4), number.text, scale_colour(dial, value_milli));
}

static void draw_scale(struct canvas *canvas, const struct gauge_config *dial,
                       const struct dial_geometry *geometry)
{
    struct dial_marks marks = dial_marks(dial, NUMBERS_MAX);
    draw_arc(canvas, dial, geometry);
    int32_t value = dial_first_multiple(marks.first_milli, marks.minor_milli);
    for (; value <= marks.last_milli; value += marks.minor_milli) {
        draw_mark(canvas, dial, geometry, value, value % marks.major_milli == 0 ? 0.86 : 0.93);
    }
    value = dial_first_multiple(marks.first_milli, marks.major_milli);
    for (; value <= marks.last_milli; value += marks.major_milli) {
        draw_number(canvas, dial, geometry, value);
    }
}

/* The rest's peg, a dot off the scale. */
static void draw_peg(struct canvas *canvas, const struct dial_geometry *geometry)
{
    struct dial_point p = dial_at(geometry, geometry->park_mdeg, 0.95);
    canvas_dot(canvas, p.x, p.y, CANVAS_DIM);
    canvas_dot(canvas, p.x, p.y + 1, CANVAS_DIM);
}

static void draw_needle(struct canvas *canvas, const struct dial_geometry *geometry,
                        int32_t servo_mdeg)
{
    struct dial_point tip = dial_at(geometry, servo_mdeg, 0.9);
    struct dial_point side = dial_at(geometry, servo_mdeg + 90000.0, 0.025);
    double dx = side.x - geometry->center_x;
    double dy = side.y - geometry->center_y;
    double x = geometry->center_x;
    double y = geometry->center_y;
    for (int i = -1; i <= 1; i++) {
        canvas_line(canvas, x + i * dx, y + i * dy, tip.x, tip.y, CANVAS_BRIGHT_RED);
    }
    for (int row = -2; row <= 2; row++) { /* the hub */
        double half = sqrt(6.5 - row * row);
        canvas_line(canvas, x - half, y + row, x + half, y + row, CANVAS_BRIGHT_RED);
    }
}

/* The line beside row `row` of the face; `out` is empty where there is none. */
static enum canvas_colour side_line(const struct dial_text *dial, int row, char *out, size_t size)
{
    const struct sample *sample = dial->sample;
    const struct telemetry_dial *told = &sample->telemetry;
    bool has_told = sample->has_telemetry;
    const char *unknown = "-";
    out[0] = '\0';
    switch (row) {
    case 1:
        snprintf(out, size, "%s", dial->record->name);
        return CANVAS_BOLD;
    case 3:
        snprintf(out, size, "%s %s °C", has_told && told->is_substitute ? "COOLANT" : "oil    ",
                 has_told && told->state == GAUGE_LIVE ? fixed(told->shown_milli, 3, 1).text
                                                       : unknown);
        return has_told && told->warn ? CANVAS_BRIGHT_RED : CANVAS_BOLD;
    case 4:
        snprintf(out, size, "frame   %s °C",
                 sample->has_frame ? fixed(sample->frame_milli, 3, 1).text : unknown);
        break;
    case 6:
        snprintf(out, size, "state   %s%s",
                 has_told ? gauge_state_name(told->state) : (sample->booting ? "boot" : unknown),
                 !has_told || !told->warn            ? ""
                 : told->warn == GAUGE_WARN_CRITICAL ? "  CRITICAL: STOP"
                                                     : "  WARNING: HOT");
        return has_told && told->warn ? CANVAS_BRIGHT_RED : CANVAS_PLAIN;
    case 7:
        snprintf(out, size, "needle  %s°",
                 has_told ? fixed(told->needle_mdeg, 3, 2).text : unknown);
        break;
    case 8:
        snprintf(out, size, "shaft   %s°", fixed(sample->servo_mdeg, 3, 1).text);
        break;
    case 9:
        snprintf(out, size, "pulse   %s µs",
                 sample->width_ps != 0 ? fixed((int64_t)sample->width_ps, 6, 3).text : unknown);
        break;
    case 10:
        snprintf(out, size, "supply  %s", bench_supply_name(sample->supply));
        return sample->supply == BENCH_SUPPLY_OK ? CANVAS_PLAIN : CANVAS_BRIGHT_RED;
    default:
        break;
    }
    return CANVAS_PLAIN;
}

static size_t append_leds(const struct dial_text *dial, char *out, size_t size)
{
    static const enum canvas_colour colours[3] = {CANVAS_GREEN, CANVAS_YELLOW, CANVAS_RED};
    static const char *const names[3] = {"green", "yellow", "red"};
    size_t used = (size_t)snprintf(out, size, "LEDs   ");
    for (int i = 0; i < 3; i++) {
        bool on = dial->leds[i];
        used += (size_t)snprintf(out + used, size - used, " %s%s %s%s",
                                 dial->colours && on ? canvas_escape(colours[i]) : "",
                                 on ? "●" : "○", names[i], dial->colours && on ? "\033[0m" : "");
    }
    return used;
}

static size_t append_side(const struct dial_text *dial, int row, char *out, size_t used,
                          size_t size)
{
    char text[128];
    if (row == 12) {
        return used + append_leds(dial, out + used, size - used);
    }
    enum canvas_colour colour = side_line(dial, row, text, sizeof text);
    bool coloured = dial->colours && colour != CANVAS_PLAIN;
    return used + (size_t)snprintf(out + used, size - used, "%s%s%s",
                                   coloured ? canvas_escape(colour) : "", text,
                                   coloured ? "\033[0m" : "");
}

size_t dial_text_draw(const struct dial_text *dial, const char *line_end, char *out, size_t size)
{
    struct canvas canvas;
    const struct gauge_config *config = &dial->record->dial[0];
    canvas_clear(&canvas, FACE_COLUMNS, FACE_ROWS);
    struct dial_geometry geometry = dial_fit(config, FACE_COLUMNS * 2, FACE_ROWS * 4, 3);
    size_t used = 0;
    draw_scale(&canvas, config, &geometry);
    draw_peg(&canvas, &geometry);
    draw_needle(&canvas, &geometry, dial->sample->servo_mdeg);
    canvas_text(&canvas, (int)(geometry.center_x / 2) - 1, (int)(geometry.center_y / 4 - 4), "°C",
                CANVAS_DIM);
    for (int row = 0; row < FACE_ROWS; row++) {
        used = canvas_row(&canvas, row, dial->colours, out, used, size);
        used += (size_t)snprintf(out + used, size - used, "  ");
        used = append_side(dial, row, out, used, size);
        used += (size_t)snprintf(out + used, size - used, "%s", line_end);
    }
    return used;
}
