/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A board under way: powered on, with a log or the virtual car on its bus, hands that act, a pace, and
 * observers. The board is handed in, so that tests can run a made-up one.
 *
 *     bench_init(&bench, &options, &record);
 *     bench_attach(&bench, &observer);            // as many as you like
 *     config.listener = bench_listener(&bench);
 *     bench_board_create(&config, &bench.model, error, sizeof error);
 *     bench_run(&bench);
 *     bench.model.ops->destroy(bench.model.self);
 */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include "bench/flash_keeper.h"
#include "bench/model.h"
#include "bench/observer.h"
#include "bench/options.h"
#include "bench/scenario_play.h"
#include "bench/watch.h"
#include "core/record.h"
#include "formats/can_log/can_log.h"

/* The first frame is sent then. */
#define BENCH_FIRST_FRAME_PS PS_PER_S

/* The virtual car starts cold. */
#define BENCH_AMBIENT_MILLI 20000

/* A board runs in steps no longer than this; between them pace, end and supply are looked at. */
#define BENCH_STEP_PS (20 * PS_PER_MS)

struct bench_summary {
    uint64_t frames;  /* on the bus */
    uint64_t matched; /* with the profile's identifier */
    uint64_t decoded; /* with a valid value */
    uint64_t overflows;
    uint64_t tx_frames;
    uint64_t tx_bits;
    uint64_t resets;
    uint64_t findings;
    uint64_t bad_log_lines;
};

/* How a run can go back: what it began with, made once more. */
struct bench_renewal {
    /* Makes a board as the first one was, and has the source begin anew; false: it cannot be had any more. */
    bool (*renew)(void *context, struct bench_model *model);
    void *context;
};

/* How far a run has come, when it goes back. */
struct bench_front {
    uint64_t ps; /* 0: it never went back */
    struct bench_watch watch;
    struct bench_summary summary;
};

struct bench {
    const struct bench_options *options;
    const struct record *record;
    struct bench_model model;
    struct bench_watch watch;
    bench_pull_frame *source; /* the log's frames; NULL: none */
    void *source_context;
    struct can_log *log; /* counts bad lines; NULL: none */
    bool drives;         /* without a log the virtual car does */
    uint64_t drive_end_ps;
    bool source_ended;
    uint64_t pulled;            /* frames handed to the board */
    struct scenario_play play;  /* its scenario is set by the caller */
    struct flash_keeper *flash; /* NULL: none */
    struct bench_observer *observers;
    bool watched;    /* the board has been told what the observers want */
    uint64_t now_ps; /* where the board stood at the last step */
    enum bench_supply supply;
    enum bench_core_state core_state[BENCH_CORES];
    size_t findings_told;
    uint64_t began_ns;            /* of real time */
    double speed;                 /* as the options say, or bench_pace since */
    uint64_t paced_ns, paced_ps;  /* from where on it counts, */
    uint64_t paced_held_ns;       /* and how long the board had been held then */
    struct bench_renewal renewal; /* set by the caller; all zero: there is no way back */
    uint64_t goal_ps;             /* bench_seek: on the way there; 0: nowhere */
    struct bench_front front;
    bool is_behind; /* it went back, and is not where it has been */
    /* results */
    uint64_t end_ps;
    uint64_t real_ns;
    bool deadlock;
    bool lockup;
    bool interrupted;
    struct bench_summary summary;
};

/* Connects all but the model, which the caller makes with bench_listener() and sets then. */
void bench_init(struct bench *bench, const struct bench_options *options,
                const struct record *record);

struct bench_listener bench_listener(struct bench *bench);

/*
 * The observer belongs to the caller and must live as long as it is attached. It hears of what happens
 * from then on, after those that were attached before.
 */
void bench_attach(struct bench *bench, struct bench_observer *observer);
void bench_detach(struct bench *bench, struct bench_observer *observer);

/* Powers the board on and runs to the end, at the pace of the options, or until SIGINT, SIGTERM or SIGHUP;
 * the results are in the bench. */
void bench_run(struct bench *bench);

/* Somebody wants the run to end (SIGINT and the like): for observers that keep the board standing. */
bool bench_stop_asked(void);

#define BENCH_PAUSED (-1.0)
/* Another speed from now on, or BENCH_PAUSED; for bench_run. */
void bench_pace(struct bench *bench, double speed);

/*
 * To that moment, as fast as it can: to the first step at it or behind. Where it lies behind, a new board does from
 * power-on what the first one did, without what hands, console and guests did to that one; observers are told of it
 * from `front` on, or at once, as they want (`repeats`). Another bench_pace ends it on the way. For bench_run. False:
 * there is no way back.
 */
bool bench_seek(struct bench *bench, uint64_t ps) __attribute__((warn_unused_result));

/* The same in pieces, as fast as they are called for: power on; a piece of the board's time, as long as the
 * observers allow, false: the run was over; the results. */
void bench_start(struct bench *bench);
bool bench_advance(struct bench *bench);
void bench_finish(struct bench *bench);

#endif
