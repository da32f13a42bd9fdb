/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Runs from a leader until the ways part, meet others, or end. */
#include "check/flow_trail.h"

/* Entries of a jump table. */
#define TABLE_MAX 512u

/* Ways of one run that part: at IT blocks, since what one block chooses may belong to what the next one does;
 * behind calls; and where registers are read that hold different things on them. */
#define FORKS_MAX 12u

struct run {
    uint32_t pc;
    unsigned it; /* ITSTATE (DDI 0403 B1.4.2): 0 outside of a block */
    struct flow_state state;
};

struct forks {
    struct run way[FORKS_MAX];
    unsigned count, left; /* that wait; that may still be made */
};

static void copy_run(struct run *to, const struct run *from)
{
    to->pc = from->pc;
    to->it = from->it;
    flow_state_copy(&to->state, &from->state);
}

/* One more that waits. */
static struct run *add_fork(struct forks *forks, const struct run *from)
{
    struct run *other = &forks->way[forks->count++];
    forks->left--;
    copy_run(other, from);
    return other;
}

/* Another function's begin: the jump is a call, and what it returns is returned. */
static bool is_tail_call(const struct flow *f, uint32_t target)
{
    const struct flow_program *p = f->program;
    uint32_t there = 0, here = 0;
    if (target == f->readings[f->reading].entry) {
        return false;
    }
    if (p->function != NULL && p->function(p->context, target, &there)) {
        return there == target && !(p->function(p->context, f->pc, &here) && here == target);
    }
    return flow_known_entry(f, target);
}

static void call_and_return(struct flow *f, struct flow_state *s, uint32_t target)
{
    if (!flow_call(f, s, target)) {
        return;
    }
    struct flow_state way;
    flow_state_copy(&way, s);
    if (!flow_way_back(f, &way, 0)) {
        flow_return(f, s);
    }
    for (unsigned i = 0; flow_way_back(f, &way, i); i++) {
        const uint32_t called = f->called;
        flow_return(f, &way);
        f->called = called;
    }
}

/* Calls start at leaders of their own, since they are run again when the callee returns. True: it does. */
static bool is_at_leader(struct flow *f, const struct flow_state *s)
{
    if (f->leaders[f->leader].pc == f->pc) {
        return true;
    }
    flow_reach(f, f->reading, f->pc, s);
    return false;
}

static void jump(struct flow *f, struct flow_state *s, uint32_t target)
{
    if (flow_region_of(f->program, target, 2) ==
        NULL) { /* what is there is not known: it may return */
        flow_call_unknown(f, s);
        flow_return(f, s);
    } else if (!is_tail_call(f, target)) {
        flow_reach(f, f->reading, target, s);
    } else if (is_at_leader(f, s)) {
        call_and_return(f, s, target);
    }
}

/* BX, MOV PC, LDR PC: to whatever the register holds. What is not known is the way back, or another function. */
static void jump_to_value(struct flow *f, const struct flow_state *s, flow_value v, bool is_return)
{
    struct flow_set set = *flow_set(&f->table, v);
    for (unsigned i = 0; i < set.count; i++) {
        struct flow_state way;
        flow_state_copy(&way, s);
        if (flow_is_constant(set.one[i])) {
            jump(f, &way, set.one[i].value & ~1u);
            continue;
        }
        if (set.one[i].kind != FLOW_RETURN && !is_return) {
            flow_call_unknown(f, &way);
        }
        flow_return(f, &way);
    }
}

static void call_value(struct flow *f, const struct flow_state *s, flow_value v, uint32_t next)
{
    struct flow_set set = *flow_set(&f->table, v);
    for (unsigned i = 0; i < set.count; i++) {
        struct flow_state way;
        flow_state_copy(&way, s);
        bool returns = true;
        if (flow_is_constant(set.one[i])) {
            returns = flow_call(f, &way, set.one[i].value & ~1u);
        } else {
            flow_call_unknown(f, &way);
        }
        if (returns) {
            flow_reach(f, f->reading, next, &way);
        }
    }
}

/* TBB, TBH: the table stands behind the jump, and ends before the first of its targets. */
static void jump_by_table(struct flow *f, const struct flow_state *s, const struct flow_insn *i)
{
    uint32_t base = f->pc + 4u, end = UINT32_MAX, index = 0, half;
    bool exact = flow_value_constant(&f->table, flow_reg(f, s, i->rm), &index);
    if (i->rn != FLOW_PC && !flow_value_constant(&f->table, flow_reg(f, s, i->rn), &base)) {
        return;
    }
    for (uint32_t k = exact ? index : 0; k < TABLE_MAX && base + k * i->size < end; k++) {
        if (!flow_read(f->program, base + k * i->size, i->size, &half)) {
            break;
        }
        uint32_t target = f->pc + 4u + 2u * half;
        end = target < end && target > base ? target : end;
        flow_reach(f, f->reading, target, s);
        if (exact) {
            break;
        }
    }
}

