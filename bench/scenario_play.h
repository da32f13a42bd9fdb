/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Does what a scenario says, when it says so (docs/scenario.md). */
#ifndef BENCH_SCENARIO_PLAY_H
#define BENCH_SCENARIO_PLAY_H

#include "bench/model.h"
#include "formats/scenario/scenario.h"

#include <stddef.h>
#include <stdint.h>

struct scenario_play {
    const struct scenario *scenario; /* NULL: nothing to do */
    size_t next;
};

/* Told of each step as it happens, and of what the ST-LINK said, line by line. */
typedef void scenario_say(void *context, const char *line);

/* When the next step is due; BENCH_NEVER if none is left. */
uint64_t scenario_play_due_ps(const struct scenario_play *play);
/* When the last one is; 0 if there is none. */
uint64_t scenario_play_end_ps(const struct scenario_play *play);

/* Does all steps that are due at `now_ps`. The board must have run up to there. */
void scenario_play(struct scenario_play *play, const struct bench_model *model, uint64_t now_ps,
                   scenario_say *say, void *context);

/*
 * The start: steps of time 0 happen before the board gets power, so that a BOOT0 or a button held there
 * counts. Then it gets power, unless one of them was `power off`.
 */
void scenario_play_start(struct scenario_play *play, const struct bench_model *model,
                         scenario_say *say, void *context);

#endif
