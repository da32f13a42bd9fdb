/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A page that looks at a board under way, and works at it: what happened becomes a message of JSON, a line of
 * words becomes a deed. The same whether the board runs in the page or behind a WebSocket (docs/SPEC.md, "Page").
 *
 *     web_session_init(&session, &bench, &images);
 *     bench_attach(&bench, &session.observer);        // before the board starts
 *     ... web_session_hello(&session, &text) once, then again and again
 *     bench_advance(&bench); web_session_state(&session, &text);
 *     ... and from within the bench's `step`, or between two pieces of its time:
 *     if (!web_session_do(&session, "power off", error, sizeof error)) ...
 *
 * Whatever happens between two messages, a message has an upper limit: what is beyond it is counted, not told.
 */
#ifndef WEB_SESSION_H
#define WEB_SESSION_H

#include "bench/bench.h"
#include "formats/image/pair.h"
#include "web/bus_table.h"
#include "web/log.h"
#include "web/text.h"

#define WEB_CONSOLE_MAX 16384u /* bytes of the console in one message */

/* What hands last did. */
struct web_hands {
    bool power, nrst_held, boot0, button, servo_plugged, engine_on, sensor_ok;
};

struct board_data;

struct web_session {
    struct bench *bench;
    const struct image_pair *images;       /* they name functions, */
    struct image *programmed[BENCH_CORES]; /* as do those that a tool has flashed since: ours */
    const struct board_data *board;        /* vboard/boards/board_data.h; NULL: the default */
    struct web_log log;
    bool opens_files; /* words may name files: only where the page itself gives them */
    struct bench_observer observer;
    struct decoder *decoder; /* of a DBC file, or of the profile; NULL: none */
    struct dbc *dbc;
    struct web_hands hands;
    struct sample latest;
    struct web_bus_table *bus;
    char console[WEB_CONSOLE_MAX];
    size_t console_length;
    uint64_t console_lost;
    struct web_list samples, errors, frames, edges, acts, findings, resets;
    bool taps;               /* each frame that the board sends is told */
    bool scoped[BENCH_PINS]; /* whose edges are told */
    bool scopes;             /* any is */
    struct bench_observer pins;
    bool ended;
};

/* False: out of memory. Free it with web_session_free, after it was detached. */
bool web_session_init(struct web_session *session, struct bench *bench,
                      const struct image_pair *images) __attribute__((warn_unused_result));
void web_session_free(struct web_session *session);

/* Its board has been made anew: nothing has happened yet, hands have done nothing. What is scoped, and tapped, stays. */
void web_session_again(struct web_session *session);

/* Puts the first message: what does not change while the board runs. */
void web_session_hello(const struct web_session *session, struct web_text *to);

/* Puts a message: how things are, and what has happened since the last one. */
void web_session_state(struct web_session *session, struct web_text *to);

/* Does what a line says; false with a line in `error`, which names what was expected. */
bool web_session_do(struct web_session *session, const char *line, char *error, size_t error_size)
    __attribute__((warn_unused_result));

/* Frames are decoded by that DBC file from now on; false with a line in `error`. */
bool web_session_dbc(struct web_session *session, const char *path, char *error, size_t error_size)
    __attribute__((warn_unused_result));

#endif
