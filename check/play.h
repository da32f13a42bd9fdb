/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A start in which something is done to the board: what those who do it share. */
#ifndef CHECK_PLAY_H
#define CHECK_PLAY_H

#include "check/line.h"
#include "vboard/kernel/signal.h"

struct chip;
struct check_lexicon;

struct check_play {
    struct check_line *line;
    struct check_boot *boot; /* the start under way */
    struct board *board;
    struct chip *chip;
    const struct check_senses *senses; /* what the image listened to in all starts before */
    const struct check_lexicon *lexicon;
    unsigned effort;
    uint64_t budget;           /* instructions that the start may cost */
    struct signal_driver held; /* a pin, from before the power comes on */
    void *prop;                /* what else is hung on the board for it */
    vtime_ps settled;          /* when the image has come to rest, since the start */
};

/* Runs the board for so long; false when nothing more is to be had of this start: VCORE is gone, or the
 * budget is used up. */
bool check_play_for(struct check_play *p, vtime_ps time);
/* The same up to a time since the start, if that is still to come. */
bool check_play_until(struct check_play *p, vtime_ps time);
/* Is it over, as check_play_for says? */
bool check_play_is_over(const struct check_play *p);
vtime_ps check_play_time(const struct check_play *p);

/* Notes that this is done now. */
void check_play_note(struct check_play *p, const struct check_nudge *nudge);
void check_play_act(struct check_play *p, enum check_act act, unsigned which);

/* How many instructions have run that had not run before, in this start: more than before means that something
 * new came of what was done. */
size_t check_play_news(const struct check_play *p);

#endif
