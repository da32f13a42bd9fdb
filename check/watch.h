/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Looks on while the image runs: which register each core keeps asking, what it writes to supply,
 * clocks and wait states, where it got to, which pins it drives; and answers for registers that the
 * board does not model.
 */
#ifndef CHECK_WATCH_H
#define CHECK_WATCH_H

#include "check/check.h"

struct board;
struct check_coverage;
struct check_watch;

/* NULL: out of memory. The board must outlive it. */
struct check_watch *check_watch_create(struct board *board, const struct check_config *config,
                                       enum check_unmodelled_reads unmodelled_reads);
void check_watch_destroy(struct check_watch *watch);

/* Keeps account of the code that runs, there; NULL: of none. */
void check_watch_cover(struct check_watch *watch, struct check_coverage *coverage);
/* Notes what the image listens to now; done at the end of each start, too. */
void check_watch_sense(struct check_watch *watch);

/* The image has been loaded, and nothing has run: what flash and option bytes hold is what was flashed. */
void check_watch_loaded(struct check_watch *watch);

/* A start of the image begins now; `boot` is filled in. With `power`, VDD has just come up. */
void check_watch_begin(struct check_watch *watch, struct check_boot *boot, bool power);
/* Looks where the cores are; call some times during a start, and last at its end. */
void check_watch_sample(struct check_watch *watch);
/* The start is over: completes `boot`. */
void check_watch_end(struct check_watch *watch);
/* Can nothing change any more, whatever the time: no event is due, all cores stand still? */
bool check_watch_frozen(struct check_watch *watch);

/* For how long a core has done nothing but ask a register of PWR; 0: none does. */
vtime_ps check_watch_waits_for_supply(struct check_watch *watch);

/* May it be a register that a core waits for in order to start: supply, clocks, flash, HSEM? */
bool check_is_start_register(uint32_t address);
/* The same for a bit of it, as far as the bit is known: PVDO is watched, ACTVOSRDY waited for. */
bool check_is_start_wait(const struct check_poll *poll);

/* Keeps the board's findings in the start, with times since its begin. */
void check_copy_findings(struct check_boot *boot, const struct findings *findings, vtime_ps begin);

#endif
