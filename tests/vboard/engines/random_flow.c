/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/vboard/engines/random_flow.h"

#include <string.h>

#define AL 14u

typedef bool put_one_fn(struct random_code *c, struct random *r, bool m7);

struct flow {
    struct random_code *c;
    struct random *r;
    bool m7;
    put_one_fn *put_one;
};

static uint32_t address(const struct random_code *c)
{
    return CODE_BASE + 2 * c->count;
}

/* A register of r0 to r6, not `other`. */
static unsigned low(struct flow *f, unsigned other)
{
    unsigned n = random_next(f->r) % 7;
    return n == other ? 7 : n;
}

/* ---- over one instruction ---- */

/* One instruction and its length, which a branch must know before it is put. */
struct filler {
    struct random_code code;
    unsigned length;
};

static void make_filler(struct flow *f, struct filler *filler)
{
    do {
        memset(&filler->code, 0, sizeof(filler->code));
        filler->code.count = 40; /* an address about there */
        while (!f->put_one(&filler->code, f->r, f->m7)) {
        }
        filler->length = filler->code.count - 40;
    } while (filler->length > 2 || strstr(filler->code.names[0], "literal") != NULL ||
             strstr(filler->code.names[0], "ADR") != NULL);
}

static void put_filler(struct flow *f, const struct filler *filler)
{
    for (unsigned i = 0; i < filler->length; i++) {
        f->c->halfwords[f->c->count++] = filler->code.halfwords[40 + i];
    }
    if (f->c->name_count < CODE_MAX_NAMES) {
        f->c->names[f->c->name_count] = filler->code.names[0];
        f->c->ops[f->c->name_count++] = filler->code.ops[0];
    }
}

static void put_direct(struct flow *f)
{
    struct filler filler;
    make_filler(f, &filler);
    uint32_t n = filler.length;
    uint32_t cond = random_next(f->r) % AL;
    uint32_t forth = n - 1; /* from PC + 4, in halfwords, for 16 bits */
    switch (random_next(f->r) % 7) {
    case 0:
        random_code_op16(f->c, 0xD000 | cond << 8 | forth);
        break;
    case 1:
        random_code_op16(f->c, 0xE000 | forth);
        break;
    case 2:
        random_code_op16(f->c, 0xB100 | forth << 3 | low(f, 8));
        break;
    case 3:
        random_code_op16(f->c, 0xB900 | forth << 3 | low(f, 8));
        break;
    case 4:
        random_code_op32(f->c, 0xF0008000 | cond << 22 | n, f->m7);
        break;
    case 5:
        random_code_op32(f->c, 0xF000B800 | n, f->m7);
        break;
    default:
        random_code_op32(f->c, 0xF000F800 | n, f->m7);
        break;
    }
    put_filler(f, &filler);
}

/* ---- to an address ---- */

#define MOVES 4u /* halfwords of MOVW and MOVT */

/* Sets `m` to what lies behind the `behind` halfwords that follow, and the filler. */
static void set_target(struct flow *f, unsigned m, unsigned behind, uint32_t thumb)
{
    random_code_set(f->c, m, (address(f->c) + 2 * (MOVES + behind)) | thumb);
}

static void put_by_register(struct flow *f)
{
    struct filler filler;
    make_filler(f, &filler);
    unsigned m = low(f, 8);
    static const uint16_t ops[] = {0x4700, 0x4780, 0x4687};
    unsigned kind = random_next(f->r) % 4;
    if (kind < 3) {
        set_target(f, m, 1 + filler.length, 1);
        random_code_op16(f->c, ops[kind] | m << 3);
    } else { /* ADD pc, rm */
        random_code_set(f->c, m, 2 * filler.length - 2);
        random_code_op16(f->c, 0x4487 | m << 3);
    }
    put_filler(f, &filler);
}

