/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Loads and stores of one register: DDI 0403 A5.2.4 (16 bits), A5.3.7 to A5.3.10. A fault changes
 * neither the register nor the base.
 */
#include "vboard/cpu/armv7m/advance.h"
#include "vboard/cpu/armv7m/code.h"
#include "vboard/cpu/armv7m/groups.h"
#include "vboard/cpu/armv7m/memory.h"

/* ---- what they do ---- */

/* LDRT, STRT: the answers that pages have given so far do not count. */
static void become_unprivileged(struct core *c)
{
    c->base.meter.unprivileged = is_privileged(c);
    memory_flush(c);
}

/* What the in-line path cannot do. `base`: rn afterwards; `p`: what is known of the page, or NULL. Apart from the
 * memory of both cores, whose path needs no call, then. */
#define LOAD_BEYOND(name, type)                                                                    \
    static __attribute__((noinline))                                                               \
    const struct insn *name##_beyond(struct core *c, const struct insn *i, uint32_t address,       \
                                     uint32_t base, const struct slow_page *p)                     \
    {                                                                                              \
        c->at = i;                                                                                 \
        uint64_t loaded = p != NULL ? load_register(c, p->physical + address % PAGE, sizeof(type)) \
                                    : load_slowly(c, address, sizeof(type));                       \
        if (loaded == NOT_LOADED) {                                                                \
            return undone(c, i);                                                                   \
        }                                                                                          \
        c->r[i->n] = base;                                                                         \
        c->r[i->a] = (uint32_t)(type)loaded;                                                       \
        return done(c, i);                                                                         \
    }

#define LOAD_SLOWLY(name, type)                                                                    \
    LOAD_BEYOND(name, type)                                                                        \
    static __attribute__((noinline)) const struct insn *name##_slowly(                             \
        struct core *c, const struct insn *i, uint32_t address, uint32_t base)                     \
    {                                                                                              \
        const struct slow_page *p = known_page(c, address, sizeof(type), ENGINE_READ);             \
        type value;                                                                                \
        if (p == NULL || p->host == NULL) {                                                        \
            return name##_beyond(c, i, address, base, p);                                          \
        }                                                                                          \
        memcpy(&value, p->host + address % PAGE, sizeof(value));                                   \
        c->r[i->n] = base;                                                                         \
        c->r[i->a] = (uint32_t)value;                                                              \
        return done(c, i);                                                                         \
    }

/* rt (in `a`) from `address`, with rn = `base`. */
#define LOAD_FROM(name, slowly, type, address_of_it, base_then)                                    \
    exec_fn name; /* some are in pairs.c, too */                                                   \
    const struct insn *name(struct core *c, const struct insn *i)                                  \
    {                                                                                              \
        const uint32_t n = c->r[i->n];                                                             \
        const uint32_t address = address_of_it;                                                    \
        const uint8_t *host = fast(&c->readable, address, sizeof(type));                           \
        type value;                                                                                \
        if (host == NULL) {                                                                        \
            return slowly(c, i, address, base_then);                                               \
        }                                                                                          \
        memcpy(&value, host, sizeof(value));                                                       \
        c->r[i->n] = base_then;                                                                    \
        c->r[i->a] = (uint32_t)value;                                                              \
        return done(c, i);                                                                         \
    }

/* From rn + imm; the same with rn = that; from rn with rn += imm; from rn + (rm << amount); from a constant
 * address; unprivileged. */
