/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/cpu/armv7m/round.h"

#include <string.h>

#include "vboard/cpu/armv7m/code.h"
#include "vboard/cpu/armv7m/memory.h"
#include "vboard/cpu/armv7m/round_kinds.h"
#include "vboard/cpu/armv7m/round_value.h"

/* ---- values ---- */

static struct round_value made_from(uint64_t sources)
{
    return (struct round_value){.of = ROUND_NONE, .bits = 32, .rest = sources};
}

static struct round_value sum(struct round_value v, uint32_t more, uint64_t with)
{
    v.plus += more;
    v.rest |= with;
    return v;
}

static struct round_value narrowed(struct round_value v, unsigned bits)
{
    v.bits = (uint8_t)(v.bits < bits ? v.bits : bits);
    return v;
}

/* ---- registers ---- */

/* PC is the same each time. */
static struct round_value get(struct round *r, unsigned reg)
{
    if (reg >= ROUND_REGISTERS) {
        return made_from(0);
    }
    r->asked |= round_sources(r->now[reg]);
    return r->now[reg];
}

static void set(struct round *r, unsigned reg, struct round_value v)
{
    if (reg < ROUND_REGISTERS) {
        r->now[reg] = v;
    } else {
        r->decides |= round_sources(v); /* a branch */
    }
}

/* ---- memory ---- */

static unsigned find_cell(struct round *r, uint32_t address, unsigned size)
{
    for (unsigned n = 0; n < r->cell_count; n++) {
        const struct round_cell *cell = &r->cells[n];
        if (cell->address == address && cell->size == size) {
            return n;
        }
        if (cell->address < address + size && address < cell->address + cell->size) {
            r->lost = true; /* in part */
        }
    }
    return r->cell_count;
}

/* Its source; ROUND_NONE, and the round is lost, if it cannot be followed. */
static unsigned cell_at(struct core *c, uint32_t address, unsigned size)
{
    struct round *r = &c->round;
    unsigned n = find_cell(r, address, size);
    if (r->lost || n == ROUND_CELLS) {
        r->lost = true;
        return ROUND_NONE;
    }
    if (n == r->cell_count) {
        struct round_cell *cell = &r->cells[r->cell_count++];
        *cell = (struct round_cell){.address = address, .size = size};
        cell->plain = round_look(c, address, size, &cell->before);
        r->now[ROUND_CELLS_AT + n] =
            (struct round_value){.of = (uint8_t)(ROUND_CELLS_AT + n), .bits = (uint8_t)(8 * size)};
    }
    return ROUND_CELLS_AT + n;
}

/* Read twice, it would hold two things. */
static void count_cycles(struct round *r, struct round_cell *cell)
{
    r->lost = r->lost || cell->counts || cell->size != 4;
    cell->counts = true;
}

static struct round_value load(struct core *c, uint32_t address, unsigned size)
{
    struct round *r = &c->round;
    unsigned source = cell_at(c, address, size);
    if (source == ROUND_NONE) {
        return made_from(0);
    }
    if (address == ENGINE_CYCLE_COUNTER) {
        count_cycles(r, &r->cells[source - ROUND_CELLS_AT]);
    }
    r->asked |= round_sources(r->now[source]);
    return r->now[source];
}

static void store(struct core *c, uint32_t address, unsigned size, struct round_value v)
{
    struct round *r = &c->round;
    unsigned source = cell_at(c, address, size);
    if (source == ROUND_NONE) {
        return;
    }
    r->lost = r->lost || !r->cells[source - ROUND_CELLS_AT].plain;
    r->now[source] = narrowed(v, 8 * size);
}

/* ---- instructions ---- */

static unsigned size_of(unsigned how)
{
    return (how & ROUND_BYTE) != 0 ? 1 : (how & ROUND_HALF) != 0 ? 2 : 4;
}

/* n, plus an offset or another register; whatever they are made from decides. */
static uint32_t address_by(struct core *c, const struct round_part *p)
{
    struct round *r = &c->round;
    const struct insn *i = &p->insn;
    bool by_sum = p->kind == ROUND_LOADS_AT_SUM || p->kind == ROUND_STORES_AT_SUM;
    r->decides |= round_sources(get(r, i->n));
    if (by_sum) {
        r->decides |= round_sources(get(r, i->m));
        return c->r[i->n] + (c->r[i->m] << i->amount);
    }
    return c->r[i->n] + ((p->how & ROUND_BACK) != 0 ? 0 : i->imm);
}

static void write_back(struct core *c, const struct round_part *p)
{
    if ((p->how & (ROUND_BACK | ROUND_BACK_FIRST)) != 0) {
        set(&c->round, p->insn.n, sum(get(&c->round, p->insn.n), p->insn.imm, 0));
    }
}