static void put_by_memory(struct flow *f)
{
    struct filler filler;
    make_filler(f, &filler);
    unsigned n = low(f, 8);
    unsigned t = low(f, n);
    unsigned m = n == 7 || t == 7 ? 12 : 7;
    uint32_t offset = random_next(f->r) % 16 * 4 + 4;
    uint32_t store, load;
    unsigned kind = random_next(f->r) % 10;
    random_code_set(f->c, n, RAM_BASE + RAM_SIZE / 2);
    random_code_set(f->c, m, offset);
    switch (kind) {
    case 0:
        store = 0xF8C00000 | n << 16 | t << 12 | offset;
        load = 0xF8D0F000 | n << 16 | offset;
        break;
    case 1:
        store = 0xF8400C00 | n << 16 | t << 12 | offset;
        load = 0xF850FC00 | n << 16 | offset;
        break;
    case 2:
        store = 0xF8400000 | n << 16 | t << 12 | m;
        load = 0xF850F000 | n << 16 | m;
        break;
    case 3:
        store = 0xF8C00004 | n << 16 | t << 12;
        load = 0xE8908000 | n << 16 | 1u << 8;
        break;
    case 4:
        store = 0xF8400C04 | n << 16 | t << 12;
        load = 0xE9108000 | n << 16 | 1u << 8;
        break;
    case 5: /* LDR pc, [rn], #offset */
        store = 0xF8C00000 | n << 16 | t << 12;
        load = 0xF850FB00 | n << 16 | offset;
        break;
    case 6: /* LDR pc, [rn, #offset]! */
        store = 0xF8C00000 | n << 16 | t << 12 | offset;
        load = 0xF850FF00 | n << 16 | offset;
        break;
    case 7:
        store = 0xF8C00004 | n << 16 | t << 12;
        load = 0xE8B08000 | n << 16 | 1u << 8;
        break;
    case 8:
        store = 0xF8400C04 | n << 16 | t << 12;
        load = 0xE9308000 | n << 16 | 1u << 8;
        break;
    default:
        store = 0xF84D0D04 | t << 12; /* STR rt, [sp, #-4]! */
        load = 0;
        break;
    }
    set_target(f, t, 2 + (load != 0 ? 2u : 1u) + filler.length, 1);
    random_code_op32(f->c, store, f->m7);
    if (load != 0) {
        random_code_op32(f->c, load, f->m7);
    } else {
        random_code_op16(f->c, 0xBD00); /* POP {pc} */
    }
    put_filler(f, &filler);
}

static void put_literal(struct flow *f)
{
    while (f->c->count % 2 != 0) {
        random_code_op16(f->c, 0xBF00);
    }
    uint32_t target = (address(f->c) + 8) | 1;
    random_code_op32(f->c, 0xF8DFF000, f->m7);
    f->c->halfwords[f->c->count++] = (uint16_t)target;
    f->c->halfwords[f->c->count++] = (uint16_t)(target >> 16);
}

static void put_table(struct flow *f)
{
    struct filler filler;
    make_filler(f, &filler);
    unsigned m = low(f, 8);
    bool halves = random_next(f->r) % 2 != 0;
    random_code_set(f->c, m, random_next(f->r) % 2);
    random_code_op32(f->c, (halves ? 0xE8DFF010 : 0xE8DFF000) | m, f->m7);
    if (halves) {
        f->c->halfwords[f->c->count++] = 2;
        f->c->halfwords[f->c->count++] = (uint16_t)(2 + filler.length);
    } else {
        f->c->halfwords[f->c->count++] = (uint16_t)(1 | (1 + filler.length) << 8);
    }
    put_filler(f, &filler);
}

/* ---- the rest ---- */

static void put_it(struct flow *f)
{
    uint32_t cond = random_next(f->r) % AL;
    uint32_t count = 1 + random_next(f->r) % 4;
    uint32_t mask = (random_next(f->r) & 0xFu & ~((2u << (4 - count)) - 1u)) | 1u << (4 - count);
    random_code_op16(f->c, 0xBF00 | cond << 4 | mask);
    for (uint32_t i = 0; i < count; i++) {
        struct filler filler;
        make_filler(f, &filler);
        put_filler(f, &filler);
    }
}

