/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Saturation and parallel arithmetic of halfwords and bytes: DDI 0403 A5.3.3, A5.3.13 to A5.3.15. */
#include "vboard/cpu/armv7m/advance.h"
#include "vboard/cpu/armv7m/core.h"
#include "vboard/cpu/armv7m/groups.h"
#include "vboard/cpu/armv7m/shift.h"

/* ---- saturation ---- */

/* SignedSatQ, UnsignedSatQ. */
static int64_t signed_sat(int64_t value, unsigned width, bool *saturated)
{
    int64_t most = ((int64_t)1 << (width - 1)) - 1;
    int64_t least = -most - 1;
    *saturated = value > most || value < least;
    return value > most ? most : value < least ? least : value;
}

static int64_t unsigned_sat(int64_t value, unsigned width, bool *saturated)
{
    int64_t most = ((int64_t)1 << width) - 1;
    *saturated = value > most || value < 0;
    return value > most ? most : value < 0 ? 0 : value;
}

/* `cond` holds the width: saturate to. */
static const struct insn *ssat(struct core *c, const struct insn *i)
{
    bool saturated;
    c->r[i->d] = (uint32_t)signed_sat((int32_t)shifted(c, i), i->cond, &saturated);
    c->q |= saturated;
    return done(c, i);
}

static const struct insn *usat(struct core *c, const struct insn *i)
{
    bool saturated;
    c->r[i->d] = (uint32_t)unsigned_sat((int32_t)shifted(c, i), i->cond, &saturated);
    c->q |= saturated;
    return done(c, i);
}

static uint32_t both_halves(int64_t high, int64_t low)
{
    return (uint32_t)high << 16 | ((uint32_t)low & 0xFFFFu);
}

static int32_t low_half(uint32_t x)
{
    return (int32_t)sign_extend(x, 16);
}

static int32_t high_half(uint32_t x)
{
    return (int32_t)sign_extend(x >> 16, 16);
}

static const struct insn *ssat16(struct core *c, const struct insn *i)
{
    uint32_t n = c->r[i->m];
    bool first;
    bool second;
    int64_t low = signed_sat(low_half(n), i->cond, &first);
    int64_t high = signed_sat(high_half(n), i->cond, &second);
    c->r[i->d] = both_halves(high, low);
    c->q |= first || second;
    return done(c, i);
}

static const struct insn *usat16(struct core *c, const struct insn *i)
{
    uint32_t n = c->r[i->m];
    bool first;
    bool second;
    int64_t low = unsigned_sat(low_half(n), i->cond, &first);
    int64_t high = unsigned_sat(high_half(n), i->cond, &second);
    c->r[i->d] = both_halves(high, low);
    c->q |= first || second;
    return done(c, i);
}

static int32_t saturated_q(struct core *c, int64_t value)
{
    bool saturated;
    int64_t result = signed_sat(value, 32, &saturated);
    c->q |= saturated;
    return (int32_t)result;
}

static const struct insn *qadd(struct core *c, const struct insn *i)
{
    int64_t m = (int32_t)c->r[i->m];
    c->r[i->d] = (uint32_t)saturated_q(c, m + (int32_t)c->r[i->n]);
    return done(c, i);
}

static const struct insn *qsub(struct core *c, const struct insn *i)
{
    int64_t m = (int32_t)c->r[i->m];
    c->r[i->d] = (uint32_t)saturated_q(c, m - (int32_t)c->r[i->n]);
    return done(c, i);
}

static const struct insn *qdadd(struct core *c, const struct insn *i)
{
    int64_t m = (int32_t)c->r[i->m];
    int64_t doubled = saturated_q(c, 2 * (int64_t)(int32_t)c->r[i->n]);
    c->r[i->d] = (uint32_t)saturated_q(c, m + doubled);
    return done(c, i);
}

static const struct insn *qdsub(struct core *c, const struct insn *i)
{
    int64_t m = (int32_t)c->r[i->m];
    int64_t doubled = saturated_q(c, 2 * (int64_t)(int32_t)c->r[i->n]);
    c->r[i->d] = (uint32_t)saturated_q(c, m - doubled);
    return done(c, i);
}

/* ---- parallel additions and subtractions ---- */

/* What becomes of a lane's exact result; bits that GE gets tell whether it was >= 0 (signed, or unsigned
 * differences) or carried (unsigned sums). */
enum parallel { PLAIN_S, SATURATING_S, HALVING_S, PLAIN_U, SATURATING_U, HALVING_U };
enum lanes { ADD16, ASX, SAX, SUB16, ADD8, SUB8 };

