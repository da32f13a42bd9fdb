/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "view/plot.h"

#include <cairo.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define WIDTH 1400
#define HEIGHT 860
#define LEFT 80.0
#define RIGHT (WIDTH - 30.0)

struct rgb {
    double r, g, b;
};

static const struct rgb black = {0.12, 0.12, 0.13};
static const struct rgb grey = {0.82, 0.82, 0.82};
static const struct rgb blue = {0.12, 0.35, 0.75};
static const struct rgb orange = {0.90, 0.35, 0.05};
static const struct rgb green = {0.45, 0.78, 0.52};
static const struct rgb pink = {0.99, 0.89, 0.88};

/* One diagram: where it is and which values it spans. */
struct panel {
    double top, bottom;
    double low, high;
    double end_s;
};

static void plot_add(void *context, const struct sample *sample)
{
    struct plot *plot = context;
    const struct telemetry_dial *told = &sample->telemetry;
    if (plot->count == plot->room) {
        size_t room = plot->room == 0 ? 4096 : plot->room * 2;
        struct plot_row *rows = plot->failed ? NULL : realloc(plot->rows, room * sizeof *rows);
        plot->failed = rows == NULL;
        if (plot->failed) {
            return;
        }
        plot->rows = rows;
        plot->room = room;
    }
    bool has_told = sample->has_telemetry;
    plot->rows[plot->count++] = (struct plot_row){
        .time_s = (double)sample->time_ps * 1e-12,
        .frame_c = sample->has_frame ? (float)sample->frame_milli * 1e-3f : NAN,
        .shown_c = has_told && told->state == GAUGE_LIVE ? (float)told->shown_milli * 1e-3f : NAN,
        .needle_deg = has_told ? (float)told->needle_mdeg * 1e-3f : NAN,
        .servo_deg = (float)sample->servo_mdeg * 1e-3f,
        .state = has_told ? (int)told->state : (sample->booting ? (int)GAUGE_BOOT : -1),
        .has_pulse = sample->has_pulse,
        .warn = has_told && told->warn,
    };
}

void plot_init(struct plot *plot)
{
    *plot = (struct plot){.observer = {.context = plot, .sample = plot_add}};
}

void plot_free(struct plot *plot)
{
    free(plot->rows);
    *plot = (struct plot){0};
}

static void set_colour(cairo_t *cr, struct rgb colour)
{
    cairo_set_source_rgb(cr, colour.r, colour.g, colour.b);
}

static double x_of(const struct panel *panel, double time_s)
{
    return LEFT + (RIGHT - LEFT) * time_s / panel->end_s;
}

static double y_of(const struct panel *panel, double value)
{
    double part = (value - panel->low) / (panel->high - panel->low);
    return panel->bottom - (panel->bottom - panel->top) * part;
}

/* 1, 2 or 5 times a power of ten, so that about `count` steps fit into `span`. */
static double nice_step(double span, int count)
{
    double raw = span / count;
    double power = pow(10, floor(log10(raw)));
    double lead = raw / power;
    return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power;
}

static void draw_text(cairo_t *cr, double x, double y, double align, const char *text)
{
    cairo_text_extents_t extents;
    cairo_text_extents(cr, text, &extents);
    cairo_move_to(cr, x - extents.x_advance * align, y);
    cairo_show_text(cr, text);
}

static void draw_grid(cairo_t *cr, const struct panel *panel)
{
    char text[32];
    double step = nice_step(panel->high - panel->low, 6);
    cairo_set_line_width(cr, 1);
    for (double v = ceil(panel->low / step) * step; v <= panel->high + step * 1e-6; v += step) {
        double y = floor(y_of(panel, v)) + 0.5;
        set_colour(cr, grey);
        cairo_move_to(cr, LEFT, y);
        cairo_line_to(cr, RIGHT, y);
        cairo_stroke(cr);
        set_colour(cr, black);
        snprintf(text, sizeof text, "%g", fabs(v) < step / 2 ? 0 : v);
        draw_text(cr, LEFT - 8, y + 5, 1, text);
    }
    step = nice_step(panel->end_s, 10);
    for (double t = 0; t <= panel->end_s + step * 1e-6; t += step) {
        double x = floor(x_of(panel, t)) + 0.5;
        set_colour(cr, grey);
        cairo_move_to(cr, x, panel->top);
        cairo_line_to(cr, x, panel->bottom);
        cairo_stroke(cr);
    }
}