static void put_exclusives(struct flow *f)
{
    static const uint32_t loads[] = {0xE8500F00, 0xE8D00F4F, 0xE8D00F5F};
    static const uint32_t stores[] = {0xE8400000, 0xE8C00F40, 0xE8C00F50};
    unsigned size = random_next(f->r) % 3;
    unsigned n = 8, t = random_next(f->r) % 4, d = 4 + random_next(f->r) % 4;
    random_code_op32(f->c, 0xF3BF8F2F, f->m7); /* CLREX */
    random_code_set(f->c, n, RAM_BASE + RAM_SIZE / 2 + random_next(f->r) % 16 * 8);
    if (random_next(f->r) % 4 != 0) {
        random_code_op32(f->c, loads[size] | n << 16 | t << 12, f->m7);
    }
    random_code_op32(f->c, stores[size] | n << 16 | t << 12 | (size == 0 ? d << 8 : d), f->m7);
}

/* APSR, its flags and GE, PRIMASK, FAULTMASK. Of BASEPRI Unicorn keeps bits that are not there. */
static void put_special(struct flow *f)
{
    static const uint8_t names[] = {0, 3, 16, 19};
    uint32_t name = names[random_next(f->r) % sizeof(names)];
    unsigned n = low(f, 8);
    if (random_next(f->r) % 2 != 0) {
        random_code_op32(f->c, 0xF3EF8000 | n << 8 | name, f->m7);
    } else {
        uint32_t mask = name == 0 || name == 3 ? 1 + random_next(f->r) % 3 : 2;
        random_code_op32(f->c, 0xF3808000 | n << 16 | mask << 10 | name, f->m7);
    }
}

static void put_fpscr(struct flow *f)
{
    unsigned n = low(f, 8);
    random_code_set(f->c, n, random_next(f->r) & 0xF7C0009Fu);
    random_code_op32(f->c, 0xEEE10A10 | n << 12, f->m7);
}

static void put_stack(struct flow *f)
{
    uint32_t words = random_next(f->r) % 128;
    random_code_op16(f->c, 0xB080 | words);
    f->put_one(f->c, f->r, f->m7);
    random_code_op16(f->c, 0xB000 | words);
}

static void put_hint(struct flow *f)
{
    static const uint32_t wide[] = {0xF3AF8000, 0xF3AF8004, 0xF3BF8F4F,
                                    0xF3BF8F5F, 0xF3BF8F6F, 0xF3BF8F2F};
    static const uint16_t narrow[] = {0xBF00, 0xBF40, 0xB662, 0xB672};
    if (random_next(f->r) % 2 != 0) {
        random_code_op32(f->c, wide[random_next(f->r) % 6], f->m7);
    } else {
        random_code_op16(f->c, narrow[random_next(f->r) % 4]);
    }
}

void random_flow_put(struct random_code *c, struct random *r, bool m7, put_one_fn *put_one)
{
    static void (*const kinds[])(struct flow *) = {
        put_direct, put_by_register, put_by_memory, put_literal, put_table, put_it,
        put_it,     put_exclusives,  put_special,   put_fpscr,   put_stack, put_hint};
    struct flow f = {c, r, m7, put_one};
    kinds[random_next(r) % (sizeof(kinds) / sizeof(kinds[0]))](&f);
}

void random_flow_end(struct random_code *c, struct random *r)
{
    static const uint32_t ends[] = {0xDF00, 0xBE00,     0xDE00,     0xBF30,     0xBF20,    0xBF10,
                                    0xBE00, 0xF7F0A000, 0xF3AF8003, 0xF3AF8002, 0xF3AF8001};
    uint32_t op = ends[random_next(r) % (sizeof(ends) / sizeof(ends[0]))];
    if (op > 0xFFFF) {
        random_code_op32(c, op, false);
    } else {
        random_code_op16(c, op);
    }
}
