/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Who looks on while a board runs: dial, plots, JSON lines, files, a page, a debugger. An observer is a
 * set of callbacks, any of which may be NULL; what nobody has a callback for is not computed.
 *
 *     static void take_edge(void *context, const struct bench_edge *edge) { ... }
 *     struct bench_observer o = {.context = me, .edge = take_edge};
 *     bench_attach(bench, &o);
 *
 * Callbacks come from within bench_run(), in the order of attaching. They may look at the board but may
 * change it only from `step`, where it stands between two pieces of its time. Pointers they are given
 * hold until they return. An observer may attach and detach others, and itself, from `step` only.
 *
 * Behind the end of the run the board goes on for 20 ms, so that the last pulse can fall and its telemetry come:
 * of that time only samples are told.
 *
 * "At once" means: when the board's time is that of the event. "Within a step" means: up to 20 ms of the
 * board's time later, with the event's own time.
 */
#ifndef BENCH_OBSERVER_H
#define BENCH_OBSERVER_H

#include "bench/events.h"
#include "bench/sample.h"

struct bench;

/* A piece of the board's time is over. */
struct bench_step {
    uint64_t now_ps;
    uint64_t end_ps;  /* of the run, as far as known; BENCH_NEVER: not known yet */
    uint64_t real_ns; /* a clock of real time */
    double speed;     /* board seconds per second so far */
    uint64_t frames;  /* of the log, or the car, so far */
    bool last;        /* the run is over, the summary is made */
};

struct bench_observer {
    void *context;

    /* One servo period, when its telemetry has come in (bench/pulse_log.h), in order. */
    void (*sample)(void *context, const struct sample *sample);
    /* A console line other than telemetry, without its end; at once. */
    void (*line)(void *context, const char *line, uint64_t now_ps);
    /* Each byte of the console; at once. */
    void (*byte)(void *context, uint8_t byte, uint64_t now_ps);
    /* A byte from the boot ROM's pins, if the board has an adapter there; at once. */
    void (*adapter)(void *context, uint8_t byte, uint64_t now_ps);
    /*
     * Level changes of all pins, and bytes on serial lines of all pins; at once. When the first observer with
     * `edge` begins to look, the pins that do not float then are told as changes; one that is attached later
     * asks the model (`pin`) where they stand.
     */
    void (*edge)(void *context, const struct bench_edge *edge);
    void (*serial)(void *context, const struct bench_serial *serial);
    /* At once. */
    void (*led)(void *context, const struct bench_led_edge *edge);
    /* Every frame on the bus, whoever sent it, destroyed ones too; at its end. */
    void (*frame)(void *context, const struct bench_frame *frame);
    /* Every packet on the Ethernet cable, either way; at its end. */
    void (*packet)(void *context, const struct bench_packet *packet);
    /* A finding that was not there before; within a step. Counts of old ones go on unsaid. */
    void (*finding)(void *context, const struct bench_finding *finding);
    /* At once. */
    void (*reset)(void *context, const struct bench_reset *reset);
    /* The supply is another than before; within a step, and its time is that of the step. */
    void (*supply)(void *context, enum bench_supply supply, uint64_t now_ps);
    /* A core fell asleep or woke up: at once. Everything else about it: within a step, whose time it has. */
    void (*core)(void *context, const struct bench_core_change *change);
    /* Somebody did something to the board, or a tool said something; at once. */
    void (*act)(void *context, const char *line, uint64_t now_ps);
    /* After each piece of the board's time. */
    void (*step)(void *context, const struct bench_step *step);
    /* The run waits for its pace, or is paused: again and again, each few milliseconds of real time. As in `step`,
     * the board may be changed. */
    void (*idle)(void *context);
    /* The board has been made anew, and stands before its first power-on. As in `step`, the board may be changed. */
    void (*again)(void *context);
    /* Nothing more will come but one last step; the bench's results are complete. */
    void (*end)(void *context, const struct bench *bench);

    /* The longest piece of the board's time between two of its steps; 0: 20 ms will do. */
    uint64_t step_ps;
    /* Somebody works at the board through it: the run does not end with the log. */
    bool stays;
    /* A run that goes back is told from the start. Without it: nothing, until the board is where it has been, so that
     * all that is heard is told once, in the order of its time. */
    bool repeats;
    /* Real time, ns, for which it has kept the board standing so far: the pace leaves it out. */
    uint64_t held_ns;

    struct bench_observer *next; /* the bench's own */
};

#endif
