/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* One board with the image in it, and the line of starts it goes through, each watched to its end. */
#ifndef CHECK_LINE_H
#define CHECK_LINE_H

#include "check/check.h"

struct board;
struct check_watch;

struct check_line {
    struct check_report *report;
    const struct check_config *config;
    struct board *board;
    struct check_watch *watch;
    enum check_history history;
    struct check_stimulus stimulus; /* of the starts to come */
    uint32_t reset_sources;         /* since the start under way began */
    uint64_t executed;              /* by both cores when it began */
    uint64_t flash;                 /* what the flash holds: as loaded */
    vtime_ps begin;                 /* of the start under way */
    void *prop;                     /* freed when the board has gone */
};

/* Makes the board and loads the images; false with a line in `error`. To be closed in any case. */
bool check_line_open(struct check_line *line, struct check_report *report,
                     enum check_history history, enum check_unmodelled_reads unmodelled_reads,
                     char *error, size_t error_size);
void check_line_close(struct check_line *line);

/* ---- whole starts ---- */

void check_line_power_on(struct check_line *line, enum check_start start);
void check_line_power_off(struct check_line *line);
void check_line_reset_pin(struct check_line *line, enum check_start start);
void check_line_reset_from(struct check_line *line, enum check_start start,
                           enum reset_source source);
/* Off, and on again, `count` times. */
void check_line_power_cycles(struct check_line *line, unsigned count);
/* The flash holds something else than at first. */
bool check_line_changed_flash(const struct check_line *line);
/* It waits behind the boot ROM for a supply that is never ready. */
bool check_line_is_hopeless(const struct check_line *line, enum check_start start);

/* ---- the same in parts ---- */

/* A start to be filled in; valid until the next is added. */
struct check_boot *check_line_add(struct check_line *line, enum check_start start);
/* The start that has just been begun (check_watch_begin) is watched to its end, and completed. */
void check_line_watch(struct check_line *line, struct check_boot *boot);
/* The same for whoever leads it by himself: begin, check_line_run_until many times, end. */
void check_line_begin(struct check_line *line, struct check_boot *boot, bool power);
void check_line_end(struct check_line *line, struct check_boot *boot);
/* Instructions that the start under way has cost, and more for events and accesses (check_boot.cost). */
uint64_t check_line_cost(const struct check_line *line);

/* The board is run in slices: each begins with some turns of a loop that are executed, and so seen, before
 * whole turns are only computed. 50 ms; a quarter of a short start. */
vtime_ps check_slice(const struct check_config *config);

#endif
