/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Leaders and readings: found by hash tables, worked off by a queue. */
#include "check/flow_trail.h"

#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Changes of a leader, or of what a function returns, before it is widened. */
#define VISITS_MAX 24u
/* Sets of arguments for which a function is read apart. */
#define READINGS_MAX 24u
#define READINGS_ALL_MAX 20000u
/* Beyond so many of all functions it is these. */
#define READINGS_MANY 800u
#define READINGS_FEW 4u

/* Those of one reading lie near each other, as they are asked for. */
static uint32_t hash(uint32_t reading, uint32_t pc)
{
    return reading * 2654435761u + (pc >> 1);
}

/* Where the leader is in the hash table, or the free place for it. */
static size_t slot_of(const struct flow *f, uint32_t reading, uint32_t pc)
{
    const uint32_t wanted = hash(reading, pc);
    size_t at = wanted & (f->leader_slot_count - 1);
    while (f->leader_slots[at].leader != 0) {
        const struct flow_leader *l = &f->leaders[f->leader_slots[at].leader - 1];
        if (f->leader_slots[at].hash == wanted && l->pc == pc && l->reading == reading) {
            break;
        }
        at = (at + 1) & (f->leader_slot_count - 1);
    }
    return at;
}

uint32_t flow_find_leader(const struct flow *f, uint32_t reading, uint32_t pc)
{
    return f->leader_slot_count == 0 ? FLOW_NONE
                                     : f->leader_slots[slot_of(f, reading, pc)].leader - 1u;
}

static unsigned mark_of(uint32_t pc)
{
    return (pc >> 1) % FLOW_MARKS_MAX;
}

bool flow_is_leader(const struct flow *f, uint32_t reading, uint32_t pc)
{
    const unsigned mark = mark_of(pc);
    return ((unsigned)f->marks[mark / 8] >> mark % 8 & 1u) != 0 &&
           flow_find_leader(f, reading, pc) != FLOW_NONE;
}

