/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Conversions: DDI 0403 A6.4 (VCVT, VCVTR, VCVTB, VCVTT), FPv5's VCVTA, N, P, M. */
#include "vboard/cpu/armv7m/advance.h"
#include "vboard/cpu/armv7m/groups.h"
#include "vboard/cpu/armv7m/vfp.h"

/* ---- what they do ---- */

#define CONVERT(name, body)                                                                        \
    static const struct insn *name(struct core *c, const struct insn *i)                           \
    {                                                                                              \
        if (!vfp_ready(c)) {                                                                       \
            return undone(c, i);                                                                   \
        }                                                                                          \
        struct fp_state *f = &c->fp;                                                               \
        (void)f;                                                                                   \
        body;                                                                                      \
        return done(c, i);                                                                         \
    }

CONVERT(f32_to_f64, set_double(c, i->d, fp32_to_fp64(f, c->s[i->m])))
CONVERT(f64_to_f32, c->s[i->d] = fp64_to_fp32(f, get_double(c, i->m)))
CONVERT(s32_to_f32, c->s[i->d] = fp32_from_s32(f, c->s[i->m]))
CONVERT(u32_to_f32, c->s[i->d] = fp32_from_u32(f, c->s[i->m]))
CONVERT(s32_to_f64, set_double(c, i->d, fp64_from_s32(c->s[i->m])))
CONVERT(u32_to_f64, set_double(c, i->d, fp64_from_u32(c->s[i->m])))

/* `cond`: how to round; 255 as FPSCR says. */
static enum fp_rounding rounding(const struct core *c, const struct insn *i)
{
    return i->cond == 255 ? fp_rmode(&c->fp) : (enum fp_rounding)i->cond;
}

CONVERT(f32_to_s32, c->s[i->d] = fp32_to_s32(f, c->s[i->m], rounding(c, i)))
CONVERT(f32_to_u32, c->s[i->d] = fp32_to_u32(f, c->s[i->m], rounding(c, i)))
CONVERT(f64_to_s32, c->s[i->d] = fp64_to_s32(f, get_double(c, i->m), rounding(c, i)))
CONVERT(f64_to_u32, c->s[i->d] = fp64_to_u32(f, get_double(c, i->m), rounding(c, i)))

/* Fixed point: `shift` the size, `amount` the fraction, `cond` unsigned; in place. */
static struct fp_fixed fixed(const struct insn *i)
{
    return (struct fp_fixed){i->shift, i->amount, i->cond != 0};
}

CONVERT(f32_to_fixed, c->s[i->d] = fp32_to_fixed(f, c->s[i->d], fixed(i)))
CONVERT(f32_from_fixed, c->s[i->d] = fp32_from_fixed(f, c->s[i->d], fixed(i)))

CONVERT(f64_to_fixed, set_double(c, i->d, fp64_to_fixed(f, get_double(c, i->d), fixed(i))))
CONVERT(f64_from_fixed, set_double(c, i->d, fp64_from_fixed(f, c->s[i->d], fixed(i))))

/* Half precision: `shift` is 16 for the top half (VCVTT), else 0. */
static uint32_t half_of(const struct core *c, const struct insn *i)
{
    return c->s[i->m] >> i->shift & 0xFFFFu;
}

static void set_half(struct core *c, const struct insn *i, uint32_t half)
{
    c->s[i->d] = (c->s[i->d] & ~(0xFFFFu << i->shift)) | half << i->shift;
}

CONVERT(f16_to_f32, c->s[i->d] = fp16_to_fp32(f, half_of(c, i)))
CONVERT(f16_to_f64, set_double(c, i->d, fp16_to_fp64(f, half_of(c, i))))
CONVERT(f32_to_f16, set_half(c, i, fp32_to_fp16(f, c->s[i->m])))
CONVERT(f64_to_f16, set_half(c, i, fp64_to_fp16(f, get_double(c, i->m))))

/* ---- operands ---- */

static uint8_t single(uint32_t v, uint32_t low)
{
    return (uint8_t)(v << 1 | low);
}

static uint8_t d_single(uint32_t op)
{
    return single(bits(op, 15, 12), bit(op, 22));
}

static uint8_t m_single(uint32_t op)
{
    return single(bits(op, 3, 0), bit(op, 5));
}

static uint8_t d_double(uint32_t op)
{
    return (uint8_t)(bits(op, 15, 12) << 1);
}

static uint8_t m_double(uint32_t op)
{
    return (uint8_t)(bits(op, 3, 0) << 1);
}

static bool single_single(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = d_single(op);
    s->m = m_single(op);
    s->shift = (uint8_t)(bit(op, 7) * 16);
    return true;
}

static bool double_single(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = d_double(op);
    s->m = m_single(op);
    s->shift = (uint8_t)(bit(op, 7) * 16);
    return true;
}

static bool single_double(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = d_single(op);
    s->m = m_double(op);
    s->shift = (uint8_t)(bit(op, 7) * 16);
    return true;
}