static void draw_time_axis(cairo_t *cr, const struct panel *panel)
{
    char text[32];
    double step = nice_step(panel->end_s, 10);
    set_colour(cr, black);
    for (double t = 0; t <= panel->end_s + step * 1e-6; t += step) {
        snprintf(text, sizeof text, "%g s", t);
        draw_text(cr, x_of(panel, t), panel->bottom + 20, 0.5, text);
    }
}

static float row_value(const struct plot_row *row, size_t offset)
{
    return *(const float *)((const char *)row + offset);
}

/* A line through one column; it is broken where the value is unknown. `steps`: it holds in between. */
static void draw_curve(cairo_t *cr, const struct plot *plot, const struct panel *panel,
                       size_t offset, struct rgb colour, bool steps)
{
    bool down = false;
    double y = 0;
    set_colour(cr, colour);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    for (size_t i = 0; i < plot->count; i++) {
        double x = x_of(panel, plot->rows[i].time_s);
        float value = row_value(&plot->rows[i], offset);
        if (isnan(value)) {
            down = false;
            continue;
        }
        if (down && steps) {
            cairo_line_to(cr, x, y);
        }
        y = y_of(panel, value);
        if (down) {
            cairo_line_to(cr, x, y);
        } else {
            cairo_move_to(cr, x, y);
        }
        down = true;
    }
    cairo_stroke(cr);
}

/* Widens the panel to hold a column. */
static void span_column(struct panel *panel, const struct plot *plot, size_t offset)
{
    for (size_t i = 0; i < plot->count; i++) {
        float value = row_value(&plot->rows[i], offset);
        if (!isnan(value)) {
            panel->low = fmin(panel->low, value);
            panel->high = fmax(panel->high, value);
        }
    }
}

static void draw_legend(cairo_t *cr, const struct panel *panel, double x, const char *text,
                        struct rgb colour)
{
    set_colour(cr, colour);
    cairo_set_line_width(cr, 4);
    cairo_move_to(cr, x, panel->top - 14);
    cairo_line_to(cr, x + 26, panel->top - 14);
    cairo_stroke(cr);
    set_colour(cr, black);
    draw_text(cr, x + 34, panel->top - 9, 0, text);
}

static struct rgb state_colour(int state)
{
    static const struct rgb colours[GAUGE_STATE_COUNT] = {
        [GAUGE_BOOT] = {0.75, 0.75, 0.78},  [GAUGE_SWEEP] = {0.62, 0.72, 0.90},
        [GAUGE_WAIT] = {0.93, 0.86, 0.55},  [GAUGE_LIVE] = {0.60, 0.84, 0.62},
        [GAUGE_STALE] = {0.95, 0.70, 0.42}, [GAUGE_FAULT] = {0.92, 0.48, 0.44}};
    return state < 0 ? (struct rgb){0.95, 0.95, 0.95} : colours[state];
}

/* A band coloured by the state, each stretch with its name where there is room. */
static void draw_states(cairo_t *cr, const struct plot *plot, const struct panel *panel)
{
    size_t first = 0;
    for (size_t i = 1; i <= plot->count; i++) {
        if (i < plot->count && plot->rows[i].state == plot->rows[first].state) {
            continue;
        }
        double from = x_of(panel, first == 0 ? 0 : plot->rows[first].time_s);
        double to = x_of(panel, i < plot->count ? plot->rows[i].time_s : panel->end_s);
        int state = plot->rows[first].state;
        set_colour(cr, state_colour(state));
        cairo_rectangle(cr, from, panel->top, to - from, panel->bottom - panel->top);
        cairo_fill(cr);
        if (to - from > 45) {
            set_colour(cr, black);
            draw_text(cr, (from + to) / 2, (panel->top + panel->bottom) / 2 + 5, 0.5,
                      state < 0 ? "no telemetry" : gauge_state_name((enum gauge_state)state));
        }
        first = i;
    }
}

