/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What comes of a round that has been followed (round.c): how many behind it do the same, and what these come to. */
#include <string.h>

#include "vboard/cpu/armv7m/memory.h"
#include "vboard/cpu/armv7m/round_value.h"
#include "vboard/cpu/armv7m/times.h"

/* Source `s` held that, and holds this. False: not known. */
static bool compare(const struct core *c, const struct round *r, unsigned s, uint32_t *before,
                    uint32_t *after)
{
    if (s < ROUND_REGISTERS) {
        *before = r->before[s];
        *after = c->r[s];
        return true;
    }
    if (s == ROUND_FLAGS_AT) {
        *before = r->flags;
        *after = round_flags(c);
        return true;
    }
    const struct round_cell *cell = &r->cells[s - ROUND_CELLS_AT];
    *before = cell->before;
    return round_look(c, cell->address, cell->size, after);
}

static unsigned bits_of(const struct round *r, unsigned s)
{
    return s < ROUND_CELLS_AT ? 32 : 8 * r->cells[s - ROUND_CELLS_AT].size;
}

static bool is_whole(const struct round *r, unsigned s)
{
    return r->now[s].of == s && r->now[s].bits >= bits_of(r, s);
}

/* It holds again what it held, made from what does not move. */
static bool is_steady(const struct core *c, unsigned s)
{
    const struct round *r = &c->round;
    struct round_value v = r->now[s];
    bool untouched = is_whole(r, s) && v.plus == 0 && v.rest == 0;
    uint32_t before;
    uint32_t after;
    if (!compare(c, r, s, &before, &after)) {
        return untouched;
    }
    return before == after && (untouched || (round_sources(v) & r->moving) == 0);
}

static bool counts_cycles(const struct round *r, unsigned s)
{
    return s >= ROUND_CELLS_AT && r->cells[s - ROUND_CELLS_AT].counts;
}

static bool is_in_reach(const struct core *c, const struct round *r, unsigned s)
{
    const struct round_cell *cell = &r->cells[s < ROUND_CELLS_AT ? 0 : s - ROUND_CELLS_AT];
    return s < ROUND_REGISTERS || fast(&c->writable, cell->address, cell->size) != NULL;
}

/* By the same amount each time, and it is known where it is. */
static bool moves_evenly(const struct core *c, unsigned s)
{
    const struct round *r = &c->round;
    if (counts_cycles(r, s)) {
        return true;
    }
    struct round_value v = r->now[s];
    uint32_t before;
    uint32_t after;
    if ((v.rest & r->moving) != 0 || !compare(c, r, s, &before, &after) ||
        (after - before - v.plus) << (32 - bits_of(r, s)) != 0) {
        return false;
    }
    return is_in_reach(c, r, s);
}

/* ---- how often ---- */

/* By how much it moves each time; 0: not at all. False: not evenly. */
static bool step_of(const struct round *r, struct round_value v, uint32_t *step)
{
    bool still = (round_sources(v) & r->moving) == 0;
    *step = still ? 0 : v.of == ROUND_NONE ? 0 : r->now[v.of].plus;
    return still || (v.of != ROUND_NONE && v.bits == 32 && bits_of(r, v.of) == 32 &&
                     (v.rest & r->moving) == 0);
}

/* How many rounds go the same way at this branch. */
static uint64_t answers_alike(const struct round *r, const struct round_question *q)
{
    unsigned cond = q->taken ? q->cond : q->cond ^ 1u;
    uint32_t left;
    uint32_t right;
    if (!step_of(r, q->left, &left) || !step_of(r, q->right, &right) || (left != 0 && right != 0)) {
        return 0;
    }
    if (left != 0) {
        return times_taken(cond, q->x + left, left, q->y);
    }
    return right == 0 ? UINT32_MAX : times_taken(times_mirrored(cond), q->y + right, right, q->x);
}

static uint32_t rounds_alike(const struct round *r)
{
    uint64_t least = UINT32_MAX;
    for (unsigned n = 0; n < r->question_count; n++) {
        uint64_t alike = answers_alike(r, &r->questions[n]);
        least = alike < least ? alike : least;
    }
    return (uint32_t)least;
}

