/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A run on a PC: at the pace of real time, until its end or a signal. */
#include "bench/bench.h"

#include "bench/observers.h"

#include <errno.h>
#include <signal.h>
#include <time.h>

static volatile sig_atomic_t stop_asked;

static void ask_stop(int signal_number)
{
    (void)signal_number;
    stop_asked = 1;
}

bool bench_stop_asked(void)
{
    return stop_asked != 0;
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

/* Observers with something else to do are asked so often. */
#define IDLE_NS 5000000u

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

/* When the board's time may go on, at the speed that counts now; a paused one may not. */
static uint64_t due_ns(const struct bench *bench)
{
    if (bench->goal_ps != 0) {
        return 0;
    }
    if (bench->speed == BENCH_PAUSED) {
        return UINT64_MAX;
    }
    if (bench->speed == BENCH_SPEED_MAX) {
        return 0;
    }
    return bench->paced_ns + observers_held_ns(bench) - bench->paced_held_ns +
           (uint64_t)((double)(bench->now_ps - bench->paced_ps) * 1e-3 / bench->speed);
}

/* Somebody who has something to do meanwhile may change the speed. */
static void pace(struct bench *bench)
{
    uint64_t now_ns = real_now_ns();
    while (now_ns < due_ns(bench) && !stop_asked) {
        const uint64_t due = due_ns(bench);
        const bool waits = observers_idle(bench);
        sleep_until(waits && due - now_ns > IDLE_NS ? now_ns + IDLE_NS : due);
        now_ns = real_now_ns();
    }
}

void bench_run(struct bench *bench)
{
    struct sigaction before[STOP_SIGNALS];
    catch_stop(before);
    bench_start(bench);
    while (!stop_asked && bench_advance(bench)) {
        pace(bench);
    }
    bench_finish(bench);
    bench->interrupted = stop_asked != 0;
    for (size_t i = 0; i < STOP_SIGNALS; i++) {
        sigaction(stop_signals[i], &before[i], NULL);
    }
}