static void follow_load(struct core *c, const struct round_part *p)
{
    struct round_value v = load(c, address_by(c, p), size_of(p->how));
    write_back(c, p);
    set(&c->round, p->insn.a, v);
}

static void follow_store(struct core *c, const struct round_part *p)
{
    uint32_t address = address_by(c, p);
    struct round_value v = get(&c->round, p->insn.a);
    write_back(c, p);
    store(c, address, size_of(p->how), v);
}

static void follow_pair(struct core *c, const struct round_part *p)
{
    uint32_t address = address_by(c, p);
    const unsigned regs[2] = {p->insn.d, p->insn.a};
    for (unsigned n = 0; n < 2; n++) {
        if (p->kind == ROUND_LOADS_PAIR) {
            set(&c->round, regs[n], load(c, address + 4 * n, 4));
        } else {
            store(c, address + 4 * n, 4, get(&c->round, regs[n]));
        }
    }
}

/* `imm` is 4 times the number of registers. A loaded base wins over writing it back. */
static void follow_list(struct core *c, const struct round_part *p)
{
    struct round *r = &c->round;
    const struct insn *i = &p->insn;
    bool down = (p->how & ROUND_DOWN) != 0;
    uint32_t address = c->r[i->n] - (down ? i->imm : 0);
    struct round_value base = get(r, i->n);
    r->decides |= round_sources(base);
    if ((p->how & ROUND_BACK) != 0 && p->kind == ROUND_LOADS_LIST) {
        set(r, i->n, sum(base, i->imm, 0));
    }
    for (uint32_t list = i->list; list != 0; list &= list - 1u, address += 4) {
        unsigned reg = (unsigned)__builtin_ctz(list);
        if (p->kind == ROUND_LOADS_LIST) {
            set(r, reg, load(c, address, 4));
        } else {
            store(c, address, 4, get(r, reg));
        }
    }
    if ((p->how & ROUND_BACK) != 0 && p->kind == ROUND_STORES_LIST) {
        set(r, i->n, sum(base, down ? 0u - i->imm : i->imm, 0));
    }
}

/* A sum with a register that does not move is one with a constant. */
static struct round_value sum_of(const struct core *c, struct round_value n, struct round_value m,
                                 const struct round_part *p)
{
    uint32_t other = c->r[p->insn.m];
    if (p->kind == ROUND_SUBTRACTS_REGISTER) {
        return sum(n, 0u - other, round_sources(m));
    }
    if (n.of == ROUND_NONE && m.of != ROUND_NONE) {
        return sum(m, c->r[p->insn.n], round_sources(n));
    }
    return sum(n, other, round_sources(m));
}

/* What rd becomes; `from`: all that it is made from. */
static struct round_value result_of(struct core *c, const struct round_part *p, uint64_t *from)
{
    struct round *r = &c->round;
    const struct insn *i = &p->insn;
    bool uses_n = p->kind != ROUND_MOVES && p->kind != ROUND_NARROWS_8 &&
                  p->kind != ROUND_NARROWS_16 && p->kind != ROUND_MAKES_M &&
                  p->kind != ROUND_MAKES_D;
    bool uses_m = p->kind != ROUND_ADDS && p->kind != ROUND_SUBTRACTS && p->kind != ROUND_MAKES_N &&
                  p->kind != ROUND_COMPARES && p->kind != ROUND_MAKES_D;
    struct round_value n = uses_n ? get(r, i->n) : made_from(0);
    struct round_value m = uses_m ? get(r, i->m) : made_from(0);
    *from = round_sources(n) | round_sources(m);
    r->lost = r->lost || (uses_n && i->n == PC) || (uses_m && i->m == PC);
    switch (p->kind) {
    case ROUND_ADDS:
        return sum(n, i->imm, 0);
    case ROUND_SUBTRACTS:
        return sum(n, 0u - i->imm, 0);
    case ROUND_ADDS_REGISTER:
    case ROUND_SUBTRACTS_REGISTER:
        return sum_of(c, n, m, p);
    case ROUND_MOVES:
        return m;
    case ROUND_NARROWS_8:
        return narrowed(m, 8);
    case ROUND_NARROWS_16:
        return narrowed(m, 16);
    case ROUND_MAKES_D:
        *from = round_sources(get(r, i->d));
        return made_from(*from);
    default:
        return made_from(*from);
    }
}

/* CMP, or a subtraction with flags: what is subtracted from what. */
static void note_comparison(const struct core *c, struct round *r, const struct round_part *p)
{
    const struct insn *i = &p->insn;
    bool by_register = p->kind == ROUND_COMPARES_REGISTER || p->kind == ROUND_SUBTRACTS_REGISTER;
    r->flags_compare = by_register || p->kind == ROUND_COMPARES || p->kind == ROUND_SUBTRACTS;
    if (r->flags_compare) {
        r->compared = (struct round_question){.left = get(r, i->n),
                                              .right = by_register ? get(r, i->m) : made_from(0),
                                              .x = c->r[i->n],
                                              .y = by_register ? c->r[i->m] : i->imm};
    }
}

