/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Bit fields, extensions, reversals, counts: DDI 0403 A5.2.5 (16 bits), A5.3.3, A5.3.12, A5.3.15.
 */
#include "vboard/cpu/armv7m/advance.h"
#include "vboard/cpu/armv7m/core.h"
#include "vboard/cpu/armv7m/groups.h"
#include "vboard/cpu/armv7m/shift.h"

/* ---- what they do: `shift` is the lowest bit, `amount` the width ---- */

static uint32_t mask_of(unsigned width)
{
    return width < 32 ? (1u << width) - 1u : ~0u;
}

static const struct insn *bfi(struct core *c, const struct insn *i)
{
    uint32_t mask = mask_of(i->amount) << i->shift;
    c->r[i->d] = (c->r[i->d] & ~mask) | (c->r[i->n] << i->shift & mask);
    return done(c, i);
}

static const struct insn *bfc(struct core *c, const struct insn *i)
{
    c->r[i->d] &= ~(mask_of(i->amount) << i->shift);
    return done(c, i);
}

static const struct insn *ubfx(struct core *c, const struct insn *i)
{
    c->r[i->d] = c->r[i->n] >> i->shift & mask_of(i->amount);
    return done(c, i);
}

static const struct insn *sbfx(struct core *c, const struct insn *i)
{
    c->r[i->d] = sign_extend(c->r[i->n] >> i->shift, i->amount);
    return done(c, i);
}

/* Rotated rm (by 0, 8, 16, 24), extended, added to rn where there is one (n is not PC). */
static uint32_t rotated(const struct core *c, const struct insn *i)
{
    uint32_t m = c->r[i->m];
    return i->amount != 0 ? m >> i->amount | m << (32 - i->amount) : m;
}

#define EXTEND(name, result)                                                                       \
    static const struct insn *name(struct core *c, const struct insn *i)                           \
    {                                                                                              \
        const uint32_t m = rotated(c, i);                                                          \
        c->r[i->d] = (result);                                                                     \
        return done(c, i);                                                                         \
    }                                                                                              \
    static const struct insn *name##_add(struct core *c, const struct insn *i)                     \
    {                                                                                              \
        const uint32_t m = rotated(c, i);                                                          \
        c->r[i->d] = c->r[i->n] + (result);                                                        \
        return done(c, i);                                                                         \
    }

EXTEND(sxth, sign_extend(m, 16))
EXTEND(uxth, m & 0xFFFFu)
EXTEND(sxtb, sign_extend(m, 8))
EXTEND(uxtb, m & 0xFFu)

/* Two bytes to two halfwords, which are added apart. */
static uint32_t halves(uint32_t high, uint32_t low)
{
    return high << 16 | (low & 0xFFFFu);
}

static uint32_t signed_bytes(uint32_t m)
{
    return halves(sign_extend(m >> 16, 8), sign_extend(m, 8));
}

static uint32_t add_halves(uint32_t n, uint32_t m)
{
    return halves((n >> 16) + (m >> 16), n + m);
}

static const struct insn *sxtb16(struct core *c, const struct insn *i)
{
    c->r[i->d] = signed_bytes(rotated(c, i));
    return done(c, i);
}

static const struct insn *uxtb16(struct core *c, const struct insn *i)
{
    c->r[i->d] = rotated(c, i) & 0x00FF00FFu;
    return done(c, i);
}

static const struct insn *sxtab16(struct core *c, const struct insn *i)
{
    c->r[i->d] = add_halves(c->r[i->n], signed_bytes(rotated(c, i)));
    return done(c, i);
}

static const struct insn *uxtab16(struct core *c, const struct insn *i)
{
    c->r[i->d] = add_halves(c->r[i->n], rotated(c, i) & 0x00FF00FFu);
    return done(c, i);
}

static const struct insn *rev(struct core *c, const struct insn *i)
{
    uint32_t m = c->r[i->m];
    c->r[i->d] = m << 24 | (m & 0xFF00u) << 8 | (m >> 8 & 0xFF00u) | m >> 24;
    return done(c, i);
}

static const struct insn *rev16(struct core *c, const struct insn *i)
{
    uint32_t m = c->r[i->m];
    c->r[i->d] = (m & 0x00FF00FFu) << 8 | (m >> 8 & 0x00FF00FFu);
    return done(c, i);
}

static const struct insn *revsh(struct core *c, const struct insn *i)
{
    uint32_t m = c->r[i->m];
    c->r[i->d] = sign_extend((m & 0xFFu) << 8 | (m >> 8 & 0xFFu), 16);
    return done(c, i);
}

static const struct insn *rbit(struct core *c, const struct insn *i)
{
    uint32_t m = c->r[i->m];
    uint32_t result = 0;
    for (unsigned n = 0; n < 32; n++) {
        result = result << 1 | (m >> n & 1u);
    }
    c->r[i->d] = result;
    return done(c, i);
}

static const struct insn *clz(struct core *c, const struct insn *i)
{
    uint32_t m = c->r[i->m];
    c->r[i->d] = m != 0 ? (uint32_t)__builtin_clz(m) : 32u;
    return done(c, i);
}

/* ---- operands ---- */

