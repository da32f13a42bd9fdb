/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * An iteration is executed symbolically: what a register or word holds at its end is what one of them held at
 * its start, plus a constant. A source that anything else is made from must be such a sum of itself; it
 * then changes by the same amount each time round, and with it the difference that the branch asks about.
 * How often the branch is taken follows. Everything but these sources (flags, copies) is made anew by the
 * iteration that is executed after those that were skipped, and that one is not interrupted.
 */
#include "vboard/cpu/armv7m/counting.h"

#include "vboard/cpu/armv7m/advance.h"
#include "vboard/cpu/armv7m/memory.h"
#include "vboard/cpu/armv7m/times.h"

#define MAX_SLOTS 24u /* of a body */
#define MAX_WORDS 3u
#define SOURCES (16u + MAX_WORDS)
#define CONSTANT 31u
#define WORTH 4u /* iterations: to look at a body costs as much as to execute one or two */
/* So many times the branch is taken before its loop is looked at again. */
#define PAUSE 8u
#define LONG_PAUSE 1000u /* it does more than count, or on other memory */

/* A value: that of a register, or 16 + a word, at the iteration's start, plus a constant. */
struct term {
    unsigned of;
    uint32_t plus;
};

/* The branch, and the page it lies in. */
struct counting_end {
    const struct insn *branch;
    const struct code_page *page;
};

struct iteration {
    struct term now[SOURCES];
    uint32_t words[MAX_WORDS]; /* addresses */
    unsigned word_count;
    bool stored[MAX_WORDS];
    uint32_t bases; /* registers that addresses are made from, a bit each */
    struct term left, right;
    bool compared; /* the flags are those of left - right */
    unsigned length;
};

bool counting_is_possible(unsigned slots)
{
    return slots <= MAX_SLOTS;
}

/* ---- the body ---- */

static struct term sum(struct term t, uint32_t more)
{
    return (struct term){t.of, t.plus + more};
}

static struct term constant(uint32_t value)
{
    return (struct term){CONSTANT, value};
}

static bool is_base(const struct iteration *b, unsigned reg)
{
    return b->now[reg].of == reg && b->now[reg].plus == 0;
}

/* The word that `i` accesses: its source's number; SOURCES: not one that can be followed. */
static unsigned word_of(const struct core *c, struct iteration *b, const struct insn *i)
{
    uint32_t address = c->r[i->n] + i->imm;
    unsigned w = 0;
    if (!is_base(b, i->n) || fast(&c->readable, address, 4) == NULL) {
        return SOURCES;
    }
    b->bases |= 1u << i->n;
    while (w < b->word_count && b->words[w] != address) {
        w++;
    }
    if (w == MAX_WORDS) {
        return SOURCES;
    }
    if (w == b->word_count) {
        b->words[b->word_count++] = address;
    }
    return 16u + w;
}

static bool load(const struct core *c, struct iteration *b, const struct insn *i)
{
    unsigned word = word_of(c, b, i);
    if (word == SOURCES) {
        return false;
    }
    b->now[i->a] = b->now[word];
    return true;
}

static bool store(const struct core *c, struct iteration *b, const struct insn *i)
{
    unsigned word = word_of(c, b, i);
    if (word == SOURCES || fast(&c->writable, b->words[word - 16u], 4) == NULL) {
        return false;
    }
    b->now[word] = b->now[i->a];
    b->stored[word - 16u] = true;
    return true;
}

static void compare(struct iteration *b, struct term left, struct term right)
{
    b->left = left;
    b->right = right;
    b->compared = true;
}

static bool add(struct iteration *b, const struct insn *i, uint32_t amount)
{
    b->now[i->d] = sum(b->now[i->n], amount);
    return true;
}

/* What one instruction does to the terms. False: not a part of a counting loop. */
static bool follow(const struct core *c, struct iteration *b, const struct insn *i)
{
    if (i->real != NULL || i->d >= SP || i->a >= SP || i->n == PC || i->m == PC) {
        return false;
    }
    switch (INSN_PART(i->flags)) {
    case PART_NOTHING:
        return true;
    case PART_ADDS_FLAGS:
        b->compared = false;
        return add(b, i, i->imm);
    case PART_ADDS:
        return add(b, i, i->imm);
    case PART_SUBTRACTS:
        return add(b, i, 0u - i->imm);
    case PART_SUBTRACTS_FLAGS:
        compare(b, b->now[i->n], constant(i->imm));
        return add(b, i, 0u - i->imm);
    case PART_COMPARES:
        compare(b, b->now[i->n], constant(i->imm));
        return true;
    case PART_COMPARES_REGISTER:
        compare(b, b->now[i->n], b->now[i->m]);
        return true;
    case PART_MOVES:
        b->now[i->d] = b->now[i->m];
        return true;
    case PART_LOADS:
        return load(c, b, i);
    case PART_STORES:
        return store(c, b, i);
    default:
        return false;
    }
}

