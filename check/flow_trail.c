/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* One trail after another, from where code begins that never ran. */
#include "check/flow_trail.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define PENDING_MAX 128u
/* Branches of which a trail knows how often it took them. */
#define VISITS 64u
/* How often it is tried at one branch what else there is. */
#define TRIES_MAX 3u
/* Rounds of a loop that ends by itself; beyond, it is left. */
#define ROUNDS_MAX 600u
/* Functions that a trail may return from beyond the one it began in. */
#define DEPTH_MAX 3u
#define CALLERS_MAX 4u
#define TARGETS_MAX 64u

struct visit {
    uint32_t pc;
    uint16_t taken, passed;
};

struct trail {
    uint32_t reading, pc;
    unsigned it, depth;
    unsigned visits; /* the next one's place */
    struct visit visit[VISITS];
    struct flow_state state; /* the last: copies are cut to its slots */
};

struct walk {
    struct flow *f;
    struct trail now;
    struct trail *pending[PENDING_MAX];
    unsigned count;
};

/* A trail that is gone later: like the one under way, with another state, elsewhere. */
static void part(struct walk *w, const struct flow_state *s, uint32_t pc)
{
    size_t used = offsetof(struct flow_state, slot) + s->slot_count * sizeof *s->slot;
    size_t head = offsetof(struct trail, state);
    struct trail *t = w->count < PENDING_MAX ? malloc(head + used) : NULL;
    if (t == NULL) {
        w->f->trails->gave_up = true;
        return;
    }
    memcpy(t, &w->now, head);
    memcpy((char *)t + head, s, used);
    t->pc = pc;
    w->pending[w->count++] = t;
}

static bool resume(struct walk *w)
{
    if (w->count == 0) {
        return false;
    }
    struct trail *t = w->pending[--w->count];
    size_t head = offsetof(struct trail, state);
    memcpy(&w->now, t, head);
    flow_state_copy(&w->now.state, &t->state);
    free(t);
    return true;
}

/* ---- branches ---- */

static struct visit *visit_of(struct trail *t)
{
    for (unsigned i = 0; i < VISITS; i++) {
        if (t->visit[i].pc == t->pc) {
            return &t->visit[i];
        }
    }
    struct visit *v = &t->visit[t->visits++ % VISITS];
    *v = (struct visit){.pc = t->pc};
    return v;
}

/* Of what may be, what is still worth it. A loop that goes round too often is left. */
static struct flow_maybe choose(struct trail *t, struct flow_maybe maybe)
{
    struct visit *v = visit_of(t);
    if (maybe.yes && maybe.no) {
        maybe = (struct flow_maybe){v->taken < TRIES_MAX, v->passed < TRIES_MAX};
    } else if ((maybe.yes && v->taken >= ROUNDS_MAX) || (maybe.no && v->passed >= ROUNDS_MAX)) {
        maybe = (struct flow_maybe){maybe.no, maybe.yes};
    }
    v->taken = (uint16_t)(v->taken + (maybe.yes && v->taken < UINT16_MAX));
    v->passed = (uint16_t)(v->passed + (maybe.no && v->passed < UINT16_MAX));
    return maybe;
}

/* True: it goes on there. */
static bool jump(struct walk *w, uint32_t target)
{
    w->now.pc = target & ~1u;
    w->now.it = 0;
    return flow_region_of(w->f->program, w->now.pc, 2) != NULL &&
           flow_trail_is_new(w->f, w->now.reading, w->now.pc, &w->now.state);
}

static bool branch(struct walk *w, const struct flow_insn *i)
{
    struct flow_table *t = &w->f->table;
    if (i->condition == FLOW_ALWAYS) {
        return jump(w, i->imm);
    }
    struct flow_maybe maybe = choose(&w->now, flow_condition(t, &w->now.state, i->condition));
    if (maybe.yes && maybe.no) {
        struct flow_state passed = w->now.state;
        flow_refine(t, &passed, i->condition ^ 1u);
        part(w, &passed, w->now.pc + i->length);
    }
    if (!maybe.yes && !maybe.no) {
        return false;
    }
    flow_refine(t, &w->now.state, maybe.yes ? i->condition : i->condition ^ 1u);
    return jump(w, maybe.yes ? i->imm : w->now.pc + i->length);
}

static bool branch_zero(struct walk *w, const struct flow_insn *i)
{
    struct flow_table *t = &w->f->table;
    struct flow_maybe zero = flow_is_zero(t, flow_reg(w->f, &w->now.state, i->rn));
    struct flow_maybe maybe =
        choose(&w->now, i->negate ? (struct flow_maybe){zero.no, zero.yes} : zero);
    if (maybe.yes && maybe.no) {
        struct flow_state passed = w->now.state;
        flow_refine_zero(t, &passed, i->rn, i->negate);
        part(w, &passed, w->now.pc + i->length);
    }
    if (!maybe.yes && !maybe.no) {
        return false;
    }
    flow_refine_zero(t, &w->now.state, i->rn, maybe.yes ? !i->negate : i->negate);
    return jump(w, maybe.yes ? i->imm : w->now.pc + i->length);
}