uint32_t round_end(struct core *c, uint64_t cycles)
{
    struct round *r = &c->round;
    unsigned count = ROUND_CELLS_AT + r->cell_count;
    bool good = r->on && !r->lost;
    r->on = false;
    for (unsigned s = 0; good && s < count; s++) {
        r->now[s].plus += counts_cycles(r, s) ? (uint32_t)cycles : 0;
        bool asked = (r->asked >> s & 1u) != 0;
        r->moving |= asked && is_whole(r, s) && r->now[s].plus != 0 ? round_bit(s) : 0;
    }
    good = good && (r->decides & r->moving) == 0;
    for (unsigned s = 0; good && s < count; s++) {
        if ((r->asked >> s & 1u) != 0) {
            good = (r->moving & round_bit(s)) != 0 ? moves_evenly(c, s) : is_steady(c, s);
        }
    }
    return good ? rounds_alike(r) : 0;
}

/* ---- rounds that are kept ---- */

static struct round_kept *place_of(struct core *c, uint32_t anchor)
{
    return &c->rounds[anchor / 2 % ROUNDS_KEPT];
}

/* Everything that it asks can be looked at without being executed. */
static bool can_be_recalled(const struct round *r)
{
    for (unsigned n = 0; n < r->cell_count; n++) {
        if ((r->asked & round_bit(ROUND_CELLS_AT + n)) != 0 && !r->cells[n].plain) {
            return false;
        }
    }
    return true;
}

void round_keep(struct core *c, uint64_t cycles, uint64_t extra)
{
    if (can_be_recalled(&c->round)) {
        *place_of(c, c->pc) = (struct round_kept){
            .valid = true, .anchor = c->pc, .cycles = cycles, .extra = extra, .round = c->round};
    }
}

/* What does not move is as it was, and what moves can be reached. */
static bool asks_the_same(const struct core *c, const struct round *r)
{
    for (unsigned s = 0; s < ROUND_CELLS_AT + r->cell_count; s++) {
        bool moves = (r->moving & round_bit(s)) != 0;
        uint32_t before;
        uint32_t now;
        if ((r->asked & round_bit(s)) == 0) {
            continue;
        }
        if (!compare(c, r, s, &before, &now) || (!moves && before != now) ||
            (moves && !is_in_reach(c, r, s))) {
            return false;
        }
    }
    return true;
}

/* What a side of a question compares is where its sum has got to by now; the next round asks a
 * step further on. */
static void renew(struct core *c, const struct round_value *side, uint32_t *value)
{
    const struct round *r = &c->round;
    uint32_t before;
    uint32_t now;
    if (side->of != ROUND_NONE && (r->moving & round_bit(side->of)) != 0 &&
        compare(c, r, side->of, &before, &now)) {
        *value = now + side->plus - r->now[side->of].plus;
    }
}

uint32_t round_recall(struct core *c, uint64_t *cycles, uint64_t *extra)
{
    const struct round_kept *k = place_of(c, c->pc);
    if (!k->valid || k->anchor != c->pc || !asks_the_same(c, &k->round)) {
        return 0;
    }
    c->round = k->round;
    for (unsigned n = 0; n < c->round.question_count; n++) {
        struct round_question *q = &c->round.questions[n];
        renew(c, &q->left, &q->x);
        renew(c, &q->right, &q->y);
    }
    *cycles = k->cycles;
    *extra = k->extra;
    return rounds_alike(&c->round);
}

void round_forget(struct core *c)
{
    for (unsigned n = 0; n < ROUNDS_KEPT; n++) {
        c->rounds[n].valid = false;
    }
}

void round_add_up(struct core *c, uint32_t times)
{
    const struct round *r = &c->round;
    for (unsigned s = 0; s < ROUND_CELLS_AT + r->cell_count; s++) {
        uint32_t more = r->now[s].plus * times;
        if ((r->moving & round_bit(s)) == 0 || counts_cycles(r, s)) {
            continue;
        }
        if (s < ROUND_REGISTERS) {
            c->r[s] += more;
            continue;
        }
        const struct round_cell *cell = &r->cells[s - ROUND_CELLS_AT];
        uint32_t value;
        round_look(c, cell->address, cell->size, &value);
        value += more;
        memcpy(fast(&c->writable, cell->address, cell->size), &value, cell->size);
    }
}