static void set_flags(const struct core *c, struct round *r, const struct round_part *p,
                      uint64_t from, bool in_it)
{
    bool all = (p->how & ROUND_FLAGS) != 0 && !in_it;
    if ((p->how & (ROUND_FLAGS | ROUND_SOME)) == 0) {
        return;
    }
    uint64_t old = all ? 0 : round_sources(r->now[ROUND_FLAGS_AT]);
    r->asked |= old;
    r->now[ROUND_FLAGS_AT] = made_from(from | old);
    r->flags_compare = false;
    if (all) {
        note_comparison(c, r, p);
    }
}

static void follow_data(struct core *c, const struct round_part *p, bool in_it)
{
    uint64_t from = 0;
    struct round_value v = p->kind == ROUND_CONSTANT ? made_from(0) : result_of(c, p, &from);
    set_flags(c, &c->round, p, from, in_it); /* while n and m are what they were */
    if ((p->how & ROUND_D) != 0) {
        set(&c->round, p->insn.d, v);
    }
}

/* A branch by the flags. */
static void ask(const struct core *c, struct round *r, const struct round_part *p)
{
    uint64_t from = round_sources(r->now[ROUND_FLAGS_AT]);
    r->asked |= from;
    if (!r->flags_compare || p->kind == ROUND_ASKS || r->question_count == ROUND_QUESTIONS) {
        r->decides |= from;
        return;
    }
    struct round_question q = r->compared;
    q.cond = p->insn.cond;
    q.taken = condition(c, q.cond);
    r->questions[r->question_count++] = q;
}

static void follow_branch(struct core *c, const struct round_part *p)
{
    struct round *r = &c->round;
    switch (p->kind) {
    case ROUND_BRANCHES_IF:
    case ROUND_ASKS:
        ask(c, r, p);
        break;
    case ROUND_BRANCHES_BY_N:
        r->decides |= round_sources(get(r, p->insn.n));
        break;
    case ROUND_BRANCHES_TO_M:
    case ROUND_CALLS_M:
        r->decides |= round_sources(get(r, p->insn.m));
        break;
    default:
        break;
    }
    if (p->kind == ROUND_CALLS || p->kind == ROUND_CALLS_M) {
        set(r, LR, made_from(0));
    }
}

static void follow(struct core *c, const struct round_part *p, bool in_it)
{
    switch (p->kind) {
    case ROUND_OTHER:
        c->round.lost = true;
        break;
    case ROUND_NOTHING:
        break;
    case ROUND_LOADS:
    case ROUND_LOADS_AT_SUM:
        follow_load(c, p);
        break;
    case ROUND_LOADS_LITERAL:
        set(&c->round, p->insn.a, load(c, p->insn.imm, 4));
        break;
    case ROUND_STORES:
    case ROUND_STORES_AT_SUM:
        follow_store(c, p);
        break;
    case ROUND_LOADS_PAIR:
    case ROUND_STORES_PAIR:
        follow_pair(c, p);
        break;
    case ROUND_LOADS_LIST:
    case ROUND_STORES_LIST:
        follow_list(c, p);
        break;
    case ROUND_BRANCHES:
    case ROUND_BRANCHES_IF:
    case ROUND_ASKS:
    case ROUND_BRANCHES_BY_N:
    case ROUND_BRANCHES_TO_M:
    case ROUND_CALLS:
    case ROUND_CALLS_M:
        follow_branch(c, p);
        break;
    default:
        follow_data(c, p, in_it);
        break;
    }
}

/* The encoding of a decoded instruction; 32 bits with the first halfword on top. */
static uint32_t encoding(const struct core *c, const struct insn *i, bool *wide)
{
    const struct code_page *p = c->page;
    uint16_t half[2];
    *wide = length_of(i) == 2;
    if (!p->whole) {
        return p->straddle_op;
    }
    memcpy(half, p->host + 2 * (i - p->slots), *wide ? 4 : 2);
    return *wide ? (uint32_t)half[0] << 16 | half[1] : half[0];
}

void round_follow(struct core *c, const struct insn *i, bool in_it)
{
    if (c->round.lost) {
        return;
    }
    bool wide;
    uint32_t op = encoding(c, i, &wide);
    struct round_part p = round_part_of(op, wide, address_of(c, i), c->m7);
    follow(c, &p, in_it);
}

/* ---- its begin ---- */

void round_begin(struct core *c)
{
    struct round *r = &c->round;
    *r = (struct round){.on = true, .flags = round_flags(c)};
    memcpy(r->before, c->r, sizeof(r->before));
    for (unsigned s = 0; s < ROUND_CELLS_AT; s++) {
        r->now[s] = (struct round_value){.of = (uint8_t)s, .bits = 32};
    }
}
