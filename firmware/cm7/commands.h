/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_COMMANDS_H
#define CM7_COMMANDS_H

#include <stdbool.h>

/*
 * The console's commands. Each gets its line's words, its own name first, and answers (answer.h).
 * The main loop's context; one at a time.
 */

/* Runs a line of `count` words; none at all is fine. */
void commands_run(int count, char **word);

/* commands_settings.c */
void command_show(int count, char **word);
void command_set(int count, char **word);
void command_save(int count, char **word);
void command_revert(int count, char **word);
void command_factory(int count, char **word);
/* commands_record.c */
void command_record(int count, char **word);
/* commands_needle.c */
void command_cal(int count, char **word);
void command_goto(int count, char **word);
void command_sweep(int count, char **word);
/* Words that mean something while `cal` is on. False: not these. */
bool command_cal_word(int count, char **word);
/* Every LEDS_TICK_MS: a needle that is held for five minutes is let go. */
void commands_tick(void);
/* commands_health.c */
void command_status(int count, char **word);
void command_can(int count, char **word);
void command_errors(int count, char **word);

#endif
