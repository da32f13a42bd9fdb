/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Looks further than power and resets: each stimulus that the image notices (stimuli.h) gets a start of its own, from
 * power-on, and what listens only then gets its own in turn. Where something new came of it, NRST and a power cycle
 * follow. Nothing is tried on an image that listens to nothing. All budgets are instructions and virtual
 * time: the same image gets the same answer everywhere.
 */
#ifndef CHECK_EXPLORE_H
#define CHECK_EXPLORE_H

#include "check/check.h"

/* After check_run of the same report: adds starts of the history CHECK_STIMULATED. `effort` 1 costs about as much as
 * check_run did; 0: none are added. False with a line in `error`. */
bool check_explore(struct check_report *report, enum check_unmodelled_reads unmodelled_reads,
                   unsigned effort, char *error, size_t error_size);

#endif