/* From the present page's last instruction to `last`, where the loop ends. */
static const struct insn *behind(const struct core *c, const struct insn *i,
                                 const struct code_page *last)
{
    bool leaves = i == &c->page->slots[PAGE_SLOTS] && last != c->page;
    return leaves ? last->slots : i;
}

static bool follow_body(const struct core *c, struct iteration *b, const struct insn *top,
                        const struct counting_end *end)
{
    for (unsigned s = 0; s < SOURCES; s++) {
        b->now[s] = (struct term){s, 0};
    }
    const struct insn *i = top;
    while (i != end->branch && i->step != 0 && b->length < MAX_SLOTS && follow(c, b, i)) {
        b->length++;
        i = behind(c, next(i), end->page);
    }
    b->length++; /* the branch */
    return i == end->branch && b->compared;
}

/* ---- what changes by how much ---- */

/* Its value at the start matters to another one's, so it must be a sum of itself. */
static bool is_source(const struct iteration *b, unsigned s)
{
    return s == CONSTANT || b->now[s].of == s;
}

static bool only_counts(const struct iteration *b)
{
    bool good = is_source(b, b->left.of) && is_source(b, b->right.of);
    for (unsigned s = 0; good && s < SOURCES; s++) {
        good = b->now[s].of == s || is_source(b, b->now[s].of);
        good = good && (s > 15 || (b->bases >> s & 1u) == 0 || is_base(b, s));
    }
    return good;
}

static uint32_t step_of(const struct iteration *b, struct term t)
{
    return t.of == CONSTANT ? 0 : b->now[t.of].plus;
}

static uint32_t word_at(const struct core *c, uint32_t address)
{
    uint32_t value;
    memcpy(&value, fast(&c->readable, address, 4), 4);
    return value;
}

/* In the iteration that begins now. */
static uint32_t value_of(const struct core *c, const struct iteration *b, struct term t)
{
    if (t.of == CONSTANT) {
        return t.plus;
    }
    return t.plus + (t.of < 16 ? c->r[t.of] : word_at(c, b->words[t.of - 16u]));
}

/* ---- how often the branch is taken ---- */

static uint64_t iterations(const struct core *c, const struct iteration *b, unsigned cond)
{
    uint32_t x = value_of(c, b, b->left);
    uint32_t y = value_of(c, b, b->right);
    uint32_t x_step = step_of(b, b->left);
    uint32_t y_step = step_of(b, b->right);
    if (x_step != 0 && y_step == 0) {
        return times_taken(cond, x, x_step, y);
    }
    return x_step == 0 && y_step != 0 ? times_taken(times_mirrored(cond), y, y_step, x) : 0;
}

/* ---- skipping ---- */

static void advance(struct core *c, const struct iteration *b, uint32_t times)
{
    for (unsigned s = 0; s < 16; s++) {
        c->r[s] += b->now[s].of == s ? b->now[s].plus * times : 0;
    }
    for (unsigned w = 0; w < b->word_count; w++) {
        uint32_t value = word_at(c, b->words[w]) + b->now[16 + w].plus * times;
        if (b->stored[w] && b->now[16 + w].of == 16 + w) {
            memcpy(fast(&c->writable, b->words[w], 4), &value, 4);
        }
    }
}

/* In an IT block, or while the owner wants to know of each jump, nothing is left but aside. */
static uint16_t skip(struct core *c, const struct insn *top, const struct counting_end *end)
{
    struct iteration b = {.length = 0};
    if (c->base.meter.left <= 0) {
        return 0;
    }
    if (!follow_body(c, &b, top, end) || !only_counts(&b)) {
        return LONG_PAUSE;
    }
    uint64_t room = (uint64_t)c->base.meter.left / b.length;
    uint64_t times = iterations(c, &b, end->branch->cond);
    times = times < room ? times : room;
    if (times < WORTH) {
        return PAUSE;
    }
    advance(c, &b, (uint32_t)(times - 1));
    c->base.meter.left -= (int64_t)((times - 1) * b.length);
    c->base.meter.added_up += (times - 1) * b.length;
    return 0;
}

uint16_t counting_skip(struct core *c, const struct insn *top, const struct insn *branch,
                       const struct code_page *page)
{
    const struct counting_end end = {branch, page};
    return skip(c, top, &end);
}