/* VCVT rounds to zero, VCVTR as FPSCR says. */
static bool to_integer(struct insn *s, uint32_t op, uint32_t pc)
{
    bool from_double = bit(op, 8) != 0;
    s->cond = bit(op, 7) != 0 ? FP_TO_ZERO : 255;
    return from_double ? single_double(s, op, pc) : single_single(s, op, pc);
}

static bool to_integer_by(struct insn *s, uint32_t op, uint32_t pc)
{
    static const uint8_t modes[4] = {FP_TIES_AWAY, FP_NEAREST, FP_PLUS_INF, FP_MINUS_INF};
    to_integer(s, op, pc);
    s->cond = modes[bits(op, 17, 16)];
    return true;
}

static bool fixed_point(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = bit(op, 8) != 0 ? d_double(op) : d_single(op);
    s->shift = bit(op, 7) != 0 ? 32 : 16;
    s->cond = (uint8_t)bit(op, 16);
    uint32_t imm = bits(op, 3, 0) << 1 | bit(op, 5);
    s->amount = (uint8_t)(imm <= s->shift ? s->shift - imm : 0);
    return imm <= s->shift;
}

/* ---- encodings ---- */

#define E INSN_EFFECT
#define S VFP_SINGLE
#define D VFP_DOUBLE
#define NOT_D VFP_D
#define NOT_M VFP_M
#define ONE 0xFFBF0FD0u
#define EITHER_HALF 0xFFBF0F50u

const struct row rows32_vfp_single_convert[] = {
    {EITHER_HALF, 0xEEB20040 | S, "VCVTB, VCVTT F32 from F16", f16_to_f32, single_single, E, NULL},
    {EITHER_HALF, 0xEEB30040 | S, "VCVTB, VCVTT F16 from F32", f32_to_f16, single_single, E, NULL},
    {ONE, 0xEEB80040 | S, "VCVT F32 from U32", u32_to_f32, single_single, E, NULL},
    {ONE, 0xEEB800C0 | S, "VCVT F32 from S32", s32_to_f32, single_single, E, NULL},
    {EITHER_HALF, 0xEEBC0040 | S, "VCVT, VCVTR U32 from F32", f32_to_u32, to_integer, E, NULL},
    {EITHER_HALF, 0xEEBD0040 | S, "VCVT, VCVTR S32 from F32", f32_to_s32, to_integer, E, NULL},
    {0xFFBE0F50, 0xEEBA0040 | S, "VCVT F32 from fixed point", f32_from_fixed, fixed_point, E, NULL},
    {0xFFBE0F50, 0xEEBE0040 | S, "VCVT fixed point from F32", f32_to_fixed, fixed_point, E, NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};

const struct row rows32_vfp_double_convert[] = {
    {EITHER_HALF | NOT_D, 0xEEB20040 | D, "VCVTB, VCVTT F64 from F16", f16_to_f64, double_single, E,
     NULL},
    {EITHER_HALF | NOT_M, 0xEEB30040 | D, "VCVTB, VCVTT F16 from F64", f64_to_f16, single_double, E,
     NULL},
    {ONE | NOT_D, 0xEEB700C0 | S, "VCVT F64 from F32", f32_to_f64, double_single, E, NULL},
    {ONE | NOT_M, 0xEEB700C0 | D, "VCVT F32 from F64", f64_to_f32, single_double, E, NULL},
    {ONE | NOT_D, 0xEEB80040 | D, "VCVT F64 from U32", u32_to_f64, double_single, E, NULL},
    {ONE | NOT_D, 0xEEB800C0 | D, "VCVT F64 from S32", s32_to_f64, double_single, E, NULL},
    {EITHER_HALF | NOT_M, 0xEEBC0040 | D, "VCVT, VCVTR U32 from F64", f64_to_u32, to_integer, E,
     NULL},
    {EITHER_HALF | NOT_M, 0xEEBD0040 | D, "VCVT, VCVTR S32 from F64", f64_to_s32, to_integer, E,
     NULL},
    {0xFFBE0F50 | NOT_D, 0xEEBA0040 | D, "VCVT F64 from fixed point", f64_from_fixed, fixed_point,
     E, NULL},
    {0xFFBE0F50 | NOT_D, 0xEEBE0040 | D, "VCVT fixed point from F64", f64_to_fixed, fixed_point, E,
     NULL},
    {0xFFBC0FD0, 0xFEBC0040 | S, "VCVTA, VCVTN, VCVTP, VCVTM U32 from F32", f32_to_u32,
     to_integer_by, E, NULL},
    {0xFFBC0FD0, 0xFEBC00C0 | S, "VCVTA, VCVTN, VCVTP, VCVTM S32 from F32", f32_to_s32,
     to_integer_by, E, NULL},
    {0xFFBC0FD0 | NOT_M, 0xFEBC0040 | D, "VCVTA, VCVTN, VCVTP, VCVTM U32 from F64", f64_to_u32,
     to_integer_by, E, NULL},
    {0xFFBC0FD0 | NOT_M, 0xFEBC00C0 | D, "VCVTA, VCVTN, VCVTP, VCVTM S32 from F64", f64_to_s32,
     to_integer_by, E, NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};
