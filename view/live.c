/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "view/live.h"

#include "host/fixed.h"
#include "view/activity_panel.h"
#include "view/activity_text.h"
#include "view/dial_text.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define DRAW_PERIOD_NS UINT64_C(66000000) /* 15 a second */
#define BAR_WIDTH 30

#define CURSOR_HIDE "\033[?25l"
#define CURSOR_SHOW "\033[?25h"
#define LINE_END "\033[K\n" /* clear what an earlier, longer line left */

/* A terminal that is too small would break the lines and the redrawing. */
static bool can_draw(FILE *out)
{
    struct winsize size;
    const char *term = getenv("TERM");
    if (!isatty(fileno(out)) || term == NULL || strcmp(term, "dumb") == 0) {
        return false;
    }
    return ioctl(fileno(out), TIOCGWINSZ, &size) != 0 || size.ws_col == 0 ||
           (size.ws_col >= DIAL_TEXT_COLUMNS && size.ws_row > DIAL_TEXT_ROWS + 2);
}

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

static void draw_progress(const struct live_view *view, const struct bench_step *step)
{
    struct fixed_text now = fixed((int64_t)step->now_ps, 12, 1);
    fprintf(view->out, "  ");
    if (step->end_ps != BENCH_NEVER && step->end_ps > 0) {
        unsigned done = (unsigned)(step->now_ps * BAR_WIDTH / step->end_ps);
        for (unsigned i = 0; i < BAR_WIDTH; i++) {
            fputs(i < done ? "━" : "─", view->out);
        }
        fprintf(view->out, "  %s s of %s s", now.text, fixed((int64_t)step->end_ps, 12, 1).text);
    } else {
        fprintf(view->out, "%s s", now.text);
    }
    fprintf(view->out, "   x%.1f   %llu frames" LINE_END, step->speed,
            (unsigned long long)step->frames);
}

static size_t draw_dial(const struct live_view *view, char *text)
{
    static const struct sample nothing = {.supply = BENCH_SUPPLY_OFF};
    struct dial_text dial = {
        .record = view->record,
        .sample = view->has_latest ? &view->latest : &nothing,
        .colours = getenv("NO_COLOR") == NULL,
    };
    memcpy(dial.leds, view->leds, sizeof dial.leds);
    return dial_text_draw(&dial, LINE_END, text, DIAL_TEXT_SIZE);
}

static void draw(struct live_view *view, const struct bench_step *step)
{
    char *text = malloc(DIAL_TEXT_SIZE);
    if (text == NULL) {
        return;
    }
    if (view->drawn) { /* back to the first row */
        fprintf(view->out, "\033[%dA\r", DIAL_TEXT_ROWS + 2);
    }
    const size_t length = view->activity == NULL
                              ? draw_dial(view, text)
                              : activity_panel_draw(view->activity, getenv("NO_COLOR") == NULL,
                                                    LINE_END, text, DIAL_TEXT_SIZE);
    fwrite(text, 1, length, view->out);
    draw_progress(view, step);
    fprintf(view->out, "  %s" LINE_END, view->console);
    fflush(view->out);
    free(text);
    view->drawn = true;
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
            has_told && told->is_substitute ? " COOLANT"
            : has_told && told->warn        ? " HOT"
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
                               .live = can_draw(out),
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
