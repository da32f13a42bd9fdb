/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/play.h"

#include "check/watch.h"
#include "vboard/boards/board.h"

#include <stdlib.h>

/* What is done in one start and may be told. */
#define NUDGES_MAX 65536u
/* Looking what it listens to costs some time; shorter runs go without. */
#define SENSES VTIME_MS(5)

vtime_ps check_play_time(const struct check_play *p)
{
    return board_now(p->board) - p->line->begin;
}

bool check_play_is_over(const struct check_play *p)
{
    return p->chip->resets.vcore_lost || check_line_cost(p->line) > p->budget;
}

bool check_play_for(struct check_play *p, vtime_ps time)
{
    const vtime_ps slice = check_slice(p->line->config);
    vtime_ps end = board_now(p->board) + time;
    while (board_now(p->board) < end && !check_play_is_over(p)) {
        vtime_ps left = end - board_now(p->board);
        board_run_until(p->board, board_now(p->board) + (left < slice ? left : slice));
        check_watch_sample(p->line->watch);
    }
    if (time >= SENSES) {
        check_watch_sense(p->line->watch);
    }
    return !check_play_is_over(p);
}

bool check_play_until(struct check_play *p, vtime_ps time)
{
    vtime_ps now = check_play_time(p);
    return now < time ? check_play_for(p, time - now) : !check_play_is_over(p);
}

void check_play_note(struct check_play *p, const struct check_nudge *nudge)
{
    struct check_boot *s = p->boot;
    /* Room is made in powers of two. */
    if (s->nudge_count == NUDGES_MAX) {
        return;
    }
    if ((s->nudge_count & (s->nudge_count - 1)) == 0) {
        size_t room = s->nudge_count == 0 ? 1 : 2 * s->nudge_count;
        s->nudges = realloc(s->nudges, room * sizeof *s->nudges);
        if (s->nudges == NULL) {
            abort();
        }
    }
    s->nudges[s->nudge_count] = *nudge;
    s->nudges[s->nudge_count++].at = check_play_time(p);
}

void check_play_act(struct check_play *p, enum check_act act, unsigned which)
{
    check_play_note(p, &(struct check_nudge){.act = act, .which = (uint8_t)which});
}

size_t check_play_news(const struct check_play *p)
{
    return p->boot->new_code;
}