/* LDR PC, [table, index]: words that are odd addresses of code. */
static void jump_by_words(struct flow *f, const struct flow_state *s, uint32_t base)
{
    uint32_t word;
    for (uint32_t k = 0; k < TABLE_MAX; k++) {
        if (!flow_read(f->program, base + 4 * k, 4, &word) || (word & 1u) == 0 ||
            flow_region_of(f->program, word & ~1u, 2) == NULL) {
            break;
        }
        flow_reach(f, f->reading, word & ~1u, s);
    }
}

static void load_pc(struct flow *f, struct flow_state *s, const struct flow_insn *i)
{
    const struct flow_set at = *flow_set(&f->table, flow_address(f, s, i));
    flow_value v = flow_load(f, s, flow_address(f, s, i), 4, false);
    if (i->writeback) {
        flow_step(f, s, i);
    }
    if (at.count == 1 && at.one[0].kind == FLOW_BASE) {
        jump_by_words(f, s, at.one[0].value);
    } else {
        jump_to_value(f, s, v, i->rn == FLOW_SP);
    }
}

/* A branch with a condition: both ways, as far as they are possible. True: it goes on behind it. */
static bool branch(struct flow *f, struct run *r, const struct flow_insn *i)
{
    struct flow_maybe maybe = flow_condition(&f->table, &r->state, i->condition);
    if (maybe.yes) {
        struct flow_state taken;
        flow_state_copy(&taken, &r->state);
        flow_refine(&f->table, &taken, i->condition);
        if (is_tail_call(f, i->imm) && !is_at_leader(f, &r->state)) {
            return false;
        }
        jump(f, &taken, i->imm);
    }
    if (maybe.no) {
        flow_refine(&f->table, &r->state, i->condition ^ 1u);
    }
    return maybe.no;
}

static bool branch_zero(struct flow *f, struct run *r, const struct flow_insn *i)
{
    struct flow_maybe zero = flow_is_zero(&f->table, flow_reg(f, &r->state, i->rn));
    bool taken = i->negate ? zero.no : zero.yes;
    bool passed = i->negate ? zero.yes : zero.no;
    if (taken) {
        struct flow_state s;
        flow_state_copy(&s, &r->state);
        flow_refine_zero(&f->table, &s, i->rn, !i->negate);
        flow_reach(f, f->reading, i->imm, &s);
    }
    flow_refine_zero(&f->table, &r->state, i->rn, i->negate);
    return passed;
}

static void advance(struct run *r, const struct flow_insn *i)
{
    r->pc += i->length;
    r->it = (r->it & 7u) == 0 ? 0 : (r->it & 0xE0u) | (r->it << 1 & 0x1Fu);
}

/* Behind a call: each way back by itself, as far as that is affordable, since what is returned tells what was
 * done. */
static void fork_ways(struct flow *f, struct run *r, struct forks *forks, const struct flow_insn *i)
{
    const unsigned ways = flow_ways_back(f);
    if (ways == 0 || ways > forks->left) { /* there are more */
        return;
    }
    for (unsigned k = 1; k < ways; k++) {
        struct run *other = add_fork(forks, r); /* which still has what all ways leave */
        advance(other, i);
        (void)flow_way_back(f, &other->state, k);
    }
    (void)flow_way_back(f, &r->state, 0);
}

/* True: it goes on behind the instruction. */
static bool control(struct flow *f, struct run *r, struct forks *forks, const struct flow_insn *i)
{
    struct flow_state *s = &r->state;
    switch (i->op) {
    case FLOW_BRANCH:
        return branch(f, r, i);
    case FLOW_BRANCH_ZERO:
        return branch_zero(f, r, i);
    case FLOW_CALL:
        if (!is_at_leader(f, s) || !flow_call(f, s, i->imm)) {
            return false;
        }
        fork_ways(f, r, forks, i);
        return true;
    case FLOW_CALL_REG:
        if (is_at_leader(f, s)) {
            call_value(f, s, flow_reg(f, s, i->rm), f->pc + i->length);
        }
        return false;
    case FLOW_BRANCH_REG:
        jump_to_value(f, s, flow_reg(f, s, i->rm), i->rm == FLOW_LR);
        return false;
    case FLOW_BRANCH_TABLE:
        jump_by_table(f, s, i);
        return false;
    case FLOW_SUPERVISOR_CALL:
        flow_call_unknown(f, s);
        return true;
    case FLOW_SINGLE:
        load_pc(f, s, i);
        return false;
    case FLOW_MULTIPLE:
        flow_step(f, s, i);
        flow_return(f, s);
        return false;
    default:
        return false; /* UNDEFINED: a fault */
    }
}

static void note_registers(struct flow *f, const struct flow_insn *i)
{
    struct flow_reading *r = &f->readings[f->reading];
    r->writes = (uint16_t)(r->writes | flow_writes(i));
}

