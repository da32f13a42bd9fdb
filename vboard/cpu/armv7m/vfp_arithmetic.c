/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Floating-point data processing but for conversions: DDI 0403 A6.4, with FPv5's A7.7 VSEL, VMAXNM,
 * VMINNM, VRINT. */
#include "vboard/cpu/armv7m/advance.h"
#include "vboard/cpu/armv7m/groups.h"
#include "vboard/cpu/armv7m/vfp.h"

bool vfp_begin(struct core *c)
{
    bool fresh = false;
    uint32_t fpscr = 0;
    if (!c->base.ops->use_fp(c->base.ctx, &fresh, &fpscr)) {
        stop_with(c, ENGINE_NO_FP);
        return false;
    }
    look_up(c); /* stacking may have faulted */
    if (fresh) {
        c->control |= 4u; /* FPCA */
        c->fp.fpscr = fpscr;
        c->base.meter.system_ran = true;
    }
    c->fp_ready = true;
    return true;
}

/* ---- what they do ---- */

/* d from d, n and m, in both formats. */
#define FP(name, single, double)                                                                   \
    static const struct insn *name##_f32(struct core *c, const struct insn *i)                     \
    {                                                                                              \
        if (!vfp_ready(c)) {                                                                       \
            return undone(c, i);                                                                   \
        }                                                                                          \
        struct fp_state *f = &c->fp;                                                               \
        const uint32_t d = c->s[i->d];                                                             \
        const uint32_t n = c->s[i->n];                                                             \
        const uint32_t m = c->s[i->m];                                                             \
        (void)f, (void)d, (void)n, (void)m;                                                        \
        c->s[i->d] = single;                                                                       \
        return done(c, i);                                                                         \
    }                                                                                              \
    static const struct insn *name##_f64(struct core *c, const struct insn *i)                     \
    {                                                                                              \
        if (!vfp_ready(c)) {                                                                       \
            return undone(c, i);                                                                   \
        }                                                                                          \
        struct fp_state *f = &c->fp;                                                               \
        const uint64_t d = get_double(c, i->d);                                                    \
        const uint64_t n = get_double(c, i->n);                                                    \
        const uint64_t m = get_double(c, i->m);                                                    \
        (void)f, (void)d, (void)n, (void)m;                                                        \
        set_double(c, i->d, double);                                                               \
        return done(c, i);                                                                         \
    }

FP(vadd, fp32_add(f, n, m), fp64_add(f, n, m))
FP(vsub, fp32_sub(f, n, m), fp64_sub(f, n, m))
FP(vmul, fp32_mul(f, n, m), fp64_mul(f, n, m))
FP(vnmul, fp32_neg(fp32_mul(f, n, m)), fp64_neg(fp64_mul(f, n, m)))
FP(vdiv, fp32_div(f, n, m), fp64_div(f, n, m))
FP(vmla, fp32_add(f, d, fp32_mul(f, n, m)), fp64_add(f, d, fp64_mul(f, n, m)))
FP(vmls, fp32_add(f, d, fp32_neg(fp32_mul(f, n, m))), fp64_add(f, d, fp64_neg(fp64_mul(f, n, m))))
FP(vnmla, fp32_add(f, fp32_neg(d), fp32_neg(fp32_mul(f, n, m))),
   fp64_add(f, fp64_neg(d), fp64_neg(fp64_mul(f, n, m))))