#define LOAD(name, type)                                                                           \
    LOAD_SLOWLY(name, type)                                                                        \
    LOAD_FROM(name##_imm, name##_slowly, type, n + i->imm, n)                                      \
    LOAD_FROM(name##_pre, name##_slowly, type, n + i->imm, n + i->imm)                             \
    LOAD_FROM(name##_post, name##_slowly, type, n, n + i->imm)                                     \
    LOAD_FROM(name##_reg, name##_slowly, type, n + (c->r[i->m] << i->amount), n)                   \
    LOAD_FROM(name##_lit, name##_slowly, type, i->imm, n)                                          \
    static const struct insn *name##t(struct core *c, const struct insn *i)                        \
    {                                                                                              \
        put_aside(c); /* it must not go on by itself */                                            \
        become_unprivileged(c);                                                                    \
        const struct insn *after = name##_slowly(c, i, c->r[i->n] + i->imm, c->r[i->n]);           \
        c->base.meter.unprivileged &= c->breaks == BREAK_STOP; /* the fault is judged by it */     \
        return after;                                                                              \
    }

LOAD(ldr, uint32_t)
LOAD(ldrh, uint16_t)
LOAD(ldrb, uint8_t)
LOAD(ldrsh, int16_t)
LOAD(ldrsb, int8_t)

#define STORE_BEYOND(name, type)                                                                   \
    static __attribute__((noinline))                                                               \
    const struct insn *name##_beyond(struct core *c, const struct insn *i, uint32_t address,       \
                                     uint32_t base, const struct slow_page *p)                     \
    {                                                                                              \
        c->at = i;                                                                                 \
        bool stored =                                                                              \
            p != NULL && p->host == NULL                                                           \
                ? store_register(c, p->physical + address % PAGE, sizeof(type), c->r[i->a])        \
                : store_slowly(c, address, sizeof(type), c->r[i->a]);                              \
        if (!stored) {                                                                             \
            return undone(c, i);                                                                   \
        }                                                                                          \
        c->r[i->n] = base;                                                                         \
        return done(c, i);                                                                         \
    }

#define STORE_SLOWLY(name, type)                                                                   \
    STORE_BEYOND(name, type)                                                                       \
    static __attribute__((noinline)) const struct insn *name##_slowly(                             \
        struct core *c, const struct insn *i, uint32_t address, uint32_t base)                     \
    {                                                                                              \
        const struct slow_page *p = known_page(c, address, sizeof(type), ENGINE_WRITE);            \
        const type value = (type)c->r[i->a];                                                       \
        if (p == NULL || p->host == NULL || p->code) {                                             \
            return name##_beyond(c, i, address, base, p);                                          \
        }                                                                                          \
        memcpy(p->host + address % PAGE, &value, sizeof(value));                                   \
        c->r[i->n] = base;                                                                         \
        return done(c, i);                                                                         \
    }

#define STORE_TO(name, slowly, type, address_of_it, base_then)                                     \
    exec_fn name; /* some are in pairs.c, too */                                                   \
    const struct insn *name(struct core *c, const struct insn *i)                                  \
    {                                                                                              \
        const uint32_t n = c->r[i->n];                                                             \
        const uint32_t address = address_of_it;                                                    \
        uint8_t *host = fast(&c->writable, address, sizeof(type));                                 \
        const type value = (type)c->r[i->a];                                                       \
        if (host == NULL) {                                                                        \
            return slowly(c, i, address, base_then);                                               \
        }                                                                                          \
        memcpy(host, &value, sizeof(value));                                                       \
        c->r[i->n] = base_then;                                                                    \
        return done(c, i);                                                                         \
    }

#define STORE(name, type)                                                                          \
    STORE_SLOWLY(name, type)                                                                       \
    STORE_TO(name##_imm, name##_slowly, type, n + i->imm, n)                                       \
    STORE_TO(name##_pre, name##_slowly, type, n + i->imm, n + i->imm)                              \
    STORE_TO(name##_post, name##_slowly, type, n, n + i->imm)                                      \
    STORE_TO(name##_reg, name##_slowly, type, n + (c->r[i->m] << i->amount), n)                    \
    static const struct insn *name##t(struct core *c, const struct insn *i)                        \
    {                                                                                              \
        put_aside(c); /* it must not go on by itself */                                            \
        become_unprivileged(c);                                                                    \
        const struct insn *after = name##_slowly(c, i, c->r[i->n] + i->imm, c->r[i->n]);           \
        c->base.meter.unprivileged &= c->breaks == BREAK_STOP;                                     \
        return after;                                                                              \
    }

STORE(str, uint32_t)
STORE(strh, uint16_t)
STORE(strb, uint8_t)

/* LDR to PC: LoadWritePC. The address must be aligned to 4 (UNPREDICTABLE). */
static const struct insn *ldr_pc(struct core *c, const struct insn *i, uint32_t address,
                                 uint32_t base)
{
    uint32_t value = 0;
    c->at = i;
    if (!load32(c, address, &value)) {
        return undone(c, i);
    }
    c->r[i->n] = base;
    return branch_exchange(c, value);
}

static const struct insn *ldr_pc_imm(struct core *c, const struct insn *i)
{
    return ldr_pc(c, i, c->r[i->n] + i->imm, c->r[i->n]);
}

static const struct insn *ldr_pc_pre(struct core *c, const struct insn *i)
{
    uint32_t address = c->r[i->n] + i->imm;
    return ldr_pc(c, i, address, address);
}

static const struct insn *ldr_pc_post(struct core *c, const struct insn *i)
{
    return ldr_pc(c, i, c->r[i->n], c->r[i->n] + i->imm);
}

static const struct insn *ldr_pc_reg(struct core *c, const struct insn *i)
{
    return ldr_pc(c, i, c->r[i->n] + (c->r[i->m] << i->amount), c->r[i->n]);
}

static const struct insn *ldr_pc_lit(struct core *c, const struct insn *i)
{
    return ldr_pc(c, i, i->imm, c->r[i->n]);
}

/* PLD, PLI and the memory hints do nothing. */
static const struct insn *hint(struct core *c, const struct insn *i)
{
    (void)c;
    return next(i);
}

/* ---- operands ---- */

static bool t0_n3_m6(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->a = (uint8_t)bits(op, 2, 0);
    s->n = (uint8_t)bits(op, 5, 3);
    s->m = (uint8_t)bits(op, 8, 6);
    return true;
}

static bool t0_n3_imm5(struct insn *s, uint32_t op, uint32_t scale)
{
    s->a = (uint8_t)bits(op, 2, 0);
    s->n = (uint8_t)bits(op, 5, 3);
    s->imm = bits(op, 10, 6) * scale;
    return true;
}

static bool words5(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    return t0_n3_imm5(s, op, 4);
}

static bool halves5(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    return t0_n3_imm5(s, op, 2);
}

static bool bytes5(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    return t0_n3_imm5(s, op, 1);
}

static bool t8_sp_imm8(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->a = (uint8_t)bits(op, 10, 8);
    s->n = SP;
    s->imm = bits(op, 7, 0) * 4;
    return true;
}

static bool t8_lit8(struct insn *s, uint32_t op, uint32_t pc)
{
    s->a = (uint8_t)bits(op, 10, 8);
    s->imm = ((pc + 4) & ~3u) + bits(op, 7, 0) * 4;
    return true;
}

static void t12_n16(struct insn *s, uint32_t op)
{
    s->a = (uint8_t)bits(op, 15, 12);
    s->n = (uint8_t)bits(op, 19, 16);
}

/* Only words may go to or from the stack pointer. */
static bool word_or_not_sp(const struct insn *s, uint32_t op)
{
    return bits(op, 22, 21) == 2 || s->a != SP;
}

static bool imm12(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    t12_n16(s, op);
    s->imm = bits(op, 11, 0);
    return word_or_not_sp(s, op) && (s->a != PC || bit(op, 20) != 0);
}

static bool minus8(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    t12_n16(s, op);
    s->imm = 0u - bits(op, 7, 0);
    return word_or_not_sp(s, op) && (s->a != PC || bit(op, 20) != 0);
}

/* Pre- and post-indexed: U in bit 9. */
static bool indexed8(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    t12_n16(s, op);
    s->imm = bit(op, 9) != 0 ? bits(op, 7, 0) : 0u - bits(op, 7, 0);
    return word_or_not_sp(s, op) && s->a != s->n && s->n != PC &&
           (s->a != PC || bits(op, 22, 20) == 5);
}

static bool unprivileged8(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    t12_n16(s, op);
    s->imm = bits(op, 7, 0);
    return !is_sp_or_pc(s->a);
}

static bool reg_shifted(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    t12_n16(s, op);
    s->m = (uint8_t)bits(op, 3, 0);
    s->amount = (uint8_t)bits(op, 5, 4);
    return word_or_not_sp(s, op) && !is_sp_or_pc(s->m) && (s->a != PC || bit(op, 20) != 0);
}

static bool lit12(struct insn *s, uint32_t op, uint32_t pc)
{
    t12_n16(s, op);
    s->n = 0;
    uint32_t offset = bits(op, 11, 0);
    s->imm = ((pc + 4) & ~3u) + (bit(op, 23) != 0 ? offset : 0u - offset);
    return word_or_not_sp(s, op);
}

static bool nothing(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)s;
    (void)op;
    (void)pc;
    return true;
}

/* ---- encodings ---- */

#define ST INSN_STORES
#define T INSN_WRITES_T

const struct row rows16_load_store[] = {
    {0xF800, 0x4800, "LDR (literal) T1", ldr_lit, t8_lit8, 0, NULL},
    {0xFE00, 0x5000, "STR (register) T1", str_reg, t0_n3_m6, ST, NULL},
    {0xFE00, 0x5200, "STRH (register) T1", strh_reg, t0_n3_m6, ST, NULL},
    {0xFE00, 0x5400, "STRB (register) T1", strb_reg, t0_n3_m6, ST, NULL},
    {0xFE00, 0x5600, "LDRSB (register) T1", ldrsb_reg, t0_n3_m6, 0, NULL},
    {0xFE00, 0x5800, "LDR (register) T1", ldr_reg, t0_n3_m6, 0, NULL},
    {0xFE00, 0x5A00, "LDRH (register) T1", ldrh_reg, t0_n3_m6, 0, NULL},
    {0xFE00, 0x5C00, "LDRB (register) T1", ldrb_reg, t0_n3_m6, 0, NULL},
    {0xFE00, 0x5E00, "LDRSH (register) T1", ldrsh_reg, t0_n3_m6, 0, NULL},
    {0xF800, 0x6000, "STR (immediate) T1", str_imm, words5, ST | IS_PART(PART_STORES), NULL},
    {0xF800, 0x6800, "LDR (immediate) T1", ldr_imm, words5, IS_PART(PART_LOADS), NULL},
    {0xF800, 0x7000, "STRB (immediate) T1", strb_imm, bytes5, ST, NULL},
    {0xF800, 0x7800, "LDRB (immediate) T1", ldrb_imm, bytes5, 0, NULL},
    {0xF800, 0x8000, "STRH (immediate) T1", strh_imm, halves5, ST, NULL},
    {0xF800, 0x8800, "LDRH (immediate) T1", ldrh_imm, halves5, 0, NULL},
    {0xF800, 0x9000, "STR (immediate) T2", str_imm, t8_sp_imm8, ST | IS_PART(PART_STORES), NULL},
    {0xF800, 0x9800, "LDR (immediate) T2", ldr_imm, t8_sp_imm8, IS_PART(PART_LOADS), NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};

/* 1111100 s U size 0 rn: `size` is 0 byte, 1 halfword, 2 word (A5.3.10). rn 15 is UNDEFINED. */
#define STORE_ROWS(size, name, NAME)                                                                \
    {0xFFF00000, 0xF8800000 | (size) << 21, NAME " (immediate) T2, T3", name##_imm, imm12, ST,      \
     NULL},                                                                                         \
        {0xFFF00FC0, 0xF8000000 | (size) << 21, NAME " (register) T2", name##_reg, reg_shifted, ST, \
         NULL},                                                                                     \
        {0xFFF00F00, 0xF8000E00 | (size) << 21, NAME "T T1", name##t, unprivileged8, ST, NULL},     \
        {0xFFF00F00, 0xF8000C00 | (size) << 21, NAME " (immediate) T3, T4", name##_imm, minus8, ST, \
         NULL},                                                                                     \
        {0xFFF00D00,                                                                                \
         0xF8000900 | (size) << 21,                                                                 \
         NAME " (immediate) T3, T4 post-indexed",                                                   \
         name##_post,                                                                               \
         indexed8,                                                                                  \
         ST | INSN_WRITES_N,                                                                        \
         NULL},                                                                                     \
    {                                                                                               \
        0xFFF00D00, 0xF8000D00 | (size) << 21, NAME " (immediate) T3, T4 pre-indexed", name##_pre,  \
            indexed8, ST | INSN_WRITES_N, NULL                                                      \
    }

const struct row rows32_store[] = {
    STORE_ROWS(0u, strb, "STRB"),
    STORE_ROWS(1u, strh, "STRH"),
    STORE_ROWS(2u, str, "STR"),
    {0, 0, NULL, NULL, NULL, 0, NULL},
};

/* 1111100 sign U size 1 rn: with rt 15, bytes and halfwords are hints. */
#define HINT_ROWS(size, sign, NAME)                                                                \
    {0xFF7FF000, 0xF81FF000 | (size) << 21 | (sign) << 24, NAME " (literal)", hint, nothing, 0,    \
     NULL},                                                                                        \
        {0xFFF0F000,                                                                               \
         0xF890F000 | (size) << 21 | (sign) << 24,                                                 \
         NAME " (immediate) T1",                                                                   \
         hint,                                                                                     \
         nothing,                                                                                  \
         0,                                                                                        \
         NULL},                                                                                    \
        {0xFFF0FF00,                                                                               \
         0xF810FC00 | (size) << 21 | (sign) << 24,                                                 \
         NAME " (immediate) T2",                                                                   \
         hint,                                                                                     \
         nothing,                                                                                  \
         0,                                                                                        \
         NULL},                                                                                    \
    {                                                                                              \
        0xFFF0FFC0, 0xF810F000 | (size) << 21 | (sign) << 24, NAME " (register)", hint, nothing,   \
            0, NULL                                                                                \
    }
#define LOAD_ROWS(size, sign, name, NAME)                                                          \
    {0xFF7F0000,                                                                                   \
     0xF81F0000 | (size) << 21 | (sign) << 24,                                                     \
     NAME " (literal) T1, T2",                                                                     \
     name##_lit,                                                                                   \
     lit12,                                                                                        \
     T,                                                                                            \
     NULL},                                                                                        \
        {0xFFF00000,                                                                               \
         0xF8900000 | (size) << 21 | (sign) << 24,                                                 \
         NAME " (immediate) T1, T2, T3",                                                           \
         name##_imm,                                                                               \
         imm12,                                                                                    \
         T,                                                                                        \
         NULL},                                                                                    \
        {0xFFF00FC0,                                                                               \
         0xF8100000 | (size) << 21 | (sign) << 24,                                                 \
         NAME " (register) T2",                                                                    \
         name##_reg,                                                                               \
         reg_shifted,                                                                              \
         T,                                                                                        \
         NULL},                                                                                    \
        {0xFFF00F00,    0xF8100E00 | (size) << 21 | (sign) << 24,                                  \
         NAME "T T1",   name##t,                                                                   \
         unprivileged8, T,                                                                         \
         NULL},                                                                                    \
        {0xFFF00F00,                                                                               \
         0xF8100C00 | (size) << 21 | (sign) << 24,                                                 \
         NAME " (immediate) T2, T3, T4",                                                           \
         name##_imm,                                                                               \
         minus8,                                                                                   \
         T,                                                                                        \
         NULL},                                                                                    \
        {0xFFF00D00,                                                                               \
         0xF8100900 | (size) << 21 | (sign) << 24,                                                 \
         NAME " (immediate) T2, T3, T4 post-indexed",                                              \
         name##_post,                                                                              \
         indexed8,                                                                                 \
         T | INSN_WRITES_N,                                                                        \
         NULL},                                                                                    \
    {                                                                                              \
        0xFFF00D00, 0xF8100D00 | (size) << 21 | (sign) << 24,                                      \
            NAME " (immediate) T2, T3, T4 pre-indexed", name##_pre, indexed8, T | INSN_WRITES_N,   \
            NULL                                                                                   \
    }

const struct row rows32_load_byte[] = {
    HINT_ROWS(0u, 0u, "PLD"),          HINT_ROWS(0u, 1u, "PLI"),
    LOAD_ROWS(0u, 0u, ldrb, "LDRB"),   LOAD_ROWS(0u, 1u, ldrsb, "LDRSB"),
    {0, 0, NULL, NULL, NULL, 0, NULL},
};

const struct row rows32_load_half[] = {
    HINT_ROWS(1u, 0u, "Unallocated memory hint"),
    HINT_ROWS(1u, 1u, "Unallocated memory hint, signed"),
    LOAD_ROWS(1u, 0u, ldrh, "LDRH"),
    LOAD_ROWS(1u, 1u, ldrsh, "LDRSH"),
    {0, 0, NULL, NULL, NULL, 0, NULL},
};

#define B INSN_BRANCH
const struct row rows32_load_word[] = {
    {0xFF7FF000, 0xF85FF000, "LDR (literal) T2 to PC", ldr_pc_lit, lit12, B, NULL},
    {0xFFF0F000, 0xF8D0F000, "LDR (immediate) T3 to PC", ldr_pc_imm, imm12, B, NULL},
    {0xFFF0FFC0, 0xF850F000, "LDR (register) T2 to PC", ldr_pc_reg, reg_shifted, B, NULL},
    {0xFFF0FF00, 0xF850FC00, "LDR (immediate) T4 to PC", ldr_pc_imm, minus8, B, NULL},
    {0xFFF0FD00, 0xF850F900, "LDR (immediate) T4 post-indexed to PC", ldr_pc_post, indexed8,
     B | INSN_WRITES_N, NULL},
    {0xFFF0FD00, 0xF850FD00, "LDR (immediate) T4 pre-indexed to PC", ldr_pc_pre, indexed8,
     B | INSN_WRITES_N, NULL},
    LOAD_ROWS(2u, 0u, ldr, "LDR"),
    {0, 0, NULL, NULL, NULL, 0, NULL},
};
