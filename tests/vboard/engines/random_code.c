/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/vboard/engines/random_code.h"

#include <string.h>

#include "vboard/cpu/armv7m/groups.h"

#define BKPT 0xBE00u
#define CODE_LITERALS 0x200u /* those further on would lie behind the page */
#define SP 13u

uint32_t random_next(struct random *r)
{
    r->state = r->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    uint32_t x = (uint32_t)(r->state >> 33) ^ (uint32_t)(r->state >> 20);
    return x * 0x9E3779B1u ^ (uint32_t)(r->state >> 32);
}

uint32_t random_value(struct random *r)
{
    static const uint32_t edges[] = {
        0,          1,          2,          31,         32,         33,         0x7F,
        0x80,       0xFF,       0x100,      0x7FFF,     0x8000,     0xFFFF,     0x10000,
        0x7FFFFFFF, 0x80000000, 0x80000001, 0xFFFFFFFF, 0xFFFFFFFE, 0x00FF00FF, 0x80008000,
        0x7FFF7FFF, 0x3F800000, 0xBF800000, 0x7F800000, 0xFF800000, 0x7FC00000, 0x7F800001,
        0x00000001, 0x00800000, 0x3FF00000, 0x7FF00000, 0x40490FDB, 0x4B000000, 0x5F000000};
    uint32_t x = random_next(r);
    return x % 3 == 0 ? edges[random_next(r) % (sizeof(edges) / sizeof(edges[0]))] : random_next(r);
}

/* ---- which rows ---- */

static bool starts(const char *name, const char *with)
{
    return strncmp(name, with, strlen(with)) == 0;
}

/* Unicorn leaves bits 1:0 of a stack pointer that is written back, and rounds fixed point as FPSCR says. */
static bool is_known(const struct row *row, const struct insn *i, uint32_t op)
{
    bool back = (row->flags & INSN_WRITES_N) != 0 && i->n == SP;
    return (back && (op & 3u) != 0) || strstr(row->name, "F32 from fixed point") != NULL;
}

/* Those that need an owner, or that Unicorn cannot be asked for (docs/engines.md). */
static bool is_excluded(const struct row *row)
{
    static const char *const names[] = {
        "UDF", "SVC",   "BKPT", "CPS",   "MSR",   "MRS",       "WFE",        "WFI",
        "SEV", "YIELD", "IT",   "LDREX", "STREX", "Undefined", "CDP",        "CLREX",
        "DSB", "DMB",   "ISB",  "NOP",   "PLD",   "PLI",       "Unallocated"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (starts(row->name, names[i])) {
            return true;
        }
    }
    return (row->flags & INSN_BRANCH) != 0;
}

static bool accesses_memory(const char *name)
{
    static const char *const names[] = {"LDR", "STR", "LDM", "STM", "PUSH", "POP", "VLD", "VST"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (starts(name, names[i])) {
            return true;
        }
    }
    return false;
}

/* ---- making ---- */

static void put(struct random_code *c, uint32_t halfword)
{
    c->halfwords[c->count++] = (uint16_t)halfword;
}

/* MOVW or MOVT: imm4:i:imm3:imm8. */
static void put_move(struct random_code *c, uint32_t first, unsigned d, uint32_t imm16)
{
    put(c, first | (imm16 >> 11 & 1u) << 10 | imm16 >> 12);
    put(c, (imm16 >> 8 & 7u) << 12 | d << 8 | (imm16 & 0xFFu));
}

static void set_register(struct random_code *c, unsigned d, uint32_t value)
{
    put_move(c, 0xF240, d, value & 0xFFFFu);
    put_move(c, 0xF2C0, d, value >> 16);
}

/* The base in the middle of RAM, aligned, the index small. */
static void prepare_access(struct random_code *c, struct random *r, const struct insn *i,
                           const char *name)
{
    bool by_register = strstr(name, "(register)") != NULL;
    if (by_register && i->m != SP) {
        set_register(c, i->m, random_next(r) % 64 * 4);
    }
    if (i->n != SP && strstr(name, "literal") == NULL) {
        set_register(c, i->n, RAM_BASE + RAM_SIZE / 2 + random_next(r) % 64 * 8);
    }
}

/* Sets the stack pointer back, whatever came before: MOV.W sp, rX is not always encodable. */
static bool touches_sp(const struct insn *i, const struct row *row)
{
    return ((row->flags & INSN_WRITES_D) != 0 && i->d == SP) ||
           ((row->flags & INSN_WRITES_T) != 0 && i->a == SP);
}

static bool is_good(const struct row *row, struct insn *i, uint32_t op, bool m7, bool wide)
{
    const struct row *found = wide ? find_row32(op, m7) : find_row16(op);
    if (found != row) {
        return false;
    }
    memset(i, 0, sizeof(*i));
    bool predictable = row->fields(i, op, CODE_BASE);
    bool far = strstr(row->name, "literal") != NULL && i->imm - CODE_BASE > CODE_LITERALS;
    bool index_is_base = strstr(row->name, "(register)") != NULL && i->m == i->n;
    return predictable && !far && !is_known(row, i, op) && !touches_sp(i, row) &&
           !(accesses_memory(row->name) && index_is_base);
}

static const struct row *pick(struct random *r, bool wide)
{
    const struct row *const *tables = wide ? all_rows32 : all_rows16;
    unsigned count = 0;
    for (unsigned t = 0; tables[t] != NULL; t++) {
        for (const struct row *row = tables[t]; row->name != NULL; row++) {
            count++;
        }
    }
    unsigned n = random_next(r) % count;
    for (unsigned t = 0; tables[t] != NULL; t++) {
        for (const struct row *row = tables[t]; row->name != NULL; row++) {
            if (n-- == 0) {
                return row;
            }
        }
    }
    return NULL;
}

static bool put_random(struct random_code *c, struct random *r, bool m7)
{
    bool wide = random_next(r) % 4 != 0;
    const struct row *row = pick(r, wide);
    uint32_t op = (random_next(r) & ~row->mask) | row->value;
    op &= wide ? ~0u : 0xFFFFu;
    struct insn i;
    if (is_excluded(row) || !is_good(row, &i, op, m7, wide)) {
        return false;
    }
    if (accesses_memory(row->name)) {
        prepare_access(c, r, &i, row->name);
    }
    if (wide) {
        put(c, op >> 16);
    }
    put(c, op & 0xFFFFu);
    c->names[c->name_count] = row->name;
    c->ops[c->name_count++] = op;
    return true;
}

void random_code_make(struct random_code *c, struct random *r, bool m7, unsigned length)
{
    memset(c, 0, sizeof(*c));
    while (c->name_count < length) {
        put_random(c, r, m7);
    }
    put(c, BKPT);
    put(c, BKPT);
}
