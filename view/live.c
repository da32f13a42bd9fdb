/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "view/live.h"

#include "host/fixed.h"
#include "view/activity_panel.h"
#include "view/activity_text.h"
#include "view/dial_text.h"

#include <stdlib.h>
#include <string.h>

#define DRAW_PERIOD_NS UINT64_C(66000000) /* 15 a second */
#define BAR_WIDTH 30
#define LINE_ROOM 512
#define FRAME_ROOM (DIAL_TEXT_SIZE + 3 * LINE_ROOM)

#define CURSOR_HIDE "\033[?25l"
#define CURSOR_SHOW "\033[?25h"
#define LINE_END "\033[K\n" /* clear what an earlier, longer line left */

static void take_sample(void *context, const struct sample *sample)
{
    struct live_view *view = context;
    view->latest = *sample;
    view->has_latest = true;
}

static void take_led(void *context, const struct bench_led_edge *edge)
{
    ((struct live_view *)context)->leds[edge->led] = edge->on;
}

static void take_console(void *context, const char *line, uint64_t now_ps)
{
    struct live_view *view = context;
    (void)now_ps;
    snprintf(view->console, sizeof view->console, "%.100s", line);
    if (!view->live) {
        fprintf(view->out, "board: %s\n", line);
    }
}

static void take_act(void *context, const char *line, uint64_t now_ps)
{
    struct live_view *view = context;
    (void)now_ps;
    snprintf(view->console, sizeof view->console, "> %.100s", line);
    if (!view->live) {
        fprintf(view->out, "> %s\n", line);
    }
}

static size_t put_progress(const struct bench_step *step, char *text, size_t size)
{
    struct fixed_text now = fixed((int64_t)step->now_ps, 12, 1);
    size_t used = (size_t)snprintf(text, size, "  ");
    if (step->end_ps != BENCH_NEVER && step->end_ps > 0) {
        unsigned done = (unsigned)(step->now_ps * BAR_WIDTH / step->end_ps);
        for (unsigned i = 0; i < BAR_WIDTH; i++) {
            used += (size_t)snprintf(text + used, size - used, "%s", i < done ? "━" : "─");
        }
        used += (size_t)snprintf(text + used, size - used, "  %s s of %s s", now.text,
                                 fixed((int64_t)step->end_ps, 12, 1).text);
    } else {
        used += (size_t)snprintf(text + used, size - used, "%s s", now.text);
    }
    return used + (size_t)snprintf(text + used, size - used, "   x%.1f   %llu frames", step->speed,
                                   (unsigned long long)step->frames);
}

static size_t draw_dial(const struct live_view *view, char *text)
{
    static const struct sample nothing = {.supply = BENCH_SUPPLY_OFF};
    struct dial_text dial = {
        .record = view->record,
        .sample = view->has_latest ? &view->latest : &nothing,
        .colours = terminal_wants_colours(),
    };
    memcpy(dial.leds, view->leds, sizeof dial.leds);
    return dial_text_draw(&dial, LINE_END, text, DIAL_TEXT_SIZE);
}

/* What the dial tells, where there is no room for one. */
static size_t put_short(const struct live_view *view, char *text, size_t size)
{
    const struct telemetry_dial *told = &view->latest.telemetry;
    if (view->activity != NULL) {
        activity_short_text(view->activity, text, size);
        return strlen(text);
    }
    bool live = view->latest.has_telemetry && told->state == GAUGE_LIVE;
    return (size_t)snprintf(text, size, "  %s °C  needle %s°  %s%s",
                            live ? fixed(told->shown_milli, 3, 1).text : "-",
                            view->latest.has_telemetry ? fixed(told->needle_mdeg, 3, 1).text : "-",
                            view->latest.has_telemetry ? gauge_state_name(told->state) : "boot",
                            !live || !told->warn                ? ""
                            : told->warn == GAUGE_WARN_CRITICAL ? "  CRITICAL"
                                                                : "  HOT");
}

/* A line of its own, cut where the terminal ends: a wrapped one would shift what is drawn next. */
static size_t put_line(const struct live_view *view, char *out, size_t size, const char *text)
{
    char line[LINE_ROOM];
    snprintf(line, sizeof line, "%s", text);
    terminal_cut(line, view->size.columns - 1);
    return (size_t)snprintf(out, size, "%s" LINE_END, line);
}

static bool has_room(const struct live_view *view)
{
    return view->size.columns > DIAL_TEXT_COLUMNS && view->size.rows > DIAL_TEXT_ROWS + 2;
}