static bool field_of(struct insn *s, uint32_t op)
{
    s->d = (uint8_t)bits(op, 11, 8);
    s->n = (uint8_t)bits(op, 19, 16);
    s->shift = (uint8_t)(bits(op, 14, 12) << 2 | bits(op, 7, 6));
    return !is_sp_or_pc(s->d);
}

/* SBFX, UBFX: widthm1. */
static bool extracted(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    bool good = field_of(s, op);
    s->amount = (uint8_t)(bits(op, 4, 0) + 1);
    bool fits = s->shift + s->amount <= 32;
    s->amount = (uint8_t)(fits ? s->amount : 32 - s->shift);
    return good && fits && !is_sp_or_pc(s->n);
}

/* BFI, BFC: msb. */
static bool inserted(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    bool good = field_of(s, op);
    unsigned msb = bits(op, 4, 0);
    bool fits = msb >= s->shift;
    s->amount = (uint8_t)(fits ? msb - s->shift + 1u : 1u);
    return good && fits && s->n != SP;
}

static bool d0_m3(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = (uint8_t)bits(op, 2, 0);
    s->m = (uint8_t)bits(op, 5, 3);
    return true;
}

static bool extended(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = (uint8_t)bits(op, 11, 8);
    s->n = (uint8_t)bits(op, 19, 16);
    s->m = (uint8_t)bits(op, 3, 0);
    s->amount = (uint8_t)(bits(op, 5, 4) * 8);
    return !is_sp_or_pc(s->d) && !is_sp_or_pc(s->m) && s->n != SP;
}

/* REV ...: rm twice, which must agree. */
static bool m_twice(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = (uint8_t)bits(op, 11, 8);
    s->m = (uint8_t)bits(op, 3, 0);
    return !is_sp_or_pc(s->d) && !is_sp_or_pc(s->m) && bits(op, 19, 16) == s->m;
}

/* ---- encodings ---- */

#define D INSN_WRITES_D

const struct row rows16_bit_field[] = {
    {0xFFC0, 0xB200, "SXTH T1", sxth, d0_m3, 0, NULL},
    {0xFFC0, 0xB240, "SXTB T1", sxtb, d0_m3, 0, NULL},
    {0xFFC0, 0xB280, "UXTH T1", uxth, d0_m3, 0, NULL},
    {0xFFC0, 0xB2C0, "UXTB T1", uxtb, d0_m3, 0, NULL},
    {0xFFC0, 0xBA00, "REV T1", rev, d0_m3, 0, NULL},
    {0xFFC0, 0xBA40, "REV16 T1", rev16, d0_m3, 0, NULL},
    {0xFFC0, 0xBAC0, "REVSH T1", revsh, d0_m3, 0, NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};

const struct row rows32_bit_field[] = {
    {0xFFF08020, 0xF3400000, "SBFX T1", sbfx, extracted, D, NULL},
    {0xFFFF8020, 0xF36F0000, "BFC T1", bfc, inserted, D, NULL},
    {0xFFF08020, 0xF3600000, "BFI T1", bfi, inserted, D, NULL},
    {0xFFF08020, 0xF3C00000, "UBFX T1", ubfx, extracted, D, NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};

const struct row rows32_extend[] = {
    {0xFFFFF0C0, 0xFA0FF080, "SXTH T2", sxth, extended, D, NULL},
    {0xFFF0F0C0, 0xFA00F080, "SXTAH T1", sxth_add, extended, D, NULL},
    {0xFFFFF0C0, 0xFA1FF080, "UXTH T2", uxth, extended, D, NULL},
    {0xFFF0F0C0, 0xFA10F080, "UXTAH T1", uxth_add, extended, D, NULL},
    {0xFFFFF0C0, 0xFA2FF080, "SXTB16 T1", sxtb16, extended, D, NULL},
    {0xFFF0F0C0, 0xFA20F080, "SXTAB16 T1", sxtab16, extended, D, NULL},
    {0xFFFFF0C0, 0xFA3FF080, "UXTB16 T1", uxtb16, extended, D, NULL},
    {0xFFF0F0C0, 0xFA30F080, "UXTAB16 T1", uxtab16, extended, D, NULL},
    {0xFFFFF0C0, 0xFA4FF080, "SXTB T2", sxtb, extended, D, NULL},
    {0xFFF0F0C0, 0xFA40F080, "SXTAB T1", sxtb_add, extended, D, NULL},
    {0xFFFFF0C0, 0xFA5FF080, "UXTB T2", uxtb, extended, D, NULL},
    {0xFFF0F0C0, 0xFA50F080, "UXTAB T1", uxtb_add, extended, D, NULL},
    {0xFFF0F0F0, 0xFA90F080, "REV T2", rev, m_twice, D, NULL},
    {0xFFF0F0F0, 0xFA90F090, "REV16 T2", rev16, m_twice, D, NULL},
    {0xFFF0F0F0, 0xFA90F0A0, "RBIT T1", rbit, m_twice, D, NULL},
    {0xFFF0F0F0, 0xFA90F0B0, "REVSH T2", revsh, m_twice, D, NULL},
    {0xFFF0F0F0, 0xFAB0F080, "CLZ T1", clz, m_twice, D, NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};
