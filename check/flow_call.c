/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Calls and returns. A callee gets what the caller's registers hold, and the first words of the caller's
 * stack (AAPCS 6.4: further arguments), or what lies behind a pointer to it. What it leaves: the registers it writes,
 * but for those that AAPCS has it restore; all others keep the caller's values, also those that AAPCS lets it change
 * (GCC's -fipa-ra counts on it).
 */
#include "check/flow_internal.h"

#include <stdlib.h>

/* Bytes of the caller's stack that a callee sees: arguments; with a pointer to the stack structs, too. */
#define STACK_ARGS 32
#define STACK_STRUCTS 320
#define EXITS_MAX 24u
/* r4..r11: a function that uses one of them also restores it (AAPCS 6.1.1). */
#define CALLEE_SAVED 0x0FF0u

void flow_call_unknown(struct flow *f, struct flow_state *s)
{
    static const uint8_t lost[] = {0, 1, 2, 3, 12, FLOW_LR};
    for (unsigned i = 0; i < sizeof lost; i++) {
        flow_set_reg(s, lost[i], FLOW_ANYTHING);
    }
    s->flags = (struct flow_flags){.reg = FLOW_NO_REG};
    /* It may be any that only a pointer leads to, and leave anything. */
    f->strangers_changed |= flow_file_join(&f->at_strangers, &s->files);
    s->files = (struct flow_file_set){1, {flow_file_as_was(f)}};
    f->readings[f->reading].stores_file = true;
    f->readings[f->reading].stores_wild = true;
    flow_forget_escaped(f, s);
}

/* Where the caller's SP is, counted from its own entry. */
static bool sp_of(const struct flow *f, const struct flow_state *s, int32_t *offset)
{
    const struct flow_set *sp = flow_set(&f->table, s->reg[FLOW_SP]);
    *offset = (int32_t)sp->one[0].value;
    return sp->count == 1 && sp->one[0].kind == FLOW_STACK;
}

static bool is_everywhere_the_same(const struct flow_set *set)
{
    for (unsigned i = 0; i < set->count; i++) {
        if (set->one[i].kind > FLOW_BASE) {
            return false;
        }
    }
    return true;
}

static flow_value move_all(struct flow *f, flow_value v, bool known, int32_t distance)
{
    struct flow_set set = *flow_set(&f->table, v), all = {0};
    for (unsigned i = 0; i < set.count; i++) {
        struct flow_bits one = set.one[i];
        if (one.kind == FLOW_STACK || one.kind == FLOW_STACK_SOME) {
            one.value += (uint32_t)distance;
            one = known ? one : flow_unknown();
        } else if (one.kind == FLOW_RETURN) {
            one = flow_unknown();
        }
        flow_set_add(&f->table, &all, one);
    }
    return flow_value_of_set(&f->table, &all);
}

/* A value seen from another function, whose SP at entry is `distance` lower. */
static flow_value move(struct flow *f, flow_value v, bool known, int32_t distance)
{
    struct flow_joined *place;
    if (v == FLOW_ANYTHING || is_everywhere_the_same(flow_set(&f->table, v))) {
        return v;
    }
    if (!known) {
        return move_all(f, v, false, 0);
    }
    if (!flow_recall(&f->table, FLOW_OP_MOVE, v, (uint32_t)distance, &place)) {
        place->value = move_all(f, v, true, distance);
    }
    return place->value;
}

static bool add_caller(struct flow *f, uint32_t reading)
{
    struct flow_reading *r = &f->readings[reading];
    if (f->leader < f->leader_count && f->leaders[f->leader].called == reading + 1u) {
        return true;
    }
    for (size_t i = 0; i < r->caller_count; i++) {
        if (r->callers[i].leader == f->leader) {
            return true;
        }
    }
    if (r->caller_count == r->caller_room) {
        size_t room = r->caller_room * 2 + 4;
        struct flow_caller *more = realloc(r->callers, room * sizeof *more);
        if (more == NULL) {
            f->failed = true;
            return false;
        }
        r->callers = more;
        r->caller_room = room;
    }
    r->callers[r->caller_count++] = (struct flow_caller){f->leader, f->reading, f->pc};
    if (f->leader < f->leader_count) {
        f->leaders[f->leader].called = reading + 1u;
    }
    return true;
}

static bool is_stack(const struct flow *f, flow_value v)
{
    const struct flow_set *set = flow_set(&f->table, v);
    return set->count == 1 && set->one[0].kind == FLOW_STACK;
}

static int32_t stack_seen(const struct flow *f, const struct flow_state *s)
{
    for (unsigned i = 0; i < 4; i++) {
        if (is_stack(f, s->reg[i])) {
            return STACK_STRUCTS;
        }
    }
    return STACK_ARGS;
}

static void enter(struct flow *f, const struct flow_state *s, uint32_t reading, bool known,
                  int32_t sp)
{
    struct flow_state at;
    flow_state_clear(&at);
    const int32_t seen = stack_seen(f, s);
    at.after_once = s->after_once;
    at.files = s->files;
    for (unsigned i = 0; i < FLOW_SP; i++) {
        at.reg[i] = move(f, s->reg[i], known, -sp);
    }
    at.reg[FLOW_SP] = flow_value_of(&f->table, (struct flow_bits){FLOW_STACK, FLOW_ALL, 0});
    at.reg[FLOW_LR] = flow_value_of(&f->table, (struct flow_bits){FLOW_RETURN, FLOW_ALL, 0});
    for (unsigned i = 0; known && i < s->slot_count; i++) {
        int64_t offset = (int64_t)s->slot[i].offset - sp;
        if (offset >= 0 && offset < seen) {
            flow_slot_store(&at, (int32_t)offset, s->slot[i].size,
                            move(f, s->slot[i].value, true, -sp));
        }
    }
    flow_reach(f, reading, f->readings[reading].entry, &at);
}

/* Is the argument worth a reading of its own? Registers and what is written to them are; buffers, texts and
 * objects in RAM are joined. A struct on the stack is one for each call. */
static bool tells_apart(const struct flow *f, flow_value v)
{
    const struct flow_set *set = flow_set(&f->table, v);
    for (unsigned i = 0; i < set->count; i++) {
        struct flow_bits one = set->one[i];
        if (one.kind <= FLOW_BASE && flow_is_interesting(&f->table, one.value)) {
            return true;
        }
        if (flow_is_constant(one) && !flow_is_address(one.value)) {
            return true;
        }
    }
    return false;
}

bool flow_call(struct flow *f, struct flow_state *s, uint32_t entry)
{
    int32_t sp;
    flow_value args[4];
    f->called = FLOW_NONE;
    if (flow_region_of(f->program, entry, 2) == NULL) {
        flow_call_unknown(f, s);
        return true;
    }
    for (unsigned i = 0; i < 4; i++) {
        flow_escape_value(f, s->reg[i]);
    }
    bool known = sp_of(f, s, &sp);
    for (unsigned i = 0; i < 4; i++) {
        args[i] = is_stack(f, s->reg[i])
                      ? flow_value_of(&f->table, (struct flow_bits){FLOW_STACK, FLOW_ALL, f->pc})
                  : tells_apart(f, s->reg[i]) ? s->reg[i]
                                              : FLOW_ANYTHING;
    }
    uint32_t reading = flow_find_reading(f, entry, args);
    if (reading == FLOW_NONE || !add_caller(f, reading)) {
        return false;
    }
    enter(f, s, reading, known, sp);
    const struct flow_reading *r = &f->readings[reading];
    uint32_t leaves = r->writes & ~CALLEE_SAVED;
    f->readings[f->reading].writes = (uint16_t)(f->readings[f->reading].writes | leaves);
    f->readings[f->reading].stores_once |= r->stores_once;
    f->readings[f->reading].stores_file |= r->stores_file;
    f->readings[f->reading].stores_wild |= r->stores_wild;
    if (!r->returns) {
        return false;
    }
    s->after_once |= r->exit_after_once || r->stores_once;
    s->files = r->stores_file ? r->exit_files : s->files;
    for (unsigned i = 0; i < FLOW_SP; i++) {
        if ((leaves >> i & 1u) != 0) {
            flow_set_reg(s, i, move(f, f->readings[reading].exit[i], known, sp));
        }
    }
    flow_set_reg(s, FLOW_LR, FLOW_ANYTHING);
    if (r->stores_wild) {
        flow_forget_escaped(f, s);
    }
    s->flags = (struct flow_flags){.reg = FLOW_NO_REG};
    f->called = reading;
    return true;
}

unsigned flow_ways_back(const struct flow *f)
{
    const struct flow_reading *r = f->called == FLOW_NONE ? NULL : &f->readings[f->called];
    return r != NULL && r->stores_file ? r->ways : 0;
}

bool flow_way_back(const struct flow *f, struct flow_state *s, unsigned index)
{
    if (index >= flow_ways_back(f)) {
        return false;
    }
    const struct flow_reading *r = &f->readings[f->called];
    const struct flow_set *returned = flow_set(&f->table, r->way[index].returned);
    if ((r->writes & 1u) != 0 && is_everywhere_the_same(returned)) {
        flow_set_reg(s, 0, r->way[index].returned);
    }
    s->files = r->way[index].files;
    return true;
}

/* Of those that return the same; too many are one. */
static bool add_way(struct flow *f, struct flow_reading *r, const struct flow_state *s)
{
    unsigned i = 0;
    while (i < r->ways && r->way[i].returned != s->reg[0]) {
        i++;
    }
    if (i == FLOW_WAYS) {
        i = FLOW_WAYS - 1;
        r->way[i].returned = flow_join(&f->table, r->way[i].returned, s->reg[0]);
    } else if (i == r->ways) {
        r->way[i] = (struct flow_way){.returned = s->reg[0]};
        r->ways++;
    }
    return flow_file_join(&r->way[i].files, &s->files);
}

void flow_return(struct flow *f, const struct flow_state *s)
{
    struct flow_reading *r = &f->readings[f->reading];
    bool changed = !r->returns || (r->exit_after_once && !s->after_once);
    r->exit_after_once = s->after_once && (r->exit_after_once || !r->returns);
    changed |= flow_file_join(&r->exit_files, &s->files);
    changed |= add_way(f, r, s);
    for (unsigned i = 0; i < FLOW_REGS; i++) {
        flow_value old = r->exit[i];
        r->exit[i] = !r->returns            ? s->reg[i]
                     : r->exits > EXITS_MAX ? flow_widen(&f->table, old, s->reg[i])
                                            : flow_join(&f->table, old, s->reg[i]);
        changed |= r->exit[i] != old;
    }
    r->returns = true;
    if (changed) {
        r->exits++;
        flow_enqueue_callers(f, f->reading);
    }
}