static bool branch_table(struct walk *w, const struct flow_insn *i)
{
    struct flow *f = w->f;
    uint32_t base = f->pc + 4u, end = UINT32_MAX, index = 0, half, targets[TARGETS_MAX];
    unsigned count = 0;
    bool exact = flow_value_constant(&f->table, flow_reg(f, &w->now.state, i->rm), &index);
    if (i->rn != FLOW_PC &&
        !flow_value_constant(&f->table, flow_reg(f, &w->now.state, i->rn), &base)) {
        return false;
    }
    for (uint32_t k = exact ? index : 0; count < (exact ? 1u : TARGETS_MAX); k++) {
        if (base + k * i->size >= end ||
            !flow_read(f->program, base + k * i->size, i->size, &half)) {
            break;
        }
        targets[count++] = base + 2u * half;
        end = targets[count - 1] < end && targets[count - 1] > base ? targets[count - 1] : end;
    }
    for (unsigned k = 1; k < count; k++) {
        part(w, &w->now.state, targets[k]);
    }
    return count > 0 && jump(w, targets[0]);
}

/* ---- calls ---- */

static void forget_call(struct walk *w)
{
    static const uint8_t lost[] = {0, 1, 2, 3, 12};
    for (unsigned i = 0; i < sizeof lost; i++) {
        flow_set_reg(&w->now.state, lost[i], FLOW_ANYTHING);
    }
    w->now.state.flags = (struct flow_flags){.reg = FLOW_NO_REG};
}

static bool skip_call(struct walk *w, uint32_t next)
{
    forget_call(w);
    w->now.pc = next;
    w->now.it = 0;
    return true;
}

static bool call(struct walk *w, uint32_t target, uint32_t next)
{
    struct flow *f = w->f;
    if (flow_region_of(f->program, target & ~1u, 2) == NULL) {
        return skip_call(w, next);
    }
    flow_set_reg(&w->now.state, FLOW_LR, flow_value_of(&f->table, flow_constant(next | 1u)));
    return jump(w, target);
}

static bool call_value(struct walk *w, flow_value v, uint32_t next)
{
    const struct flow_set set = *flow_set(&w->f->table, v);
    const struct flow_state before = w->now.state;
    for (unsigned i = 1; i < set.count; i++) {
        if (flow_is_constant(set.one[i]) && call(w, set.one[i].value, next)) {
            part(w, &w->now.state, w->now.pc);
            w->now.state = before;
        }
    }
    if (flow_is_constant(set.one[0])) {
        return call(w, set.one[0].value, next);
    }
    return skip_call(w, next);
}

/* What the function returns to whom the data flow knows to call it. Struct pointers are the callee's stack. */
static void return_to(struct walk *w, const struct flow_caller *caller)
{
    struct flow *f = w->f;
    struct flow_insn i;
    const struct flow_state *there = f->leaders[caller->leader].state;
    struct flow_state s;
    if (f->leaders[caller->leader].pc != caller->pc || !flow_fetch(f, caller->pc, &i)) {
        return;
    }
    if (i.op != FLOW_CALL && i.op != FLOW_CALL_REG) {
        return;
    }
    const flow_value returned = w->now.state.reg[0];
    const struct flow_set *set = flow_set(&f->table, returned);
    flow_state_copy(&s, there);
    s.files = w->now.state.files;
    for (unsigned reg = 0; reg < 4; reg++) {
        flow_set_reg(&s, reg, FLOW_ANYTHING);
    }
    flow_set_reg(&s, 0, set->one[0].kind <= FLOW_BASE ? returned : FLOW_ANYTHING);
    s.flags = (struct flow_flags){.reg = FLOW_NO_REG};
    const struct trail callee = w->now;
    w->now.reading = caller->reading;
    w->now.depth++;
    part(w, &s, caller->pc + i.length);
    w->now = callee;
}

static void return_to_callers(struct walk *w)
{
    const struct flow_reading *r = &w->f->readings[w->now.reading];
    for (size_t i = 0; w->now.depth < DEPTH_MAX && i < r->caller_count && i < CALLERS_MAX; i++) {
        return_to(w, &r->callers[i]);
    }
}

static bool jump_to_value(struct walk *w, flow_value v, bool is_tail)
{
    const struct flow_set set = *flow_set(&w->f->table, v);
    uint32_t back;
    for (unsigned i = 1; i < set.count; i++) {
        if (flow_is_constant(set.one[i])) {
            part(w, &w->now.state, set.one[i].value & ~1u);
        }
    }
    if (flow_is_constant(set.one[0])) {
        return jump(w, set.one[0].value);
    }
    if (set.one[0].kind == FLOW_RETURN) {
        return_to_callers(w);
    } else if (is_tail && flow_value_constant(&w->f->table, w->now.state.reg[FLOW_LR], &back)) {
        forget_call(w);
        return jump(w, back);
    }
    return false;
}