static bool grow_leaders(struct flow *f)
{
    if (f->leader_count < f->leader_room) {
        return true;
    }
    size_t room = f->leader_room != 0 ? f->leader_room * 2 : 256; /* a power of two */
    struct flow_leader *leaders = realloc(f->leaders, room * sizeof *leaders);
    if (leaders == NULL) {
        return false;
    }
    f->leaders = leaders;
    struct flow_leader_slot *slots = calloc(room * 2, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    free(f->leader_slots);
    f->leader_room = room;
    f->leader_slots = slots;
    f->leader_slot_count = room * 2;
    for (size_t i = 0; i < f->leader_count; i++) {
        const uint32_t reading = f->leaders[i].reading, pc = f->leaders[i].pc;
        slots[slot_of(f, reading, pc)] =
            (struct flow_leader_slot){(uint32_t)i + 1u, hash(reading, pc)};
    }
    return true;
}

static struct flow_state *copy_state(const struct flow_state *s)
{
    size_t size = offsetof(struct flow_state, slot) + s->slot_count * sizeof *s->slot;
    struct flow_state *copy = malloc(size);
    if (copy != NULL) {
        memcpy(copy, s, size);
    }
    return copy;
}

static uint32_t add_leader(struct flow *f, uint32_t reading, uint32_t pc,
                           const struct flow_state *s)
{
    struct flow_state *copy = grow_leaders(f) ? copy_state(s) : NULL;
    if (copy == NULL) {
        f->failed = true;
        return FLOW_NONE;
    }
    uint32_t index = (uint32_t)f->leader_count++;
    f->leader_slots[slot_of(f, reading, pc)] =
        (struct flow_leader_slot){index + 1u, hash(reading, pc)};
    f->marks[mark_of(pc) / 8] |= (uint8_t)(1u << mark_of(pc) % 8);
    f->leaders[index] = (struct flow_leader){
        .reading = reading, .pc = pc, .next = f->readings[reading].leaders, .state = copy};
    f->readings[reading].leaders = index + 1u;
    return index;
}

void flow_enqueue(struct flow *f, uint32_t leader)
{
    if (leader >= f->leader_count || f->leaders[leader].queued) {
        return;
    }
    if (f->queue_count == f->queue_room) {
        size_t room = f->queue_room * 2 + 256;
        uint32_t *queue = malloc(room * sizeof *queue);
        if (queue == NULL) {
            f->failed = true;
            return;
        }
        for (size_t i = 0; i < f->queue_count; i++) {
            queue[i] = f->queue[(f->queue_head + i) % f->queue_room];
        }
        free(f->queue);
        f->queue = queue;
        f->queue_head = 0;
        f->queue_room = room;
    }
    f->queue[(f->queue_head + f->queue_count++) % f->queue_room] = leader;
    f->leaders[leader].queued = true;
}

void flow_reach(struct flow *f, uint32_t reading, uint32_t pc, const struct flow_state *s)
{
    uint32_t leader = flow_find_leader(f, reading, pc);
    if (f->trails != NULL) {
        flow_trails_note(f, reading, f->pc, pc, s);
    }
    if (leader == FLOW_NONE) {
        leader = add_leader(f, reading, pc, s);
        flow_enqueue(f, leader);
        return;
    }
    struct flow_leader *l = &f->leaders[leader];
    if (flow_state_join(&f->table, l->state, s, l->visits > VISITS_MAX)) {
        l->visits++;
        flow_enqueue(f, leader);
    }
}

static bool same_args(const struct flow_reading *r, const flow_value args[4])
{
    return memcmp(r->args, args, sizeof r->args) == 0;
}

static uint32_t add_reading(struct flow *f, uint32_t entry, const flow_value args[4], bool general)
{
    if (f->reading_count == f->reading_room) {
        size_t room = f->reading_room * 2 + 128;
        struct flow_reading *more = realloc(f->readings, room * sizeof *more);
        if (more == NULL) {
            f->failed = true;
            return FLOW_NONE;
        }
        f->readings = more;
        f->reading_room = room;
    }
    uint32_t *head = &f->reading_heads[(entry >> 1) % FLOW_HEADS];
    struct flow_reading *r = &f->readings[f->reading_count++];
    *r =
        (struct flow_reading){.entry = entry, .general = general, .escape = INT_MAX, .next = *head};
    memcpy(r->args, args, sizeof r->args);
    *head = (uint32_t)f->reading_count;
    return *head - 1u;
}

/* Of large programs: many sets of many functions would be too many. Registers that are watched are worth it. */
static unsigned readings_max(const struct flow *f, const flow_value args[4])
{
    for (unsigned i = 0; i < 4; i++) {
        const struct flow_set *set = flow_set(&f->table, args[i]);
        if (set->one[0].kind <= FLOW_BASE && set->one[0].mask == FLOW_ALL &&
            flow_is_interesting(&f->table, set->one[0].value)) {
            return READINGS_MAX;
        }
    }
    return f->reading_count < READINGS_MANY       ? READINGS_MAX
           : f->reading_count < 2 * READINGS_MANY ? READINGS_FEW
                                                  : 1u;
}

static uint32_t look_for_reading(struct flow *f, uint32_t entry, const flow_value args[4])
{
    uint32_t general = FLOW_NONE;
    unsigned count = 0;
    for (uint32_t i = f->reading_heads[(entry >> 1) % FLOW_HEADS]; i != 0;) {
        const struct flow_reading *r = &f->readings[i - 1];
        if (r->entry == entry) {
            if (!r->general && same_args(r, args)) {
                return i - 1;
            }
            general = r->general ? i - 1 : general;
            count++;
        }
        i = r->next;
    }
    if (count < readings_max(f, args) && f->reading_count < READINGS_ALL_MAX) {
        return add_reading(f, entry, args, false);
    }
    return general != FLOW_NONE ? general : add_reading(f, entry, args, true);
}

/* The answer never changes: those that have no reading of their own do not get one later, since how many a function
 * may have only falls. */
uint32_t flow_find_reading(struct flow *f, uint32_t entry, const flow_value args[4])
{
    uint32_t h = entry >> 1;
    for (unsigned i = 0; i < 4; i++) {
        h = (h ^ args[i]) * 2654435761u;
        h ^= h >> 15;
    }
    struct flow_found *found = &f->found[h % FLOW_HEADS];
    if (found->reading != 0 && found->entry == entry &&
        memcmp(found->args, args, sizeof found->args) == 0) {
        return found->reading - 1;
    }
    const uint32_t reading = look_for_reading(f, entry, args);
    found->entry = entry;
    memcpy(found->args, args, sizeof found->args);
    found->reading = reading == FLOW_NONE ? 0 : reading + 1;
    return reading;
}

bool flow_known_entry(const struct flow *f, uint32_t entry)
{
    for (uint32_t i = f->reading_heads[(entry >> 1) % FLOW_HEADS]; i != 0;) {
        if (f->readings[i - 1].entry == entry) {
            return true;
        }
        i = f->readings[i - 1].next;
    }
    return false;
}

void flow_enqueue_callers(struct flow *f, uint32_t reading)
{
    const struct flow_reading *r = &f->readings[reading];
    for (size_t i = 0; i < r->caller_count; i++) {
        flow_enqueue(f, r->callers[i].leader);
    }
}

void flow_escape(struct flow *f, int32_t offset)
{
    struct flow_reading *r = &f->readings[f->reading];
    if (offset < r->escape) {
        r->escape = offset;
        for (uint32_t i = r->leaders; i != 0; i = f->leaders[i - 1].next) {
            flow_enqueue(f, i - 1);
        }
    }
}

void flow_forget_escaped(struct flow *f, struct flow_state *s)
{
    flow_slot_forget(s, f->readings[f->reading].escape);
}

void flow_escape_value(struct flow *f, flow_value v)
{
    const struct flow_set *set = flow_set(&f->table, v);
    for (unsigned i = 0; i < set->count; i++) {
        if (set->one[i].kind == FLOW_STACK || set->one[i].kind == FLOW_STACK_SOME) {
            flow_escape(f, (int32_t)set->one[i].value);
        }
    }
}
