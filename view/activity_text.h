/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What foreign firmware does, in words: lines for the live view and the summary. */
#ifndef VIEW_ACTIVITY_TEXT_H
#define VIEW_ACTIVITY_TEXT_H

#include "bench/activity.h"

/* Longer lines are cut. */
#define ACTIVITY_LINE_MAX 240

/* Told of each line, without its end; `bad`: it says that something has gone wrong. */
typedef void activity_say(void *context, const char *line, bool bad);

/* All there is to say: cores, LEDs, pins, serial lines, CAN. */
void activity_say_all(const struct bench_activity *activity, activity_say *say, void *context);

/* "CM7 ends in Error_Handler": the end of a dead core. */
void activity_end_text(const struct activity_core *core, enum bench_core_name name, char *text,
                       size_t size);

/* One short line: cores, LEDs, what beats, CAN. */
void activity_short_text(const struct bench_activity *activity, char *text, size_t size);

/* "off", "held", "empty" ...: the words of `--json`. */
const char *activity_state_name(enum bench_core_state state);
/* "off", "synchronizing", "error-active", "error-passive", "bus-off" */
const char *activity_can_name(enum bench_can_state state);
/* It disturbs, or is disturbed, more than it takes part. */
bool activity_can_is_ill(const struct bench_can *can);
/* "none", "stuff", "form", "ack", "bit1", "bit0", "crc" */
const char *activity_error_name(enum bench_can_error error);

#endif