/* In an IT block: may it be executed? `skipped`: may it not? */
static bool passes_it(struct flow *f, struct run *r, struct flow_insn *i, bool *skipped)
{
    struct flow_maybe maybe = {true, false};
    if (r->it != 0) {
        maybe = flow_condition(&f->table, &r->state, r->it >> 4);
        i->sets_flags &= !i->narrow_flags;
    }
    *skipped = maybe.no;
    return maybe.yes;
}

/* IT: the block is gone through for each way that its condition may take, as far as that is affordable. */
static void begin_it(struct flow *f, struct run *r, struct forks *forks, const struct flow_insn *i)
{
    unsigned condition = i->imm >> 4;
    struct flow_maybe maybe = flow_condition(&f->table, &r->state, condition);
    r->pc += i->length;
    r->it = i->imm;
    if (maybe.yes && maybe.no && forks->left > 0) {
        struct run *other = add_fork(forks, r);
        flow_refine(&f->table, &other->state, condition ^ 1u);
        flow_refine(&f->table, &r->state, condition);
    }
}

/* A register is read: those files go on together that hold the same there. */
static void split_files(struct flow *f, struct run *r, struct forks *forks,
                        const struct flow_insn *i)
{
    struct flow_file_set rest;
    uint32_t address;
    if (i->op != FLOW_SINGLE || !i->load || r->state.files.count < 2 ||
        !flow_value_constant(&f->table, flow_address(f, &r->state, i), &address)) {
        return;
    }
    while (forks->left > 0 && flow_part_files(f, &r->state.files, &rest, address)) {
        (void)add_fork(forks, r);
        r->state.files = rest;
    }
}

/* One instruction. False: the run ends. */
static bool step(struct flow *f, struct run *r, struct forks *forks, struct flow_insn *i)
{
    bool skipped;
    unsigned condition = r->it >> 4;
    if (i->op == FLOW_IF_THEN) {
        begin_it(f, r, forks, i);
        return true;
    }
    if (!passes_it(f, r, i, &skipped)) {
        advance(r, i);
        return true;
    }
    note_registers(f, i);
    split_files(f, r, forks, i);
    struct flow_state before;
    if (skipped) {
        flow_state_copy(&before, &r->state);
        flow_refine(&f->table, &before, condition ^ 1u);
        flow_refine(&f->table, &r->state, condition);
    }
    if (flow_is_control(i)) {
        if (skipped) {
            flow_reach(f, f->reading, r->pc + i->length, &before);
        }
        bool goes_on = control(f, r, forks, i);
        advance(r, i);
        return goes_on;
    }
    flow_step(f, &r->state, i);
    if (skipped) {
        flow_state_join(&f->table, &r->state, &before, false);
    }
    advance(r, i);
    return true;
}

/* To the next leader, or the end. */
static void run_way(struct flow *f, struct run *r, struct forks *forks)
{
    uint32_t begin = f->leaders[f->leader].pc;
    for (bool goes_on = true; goes_on;) {
        struct flow_insn i;
        if (f->trails != NULL && f->pc != r->pc && r->it == 0 && r->pc != begin) {
            flow_trails_note(f, f->reading, f->pc, r->pc, &r->state);
        }
        f->pc = r->pc;
        if (r->pc != begin && r->it == 0 && flow_is_leader(f, f->reading, r->pc)) {
            flow_reach(f, f->reading, r->pc, &r->state);
            return;
        }
        if (f->steps++ >= f->steps_max) {
            f->failed = true;
            return;
        }
        if (!flow_fetch(f, r->pc, &i)) {
            return;
        }
        goes_on = step(f, r, forks, &i);
    }
}

/* What callers of the reading under way ask of it. */
struct effects {
    uint16_t writes;
    bool stores_file, stores_wild;
};

static struct effects effects_of(const struct flow *f)
{
    const struct flow_reading *r = &f->readings[f->reading];
    return (struct effects){r->writes, r->stores_file, r->stores_wild};
}

void flow_run(struct flow *f)
{
    const struct flow_leader *l = &f->leaders[f->leader];
    struct run r;
    struct forks forks;
    forks.count = 0;
    forks.left = FORKS_MAX;
    r.pc = l->pc;
    r.it = 0;
    f->reading = l->reading;
    flow_state_copy(&r.state, l->state);
    const struct effects before = effects_of(f);
    run_way(f, &r, &forks);
    while (forks.count > 0 && !f->failed) {
        copy_run(&r, &forks.way[--forks.count]);
        run_way(f, &r, &forks);
    }
    const struct effects now = effects_of(f);
    if (now.writes != before.writes || now.stores_file != before.stores_file ||
        now.stores_wild != before.stores_wild) {
        flow_enqueue_callers(f, f->reading);
    }
}
