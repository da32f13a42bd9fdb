/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "view/dial_picture.h"

#include "view/dial_geometry.h"
#include "host/fixed.h"

#include <cairo.h>
#include <math.h>
#include <stdio.h>

#define WIDTH 900
#define HEIGHT 760
#define CENTER_X (WIDTH / 2.0)
#define CENTER_Y (HEIGHT / 2.0)
#define BEZEL 360.0 /* radius of the rim */
#define SCALE 300.0 /* radius of the scale */
#define PI 3.14159265358979323846

struct rgb {
    double r, g, b;
};

static const struct rgb ivory = {0.93, 0.91, 0.84};
static const struct rgb dim = {0.55, 0.54, 0.50};
static const struct rgb red = {0.86, 0.16, 0.12};
static const struct rgb amber = {0.95, 0.62, 0.10};

static void set_colour(cairo_t *cr, struct rgb colour)
{
    cairo_set_source_rgb(cr, colour.r, colour.g, colour.b);
}

/* cairo's angles: 0 is to the right, clockwise is positive. */
static double cairo_angle(const struct dial_geometry *geometry, double needle_mdeg)
{
    return ((needle_mdeg - geometry->middle_mdeg) / 1000 - 90) * PI / 180;
}

/* A disc whose colour goes from the upper left, where the light is, to the lower right. */
static void fill_disc(cairo_t *cr, double radius, struct rgb lit, struct rgb shaded)
{
    cairo_pattern_t *pattern =
        cairo_pattern_create_linear(CENTER_X - radius * 0.7, CENTER_Y - radius * 0.7,
                                    CENTER_X + radius * 0.7, CENTER_Y + radius * 0.7);
    cairo_pattern_add_color_stop_rgb(pattern, 0, lit.r, lit.g, lit.b);
    cairo_pattern_add_color_stop_rgb(pattern, 1, shaded.r, shaded.g, shaded.b);
    cairo_arc(cr, CENTER_X, CENTER_Y, radius, 0, 2 * PI);
    cairo_set_source(cr, pattern);
    cairo_fill(cr);
    cairo_pattern_destroy(pattern);
}

/* A steel rim, its inner edge shaded the other way round, and a dark face. */
static void draw_case(cairo_t *cr)
{
    static const struct rgb light = {0.94, 0.95, 0.96};
    static const struct rgb steel = {0.33, 0.34, 0.36};
    static const struct rgb face_lit = {0.16, 0.16, 0.17};
    static const struct rgb face_shaded = {0.06, 0.06, 0.07};
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    fill_disc(cr, BEZEL, light, steel);
    fill_disc(cr, BEZEL - 14, steel, light);
    fill_disc(cr, BEZEL - 24, (struct rgb){0.02, 0.02, 0.02}, (struct rgb){0.10, 0.10, 0.10});
    fill_disc(cr, BEZEL - 28, face_lit, face_shaded);
}

static void draw_arc(cairo_t *cr, const struct dial_geometry *geometry, double radius, double from,
                     double to, double width)
{
    double first = cairo_angle(geometry, fmin(from, to));
    double last = cairo_angle(geometry, fmax(from, to));
    cairo_new_path(cr);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
    cairo_set_line_width(cr, width);
    cairo_arc(cr, geometry->center_x, geometry->center_y, radius, first, last);
    cairo_stroke(cr);
}

static void draw_mark(cairo_t *cr, const struct dial_geometry *geometry, double mdeg, double inner,
                      double outer, double width)
{
    struct dial_point from = dial_at(geometry, mdeg, inner);
    struct dial_point to = dial_at(geometry, mdeg, outer);
    cairo_set_line_width(cr, width);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
    cairo_move_to(cr, from.x, from.y);
    cairo_line_to(cr, to.x, to.y);
    cairo_stroke(cr);
}

static void draw_centred(cairo_t *cr, double x, double y, const char *text, double size, bool bold)
{
    cairo_text_extents_t extents;
    cairo_select_font_face(cr, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
                           bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cr, size);
    cairo_text_extents(cr, text, &extents);
    cairo_move_to(cr, x - extents.x_bearing - extents.width / 2,
                  y - extents.y_bearing - extents.height / 2);
    cairo_show_text(cr, text);
}

static struct rgb mark_colour(const struct gauge_config *dial, int32_t value_milli)
{
    return value_milli >= dial->warn_high_milli ? red : ivory;
}

static void draw_scale(cairo_t *cr, const struct gauge_config *dial,
                       const struct dial_geometry *geometry)
{
    struct dial_marks marks = dial_marks(dial, 11);
    set_colour(cr, ivory);
    draw_arc(cr, geometry, SCALE, geometry->low_mdeg, geometry->high_mdeg, 3);
    if (dial->warn_high_milli < marks.last_milli) {
        set_colour(cr, red);
        draw_arc(cr, geometry, SCALE + 9, curve_at(&dial->dial, dial->warn_high_milli),
                 curve_at(&dial->dial, marks.last_milli), 14);
    }
    int32_t value = dial_first_multiple(marks.first_milli, marks.minor_milli);
    for (; value <= marks.last_milli; value += marks.minor_milli) {
        bool major = value % marks.major_milli == 0;
        set_colour(cr, mark_colour(dial, value));
        draw_mark(cr, geometry, curve_at(&dial->dial, value), major ? 0.88 : 0.94, 1,
                  major ? 6 : 2.5);
    }
    value = dial_first_multiple(marks.first_milli, marks.major_milli);
    for (; value <= marks.last_milli; value += marks.major_milli) {
        struct dial_point p = dial_at(geometry, curve_at(&dial->dial, value), 0.78);
        set_colour(cr, mark_colour(dial, value));
        draw_centred(cr, p.x, p.y, fixed(value, 3, 0).text, 25, true);
    }
}

