/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "bench/bench.h"

#include "bench/observers.h"

#include <string.h>
#include <time.h>

/* After the end: time for the last pulse to fall and its telemetry line (6 ms) to come in. */
#define DRAIN_PS (20 * PS_PER_MS)

static uint64_t real_now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void take_act(void *context, const char *line)
{
    observers_act(context, line);
}

static bool pull_frame(void *context, struct can_log_frame *frame)
{
    struct bench *bench = context;
    bool more = bench->source(bench->source_context, frame);
    bench->pulled += more;
    bench->source_ended = !more;
    return more;
}

/* When the run is over, as far as is known now. */
static uint64_t end_of_run(const struct bench *bench)
{
    uint64_t end = bench->options->for_ps == 0 ? BENCH_NEVER : bench->options->for_ps;
    if (observers_stay(bench)) {
        return end; /* whoever works at it has all the time */
    }
    uint64_t period_ps = bench->record->dial[0].period_us * UINT64_C(1000000);
    bool log_over = bench->source_ended && bench->watch.frames == bench->pulled;
    if (log_over || bench->drives) {
        uint64_t log_end = bench->drives ? bench->drive_end_ps : bench->watch.last_frame_ps;
        uint64_t acted = scenario_play_end_ps(&bench->play);
        log_end = (acted > log_end ? acted : log_end) + period_ps;
        end = log_end < end ? log_end : end;
    }
    return end;
}

static void tell_step(struct bench *bench, bool last)
{
    const uint64_t real_ns = real_now_ns();
    const double real_s = (double)(real_ns - bench->began_ns) * 1e-9;
    const struct bench_step step = {
        .now_ps = bench->now_ps,
        .end_ps = end_of_run(bench),
        .real_ns = real_ns,
        .speed = real_s > 0 ? (double)bench->now_ps * 1e-12 / real_s : 0,
        .frames = bench->watch.frames,
        .last = last,
    };
    observers_step(bench, &step);
}

static void summarize(struct bench *bench)
{
    const struct bench_model *model = &bench->model;
    struct bench_counts counts;
    model->ops->counts(model->self, &counts);
    bench->summary = (struct bench_summary){
        .frames = bench->watch.frames,
        .matched = bench->watch.matched,
        .decoded = bench->watch.decoded,
        .overflows = counts.overflows,
        .tx_frames = counts.tx_frames,
        .tx_bits = counts.tx_bits,
        .resets = counts.resets,
        .findings = model->ops->finding_count(model->self),
        .bad_log_lines = bench->log == NULL ? 0 : can_log_bad_lines(bench->log),
    };
}

/* The last pulse may fall and be told of, if the board is at the run's end; then nothing more is waiting. */
static void drain(struct bench *bench, bool is_there)
{
    const struct bench_model *model = &bench->model;
    bench_watch_close(&bench->watch);
    if (is_there) {
        model->ops->run_until(model->self, bench->end_ps + DRAIN_PS);
    }
    bench_watch_flush(&bench->watch);
    observers_end(bench);
}