/* The background of a panel where the profile warns. */
static void draw_warnings(cairo_t *cr, const struct plot *plot, const struct panel *panel)
{
    for (size_t i = 0; i < plot->count; i++) {
        if (!plot->rows[i].warn) {
            continue;
        }
        size_t first = i;
        while (i < plot->count && plot->rows[i].warn) {
            i++;
        }
        double from = x_of(panel, plot->rows[first].time_s);
        double to = x_of(panel, i < plot->count ? plot->rows[i].time_s : panel->end_s);
        set_colour(cr, pink);
        cairo_rectangle(cr, from, panel->top, to - from, panel->bottom - panel->top);
        cairo_fill(cr);
        set_colour(cr, black);
        draw_text(cr, (from + to) / 2, panel->bottom - 8, 0.5, "warning");
    }
}

static void draw_temperatures(cairo_t *cr, const struct plot *plot, double end_s)
{
    struct panel panel = {70, 400, HUGE_VAL, -HUGE_VAL, end_s};
    span_column(&panel, plot, offsetof(struct plot_row, frame_c));
    span_column(&panel, plot, offsetof(struct plot_row, shown_c));
    if (panel.low > panel.high) {
        panel.low = 0;
        panel.high = 100;
    }
    panel.low = floor(panel.low / 5 - 0.2) * 5;
    panel.high = ceil(panel.high / 5 + 0.2) * 5;
    draw_warnings(cr, plot, &panel);
    draw_grid(cr, &panel);
    cairo_set_line_width(cr, 2);
    draw_curve(cr, plot, &panel, offsetof(struct plot_row, frame_c), blue, true);
    draw_curve(cr, plot, &panel, offsetof(struct plot_row, shown_c), orange, false);
    draw_legend(cr, &panel, LEFT, "on the bus, °C", blue);
    draw_legend(cr, &panel, LEFT + 190, "shown by the needle, °C", orange);
}

static void draw_angles(cairo_t *cr, const struct plot *plot, const struct record *record,
                        double end_s)
{
    const struct gauge_config *dial = &record->dial[0];
    struct panel panel = {450, 720, dial->park_mdeg / 1e3 - 5, curve_max(&dial->dial) / 1e3 + 5,
                          end_s};
    span_column(&panel, plot, offsetof(struct plot_row, servo_deg));
    span_column(&panel, plot, offsetof(struct plot_row, needle_deg));
    draw_grid(cr, &panel);
    cairo_set_line_width(cr, 6); /* the shaft behind the needle: both are seen where they agree */
    draw_curve(cr, plot, &panel, offsetof(struct plot_row, servo_deg), green, false);
    cairo_set_line_width(cr, 2);
    draw_curve(cr, plot, &panel, offsetof(struct plot_row, needle_deg), orange, false);
    draw_legend(cr, &panel, LEFT, "needle, degrees", orange);
    draw_legend(cr, &panel, LEFT + 190, "servo's shaft, degrees", green);
}

bool plot_write(const struct plot *plot, const char *path, const struct record *record)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
    cairo_t *cr = cairo_create(surface);
    double end_s = plot->count == 0 ? 1 : fmax(plot->rows[plot->count - 1].time_s, 0.02);
    struct panel states = {760, 800, 0, 1, end_s};
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_select_font_face(cr, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
    cairo_set_font_size(cr, 20);
    set_colour(cr, black);
    draw_text(cr, LEFT, 32, 0, record->name);
    cairo_select_font_face(cr, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cr, 14);
    draw_temperatures(cr, plot, end_s);
    draw_angles(cr, plot, record, end_s);
    draw_states(cr, plot, &states);
    draw_time_axis(cr, &states);
    bool good = cairo_surface_write_to_png(surface, path) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    return good;
}