FP(vnmls, fp32_add(f, fp32_neg(d), fp32_mul(f, n, m)), fp64_add(f, fp64_neg(d), fp64_mul(f, n, m)))
FP(vfma, fp32_muladd(f, d, n, m), fp64_muladd(f, d, n, m))
FP(vfms, fp32_muladd(f, d, fp32_neg(n), m), fp64_muladd(f, d, fp64_neg(n), m))
FP(vfnma, fp32_muladd(f, fp32_neg(d), fp32_neg(n), m), fp64_muladd(f, fp64_neg(d), fp64_neg(n), m))
FP(vfnms, fp32_muladd(f, fp32_neg(d), n, m), fp64_muladd(f, fp64_neg(d), n, m))
FP(vmov, m, m)
FP(vabs, fp32_abs(m), fp64_abs(m))
FP(vneg, fp32_neg(m), fp64_neg(m))
FP(vsqrt, fp32_sqrt(f, m), fp64_sqrt(f, m))
FP(vmaxnm, fp32_maxnum(f, n, m), fp64_maxnum(f, n, m))
FP(vminnm, fp32_minnum(f, n, m), fp64_minnum(f, n, m))
FP(vsel, condition(c, i->cond) ? n : m, condition(c, i->cond) ? n : m)
FP(vrintr, fp32_round_int(f, m, fp_rmode(f), false), fp64_round_int(f, m, fp_rmode(f), false))
FP(vrintx, fp32_round_int(f, m, fp_rmode(f), true), fp64_round_int(f, m, fp_rmode(f), true))
FP(vrintz, fp32_round_int(f, m, FP_TO_ZERO, false), fp64_round_int(f, m, FP_TO_ZERO, false))
/* VRINTA, N, P, M: `cond` is the rounding. */
FP(vrint, fp32_round_int(f, m, (enum fp_rounding)i->cond, false),
   fp64_round_int(f, m, (enum fp_rounding)i->cond, false))
/* The constant: `imm` is a single, or a double's top word. */
FP(vmov_imm, i->imm, (uint64_t)i->imm << 32)

/* `imm`: VCMPE; with zero instead of m if `amount`. */
static const struct insn *vcmp_f32(struct core *c, const struct insn *i)
{
    if (!vfp_ready(c)) {
        return undone(c, i);
    }
    fp32_compare(&c->fp, c->s[i->d], i->amount != 0 ? 0 : c->s[i->m], i->imm != 0);
    return done(c, i);
}

static const struct insn *vcmp_f64(struct core *c, const struct insn *i)
{
    if (!vfp_ready(c)) {
        return undone(c, i);
    }
    uint64_t m = i->amount != 0 ? 0 : get_double(c, i->m);
    fp64_compare(&c->fp, get_double(c, i->d), m, i->imm != 0);
    return done(c, i);
}

/* Any other encoding of CP10 and CP11: NOCP comes before UNDEFINED. */
static const struct insn *none(struct core *c, const struct insn *i)
{
    return vfp_ready(c) ? fault(c, i, ENGINE_UNDEFINED) : undone(c, i);
}

/* ---- operands ---- */

bool vfp_singles(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = (uint8_t)(bits(op, 15, 12) << 1 | bit(op, 22));
    s->n = (uint8_t)(bits(op, 19, 16) << 1 | bit(op, 7));
    s->m = (uint8_t)(bits(op, 3, 0) << 1 | bit(op, 5));
    return true;
}

bool vfp_doubles(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = (uint8_t)(bits(op, 15, 12) << 1);
    s->n = (uint8_t)(bits(op, 19, 16) << 1);
    s->m = (uint8_t)(bits(op, 3, 0) << 1);
    return true;
}

static bool operands(struct insn *s, uint32_t op)
{
    return bit(op, 8) != 0 ? vfp_doubles(s, op, 0) : vfp_singles(s, op, 0);
}

/* VFPExpandImm (A6.4.1). */
static bool constant(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    uint32_t sign = bit(op, 19) << 31;
    uint32_t b = bit(op, 18);
    uint32_t fraction = bits(op, 17, 16) << 4 | bits(op, 3, 0);
    operands(s, op);
    s->n = s->m = 0;
    if (bit(op, 8) != 0) {
        s->imm = sign | (b ^ 1u) << 30 | (b != 0 ? 0xFFu << 22 : 0) | fraction << 16;
    } else {
        s->imm = sign | (b ^ 1u) << 30 | (b != 0 ? 0x1Fu << 25 : 0) | fraction << 19;
    }
    return (op & 0xA0u) == 0;
}

static bool compared(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    operands(s, op);
    s->imm = bit(op, 7);
    s->amount = (uint8_t)bit(op, 16);
    s->n = 0;
    return s->amount == 0 || (op & 0x2Fu) == 0;
}

/* VSEL: EQ, VS, GE, GT. */
static bool selected(struct insn *s, uint32_t op, uint32_t pc)
{
    static const uint8_t conds[4] = {0, 6, 10, 12};
    (void)pc;
    s->cond = conds[bits(op, 21, 20)];
    return operands(s, op);
}

