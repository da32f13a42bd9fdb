/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/flow_value.h"

#include <stdlib.h>
#include <string.h>

/* A peripheral's registers are reached from its base: blocks of 1 KiB (RM0399 2.3.2). */
#define NEAR 0x400u
/* Constants kept out of the merge. */
#define KEPT_MAX (FLOW_VALUE_MAX - 1u)

bool flow_is_interesting(const struct flow_table *t, uint32_t word)
{
    if (word < t->low || word > t->high) {
        return false;
    }
    for (size_t i = 0; i < t->range_count; i++) {
        if (word - (t->ranges[i].address - NEAR) < NEAR + t->ranges[i].size) {
            return true;
        }
    }
    return false;
}

/* A range at either end of the address space has all words looked at. */
static void find_bounds(struct flow_table *t)
{
    t->low = UINT32_MAX;
    t->high = 0;
    for (size_t i = 0; i < t->range_count; i++) {
        uint32_t low = t->ranges[i].address - NEAR;
        uint32_t high = t->ranges[i].address + t->ranges[i].size - 1u;
        if (high < low) {
            t->low = 0;
            t->high = UINT32_MAX;
            return;
        }
        t->low = low < t->low ? low : t->low;
        t->high = high > t->high ? high : t->high;
    }
}

static uint32_t hash(const struct flow_set *set)
{
    uint32_t h = 2166136261u;
    for (unsigned i = 0; i < set->count; i++) {
        const struct flow_bits *b = &set->one[i];
        h = (h ^ (uint32_t)b->kind) * 16777619u;
        h = (h ^ b->mask) * 16777619u;
        h = (h ^ b->value) * 16777619u;
        h ^= h >> 15;
    }
    return h;
}

static bool same(const struct flow_set *a, const struct flow_set *b)
{
    if (a->count != b->count) {
        return false;
    }
    for (unsigned i = 0; i < a->count; i++) {
        if (a->one[i].kind != b->one[i].kind || a->one[i].mask != b->one[i].mask ||
            a->one[i].value != b->one[i].value) {
            return false;
        }
    }
    return true;
}