static uint64_t earlier_of(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* The end of the next step: on the grid of steps, but a scenario's times are kept exactly, and that up to which
 * some have been told of all. */
static uint64_t next_stop(const struct bench *bench, uint64_t end_ps)
{
    const uint64_t step_ps = observers_step_ps(bench);
    const uint64_t next_ps = (bench->now_ps / step_ps + 1) * step_ps;
    const uint64_t told_ps = bench->is_behind ? bench->front.ps : BENCH_NEVER;
    return earlier_of(earlier_of(next_ps, scenario_play_due_ps(&bench->play)),
                      earlier_of(told_ps, end_ps));
}

/* To `until_ps`, or to where somebody stops the board. */
static void run_piece(struct bench *bench, uint64_t until_ps)
{
    const struct bench_model *model = &bench->model;
    model->ops->run_until(model->self, until_ps);
    bench->now_ps = model->ops->now != NULL ? model->ops->now(model->self) : until_ps;
}

/* The pace counts from now on. */
static void pace_anew(struct bench *bench)
{
    bench->paced_ns = real_now_ns();
    bench->paced_ps = bench->now_ps;
    bench->paced_held_ns = observers_held_ns(bench);
}

void bench_pace(struct bench *bench, double speed)
{
    bench->speed = speed;
    bench->goal_ps = 0;
    pace_anew(bench);
}

static void begin(struct bench *bench)
{
    const struct bench_model *model = &bench->model;
    if (bench->source != NULL) {
        model->ops->play(model->self, pull_frame, bench, BENCH_FIRST_FRAME_PS);
    } else if (bench->drives) {
        const struct bench_drive drive = {.record = bench->record,
                                          .start_ps = BENCH_FIRST_FRAME_PS,
                                          .ambient_milli = BENCH_AMBIENT_MILLI,
                                          .seed = bench->options->seed};
        bench->drive_end_ps = model->ops->drive(model->self, &drive);
    }
    observers_begin(bench);
    scenario_play_start(&bench->play, model, take_act, bench);
}

void bench_start(struct bench *bench)
{
    bench->began_ns = real_now_ns();
    bench_pace(bench, bench->options->speed);
    begin(bench);
}

/* ---- back ---- */

bool bench_seek(struct bench *bench, uint64_t ps)
{
    if (bench->renewal.renew == NULL && ps < bench->now_ps) {
        return false;
    }
    bench->goal_ps = ps != 0 ? ps : 1;
    return true;
}

/* What is told of the run as a whole is told of it up to there, wherever it ends. */
static void keep_front(struct bench *bench)
{
    if (bench->now_ps > bench->front.ps) {
        summarize(bench);
        bench->front = (struct bench_front){
            .ps = bench->now_ps, .watch = bench->watch, .summary = bench->summary};
    }
}

static void go_back(struct bench *bench)
{
    struct bench_model fresh;
    if (!bench->renewal.renew(bench->renewal.context, &fresh)) {
        bench->goal_ps = 0;
        pace_anew(bench);
        return;
    }
    keep_front(bench);
    bench->model.ops->destroy(bench->model.self);
    bench->model = fresh;
    const struct bench_watch_config config = bench->watch.config;
    bench_watch_init(&bench->watch, &config);
    bench->now_ps = 0;
    bench->is_behind = true;
    bench->pulled = 0;
    bench->source_ended = false;
    bench->findings_told = 0;
    bench->supply = BENCH_SUPPLY_OFF;
    memset(bench->core_state, 0, sizeof bench->core_state);
    bench->play = (struct scenario_play){.scenario = bench->play.scenario};
    observers_again(bench);
    begin(bench);
}

static void look_for_goal(struct bench *bench)
{
    if (bench->goal_ps != 0 && bench->now_ps >= bench->goal_ps) {
        bench->goal_ps = 0;
        pace_anew(bench);
    }
}

/* It ends where it went back to: what was told ends at the front. */
static void end_at_front(struct bench *bench)
{
    if (bench->is_behind) {
        bench->is_behind = false;
        bench->now_ps = bench->front.ps;
        bench->watch = bench->front.watch;
        bench->summary = bench->front.summary;
    }
}

/* ---- the run ---- */

bool bench_advance(struct bench *bench)
{
    const struct bench_model *model = &bench->model;
    if (bench->goal_ps != 0 && bench->goal_ps < bench->now_ps) {
        go_back(bench);
    }
    const uint64_t end_ps = end_of_run(bench);
    if (bench->now_ps >= end_ps) {
        return false;
    }
    run_piece(bench, next_stop(bench, end_ps));
    scenario_play(&bench->play, model, bench->now_ps, take_act, bench);
    bench_watch_tick(&bench->watch, bench->now_ps);
    observers_look(bench);
    flash_keeper_look(bench->flash, model);
    look_for_goal(bench);
    tell_step(bench, false);
    bench->is_behind = bench->now_ps < bench->front.ps;
    return true;
}

void bench_finish(struct bench *bench)
{
    const bool is_there = !bench->is_behind;
    summarize(bench);
    end_at_front(bench);
    bench->end_ps = bench->now_ps;
    bench->real_ns = real_now_ns() - bench->began_ns;
    drain(bench, is_there);
    tell_step(bench, true);
}
