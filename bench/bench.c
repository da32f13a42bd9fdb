/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "bench/bench.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <time.h>

/* The board runs in steps of this; between them the display, the pace and the end are looked at. */
#define STEP_PS (20 * PS_PER_MS)
/* With a PC on the boot ROM's pins: each of its questions waits a step for the answer. */
#define UART_STEP_PS PS_PER_MS
#define UART_STEP_BYTES 11u /* 115200 bit/s, ten bits a byte */
/* A program that opens the pseudo-terminal at once must not speak before the boot ROM can hear. */
#define UART_READY_PS (10 * PS_PER_MS)

/* After the end: time for the last pulse to fall and its telemetry line (6 ms) to come in. */
#define DRAIN_PS (20 * PS_PER_MS)

static volatile sig_atomic_t stop_asked;

static void ask_stop(int signal_number)
{
    (void)signal_number;
    stop_asked = 1;
}

/* Ended in any of these ways, a run still tells what it saw and removes what it made. */
static const int stop_signals[] = {SIGINT, SIGTERM, SIGHUP /* last */};
#define STOP_SIGNALS (sizeof stop_signals / sizeof *stop_signals)

static void catch_stop(struct sigaction before[STOP_SIGNALS])
{
    struct sigaction action = {.sa_handler = ask_stop};
    sigemptyset(&action.sa_mask);
    stop_asked = 0;
    for (size_t i = 0; i < STOP_SIGNALS; i++) {
        sigaction(stop_signals[i], &action, &before[i]);
    }
    if (before[STOP_SIGNALS - 1].sa_handler == SIG_IGN) {
        sigaction(SIGHUP, &before[STOP_SIGNALS - 1], NULL); /* nohup */
    }
}

static uint64_t real_now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void sleep_until(uint64_t real_ns)
{
    const struct timespec until = {(time_t)(real_ns / 1000000000u), (long)(real_ns % 1000000000u)};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR && !stop_asked) {
    }
}

static void take_sample(void *context, const struct sample *sample)
{
    struct bench *session = context;
    char line[JSON_LINE_MAX];
    live_view_sample(&session->view, sample);
    if (session->json != NULL) {
        fwrite(line, 1, (size_t)json_sample(line, sample), session->json);
    }
    if (session->extra != NULL) {
        session->extra(session->extra_context, sample);
    }
}

static void take_console(void *context, const char *line)
{
    struct bench *session = context;
    live_view_console(&session->view, line);
}

static void take_step(void *context, const char *line)
{
    struct bench *session = context;
    live_view_event(&session->view, line);
}

static void take_uart(void *context, uint8_t byte)
{
    struct bench *session = context;
    if (session->console != NULL) {
        pty_put(session->console, byte);
    }
}

static void take_adapter(void *context, uint8_t byte)
{
    struct bench *session = context;
    rom_uart_take(session->rom_uart, byte);
}

static bool pull_frame(void *context, struct can_log_frame *frame)
{
    struct bench *session = context;
    bool more = session->source(session->source_context, frame);
    session->pulled += more;
    session->source_ended = !more;
    return more;
}

void bench_init(struct bench *session, const struct bench_options *options,
                const struct record *record, FILE *out)
{
    *session = (struct bench){.options = options, .record = record};
    live_view_start(&session->view, out, record);
    const struct bench_watch_config watch = {
        .record = record,
        .model = &session->model,
        .context = session,
        .sample = take_sample,
        .console = take_console,
        .uart = take_uart,
    };
    bench_watch_init(&session->watch, &watch);
}

struct bench_listener bench_listener(struct bench *session)
{
    struct bench_listener listener = bench_watch_listener(&session->watch);
    listener.adapter = take_adapter;
    listener.adapter_context = session;
    return listener;
}

/* When the run is over, as far as is known now. */
static uint64_t end_of_run(const struct bench *session)
{
    uint64_t end = session->options->for_ps == 0 ? BENCH_NEVER : session->options->for_ps;
    if (session->console != NULL) {
        return end; /* whoever works at it has all the time */
    }
    uint64_t period_ps = session->record->dial[0].period_us * UINT64_C(1000000);
    bool log_over = session->source_ended && session->watch.frames == session->pulled;
    if (log_over || session->drives) {
        uint64_t log_end = session->drives ? session->drive_end_ps : session->watch.last_frame_ps;
        uint64_t acted = scenario_play_end_ps(&session->play);
        log_end = (acted > log_end ? acted : log_end) + period_ps;
        end = log_end < end ? log_end : end;
    }
    return end;
}

static void look_at_board(struct bench *session)
{
    const struct bench_model *model = &session->model;
    session->deadlock =
        session->deadlock || strcmp(model->ops->supply(model->self), "deadlock") == 0;
    session->lockup = session->lockup || model->ops->locked_up(model->self);
}