/* LDR PC, POP with PC: the highest register is at the highest address. */
static bool load_pc(struct walk *w, const struct flow_insn *i)
{
    struct flow *f = w->f;
    struct flow_state *s = &w->now.state;
    flow_value at = flow_address(f, s, i);
    if (i->op == FLOW_MULTIPLE) {
        uint32_t last = i->pre ? 0u - 4u : 4u * ((uint32_t)__builtin_popcount(i->list) - 1u);
        at = flow_combine(f, FLOW_ADD, flow_reg(f, s, i->rn),
                          flow_value_of(&f->table, flow_constant(last)));
    }
    flow_value v = flow_load(f, s, at, 4, false);
    if (i->op == FLOW_MULTIPLE || i->writeback) {
        flow_step(f, s, i);
    }
    return jump_to_value(w, v, false);
}

static bool control(struct walk *w, const struct flow_insn *i)
{
    struct flow_state *s = &w->now.state;
    const uint32_t next = w->now.pc + i->length;
    switch (i->op) {
    case FLOW_BRANCH:
        return branch(w, i);
    case FLOW_BRANCH_ZERO:
        return branch_zero(w, i);
    case FLOW_BRANCH_TABLE:
        return branch_table(w, i);
    case FLOW_CALL:
        return call(w, i->imm, next);
    case FLOW_CALL_REG:
        return call_value(w, flow_reg(w->f, s, i->rm), next);
    case FLOW_BRANCH_REG:
        return jump_to_value(w, flow_reg(w->f, s, i->rm), i->rm != FLOW_LR);
    case FLOW_SUPERVISOR_CALL:
        return skip_call(w, next);
    case FLOW_SINGLE:
    case FLOW_MULTIPLE:
        return load_pc(w, i);
    default:
        return false;
    }
}

/* ---- instructions ---- */

static void advance(struct trail *t, const struct flow_insn *i)
{
    t->pc += i->length;
    t->it = (t->it & 7u) == 0 ? 0 : (t->it & 0xE0u) | (t->it << 1 & 0x1Fu);
}

/* A trail has one file. */
static void part_files(struct walk *w)
{
    struct flow_file_set *files = &w->now.state.files;
    const struct flow_file_set all = *files;
    for (unsigned i = 1; i < all.count; i++) {
        *files = (struct flow_file_set){1, {all.number[i]}};
        part(w, &w->now.state, w->now.pc);
    }
    *files = (struct flow_file_set){1, {all.number[0]}};
}

/* IT: one trail for each way that the block may take. */
static bool begin_it(struct walk *w, const struct flow_insn *i)
{
    struct flow_table *t = &w->f->table;
    const unsigned condition = i->imm >> 4;
    struct flow_maybe maybe = choose(&w->now, flow_condition(t, &w->now.state, condition));
    w->now.pc += i->length;
    w->now.it = i->imm;
    if (maybe.yes && maybe.no) {
        struct flow_state other = w->now.state;
        flow_refine(t, &other, condition ^ 1u);
        part(w, &other, w->now.pc);
    }
    if (maybe.yes || maybe.no) {
        flow_refine(t, &w->now.state, maybe.yes ? condition : condition ^ 1u);
    }
    return maybe.yes || maybe.no;
}

static bool step(struct walk *w, struct flow_insn *i)
{
    struct trail *t = &w->now;
    if (i->op == FLOW_IF_THEN) {
        return begin_it(w, i);
    }
    if (t->it != 0) {
        struct flow_maybe maybe = flow_condition(&w->f->table, &t->state, t->it >> 4);
        i->sets_flags &= !i->narrow_flags;
        if (!maybe.yes) {
            advance(t, i);
            return true;
        }
        if (maybe.no) { /* what was compared is compared anew within the block */
            const struct trail before = *t;
            advance(t, i);
            part(w, &t->state, t->pc);
            *t = before;
        }
    }
    if (flow_is_control(i)) {
        return control(w, i);
    }
    flow_step(w->f, &t->state, i);
    advance(t, i);
    if (t->state.files.count > 1) {
        part_files(w);
    }
    return true;
}

static void go(struct walk *w)
{
    struct flow *f = w->f;
    struct flow_trails *trails = f->trails;
    for (bool goes_on = true; goes_on;) {
        if (trails->steps_of_one == 0 || trails->steps == 0) {
            trails->gave_up = true;
            return;
        }
        struct flow_insn i;
        f->pc = w->now.pc;
        f->reading = w->now.reading;
        trails->steps--;
        trails->steps_of_one--;
        if (!flow_fetch(f, f->pc, &i)) {
            return;
        }
        goes_on = step(w, &i);
    }
}

void flow_trail_walk(struct flow *f, const struct flow_start *start, uint16_t file)
{
    struct walk *w = calloc(1, sizeof *w);
    if (w == NULL) {
        f->failed = true;
        return;
    }
    w->f = f;
    w->now.reading = start->reading;
    part(w, start->state, start->pc);
    (void)resume(w);
    w->now.state.files = (struct flow_file_set){1, {file}};
    do {
        go(w);
    } while (resume(w));
    free(w);
}