static uint32_t lane(enum parallel kind, int32_t exact, unsigned width)
{
    bool ignored;
    switch (kind) {
    case SATURATING_S:
        return (uint32_t)signed_sat(exact, width, &ignored);
    case SATURATING_U:
        return (uint32_t)unsigned_sat(exact, width, &ignored);
    case HALVING_S:
    case HALVING_U:
        return (uint32_t)exact >> 1; /* only its low `width` bits are used */
    default:
        return (uint32_t)exact;
    }
}

static bool sets_ge(enum parallel kind, int32_t exact, bool sum, unsigned width)
{
    return kind == PLAIN_U && sum ? exact >= 1 << width : exact >= 0;
}

static int32_t part(enum parallel kind, uint32_t value, unsigned low, unsigned width)
{
    uint32_t field = value >> low & ((1u << width) - 1u);
    return (int32_t)(kind <= HALVING_S ? sign_extend(field, width) : field);
}

static void two_halves(struct core *c, const struct insn *i, enum parallel kind, enum lanes lanes)
{
    uint32_t n = c->r[i->n];
    uint32_t m = c->r[i->m];
    bool crossed = lanes == ASX || lanes == SAX;
    bool low_sum = lanes == ADD16 || lanes == SAX;
    bool high_sum = lanes == ADD16 || lanes == ASX;
    int32_t m_low = part(kind, m, crossed ? 16 : 0, 16);
    int32_t m_high = part(kind, m, crossed ? 0 : 16, 16);
    int32_t low = part(kind, n, 0, 16) + (low_sum ? m_low : -m_low);
    int32_t high = part(kind, n, 16, 16) + (high_sum ? m_high : -m_high);
    if (kind == PLAIN_S || kind == PLAIN_U) {
        c->ge = (sets_ge(kind, low, low_sum, 16) ? 3u : 0) |
                (sets_ge(kind, high, high_sum, 16) ? 12u : 0);
    }
    c->r[i->d] = lane(kind, high, 16) << 16 | (lane(kind, low, 16) & 0xFFFFu);
}

static void four_bytes(struct core *c, const struct insn *i, enum parallel kind, bool sum)
{
    uint32_t n = c->r[i->n];
    uint32_t m = c->r[i->m];
    uint32_t result = 0;
    uint32_t ge = 0;
    for (unsigned b = 0; b < 4; b++) {
        int32_t y = part(kind, m, 8 * b, 8);
        int32_t exact = part(kind, n, 8 * b, 8) + (sum ? y : -y);
        result |= (lane(kind, exact, 8) & 0xFFu) << (8 * b);
        ge |= sets_ge(kind, exact, sum, 8) ? 1u << b : 0;
    }
    if (kind == PLAIN_S || kind == PLAIN_U) {
        c->ge = ge;
    }
    c->r[i->d] = result;
}

/* The six of each kind: SADD16, SASX, SSAX, SSUB16, SADD8, SSUB8 ... */
#define PARALLEL(prefix, kind)                                                                     \
    static const struct insn *prefix##add16(struct core *c, const struct insn *i)                  \
    {                                                                                              \
        two_halves(c, i, kind, ADD16);                                                             \
        return done(c, i);                                                                         \
    }                                                                                              \
    static const struct insn *prefix##asx(struct core *c, const struct insn *i)                    \
    {                                                                                              \
        two_halves(c, i, kind, ASX);                                                               \
        return done(c, i);                                                                         \
    }                                                                                              \
    static const struct insn *prefix##sax(struct core *c, const struct insn *i)                    \
    {                                                                                              \
        two_halves(c, i, kind, SAX);                                                               \
        return done(c, i);                                                                         \
    }                                                                                              \
    static const struct insn *prefix##sub16(struct core *c, const struct insn *i)                  \
    {                                                                                              \
        two_halves(c, i, kind, SUB16);                                                             \
        return done(c, i);                                                                         \
    }                                                                                              \
    static const struct insn *prefix##add8(struct core *c, const struct insn *i)                   \
    {                                                                                              \
        four_bytes(c, i, kind, true);                                                              \
        return done(c, i);                                                                         \
    }                                                                                              \
    static const struct insn *prefix##sub8(struct core *c, const struct insn *i)                   \
    {                                                                                              \
        four_bytes(c, i, kind, false);                                                             \
        return done(c, i);                                                                         \
    }

PARALLEL(s, PLAIN_S)
PARALLEL(q, SATURATING_S)
PARALLEL(sh, HALVING_S)
PARALLEL(u, PLAIN_U)
PARALLEL(uq, SATURATING_U)
PARALLEL(uh, HALVING_U)

