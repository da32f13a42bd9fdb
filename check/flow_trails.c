/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Where trails begin, in which order they are gone, and how much that may cost. */
#include "check/flow_trail.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define STARTS_MAX 4096u
/* Instructions: of all trails, of those from one place, and of those where nothing watched is near. */
#define STEPS_ALL 1000000u
#define STEPS_OF_ONE 60000u
#define STEPS_OF_OTHERS 3000u

/* ---- states that were there ---- */

/* Two words. */
static uint64_t add_words(uint64_t h, uint32_t low, uint32_t high)
{
    h = (h ^ low ^ (uint64_t)high << 32) * 0x9E3779B97F4A7C15u; /* 2^64 over the golden ratio */
    return h ^ h >> 29;
}

/* What lies below the stack pointer is gone. */
static uint64_t hash(const struct flow *f, uint32_t reading, uint32_t pc,
                     const struct flow_state *s)
{
    const struct flow_set *sp = flow_set(&f->table, s->reg[FLOW_SP]);
    bool known = sp->count == 1 && sp->one[0].kind == FLOW_STACK;
    uint64_t h = add_words(0, reading, pc);
    for (unsigned i = 0; i < FLOW_REGS; i += 2) {
        h = add_words(h, s->reg[i], i + 1 < FLOW_REGS ? s->reg[i + 1] : 0);
    }
    h = add_words(h, (uint32_t)s->flags.kind, s->flags.assumed);
    h = add_words(h, s->flags.a, s->flags.b);
    for (unsigned i = 0; i < s->files.count; i++) {
        h = add_words(h, s->files.number[i], 0);
    }
    for (unsigned i = 0; i < s->slot_count; i++) {
        const struct flow_slot *slot = &s->slot[i];
        if (!known || slot->offset < FLOW_RAM_END || slot->offset >= (int32_t)sp->one[0].value) {
            h = add_words(h, (uint32_t)slot->offset ^ slot->size << 28, slot->value);
        }
    }
    return h | 1u;
}

bool flow_trail_is_new(struct flow *f, uint32_t reading, uint32_t pc, const struct flow_state *s)
{
    struct flow_trails *t = f->trails;
    const size_t mask = (1u << FLOW_SEEN_BITS) - 1u;
    const uint64_t key = hash(f, reading, pc, s);
    size_t at = (size_t)(key >> 20) & mask;
    for (; t->seen[at] != 0; at = (at + 1) & mask) {
        if (t->seen[at] == key) {
            return false;
        }
    }
    if (t->seen_count > mask / 2) {
        t->gave_up = true;
        return false;
    }
    t->seen[at] = key;
    t->places[t->seen_count++] = (uint16_t)at;
    return true;
}

static void forget_seen(struct flow_trails *t)
{
    while (t->seen_count > 0) {
        t->seen[t->places[--t->seen_count]] = 0;
    }
}

/* ---- starts ---- */

static void add_start(struct flow *f, uint32_t reading, uint32_t pc, const struct flow_state *s)
{
    struct flow_trails *t = f->trails;
    if (t->start_count == STARTS_MAX || !flow_trail_is_new(f, reading, pc, s)) {
        return;
    }
    if (t->start_count == t->start_room) {
        size_t room = t->start_room * 2 + 64;
        struct flow_start *more = realloc(t->starts, room * sizeof *more);
        if (more == NULL) {
            return;
        }
        t->starts = more;
        t->start_room = room;
    }
    size_t size = offsetof(struct flow_state, slot) + s->slot_count * sizeof *s->slot;
    struct flow_state *copy = malloc(size);
    if (copy != NULL) {
        memcpy(copy, s, size);
        t->starts[t->start_count++] = (struct flow_start){reading, pc, copy};
    }
}

static bool ran(const struct flow *f, uint32_t pc)
{
    return f->program->ran(f->program->ran_context, pc);
}

void flow_trails_note(struct flow *f, uint32_t reading, uint32_t before, uint32_t pc,
                      const struct flow_state *s)
{
    if (f->trails != NULL && f->trails->recording && !ran(f, pc) && ran(f, before)) {
        add_start(f, reading, pc, s);
    }
}

