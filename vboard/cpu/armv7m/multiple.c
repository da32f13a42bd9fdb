/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Loads and stores of several registers: DDI 0403 A5.3.5 (LDM, STM, PUSH, POP), A5.3.6 (LDRD, STRD).
 * Their addresses must be aligned to 4 whatever UNALIGN_TRP says (A3.2.1). A fault leaves all
 * registers as they were; what has been stored stays.
 */
#include "vboard/cpu/armv7m/advance.h"
#include "vboard/cpu/armv7m/code.h"
#include "vboard/cpu/armv7m/groups.h"
#include "vboard/cpu/armv7m/memory.h"

/* ---- what they do ---- */

static unsigned gather(const struct core *c, uint32_t list, uint32_t *words)
{
    unsigned count = 0;
    for (; list != 0; list &= list - 1u) {
        words[count++] = c->r[__builtin_ctz(list)];
    }
    return count;
}

static void scatter(struct core *c, uint32_t list, const uint32_t *words)
{
    for (; list != 0; list &= list - 1u) {
        c->r[__builtin_ctz(list)] = *words++;
    }
}

/* Stores i->list from `address` on and sets the base: where not all of it is plain RAM of one page. */
static __attribute__((noinline)) const struct insn *
store_list_slowly(struct core *c, const struct insn *i, uint32_t address, uint32_t base)
{
    uint32_t words[16];
    unsigned count = gather(c, i->list, words);
    c->at = i;
    if (!store_words(c, address, words, count)) {
        return undone(c, i);
    }
    c->r[i->n] = base;
    return next(i);
}

/* `imm` is 4 times the number of registers. */
static inline const struct insn *store_list(struct core *c, const struct insn *i, uint32_t address,
                                            uint32_t base)
{
    uint8_t *host = fast(&c->writable, address, 4);
    if (host == NULL || address % PAGE + i->imm > PAGE) {
        return store_list_slowly(c, i, address, base);
    }
    for (uint32_t list = i->list; list != 0; list &= list - 1u) {
        memcpy(host, &c->r[__builtin_ctz(list)], 4);
        host += 4;
    }
    c->r[i->n] = base;
    return done(c, i);
}

/* Loads i->list; a loaded base wins over writing it back. */
static __attribute__((noinline)) const struct insn *
load_list_slowly(struct core *c, const struct insn *i, uint32_t address, uint32_t base)
{
    uint32_t words[16];
    c->at = i;
    if (!load_words(c, address, words, i->imm / 4)) {
        return undone(c, i);
    }
    c->r[i->n] = base;
    scatter(c, i->list & 0x7FFFu, words);
    if ((i->list & 1u << PC) != 0) {
        return branch_exchange(c, words[i->imm / 4 - 1]);
    }
    return next(i);
}

static inline const struct insn *load_list(struct core *c, const struct insn *i, uint32_t address,
                                           uint32_t base)
{
    const uint8_t *host = fast(&c->readable, address, 4);
    if (host == NULL || address % PAGE + i->imm > PAGE) {
        return load_list_slowly(c, i, address, base);
    }
    c->r[i->n] = base;
    for (uint32_t list = i->list & 0x7FFFu; list != 0; list &= list - 1u) {
        memcpy(&c->r[__builtin_ctz(list)], host, 4);
        host += 4;
    }
    if ((i->list & 1u << PC) == 0) {
        return done(c, i);
    }
    uint32_t target;
    memcpy(&target, host, 4);
    return is_special(target) ? branch_special(c, target) : jump_to(c, target);
}

static const struct insn *stmia(struct core *c, const struct insn *i)
{
    uint32_t n = c->r[i->n];
    return store_list(c, i, n, n);
}

static const struct insn *stmia_back(struct core *c, const struct insn *i)
{
    uint32_t n = c->r[i->n];
    return store_list(c, i, n, n + i->imm);
}

static const struct insn *stmdb(struct core *c, const struct insn *i)
{
    uint32_t n = c->r[i->n];
    return store_list(c, i, n - i->imm, n);
}

static const struct insn *stmdb_back(struct core *c, const struct insn *i)
{
    uint32_t address = c->r[i->n] - i->imm;
    return store_list(c, i, address, address);
}

static const struct insn *ldmia(struct core *c, const struct insn *i)
{
    uint32_t n = c->r[i->n];
    return load_list(c, i, n, n);
}