/* Back to the first row; after a change of size the terminal may have wrapped the rows anywhere. */
static void go_back(struct live_view *view)
{
    struct terminal_size size = terminal_size(view->out);
    bool changed = size.columns != view->size.columns || size.rows != view->size.rows;
    view->size = size;
    if (view->rows_drawn > 0 && changed) {
        fputs("\033[2J\033[H", view->out);
    } else if (view->rows_drawn > 0) {
        fprintf(view->out, "\033[%dA\r", view->rows_drawn);
    }
}

static void draw(struct live_view *view, const struct bench_step *step)
{
    char *text = malloc(FRAME_ROOM);
    char line[LINE_ROOM];
    size_t used = 0;
    if (text == NULL) {
        return;
    }
    go_back(view);
    bool large = has_room(view);
    if (large && view->activity == NULL) {
        used = draw_dial(view, text);
    } else if (large) {
        used = activity_panel_draw(view->activity, terminal_wants_colours(), LINE_END, text,
                                   DIAL_TEXT_SIZE);
    } else {
        put_short(view, line, sizeof line);
        used = put_line(view, text, FRAME_ROOM, line);
    }
    put_progress(step, line, sizeof line);
    used += put_line(view, text + used, FRAME_ROOM - used, line);
    snprintf(line, sizeof line, "  %s", view->console);
    used += put_line(view, text + used, FRAME_ROOM - used, line);
    text[used] = '\0';
    if (!terminal_is_utf8()) {
        terminal_to_ascii(text);
    }
    fputs(text, view->out);
    fflush(view->out);
    free(text);
    view->rows_drawn = (large ? DIAL_TEXT_ROWS : 1) + 2;
}

/* One line a second: time, temperature, needle, pulse, state. */
static void print_line(const struct live_view *view, uint64_t now_ps)
{
    const struct sample *sample = &view->latest;
    const struct telemetry_dial *told = &sample->telemetry;
    bool has_told = sample->has_telemetry;
    const char *booting = sample->booting ? "boot" : "-";
    fprintf(view->out, "%7s s  frame %6s °C  shown %6s °C  needle %7s°  pulse %9s µs  %-5s%s  %s\n",
            fixed((int64_t)now_ps, 12, 1).text,
            sample->has_frame ? fixed(sample->frame_milli, 3, 1).text : "-",
            has_told ? fixed(told->shown_milli, 3, 1).text : "-",
            has_told ? fixed(told->needle_mdeg, 3, 2).text : "-",
            sample->width_ps != 0 ? fixed((int64_t)sample->width_ps, 6, 3).text : "-",
            has_told ? gauge_state_name(told->state) : booting,
            has_told && told->warn == GAUGE_WARN_CRITICAL ? " CRITICAL"
            : has_told && told->is_substitute             ? " COOLANT"
            : has_told && told->warn                      ? " HOT"
                                                          : "",
            bench_supply_name(sample->supply));
}

static void print_activity(const struct live_view *view, uint64_t now_ps)
{
    char text[ACTIVITY_LINE_MAX];
    activity_short_text(view->activity, text, sizeof text);
    fprintf(view->out, "%7s s  %s  %s\n", fixed((int64_t)now_ps, 12, 1).text, text,
            bench_supply_name(view->latest.supply));
}

static void take_step(void *context, const struct bench_step *step)
{
    struct live_view *view = context;
    if (view->live) {
        if (step->last || step->real_ns >= view->next_draw_ns) {
            view->next_draw_ns = step->real_ns + DRAW_PERIOD_NS;
            draw(view, step);
        }
        return;
    }
    while (view->has_latest && step->now_ps >= view->next_line_ps) {
        if (view->activity == NULL) {
            print_line(view, view->next_line_ps);
        } else {
            print_activity(view, view->next_line_ps);
        }
        view->next_line_ps += PS_PER_S;
        fflush(view->out);
    }
}

void live_view_start(struct live_view *view, FILE *out, const struct record *record,
                     const struct bench_activity *activity)
{
    *view = (struct live_view){.out = out,
                               .record = record,
                               .activity = activity,
                               .live = terminal_is_live(out),
                               .next_line_ps = PS_PER_S,
                               .observer = {.context = view,
                                            .sample = take_sample,
                                            .line = take_console,
                                            .led = take_led,
                                            .act = take_act,
                                            .step = take_step}};
    if (view->live) {
        fputs(CURSOR_HIDE, out);
    }
}

void live_view_stop(struct live_view *view)
{
    if (view->live) {
        fputs(CURSOR_SHOW, view->out);
        fflush(view->out);
    }
}