/* Interrupts that never came, and functions that nobody was seen to call. */
static void note_entries(struct flow *f)
{
    for (uint32_t i = 0; i < f->reading_count; i++) {
        const struct flow_reading *r = &f->readings[i];
        if ((r->root & (FLOW_BY_EXCEPTION | FLOW_BY_POINTER)) == 0 || ran(f, r->entry)) {
            continue;
        }
        uint32_t leader = flow_find_leader(f, i, r->entry);
        if (leader != FLOW_NONE) {
            add_start(f, i, r->entry, f->leaders[leader].state);
        }
    }
}

/* Once more through everything: nothing changes any more. */
static void note_all(struct flow *f)
{
    f->trails->recording = true;
    for (uint32_t i = 0; i < f->leader_count && !f->failed; i++) {
        f->leader = i;
        flow_run(f);
    }
    f->trails->recording = false;
    note_entries(f);
    forget_seen(f->trails);
}

/* Who stores to a watched register, by itself or by what it calls. */
static void find_touching(struct flow *f)
{
    for (size_t i = 0; i < f->site_count; i++) {
        struct flow_reading *r = &f->readings[f->sites[i].reading];
        r->touches = true;
        r->last_site = f->sites[i].pc > r->last_site ? f->sites[i].pc : r->last_site;
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < f->reading_count; i++) {
            const struct flow_reading *r = &f->readings[i];
            for (size_t k = 0; r->touches && k < r->caller_count; k++) {
                bool *touches = &f->readings[r->callers[k].reading].touches;
                changed |= !*touches;
                *touches = true;
            }
        }
    }
}

/* Before a start everything was seen. What was not belongs to another start's trails; what cannot be is a mixture of
 * ways: then it begins as it was later, unless in the middle of what sets it up. */
static void keep_possible(struct flow *f, const struct flow_start *start,
                          struct flow_file_set *kept)
{
    const struct flow_file_set *all = &start->state->files;
    const struct flow_program *p = f->program;
    *kept = (struct flow_file_set){0};
    for (unsigned i = 0; i < all->count; i++) {
        const struct flow_file *file = &f->files.list[all->number[i]];
        if (all->number[i] != FLOW_FILE_UNKNOWN && file->unseen_pc == 0 && file->lost == 0 &&
            (p->possible == NULL || p->possible(p->possible_context, file))) {
            flow_file_add(kept, all->number[i]);
        }
    }
    if (kept->count == 0 && start->pc > f->readings[start->reading].last_site) {
        flow_file_add(kept, flow_file_as_was(f));
    }
}

static void walk_from(struct flow *f, const struct flow_start *start, uint32_t steps)
{
    struct flow_trails *t = f->trails;
    struct flow_file_set files;
    keep_possible(f, start, &files);
    for (unsigned i = 0; i < files.count && t->steps > 0; i++) {
        t->steps_of_one = steps / files.count;
        flow_trail_walk(f, start, files.number[i]);
    }
    forget_seen(t);
}

void flow_trails_walk(struct flow *f)
{
    if (f->program->ran == NULL || f->failed) {
        return;
    }
    f->trails = calloc(1, sizeof *f->trails);
    if (f->trails == NULL) {
        f->failed = true;
        return;
    }
    f->trails->steps = STEPS_ALL;
    note_all(f);
    find_touching(f);
    f->walking = true;
    for (unsigned near = 2; near > 0; near--) {
        for (size_t i = 0; i < f->trails->start_count; i++) {
            const struct flow_start *start = &f->trails->starts[i];
            if (f->readings[start->reading].touches == (near == 2)) {
                walk_from(f, start, near == 2 ? STEPS_OF_ONE : STEPS_OF_OTHERS);
            }
        }
    }
    f->walking = false;
}

void flow_trails_close(struct flow *f)
{
    for (size_t i = 0; f->trails != NULL && i < f->trails->start_count; i++) {
        free(f->trails->starts[i].state);
    }
    if (f->trails != NULL) {
        free(f->trails->starts);
    }
    free(f->trails);
    f->trails = NULL;
}