static const struct insn *ldmia_back(struct core *c, const struct insn *i)
{
    uint32_t n = c->r[i->n];
    return load_list(c, i, n, n + i->imm);
}

static const struct insn *ldmdb(struct core *c, const struct insn *i)
{
    uint32_t n = c->r[i->n];
    return load_list(c, i, n - i->imm, n);
}

static const struct insn *ldmdb_back(struct core *c, const struct insn *i)
{
    uint32_t address = c->r[i->n] - i->imm;
    return load_list(c, i, address, address);
}

/* rt is in `d`, rt2 in `a`. */
static const struct insn *store_pair(struct core *c, const struct insn *i, uint32_t address,
                                     uint32_t base)
{
    const uint32_t words[2] = {c->r[i->d], c->r[i->a]};
    c->at = i;
    if (!store_words(c, address, words, 2)) {
        return undone(c, i);
    }
    c->r[i->n] = base;
    return next(i);
}

static const struct insn *load_pair(struct core *c, const struct insn *i, uint32_t address,
                                    uint32_t base)
{
    uint32_t words[2];
    c->at = i;
    if (!load_words(c, address, words, 2)) {
        return undone(c, i);
    }
    c->r[i->n] = base;
    c->r[i->d] = words[0];
    c->r[i->a] = words[1];
    return next(i);
}

static const struct insn *strd(struct core *c, const struct insn *i)
{
    uint32_t n = c->r[i->n];
    return store_pair(c, i, n + i->imm, n);
}

static const struct insn *strd_pre(struct core *c, const struct insn *i)
{
    uint32_t address = c->r[i->n] + i->imm;
    return store_pair(c, i, address, address);
}

static const struct insn *strd_post(struct core *c, const struct insn *i)
{
    uint32_t n = c->r[i->n];
    return store_pair(c, i, n, n + i->imm);
}

static const struct insn *ldrd(struct core *c, const struct insn *i)
{
    uint32_t n = c->r[i->n];
    return load_pair(c, i, n + i->imm, n);
}

static const struct insn *ldrd_pre(struct core *c, const struct insn *i)
{
    uint32_t address = c->r[i->n] + i->imm;
    return load_pair(c, i, address, address);
}

static const struct insn *ldrd_post(struct core *c, const struct insn *i)
{
    uint32_t n = c->r[i->n];
    return load_pair(c, i, n, n + i->imm);
}

static const struct insn *ldrd_lit(struct core *c, const struct insn *i)
{
    return load_pair(c, i, i->imm, c->r[i->n]);
}

/* ---- operands ---- */

static void set_list(struct insn *s, uint32_t list)
{
    s->list = (uint16_t)list;
    s->imm = 4u * (uint32_t)__builtin_popcount(list);
}

static bool n8_list8(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->n = (uint8_t)bits(op, 10, 8);
    set_list(s, bits(op, 7, 0));
    uint32_t list = s->list;
    bool first = (list & ((1u << s->n) - 1u)) == 0;
    return list != 0 && ((list >> s->n & 1u) == 0 || first);
}

/* LDM T1 writes the base back if it is not in the list: no `first` there. */
static bool n8_list8_load(struct insn *s, uint32_t op, uint32_t pc)
{
    n8_list8(s, op, pc);
    return s->list != 0;
}

static bool push8(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->n = SP;
    set_list(s, bits(op, 7, 0) | bit(op, 8) << LR);
    return s->list != 0;
}

static bool pop8(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->n = SP;
    set_list(s, bits(op, 7, 0) | bit(op, 8) << PC);
    return s->list != 0;
}

static bool list16(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->n = (uint8_t)bits(op, 19, 16);
    set_list(s, bits(op, 15, 0));
    bool load = bit(op, 20) != 0;
    bool back = bit(op, 21) != 0;
    uint32_t list = s->list;
    bool in_list = (list >> s->n & 1u) != 0;
    uint32_t never = load ? 1u << SP : 1u << SP | 1u << PC;
    bool both = (list >> LR & 3u) == 3u; /* LR and PC */
    return s->n != PC && s->imm >= 8 && (list & never) == 0 && !both && !(back && in_list);
}