static void update_view(struct bench *session, uint64_t now_ps, uint64_t began_ns, bool last)
{
    const struct bench_model *model = &session->model;
    uint64_t real_ns = real_now_ns();
    double real_s = (double)(real_ns - began_ns) * 1e-9;
    struct run_progress progress = {
        .now_ps = now_ps,
        .end_ps = end_of_run(session),
        .real_ns = real_ns,
        .speed = real_s > 0 ? (double)now_ps * 1e-12 / real_s : 0,
        .frames = session->watch.frames,
    };
    for (int i = 0; i < BENCH_LED_COUNT; i++) {
        progress.leds[i] = model->ops->led(model->self, (enum bench_led)i);
    }
    live_view_update(&session->view, &progress, last);
}

static void pace(const struct bench *session, uint64_t now_ps, uint64_t began_ns)
{
    if (session->options->speed != BENCH_SPEED_MAX) {
        sleep_until(began_ns + (uint64_t)((double)now_ps * 1e-3 / session->options->speed));
    }
}

static void summarize(struct bench *session)
{
    const struct bench_model *model = &session->model;
    struct bench_counts counts;
    model->ops->counts(model->self, &counts);
    session->summary = (struct json_summary){
        .frames = session->watch.frames,
        .matched = session->watch.matched,
        .decoded = session->watch.decoded,
        .overflows = counts.overflows,
        .tx_frames = counts.tx_frames,
        .tx_bits = counts.tx_bits,
        .resets = counts.resets,
        .findings = model->ops->finding_count(model->self),
        .bad_log_lines = session->log == NULL ? 0 : can_log_bad_lines(session->log),
    };
}

/* The last pulse may fall and be told of; then nothing more is waiting. */
static void drain(struct bench *session)
{
    const struct bench_model *model = &session->model;
    char line[JSON_LINE_MAX];
    bench_watch_close(&session->watch);
    model->ops->run_until(model->self, session->end_ps + DRAIN_PS);
    bench_watch_flush(&session->watch);
    if (session->json != NULL) {
        fwrite(line, 1, (size_t)json_summary(line, &session->summary), session->json);
    }
}

static uint64_t earlier_of(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* The end of the next step: on the grid of steps, but a scenario's times are kept exactly. */
static uint64_t next_stop(const struct bench *session, uint64_t now_ps, uint64_t end_ps)
{
    const bool has_pc = session->rom_uart != NULL || session->console != NULL;
    uint64_t step_ps = has_pc ? UART_STEP_PS : STEP_PS;
    uint64_t next_ps = (now_ps / step_ps + 1) * step_ps;
    return earlier_of(earlier_of(next_ps, scenario_play_due_ps(&session->play)), end_ps);
}

/* In each step as much as the line takes meanwhile. */
static void pump_console(struct bench *session)
{
    const struct bench_model *model = &session->model;
    uint8_t bytes[UART_STEP_BYTES];
    if (session->console == NULL) {
        return;
    }
    pty_pace(session->console);
    const size_t count = pty_take(session->console, bytes, sizeof bytes);
    if (count > 0) {
        model->ops->uart_send(model->self, bytes, count);
    }
}

static uint64_t run_to_end(struct bench *session, uint64_t began_ns)
{
    const struct bench_model *model = &session->model;
    uint64_t now_ps = 0;
    uint64_t end_ps = end_of_run(session);
    while (now_ps < end_ps && !stop_asked) {
        now_ps = next_stop(session, now_ps, end_ps);
        model->ops->run_until(model->self, now_ps);
        scenario_play(&session->play, model, now_ps, take_step, session);
        if (session->rom_uart != NULL && now_ps >= UART_READY_PS) {
            (void)rom_uart_pump(session->rom_uart, model);
        }
        pump_console(session);
        bench_watch_tick(&session->watch, now_ps);
        look_at_board(session);
        flash_keeper_look(session->flash, model);
        update_view(session, now_ps, began_ns, false);
        pace(session, now_ps, began_ns);
        end_ps = end_of_run(session);
    }
    return now_ps;
}

void bench_run(struct bench *session)
{
    const struct bench_model *model = &session->model;
    struct sigaction before[STOP_SIGNALS];
    catch_stop(before);
    uint64_t began_ns = real_now_ns();
    if (session->source != NULL) {
        model->ops->play(model->self, pull_frame, session, BENCH_FIRST_FRAME_PS);
    } else if (session->drives) {
        const struct bench_drive drive = {.record = session->record,
                                          .start_ps = BENCH_FIRST_FRAME_PS,
                                          .ambient_milli = BENCH_AMBIENT_MILLI,
                                          .seed = session->options->board.seed};
        session->drive_end_ps = model->ops->drive(model->self, &drive);
    }
    scenario_play_start(&session->play, model, take_step, session);
    session->end_ps = run_to_end(session, began_ns);
    session->real_ns = real_now_ns() - began_ns;
    summarize(session);
    drain(session);
    update_view(session, session->end_ps, began_ns, true);
    live_view_stop(&session->view);
    session->interrupted = stop_asked != 0;
    for (size_t i = 0; i < STOP_SIGNALS; i++) {
        sigaction(stop_signals[i], &before[i], NULL);
    }
}