static bool grow(struct flow_table *t)
{
    size_t room = t->room * 2;
    struct flow_set *sets = realloc(t->sets, room * sizeof *sets);
    if (sets == NULL) {
        return false;
    }
    t->sets = sets;
    uint32_t *slots = calloc(room * 2, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    free(t->slots);
    t->slots = slots;
    t->room = room;
    t->slot_count = room * 2;
    for (size_t i = 0; i < t->count; i++) {
        size_t at = hash(&t->sets[i]) & (t->slot_count - 1);
        while (slots[at] != 0) {
            at = (at + 1) & (t->slot_count - 1);
        }
        slots[at] = (uint32_t)i + 1u;
    }
    return true;
}

bool flow_table_open(struct flow_table *t, const struct flow_range *ranges, size_t range_count)
{
    *t = (struct flow_table){.room = 512, .ranges = ranges, .range_count = range_count};
    t->joined = calloc(FLOW_JOINED_MAX, sizeof *t->joined);
    t->widened = calloc(FLOW_JOINED_MAX, sizeof *t->widened);
    t->combined = calloc(FLOW_JOINED_MAX, sizeof *t->combined);
    find_bounds(t);
    if (t->joined == NULL || t->widened == NULL || t->combined == NULL || !grow(t)) {
        flow_table_close(t);
        return false;
    }
    struct flow_set anything = {1, {flow_unknown()}};
    return flow_value_of_set(t, &anything) == FLOW_ANYTHING;
}

void flow_table_close(struct flow_table *t)
{
    free(t->sets);
    free(t->slots);
    free(t->joined);
    free(t->widened);
    free(t->combined);
    t->sets = NULL;
    t->slots = NULL;
    t->joined = t->widened = t->combined = NULL;
}

flow_value flow_value_of_set(struct flow_table *t, const struct flow_set *set)
{
    size_t at = hash(set) & (t->slot_count - 1);
    while (t->slots[at] != 0) {
        if (same(&t->sets[t->slots[at] - 1u], set)) {
            return t->slots[at] - 1u;
        }
        at = (at + 1) & (t->slot_count - 1);
    }
    struct flow_set copy = *set;
    if (t->count == t->room) {
        if (t->count >= FLOW_TABLE_MAX || !grow(t)) {
            return FLOW_ANYTHING;
        }
        at = hash(&copy) & (t->slot_count - 1);
        while (t->slots[at] != 0) {
            at = (at + 1) & (t->slot_count - 1);
        }
    }
    t->sets[t->count] = copy;
    t->slots[at] = (uint32_t)++t->count;
    return (flow_value)(t->count - 1);
}

static bool before(struct flow_bits a, struct flow_bits b)
{
    return a.kind != b.kind   ? a.kind < b.kind
           : a.mask != b.mask ? a.mask > b.mask
                              : a.value < b.value;
}

/* Constants stay beside what covers them: they are candidates. */
static bool is_needless(struct flow_bits a, struct flow_bits covering)
{
    if (!flow_covers(covering, a)) {
        return false;
    }
    return !flow_is_constant(a) || flow_is_constant(covering) || covering.kind == FLOW_BASE;
}

static void sort(struct flow_bits *all, unsigned count)
{
    for (unsigned i = 1; i < count; i++) {
        struct flow_bits one = all[i];
        unsigned k = i;
        for (; k > 0 && before(one, all[k - 1]); k--) {
            all[k] = all[k - 1];
        }
        all[k] = one;
    }
}

/* Too many: what is interesting stays as it is, the rest becomes one. */
static void squeeze(const struct flow_table *t, const struct flow_bits *all, unsigned count,
                    struct flow_set *set)
{
    struct flow_bits rest = {0};
    bool has_rest = false;
    set->count = 0;
    for (unsigned i = 0; i < count; i++) {
        if (set->count < KEPT_MAX && all[i].mask == FLOW_ALL && all[i].kind <= FLOW_BASE &&
            flow_is_interesting(t, all[i].value)) {
            set->one[set->count++] = all[i];
        } else {
            rest = has_rest ? flow_merge(rest, all[i]) : all[i];
            has_rest = true;
        }
    }
    if (has_rest) {
        set->one[set->count++] = rest;
    }
    sort(set->one, set->count);
}

void flow_set_add(const struct flow_table *t, struct flow_set *set, struct flow_bits one)
{
    struct flow_bits all[FLOW_VALUE_MAX + 1];
    unsigned count = 0;
    if (set->count == 0) { /* most often */
        set->one[set->count++] = one;
        return;
    }
    for (unsigned i = 0; i < set->count; i++) {
        if (is_needless(one, set->one[i])) {
            return;
        }
        if (!is_needless(set->one[i], one)) {
            all[count++] = set->one[i];
        }
    }
    all[count++] = one;
    sort(all, count);
    if (count > FLOW_VALUE_MAX) {
        squeeze(t, all, count, set);
        return;
    }
    set->count = count;
    memcpy(set->one, all, count * sizeof *all);
}

static struct flow_joined *place_of(struct flow_joined *list, flow_value a, flow_value b)
{
    return &list[(a * 0x9E3779B1u + b * 0x85EBCA77u) >> 17 & (FLOW_JOINED_MAX - 1u)];
}

/* Values are less than 2^20: the operation, from 1 on, stands above. */
bool flow_recall(struct flow_table *t, unsigned op, flow_value a, uint32_t b,
                 struct flow_joined **place)
{
    const uint32_t key = a | (op + 1u) << 20;
    struct flow_joined *known = place_of(t->combined, key, b);
    *place = known;
    if (known->a == key && known->b == b && key != b) {
        return true;
    }
    known->a = key;
    known->b = b;
    return false;
}

flow_value flow_value_of(struct flow_table *t, struct flow_bits one)
{
    const struct flow_set set = {1, {one}};
    struct flow_joined *place;
    if (flow_is_unknown(one)) {
        return FLOW_ANYTHING;
    }
    if (one.mask != FLOW_ALL) {
        return flow_value_of_set(t, &set);
    }
    if (!flow_recall(t, FLOW_OP_ONE + one.kind, 0, one.value, &place)) {
        place->value = flow_value_of_set(t, &set);
    }
    return place->value;
}

static flow_value join(struct flow_table *t, flow_value a, flow_value b)
{
    struct flow_set set = *flow_set(t, a);
    const struct flow_set *more = flow_set(t, b);
    for (unsigned i = 0; i < more->count; i++) {
        flow_set_add(t, &set, more->one[i]);
    }
    return flow_value_of_set(t, &set);
}

flow_value flow_join(struct flow_table *t, flow_value a, flow_value b)
{
    if (a == b) {
        return a;
    }
    struct flow_joined *known = place_of(t->joined, a, b);
    if (known->a != a || known->b != b) {
        *known = (struct flow_joined){a, b, join(t, a, b)};
    }
    return known->value;
}

/* A table's or array's start that was there before: a base that moves would never come to rest. */
static bool is_old_base(const struct flow_set *old, struct flow_bits one)
{
    for (unsigned i = 0; i < old->count; i++) {
        if (one.kind == FLOW_BASE && old->one[i].kind <= FLOW_BASE &&
            old->one[i].value == one.value) {
            return true;
        }
    }
    return false;
}

static flow_value widen(struct flow_table *t, flow_value old, flow_value more)
{
    flow_value joined = flow_join(t, old, more);
    if (joined == old) {
        return old;
    }
    struct flow_set set = {1, {flow_unknown()}};
    const struct flow_set *all = flow_set(t, joined);
    for (unsigned i = 0; i < all->count && set.count < FLOW_VALUE_MAX; i++) {
        if (is_old_base(flow_set(t, old), all->one[i]) ||
            (flow_is_constant(all->one[i]) && flow_is_interesting(t, all->one[i].value))) {
            flow_set_add(t, &set, all->one[i]);
        }
    }
    return flow_value_of_set(t, &set);
}

/* Interesting constants may still come in; anything else makes it "anything" beside those. */
flow_value flow_widen(struct flow_table *t, flow_value old, flow_value more)
{
    if (old == more) {
        return old;
    }
    struct flow_joined *known = place_of(t->widened, old, more);
    if (known->a != old || known->b != more) {
        *known = (struct flow_joined){old, more, widen(t, old, more)};
    }
    return known->value;
}

bool flow_value_constant(const struct flow_table *t, flow_value v, uint32_t *word)
{
    const struct flow_set *set = flow_set(t, v);
    *word = set->one[0].value;
    return set->count == 1 && flow_is_constant(set->one[0]);
}