/* Points of the needle's outline, along the needle and across, in parts of the scale's radius. */
static void needle_path(cairo_t *cr, const struct dial_geometry *geometry, double mdeg)
{
    static const double outline[][2] = {
        {-0.2, 0.022}, {0.85, 0.006}, {0.91, 0}, {0.85, -0.006}, {-0.2, -0.022}};
    double angle = cairo_angle(geometry, mdeg);
    cairo_new_path(cr);
    for (size_t i = 0; i < sizeof outline / sizeof *outline; i++) {
        double along = outline[i][0] * SCALE;
        double across = outline[i][1] * SCALE;
        cairo_line_to(cr, geometry->center_x + along * cos(angle) - across * sin(angle),
                      geometry->center_y + along * sin(angle) + across * cos(angle));
    }
    cairo_close_path(cr);
}

static void draw_disc(cairo_t *cr, double x, double y, double radius)
{
    cairo_new_path(cr);
    cairo_arc(cr, x, y, radius, 0, 2 * PI);
    cairo_fill(cr);
}

static void draw_needle(cairo_t *cr, const struct dial_geometry *geometry, double mdeg)
{
    cairo_save(cr); /* its shadow, light from the upper left */
    cairo_translate(cr, 6, 9);
    cairo_set_source_rgba(cr, 0, 0, 0, 0.45);
    needle_path(cr, geometry, mdeg);
    cairo_fill(cr);
    cairo_restore(cr);
    cairo_set_source_rgb(cr, 0.95, 0.26, 0.12);
    needle_path(cr, geometry, mdeg);
    cairo_fill(cr);
    cairo_set_source_rgb(cr, 0.03, 0.03, 0.03);
    draw_disc(cr, geometry->center_x, geometry->center_y, 40);
    cairo_set_source_rgb(cr, 0.24, 0.24, 0.25);
    draw_disc(cr, geometry->center_x - 2, geometry->center_y - 2, 34);
    cairo_set_source_rgb(cr, 0.12, 0.12, 0.13);
    draw_disc(cr, geometry->center_x, geometry->center_y, 31);
}

static void draw_peg(cairo_t *cr, const struct dial_geometry *geometry)
{
    struct dial_point p = dial_at(geometry, geometry->park_mdeg, 0.85);
    set_colour(cr, dim);
    draw_disc(cr, p.x, p.y, 6);
}

static void draw_words(cairo_t *cr, const struct record *record, const struct sample *sample)
{
    const struct telemetry_dial *told = &sample->telemetry;
    bool live = sample->has_telemetry && told->state == GAUGE_LIVE;
    char text[64];
    set_colour(cr, dim);
    draw_centred(cr, CENTER_X, CENTER_Y - 118, "OIL °C", 26, false);
    set_colour(cr, ivory);
    snprintf(text, sizeof text, "%s", live ? fixed(told->shown_milli, 3, 1).text : "– –");
    draw_centred(cr, CENTER_X, CENTER_Y + 130, text, 54, true);
    set_colour(cr, dim);
    draw_centred(cr, CENTER_X, CENTER_Y + 182,
                 sample->has_telemetry ? gauge_state_name(told->state) : "", 24, false);
    draw_centred(cr, CENTER_X, CENTER_Y + 222, record->name, 22, false);
    bool warn = sample->has_telemetry && told->warn;
    set_colour(cr, warn ? amber : (struct rgb){0.16, 0.15, 0.13});
    draw_disc(cr, CENTER_X, CENTER_Y + 270, 12);
}

/* The hub is the case's middle whatever the scale's span is. */
static struct dial_geometry centred_geometry(const struct gauge_config *dial)
{
    struct dial_geometry geometry = dial_fit(dial, WIDTH, HEIGHT, 0);
    geometry.center_x = CENTER_X;
    geometry.center_y = CENTER_Y;
    geometry.radius = SCALE;
    return geometry;
}

bool dial_picture_write(const char *path, const struct record *record, const struct sample *sample)
{
    const struct gauge_config *dial = &record->dial[0];
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
    cairo_t *cr = cairo_create(surface);
    struct dial_geometry geometry = centred_geometry(dial);
    draw_case(cr);
    draw_scale(cr, dial, &geometry);
    draw_peg(cr, &geometry);
    draw_words(cr, record, sample);
    draw_needle(cr, &geometry, sample->servo_mdeg);
    bool good = cairo_surface_write_to_png(surface, path) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    return good;
}