static bool pair(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->n = (uint8_t)bits(op, 19, 16);
    s->d = (uint8_t)bits(op, 15, 12);
    s->a = (uint8_t)bits(op, 11, 8);
    uint32_t offset = bits(op, 7, 0) * 4;
    s->imm = bit(op, 23) != 0 ? offset : 0u - offset;
    bool load = bit(op, 20) != 0;
    bool back = bit(op, 21) != 0 && (s->n == s->d || s->n == s->a);
    return !is_sp_or_pc(s->d) && !is_sp_or_pc(s->a) && !back && !(load && s->d == s->a) &&
           s->n != PC;
}

static bool pair_lit(struct insn *s, uint32_t op, uint32_t pc)
{
    pair(s, op, pc);
    s->imm += (pc + 4) & ~3u;
    s->n = s->d; /* written with itself, then loaded */
    return !is_sp_or_pc(s->d) && !is_sp_or_pc(s->a) && s->d != s->a && bit(op, 21) == 0;
}

/* ---- encodings ---- */

#define ST INSN_STORES
#define N INSN_WRITES_N
#define B INSN_BRANCH

const struct row rows16_multiple[] = {
    {0xFE00, 0xB400, "PUSH T1", stmdb_back, push8, ST, NULL},
    {0xFF00, 0xBD00, "POP T1 with PC", ldmia_back, pop8, B, NULL},
    {0xFF00, 0xBC00, "POP T1", ldmia_back, pop8, 0, NULL},
    {0xF800, 0xC000, "STM T1", stmia_back, n8_list8, ST, NULL},
    {0xF800, 0xC800, "LDM T1", ldmia_back, n8_list8_load, 0, NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};

const struct row rows32_multiple[] = {
    {0xFFF00000, 0xE8800000, "STM T2", stmia, list16, ST, NULL},
    {0xFFF00000, 0xE8A00000, "STM T2 with write-back", stmia_back, list16, ST | N, NULL},
    {0xFFF08000, 0xE8908000, "LDM T2 with PC", ldmia, list16, B, NULL},
    {0xFFF00000, 0xE8900000, "LDM T2", ldmia, list16, 0, NULL},
    {0xFFF08000, 0xE8B08000, "LDM T2, POP T2 with PC", ldmia_back, list16, B | N, NULL},
    {0xFFF00000, 0xE8B00000, "LDM T2, POP T2", ldmia_back, list16, N, NULL},
    {0xFFF00000, 0xE9000000, "STMDB T1", stmdb, list16, ST, NULL},
    {0xFFF00000, 0xE9200000, "STMDB T1, PUSH T2", stmdb_back, list16, ST | N, NULL},
    {0xFFF08000, 0xE9108000, "LDMDB T1 with PC", ldmdb, list16, B, NULL},
    {0xFFF00000, 0xE9100000, "LDMDB T1", ldmdb, list16, 0, NULL},
    {0xFFF08000, 0xE9308000, "LDMDB T1 with write-back and PC", ldmdb_back, list16, B | N, NULL},
    {0xFFF00000, 0xE9300000, "LDMDB T1 with write-back", ldmdb_back, list16, N, NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};

/* 1110100 P U 1 W L rn rt rt2 imm8; P and W both 0 are the exclusives (exclusive.c). */
const struct row rows32_pair[] = {
    {0xFF5F0000, 0xE95F0000, "LDRD (literal) T1", ldrd_lit, pair_lit, 0, NULL},
    {0xFF7F0000, 0xE87F0000, "LDRD (literal) T1 with write-back", ldrd_lit, pair_lit, 0, NULL},
    {0xFF700000, 0xE9400000, "STRD (immediate) T1", strd, pair, ST, NULL},
    {0xFF700000, 0xE9600000, "STRD (immediate) T1 pre-indexed", strd_pre, pair, ST | N, NULL},
    {0xFF700000, 0xE8600000, "STRD (immediate) T1 post-indexed", strd_post, pair, ST | N, NULL},
    {0xFF700000, 0xE9500000, "LDRD (immediate) T1", ldrd, pair, 0, NULL},
    {0xFF700000, 0xE9700000, "LDRD (immediate) T1 pre-indexed", ldrd_pre, pair, N, NULL},
    {0xFF700000, 0xE8700000, "LDRD (immediate) T1 post-indexed", ldrd_post, pair, N, NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};