static bool rounded(struct insn *s, uint32_t op, uint32_t pc)
{
    static const uint8_t modes[4] = {FP_TIES_AWAY, FP_NEAREST, FP_PLUS_INF, FP_MINUS_INF};
    (void)pc;
    s->cond = modes[bits(op, 17, 16)];
    operands(s, op);
    s->n = 0;
    return true;
}

/* No rn in it. */
static bool two_singles(struct insn *s, uint32_t op, uint32_t pc)
{
    vfp_singles(s, op, pc);
    s->n = 0;
    return true;
}

static bool two_doubles(struct insn *s, uint32_t op, uint32_t pc)
{
    vfp_doubles(s, op, pc);
    s->n = 0;
    return true;
}

static bool nothing(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)s;
    (void)op;
    (void)pc;
    return true;
}

/* ---- encodings ---- */

#define E INSN_EFFECT
#define THREE 0xFFB00F50u /* rd, rn, rm */
#define TWO 0xFFBF0FD0u   /* rd, rm */
#define S VFP_SINGLE
#define D VFP_DOUBLE
#define DNM (VFP_D | VFP_N | VFP_M)
#define DM (VFP_D | VFP_M)

const struct row rows32_vfp_single_arithmetic[] = {
    {THREE, 0xEE000000 | S, "VMLA T1 F32", vmla_f32, vfp_singles, E, NULL},
    {THREE, 0xEE000040 | S, "VMLS T1 F32", vmls_f32, vfp_singles, E, NULL},
    {THREE, 0xEE100000 | S, "VNMLS T1 F32", vnmls_f32, vfp_singles, E, NULL},
    {THREE, 0xEE100040 | S, "VNMLA T1 F32", vnmla_f32, vfp_singles, E, NULL},
    {THREE, 0xEE200000 | S, "VMUL T1 F32", vmul_f32, vfp_singles, E, NULL},
    {THREE, 0xEE200040 | S, "VNMUL T2 F32", vnmul_f32, vfp_singles, E, NULL},
    {THREE, 0xEE300000 | S, "VADD T1 F32", vadd_f32, vfp_singles, E, NULL},
    {THREE, 0xEE300040 | S, "VSUB T1 F32", vsub_f32, vfp_singles, E, NULL},
    {THREE, 0xEE800000 | S, "VDIV T1 F32", vdiv_f32, vfp_singles, E, NULL},
    {THREE, 0xEE900000 | S, "VFNMS T1 F32", vfnms_f32, vfp_singles, E, NULL},
    {THREE, 0xEE900040 | S, "VFNMA T1 F32", vfnma_f32, vfp_singles, E, NULL},
    {THREE, 0xEEA00000 | S, "VFMA T1 F32", vfma_f32, vfp_singles, E, NULL},
    {THREE, 0xEEA00040 | S, "VFMS T1 F32", vfms_f32, vfp_singles, E, NULL},
    {THREE, 0xEEB00000 | S, "VMOV (immediate) T1 F32", vmov_imm_f32, constant, E, NULL},
    {TWO, 0xEEB00040 | S, "VMOV (register) T1 F32", vmov_f32, two_singles, E, NULL},
    {TWO, 0xEEB000C0 | S, "VABS T1 F32", vabs_f32, two_singles, E, NULL},
    {TWO, 0xEEB10040 | S, "VNEG T1 F32", vneg_f32, two_singles, E, NULL},
    {TWO, 0xEEB100C0 | S, "VSQRT T1 F32", vsqrt_f32, two_singles, E, NULL},
    {0xFFBE0F50, 0xEEB40040 | S, "VCMP, VCMPE F32", vcmp_f32, compared, E, NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};

const struct row rows32_vfp_double_arithmetic[] = {
    {THREE | DNM, 0xEE000000 | D, "VMLA T1 F64", vmla_f64, vfp_doubles, E, NULL},
    {THREE | DNM, 0xEE000040 | D, "VMLS T1 F64", vmls_f64, vfp_doubles, E, NULL},
    {THREE | DNM, 0xEE100000 | D, "VNMLS T1 F64", vnmls_f64, vfp_doubles, E, NULL},
    {THREE | DNM, 0xEE100040 | D, "VNMLA T1 F64", vnmla_f64, vfp_doubles, E, NULL},
    {THREE | DNM, 0xEE200000 | D, "VMUL T1 F64", vmul_f64, vfp_doubles, E, NULL},
    {THREE | DNM, 0xEE200040 | D, "VNMUL T2 F64", vnmul_f64, vfp_doubles, E, NULL},
    {THREE | DNM, 0xEE300000 | D, "VADD T1 F64", vadd_f64, vfp_doubles, E, NULL},
    {THREE | DNM, 0xEE300040 | D, "VSUB T1 F64", vsub_f64, vfp_doubles, E, NULL},
    {THREE | DNM, 0xEE800000 | D, "VDIV T1 F64", vdiv_f64, vfp_doubles, E, NULL},
    {THREE | DNM, 0xEE900000 | D, "VFNMS T1 F64", vfnms_f64, vfp_doubles, E, NULL},
    {THREE | DNM, 0xEE900040 | D, "VFNMA T1 F64", vfnma_f64, vfp_doubles, E, NULL},
    {THREE | DNM, 0xEEA00000 | D, "VFMA T1 F64", vfma_f64, vfp_doubles, E, NULL},
    {THREE | DNM, 0xEEA00040 | D, "VFMS T1 F64", vfms_f64, vfp_doubles, E, NULL},
    {THREE | VFP_D, 0xEEB00000 | D, "VMOV (immediate) T1 F64", vmov_imm_f64, constant, E, NULL},
    {TWO | DM, 0xEEB00040 | D, "VMOV (register) T1 F64", vmov_f64, two_doubles, E, NULL},
    {TWO | DM, 0xEEB000C0 | D, "VABS T1 F64", vabs_f64, two_doubles, E, NULL},
    {TWO | DM, 0xEEB10040 | D, "VNEG T1 F64", vneg_f64, two_doubles, E, NULL},
    {TWO | DM, 0xEEB100C0 | D, "VSQRT T1 F64", vsqrt_f64, two_doubles, E, NULL},
    {0xFFBE0F50 | DM, 0xEEB40040 | D, "VCMP, VCMPE F64", vcmp_f64, compared, E, NULL},
    {TWO, 0xEEB60040 | S, "VRINTR F32", vrintr_f32, two_singles, E, NULL},
    {TWO, 0xEEB600C0 | S, "VRINTZ F32", vrintz_f32, two_singles, E, NULL},
    {TWO, 0xEEB70040 | S, "VRINTX F32", vrintx_f32, two_singles, E, NULL},
    {TWO | DM, 0xEEB60040 | D, "VRINTR F64", vrintr_f64, two_doubles, E, NULL},
    {TWO | DM, 0xEEB600C0 | D, "VRINTZ F64", vrintz_f64, two_doubles, E, NULL},
    {TWO | DM, 0xEEB70040 | D, "VRINTX F64", vrintx_f64, two_doubles, E, NULL},
    {0xFF800F50, 0xFE000000 | S, "VSEL F32", vsel_f32, selected, E, NULL},
    {0xFF800F50 | DNM, 0xFE000000 | D, "VSEL F64", vsel_f64, selected, E, NULL},
    {THREE, 0xFE800000 | S, "VMAXNM F32", vmaxnm_f32, vfp_singles, E, NULL},
    {THREE, 0xFE800040 | S, "VMINNM F32", vminnm_f32, vfp_singles, E, NULL},
    {THREE | DNM, 0xFE800000 | D, "VMAXNM F64", vmaxnm_f64, vfp_doubles, E, NULL},
    {THREE | DNM, 0xFE800040 | D, "VMINNM F64", vminnm_f64, vfp_doubles, E, NULL},
    {0xFFBC0FD0, 0xFEB80040 | S, "VRINTA, VRINTN, VRINTP, VRINTM F32", vrint_f32, rounded, E, NULL},
    {0xFFBC0FD0 | DM, 0xFEB80040 | D, "VRINTA, VRINTN, VRINTP, VRINTM F64", vrint_f64, rounded, E,
     NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};

const struct row rows32_vfp_none[] = {
    {0, 0, "Undefined (floating point)", none, nothing, E, NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};
