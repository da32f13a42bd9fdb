/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/explore.h"

#include "check/lexicon.h"
#include "check/line.h"
#include "check/senses.h"
#include "check/stimuli.h"
#include "check/watch.h"
#include "vboard/boards/board.h"

#include <stdlib.h>

#define TRIALS_MAX 128u
/* Instructions: at least so many in all, and at most that part of it for one start. */
#define BUDGET_MIN 30000000u
#define SHARE 3u
/* After the last code that had not run in the start before. */
#define SETTLES VTIME_MS(100)

struct exploration {
    struct check_report *report;
    enum check_unmodelled_reads unmodelled_reads;
    unsigned effort;
    uint64_t budget; /* instructions that are left */
    struct check_lexicon lexicon;
    struct check_senses senses;
    struct check_stimulus trials[TRIALS_MAX]; /* done, and still to be done */
    size_t trial_count;
    bool over;
};

/* ---- what the image listens to ---- */

static void add_boots(struct exploration *e, size_t from)
{
    for (size_t i = from; i < e->report->boot_count; i++) {
        const struct check_boot *s = &e->report->boots[i];
        if (s->history != CHECK_CM4_STUB) {
            check_add_senses(&e->senses, &s->senses);
        }
        e->over = e->over || s->vcore_lost;
    }
}

/* When the image has come to rest: as it was at its first start. */
static vtime_ps settled(const struct exploration *e)
{
    vtime_ps at = e->report->boots[0].settled_at + SETTLES;
    vtime_ps most = e->report->config->length;
    return at < most ? at : most;
}

/* ---- one trial ---- */

/* What came of it may have left something behind: in memory, or in flash. */
static void start_again(struct check_line *l, const struct check_boot *boot)
{
    bool news = boot->new_code > 0 && !boot->vcore_lost;
    if (news) {
        check_line_reset_pin(l, CHECK_RESET);
    }
    if (news && check_line_changed_flash(l)) {
        check_line_power_cycles(l, 1);
    }
}

/* What has to come before. */
static bool open_it(struct check_play *p)
{
    enum check_stimulus_kind after = p->boot->stimulus.after;
    if (after == CHECK_NO_STIMULUS) {
        return true;
    }
    bool on = check_play_until(p, p->settled) && check_stimulus_types[after].open(p);
    p->settled = check_play_time(p) + SETTLES;
    return on;
}

static void play(struct exploration *e, struct check_line *l)
{
    const struct check_stimulus_type *type = &check_stimulus_types[l->stimulus.kind];
    struct check_play p = {.line = l,
                           .board = l->board,
                           .chip = board_chip(l->board),
                           .senses = &e->senses,
                           .lexicon = &e->lexicon,
                           .effort = e->effort,
                           .budget = e->budget / SHARE,
                           .settled = settled(e)};
    if (type->prepare != NULL) {
        type->prepare(&p);
    }
    p.boot = check_line_add(l, CHECK_POWER_ON);
    board_power(l->board, true);
    check_line_begin(l, p.boot, true);
    if (open_it(&p)) {
        type->play(&p);
    }
    check_line_end(l, p.boot);
    uint64_t cost = check_line_cost(l);
    start_again(l, p.boot);
    if (type->clear != NULL) {
        type->clear(&p);
    }
    e->budget -= cost < e->budget ? cost : e->budget;
    l->prop = p.prop;
}

static bool try_it(struct exploration *e, struct check_stimulus stimulus, char *error, size_t size)
{
    struct check_line l;
    size_t before = e->report->boot_count;
    bool open = check_line_open(&l, e->report, CHECK_STIMULATED, e->unmodelled_reads, error, size);
    l.stimulus = stimulus;
    if (open) {
        play(e, &l);
    }
    check_line_close(&l);
    add_boots(e, before);
    return open;
}

/* ---- all of them ---- */

static bool is_listed(const struct exploration *e, unsigned kind, uint8_t which)
{
    for (size_t i = 0; i < e->trial_count; i++) {
        if (e->trials[i].kind == kind && e->trials[i].which == which) {
            return true;
        }
    }
    return false;
}

/* What the image listens to, as far as it is known by now; in a start with `after` it was found out. */
static void enlist(struct exploration *e, enum check_stimulus_kind after)
{
    bool opens = check_stimulus_types[after].open != NULL;
    for (unsigned kind = CHECK_NO_STIMULUS + 1; kind < CHECK_STIMULI; kind++) {
        uint8_t which[CHECK_PINS_MAX];
        unsigned count =
            check_stimulus_types[kind].list(e->report->config, &e->senses, which, CHECK_PINS_MAX);
        for (unsigned i = 0; i < count; i++) {
            if (!is_listed(e, kind, which[i]) && e->trial_count < TRIALS_MAX) {
                e->trials[e->trial_count++] =
                    (struct check_stimulus){.kind = (enum check_stimulus_kind)kind,
                                            .after = opens ? after : CHECK_NO_STIMULUS,
                                            .which = which[i]};
            }
        }
    }
}

/* With nothing done to the board, a start is the first one again as far as that went: what ends before may be left. */
static bool is_vain(const struct exploration *e, const struct check_stimulus *trial)
{
    return trial->kind == CHECK_LONGER && trial->after == CHECK_NO_STIMULUS &&
           e->report->boots[0].cost > e->budget / SHARE;
}

bool check_explore(struct check_report *report, enum check_unmodelled_reads unmodelled_reads,
                   unsigned effort, char *error, size_t error_size)
{
    struct exploration e = {
        .report = report, .unmodelled_reads = unmodelled_reads, .effort = effort};
    bool good = true;
    if (effort == 0 || report->boot_count == 0) {
        return true;
    }
    e.budget = effort * (report->executed > BUDGET_MIN ? report->executed : BUDGET_MIN);
    check_lexicon_read(&e.lexicon, report->config->cm7, report->config->cm4);
    add_boots(&e, 0);
    enlist(&e, CHECK_NO_STIMULUS);
    for (size_t i = 0; good && i < e.trial_count && !e.over && e.budget > 0; i++) {
        if (is_vain(&e, &e.trials[i])) {
            continue;
        }
        good = try_it(&e, e.trials[i], error, error_size);
        enlist(&e, e.trials[i].kind);
    }
    check_lexicon_free(&e.lexicon);
    return good;
}
