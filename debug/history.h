/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A board that can go back: a bench's model around another one's, which keeps what was done to the board. To go
 * back, a new board is made in its place and does the same again up to the moment wanted; as it is
 * deterministic, it comes to the same state. Until it is where it has been already, nobody is told anything.
 *
 * All that a debugger does to the board goes through here (hands.h).
 */
#ifndef DEBUG_HISTORY_H
#define DEBUG_HISTORY_H

#include "bench/board.h"
#include "debug/deeds.h"
#include "debug/target.h"

struct history {
    struct bench_board_config config;
    struct bench_listener listener; /* who is told */
    struct bench_model inner;
    struct target target;
    struct deeds deeds;
    size_t next;       /* deeds that the present board has behind it */
    uint64_t front_ps; /* how far a board has been */
    bool silent;
    unsigned wants;
    /* The played log: its frames so far, and how many the present board has taken. */
    bench_pull_frame *pull;
    void *pull_context;
    uint64_t play_start_ps;
    struct can_log_frame *frames;
    size_t frame_count, frame_room, frames_taken;
    bool drives;
    struct bench_drive drive;
    /* Frames that the debugger sends come from a node of their own. */
    struct can_player player;
    bool has_player;
    struct bus_frame pending;
    bool is_pending;
};

/*
 * Makes the board, as bench_board_create, and *model around it. False with one line in `error`.
 * model->ops->destroy frees what it holds, not itself.
 */
bool history_create(struct history *h, const struct bench_board_config *config,
                    struct bench_model *model, char *error, size_t error_size)
    __attribute__((warn_unused_result));

/* Does it, now, and keeps it. */
void history_do(struct history *h, const struct deed *deed);
/* Keeps what is about to be done by other means. */
void history_keep(struct history *h, const struct deed *deed);
/* Now, as a debugger sees it: by `core` if that is stopped, or the other one. */
struct moment history_now(const struct history *h, enum core core);

/* The core goes back by one instruction; false: it was at its first one. */
bool history_step_back(struct history *h, enum core core);
/* To the last breakpoint or watchpoint that it met before; false: it met none, and stands at its beginning. */
bool history_run_back(struct history *h, enum core core, enum target_reason *reason);

#endif