static const struct insn *sel(struct core *c, const struct insn *i)
{
    uint32_t from_n = 0;
    for (unsigned b = 0; b < 4; b++) {
        from_n |= (c->ge >> b & 1u) != 0 ? 0xFFu << (8 * b) : 0;
    }
    c->r[i->d] = (c->r[i->n] & from_n) | (c->r[i->m] & ~from_n);
    return done(c, i);
}

/* ---- operands ---- */

static bool d_n_m(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->n = (uint8_t)bits(op, 19, 16);
    s->d = (uint8_t)bits(op, 11, 8);
    s->m = (uint8_t)bits(op, 3, 0);
    return !is_sp_or_pc(s->d) && !is_sp_or_pc(s->n) && !is_sp_or_pc(s->m);
}

/* The operand is at rn's place; width - 1 for signed, width for unsigned saturation. */
static bool saturates(struct insn *s, uint32_t op, uint32_t first)
{
    s->m = (uint8_t)bits(op, 19, 16);
    s->d = (uint8_t)bits(op, 11, 8);
    s->cond = (uint8_t)(bits(op, 4, 0) + first);
    decode_shift(s, bit(op, 21) << 1, bits(op, 14, 12) << 2 | bits(op, 7, 6));
    return !is_sp_or_pc(s->d) && !is_sp_or_pc(s->m);
}

static bool to_signed(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    return saturates(s, op, 1);
}

static bool to_unsigned(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    return saturates(s, op, 0);
}

/* SSAT16 and USAT16: 4 bits of width, and two that are zero. */
static bool halves_to_signed(struct insn *s, uint32_t op, uint32_t pc)
{
    return to_signed(s, op & ~0x30u, pc) && (op & 0x30u) == 0;
}

static bool halves_to_unsigned(struct insn *s, uint32_t op, uint32_t pc)
{
    return to_unsigned(s, op & ~0x30u, pc) && (op & 0x30u) == 0;
}

/* ---- encodings ---- */

#define D INSN_WRITES_D

const struct row rows32_saturate[] = {
    {0xFFF0F0C0, 0xF3200000, "SSAT16 T1", ssat16, halves_to_signed, D, NULL},
    {0xFFD08020, 0xF3000000, "SSAT T1", ssat, to_signed, D, NULL},
    {0xFFF0F0C0, 0xF3A00000, "USAT16 T1", usat16, halves_to_unsigned, D, NULL},
    {0xFFD08020, 0xF3800000, "USAT T1", usat, to_unsigned, D, NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};

/* 111110101 op rn 1111 rd 0 U H Q? rm (A5.3.13, A5.3.14): bits 6:4 choose the kind. */
#define SIX(kind, prefix, PREFIX)                                                                  \
    {0xFFF0F0F0, 0xFA90F000 | (kind) << 4, PREFIX "ADD16 T1", prefix##add16, d_n_m, D, NULL},      \
        {0xFFF0F0F0, 0xFAA0F000 | (kind) << 4, PREFIX "ASX T1", prefix##asx, d_n_m, D, NULL},      \
        {0xFFF0F0F0, 0xFAE0F000 | (kind) << 4, PREFIX "SAX T1", prefix##sax, d_n_m, D, NULL},      \
        {0xFFF0F0F0, 0xFAD0F000 | (kind) << 4, PREFIX "SUB16 T1", prefix##sub16, d_n_m, D, NULL},  \
        {0xFFF0F0F0, 0xFA80F000 | (kind) << 4, PREFIX "ADD8 T1", prefix##add8, d_n_m, D, NULL},    \
    {                                                                                              \
        0xFFF0F0F0, 0xFAC0F000 | (kind) << 4, PREFIX "SUB8 T1", prefix##sub8, d_n_m, D, NULL       \
    }

const struct row rows32_parallel[] = {
    SIX(0u, s, "S"),
    SIX(1u, q, "Q"),
    SIX(2u, sh, "SH"),
    SIX(4u, u, "U"),
    SIX(5u, uq, "UQ"),
    SIX(6u, uh, "UH"),
    {0xFFF0F0F0, 0xFA80F080, "QADD T1", qadd, d_n_m, D, NULL},
    {0xFFF0F0F0, 0xFA80F090, "QDADD T1", qdadd, d_n_m, D, NULL},
    {0xFFF0F0F0, 0xFA80F0A0, "QSUB T1", qsub, d_n_m, D, NULL},
    {0xFFF0F0F0, 0xFA80F0B0, "QDSUB T1", qdsub, d_n_m, D, NULL},
    {0xFFF0F0F0, 0xFAA0F080, "SEL T1", sel, d_n_m, D, NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};
