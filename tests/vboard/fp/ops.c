/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/vboard/fp/ops.h"

#define PLAIN(name, kind, width, operands, thumb)                                                  \
    {                                                                                              \
        name, kind, width, operands, thumb, 0,                                                     \
        {                                                                                          \
            0, 0, false                                                                            \
        }                                                                                          \
    }
#define ROUNDED(name, kind, width, thumb, rounding)                                                \
    {                                                                                              \
        name, kind, width, 1, thumb, rounding,                                                     \
        {                                                                                          \
            0, 0, false                                                                            \
        }                                                                                          \
    }
#define FIXED(name, kind, width, thumb, size, fraction, is_unsigned)                               \
    {                                                                                              \
        name, kind, width, 1, thumb, 0,                                                            \
        {                                                                                          \
            size, fraction, is_unsigned                                                            \
        }                                                                                          \
    }

const struct op ops[] = {
    PLAIN("vadd.f32", OP_ADD, 32, 2, 0xEE310A02),
    PLAIN("vsub.f32", OP_SUB, 32, 2, 0xEE310A42),
    PLAIN("vmul.f32", OP_MUL, 32, 2, 0xEE210A02),
    PLAIN("vdiv.f32", OP_DIV, 32, 2, 0xEE810A02),
    PLAIN("vnmul.f32", OP_NMUL, 32, 2, 0xEE210A42),
    PLAIN("vsqrt.f32", OP_SQRT, 32, 1, 0xEEB10AC2),
    PLAIN("vfma.f32", OP_FMA, 32, 3, 0xEEA10A02),
    PLAIN("vfms.f32", OP_FMS, 32, 3, 0xEEA10A42),
    PLAIN("vfnma.f32", OP_FNMA, 32, 3, 0xEE910A42),
    PLAIN("vfnms.f32", OP_FNMS, 32, 3, 0xEE910A02),
    PLAIN("vmla.f32", OP_MLA, 32, 3, 0xEE010A02),
    PLAIN("vmls.f32", OP_MLS, 32, 3, 0xEE010A42),
    PLAIN("vnmla.f32", OP_NMLA, 32, 3, 0xEE110A42),
    PLAIN("vnmls.f32", OP_NMLS, 32, 3, 0xEE110A02),
    PLAIN("vcmp.f32", OP_CMP, 32, 2, 0xEEB41A42),
    PLAIN("vcmpe.f32", OP_CMPE, 32, 2, 0xEEB41AC2),
    PLAIN("vmaxnm.f32", OP_MAXNM, 32, 2, 0xFE810A02),
    PLAIN("vminnm.f32", OP_MINNM, 32, 2, 0xFE810A42),
    ROUNDED("vrinta.f32", OP_RINT, 32, 0xFEB80A42, FP_TIES_AWAY),
    ROUNDED("vrintn.f32", OP_RINT, 32, 0xFEB90A42, FP_NEAREST),
    ROUNDED("vrintp.f32", OP_RINT, 32, 0xFEBA0A42, FP_PLUS_INF),
    ROUNDED("vrintm.f32", OP_RINT, 32, 0xFEBB0A42, FP_MINUS_INF),
    ROUNDED("vrintz.f32", OP_RINT, 32, 0xEEB60AC2, FP_TO_ZERO),
    ROUNDED("vrintr.f32", OP_RINT, 32, 0xEEB60A42, BY_FPSCR),
    ROUNDED("vrintx.f32", OP_RINTX, 32, 0xEEB70A42, BY_FPSCR),
    ROUNDED("vcvt.s32.f32", OP_TO_S32, 32, 0xEEBD0AC2, FP_TO_ZERO),
    ROUNDED("vcvtr.s32.f32", OP_TO_S32, 32, 0xEEBD0A42, BY_FPSCR),
    ROUNDED("vcvta.s32.f32", OP_TO_S32, 32, 0xFEBC0AC2, FP_TIES_AWAY),
    ROUNDED("vcvtn.s32.f32", OP_TO_S32, 32, 0xFEBD0AC2, FP_NEAREST),
    ROUNDED("vcvtp.s32.f32", OP_TO_S32, 32, 0xFEBE0AC2, FP_PLUS_INF),
    ROUNDED("vcvtm.s32.f32", OP_TO_S32, 32, 0xFEBF0AC2, FP_MINUS_INF),
    PLAIN("vcvt.f32.s32", OP_FROM_S32, 32, 1, 0xEEB80AC2),
    ROUNDED("vcvt.u32.f32", OP_TO_U32, 32, 0xEEBC0AC2, FP_TO_ZERO),
    ROUNDED("vcvtr.u32.f32", OP_TO_U32, 32, 0xEEBC0A42, BY_FPSCR),
    ROUNDED("vcvta.u32.f32", OP_TO_U32, 32, 0xFEBC0A42, FP_TIES_AWAY),
    ROUNDED("vcvtn.u32.f32", OP_TO_U32, 32, 0xFEBD0A42, FP_NEAREST),
    ROUNDED("vcvtp.u32.f32", OP_TO_U32, 32, 0xFEBE0A42, FP_PLUS_INF),
    ROUNDED("vcvtm.u32.f32", OP_TO_U32, 32, 0xFEBF0A42, FP_MINUS_INF),
    PLAIN("vcvt.f32.u32", OP_FROM_U32, 32, 1, 0xEEB80A42),
    FIXED("vcvt.s16.f32 #0", OP_TO_FIXED, 32, 0xEEBE0A48, 16, 0, false),
    FIXED("vcvt.f32.s16 #0", OP_FROM_FIXED, 32, 0xEEBA0A48, 16, 0, false),
    FIXED("vcvt.s16.f32 #1", OP_TO_FIXED, 32, 0xEEBE0A67, 16, 1, false),
    FIXED("vcvt.f32.s16 #1", OP_FROM_FIXED, 32, 0xEEBA0A67, 16, 1, false),
    FIXED("vcvt.s16.f32 #7", OP_TO_FIXED, 32, 0xEEBE0A64, 16, 7, false),
    FIXED("vcvt.f32.s16 #7", OP_FROM_FIXED, 32, 0xEEBA0A64, 16, 7, false),
    FIXED("vcvt.s16.f32 #15", OP_TO_FIXED, 32, 0xEEBE0A60, 16, 15, false),
    FIXED("vcvt.f32.s16 #15", OP_FROM_FIXED, 32, 0xEEBA0A60, 16, 15, false),
    FIXED("vcvt.s16.f32 #16", OP_TO_FIXED, 32, 0xEEBE0A40, 16, 16, false),
    FIXED("vcvt.f32.s16 #16", OP_FROM_FIXED, 32, 0xEEBA0A40, 16, 16, false),
    FIXED("vcvt.s32.f32 #1", OP_TO_FIXED, 32, 0xEEBE0AEF, 32, 1, false),
    FIXED("vcvt.f32.s32 #1", OP_FROM_FIXED, 32, 0xEEBA0AEF, 32, 1, false),
    FIXED("vcvt.s32.f32 #16", OP_TO_FIXED, 32, 0xEEBE0AC8, 32, 16, false),
    FIXED("vcvt.f32.s32 #16", OP_FROM_FIXED, 32, 0xEEBA0AC8, 32, 16, false),
    FIXED("vcvt.s32.f32 #31", OP_TO_FIXED, 32, 0xEEBE0AE0, 32, 31, false),
    FIXED("vcvt.f32.s32 #31", OP_FROM_FIXED, 32, 0xEEBA0AE0, 32, 31, false),
    FIXED("vcvt.s32.f32 #32", OP_TO_FIXED, 32, 0xEEBE0AC0, 32, 32, false),
    FIXED("vcvt.f32.s32 #32", OP_FROM_FIXED, 32, 0xEEBA0AC0, 32, 32, false),
    FIXED("vcvt.u16.f32 #0", OP_TO_FIXED, 32, 0xEEBF0A48, 16, 0, true),
    FIXED("vcvt.f32.u16 #0", OP_FROM_FIXED, 32, 0xEEBB0A48, 16, 0, true),
    FIXED("vcvt.u16.f32 #1", OP_TO_FIXED, 32, 0xEEBF0A67, 16, 1, true),
    FIXED("vcvt.f32.u16 #1", OP_FROM_FIXED, 32, 0xEEBB0A67, 16, 1, true),
    FIXED("vcvt.u16.f32 #7", OP_TO_FIXED, 32, 0xEEBF0A64, 16, 7, true),
    FIXED("vcvt.f32.u16 #7", OP_FROM_FIXED, 32, 0xEEBB0A64, 16, 7, true),
    FIXED("vcvt.u16.f32 #15", OP_TO_FIXED, 32, 0xEEBF0A60, 16, 15, true),
    FIXED("vcvt.f32.u16 #15", OP_FROM_FIXED, 32, 0xEEBB0A60, 16, 15, true),
    FIXED("vcvt.u16.f32 #16", OP_TO_FIXED, 32, 0xEEBF0A40, 16, 16, true),
    FIXED("vcvt.f32.u16 #16", OP_FROM_FIXED, 32, 0xEEBB0A40, 16, 16, true),
    FIXED("vcvt.u32.f32 #1", OP_TO_FIXED, 32, 0xEEBF0AEF, 32, 1, true),
    FIXED("vcvt.f32.u32 #1", OP_FROM_FIXED, 32, 0xEEBB0AEF, 32, 1, true),
    FIXED("vcvt.u32.f32 #16", OP_TO_FIXED, 32, 0xEEBF0AC8, 32, 16, true),
    FIXED("vcvt.f32.u32 #16", OP_FROM_FIXED, 32, 0xEEBB0AC8, 32, 16, true),
    FIXED("vcvt.u32.f32 #31", OP_TO_FIXED, 32, 0xEEBF0AE0, 32, 31, true),
    FIXED("vcvt.f32.u32 #31", OP_FROM_FIXED, 32, 0xEEBB0AE0, 32, 31, true),
    FIXED("vcvt.u32.f32 #32", OP_TO_FIXED, 32, 0xEEBF0AC0, 32, 32, true),
    FIXED("vcvt.f32.u32 #32", OP_FROM_FIXED, 32, 0xEEBB0AC0, 32, 32, true),
    PLAIN("vcvt.f64.f32", OP_TO_OTHER, 32, 1, 0xEEB70AC2),
    PLAIN("vcvtb.f16.f32", OP_TO_HALF, 32, 1, 0xEEB30A42),
    PLAIN("vcvtb.f32.f16", OP_FROM_HALF, 32, 1, 0xEEB20A42),
    PLAIN("vadd.f64", OP_ADD, 64, 2, 0xEE310B02),
    PLAIN("vsub.f64", OP_SUB, 64, 2, 0xEE310B42),
    PLAIN("vmul.f64", OP_MUL, 64, 2, 0xEE210B02),
    PLAIN("vdiv.f64", OP_DIV, 64, 2, 0xEE810B02),
    PLAIN("vnmul.f64", OP_NMUL, 64, 2, 0xEE210B42),
    PLAIN("vsqrt.f64", OP_SQRT, 64, 1, 0xEEB10BC2),
    PLAIN("vfma.f64", OP_FMA, 64, 3, 0xEEA10B02),
    PLAIN("vfms.f64", OP_FMS, 64, 3, 0xEEA10B42),
    PLAIN("vfnma.f64", OP_FNMA, 64, 3, 0xEE910B42),
    PLAIN("vfnms.f64", OP_FNMS, 64, 3, 0xEE910B02),
    PLAIN("vmla.f64", OP_MLA, 64, 3, 0xEE010B02),
    PLAIN("vmls.f64", OP_MLS, 64, 3, 0xEE010B42),
    PLAIN("vnmla.f64", OP_NMLA, 64, 3, 0xEE110B42),
    PLAIN("vnmls.f64", OP_NMLS, 64, 3, 0xEE110B02),
    PLAIN("vcmp.f64", OP_CMP, 64, 2, 0xEEB41B42),
    PLAIN("vcmpe.f64", OP_CMPE, 64, 2, 0xEEB41BC2),
    PLAIN("vmaxnm.f64", OP_MAXNM, 64, 2, 0xFE810B02),
    PLAIN("vminnm.f64", OP_MINNM, 64, 2, 0xFE810B42),
    ROUNDED("vrinta.f64", OP_RINT, 64, 0xFEB80B42, FP_TIES_AWAY),
    ROUNDED("vrintn.f64", OP_RINT, 64, 0xFEB90B42, FP_NEAREST),
    ROUNDED("vrintp.f64", OP_RINT, 64, 0xFEBA0B42, FP_PLUS_INF),
    ROUNDED("vrintm.f64", OP_RINT, 64, 0xFEBB0B42, FP_MINUS_INF),
    ROUNDED("vrintz.f64", OP_RINT, 64, 0xEEB60BC2, FP_TO_ZERO),
    ROUNDED("vrintr.f64", OP_RINT, 64, 0xEEB60B42, BY_FPSCR),
    ROUNDED("vrintx.f64", OP_RINTX, 64, 0xEEB70B42, BY_FPSCR),
    ROUNDED("vcvt.s32.f64", OP_TO_S32, 64, 0xEEBD0BC2, FP_TO_ZERO),
    ROUNDED("vcvtr.s32.f64", OP_TO_S32, 64, 0xEEBD0B42, BY_FPSCR),
    ROUNDED("vcvta.s32.f64", OP_TO_S32, 64, 0xFEBC0BC2, FP_TIES_AWAY),
    ROUNDED("vcvtn.s32.f64", OP_TO_S32, 64, 0xFEBD0BC2, FP_NEAREST),
    ROUNDED("vcvtp.s32.f64", OP_TO_S32, 64, 0xFEBE0BC2, FP_PLUS_INF),
    ROUNDED("vcvtm.s32.f64", OP_TO_S32, 64, 0xFEBF0BC2, FP_MINUS_INF),
    PLAIN("vcvt.f64.s32", OP_FROM_S32, 64, 1, 0xEEB80BC2),
    ROUNDED("vcvt.u32.f64", OP_TO_U32, 64, 0xEEBC0BC2, FP_TO_ZERO),
    ROUNDED("vcvtr.u32.f64", OP_TO_U32, 64, 0xEEBC0B42, BY_FPSCR),
    ROUNDED("vcvta.u32.f64", OP_TO_U32, 64, 0xFEBC0B42, FP_TIES_AWAY),
    ROUNDED("vcvtn.u32.f64", OP_TO_U32, 64, 0xFEBD0B42, FP_NEAREST),
    ROUNDED("vcvtp.u32.f64", OP_TO_U32, 64, 0xFEBE0B42, FP_PLUS_INF),
    ROUNDED("vcvtm.u32.f64", OP_TO_U32, 64, 0xFEBF0B42, FP_MINUS_INF),
    PLAIN("vcvt.f64.u32", OP_FROM_U32, 64, 1, 0xEEB80B42),
    FIXED("vcvt.s16.f64 #0", OP_TO_FIXED, 64, 0xEEBE0B48, 16, 0, false),
    FIXED("vcvt.f64.s16 #0", OP_FROM_FIXED, 64, 0xEEBA0B48, 16, 0, false),
    FIXED("vcvt.s16.f64 #1", OP_TO_FIXED, 64, 0xEEBE0B67, 16, 1, false),
    FIXED("vcvt.f64.s16 #1", OP_FROM_FIXED, 64, 0xEEBA0B67, 16, 1, false),
    FIXED("vcvt.s16.f64 #7", OP_TO_FIXED, 64, 0xEEBE0B64, 16, 7, false),
    FIXED("vcvt.f64.s16 #7", OP_FROM_FIXED, 64, 0xEEBA0B64, 16, 7, false),
    FIXED("vcvt.s16.f64 #15", OP_TO_FIXED, 64, 0xEEBE0B60, 16, 15, false),
    FIXED("vcvt.f64.s16 #15", OP_FROM_FIXED, 64, 0xEEBA0B60, 16, 15, false),
    FIXED("vcvt.s16.f64 #16", OP_TO_FIXED, 64, 0xEEBE0B40, 16, 16, false),
    FIXED("vcvt.f64.s16 #16", OP_FROM_FIXED, 64, 0xEEBA0B40, 16, 16, false),
    FIXED("vcvt.s32.f64 #1", OP_TO_FIXED, 64, 0xEEBE0BEF, 32, 1, false),
    FIXED("vcvt.f64.s32 #1", OP_FROM_FIXED, 64, 0xEEBA0BEF, 32, 1, false),
    FIXED("vcvt.s32.f64 #16", OP_TO_FIXED, 64, 0xEEBE0BC8, 32, 16, false),
    FIXED("vcvt.f64.s32 #16", OP_FROM_FIXED, 64, 0xEEBA0BC8, 32, 16, false),
    FIXED("vcvt.s32.f64 #31", OP_TO_FIXED, 64, 0xEEBE0BE0, 32, 31, false),
    FIXED("vcvt.f64.s32 #31", OP_FROM_FIXED, 64, 0xEEBA0BE0, 32, 31, false),
    FIXED("vcvt.s32.f64 #32", OP_TO_FIXED, 64, 0xEEBE0BC0, 32, 32, false),
    FIXED("vcvt.f64.s32 #32", OP_FROM_FIXED, 64, 0xEEBA0BC0, 32, 32, false),
    FIXED("vcvt.u16.f64 #0", OP_TO_FIXED, 64, 0xEEBF0B48, 16, 0, true),
    FIXED("vcvt.f64.u16 #0", OP_FROM_FIXED, 64, 0xEEBB0B48, 16, 0, true),
    FIXED("vcvt.u16.f64 #1", OP_TO_FIXED, 64, 0xEEBF0B67, 16, 1, true),
    FIXED("vcvt.f64.u16 #1", OP_FROM_FIXED, 64, 0xEEBB0B67, 16, 1, true),
    FIXED("vcvt.u16.f64 #7", OP_TO_FIXED, 64, 0xEEBF0B64, 16, 7, true),
    FIXED("vcvt.f64.u16 #7", OP_FROM_FIXED, 64, 0xEEBB0B64, 16, 7, true),
    FIXED("vcvt.u16.f64 #15", OP_TO_FIXED, 64, 0xEEBF0B60, 16, 15, true),
    FIXED("vcvt.f64.u16 #15", OP_FROM_FIXED, 64, 0xEEBB0B60, 16, 15, true),
    FIXED("vcvt.u16.f64 #16", OP_TO_FIXED, 64, 0xEEBF0B40, 16, 16, true),
    FIXED("vcvt.f64.u16 #16", OP_FROM_FIXED, 64, 0xEEBB0B40, 16, 16, true),
    FIXED("vcvt.u32.f64 #1", OP_TO_FIXED, 64, 0xEEBF0BEF, 32, 1, true),
    FIXED("vcvt.f64.u32 #1", OP_FROM_FIXED, 64, 0xEEBB0BEF, 32, 1, true),
    FIXED("vcvt.u32.f64 #16", OP_TO_FIXED, 64, 0xEEBF0BC8, 32, 16, true),
    FIXED("vcvt.f64.u32 #16", OP_FROM_FIXED, 64, 0xEEBB0BC8, 32, 16, true),
    FIXED("vcvt.u32.f64 #31", OP_TO_FIXED, 64, 0xEEBF0BE0, 32, 31, true),
    FIXED("vcvt.f64.u32 #31", OP_FROM_FIXED, 64, 0xEEBB0BE0, 32, 31, true),
    FIXED("vcvt.u32.f64 #32", OP_TO_FIXED, 64, 0xEEBF0BC0, 32, 32, true),
    FIXED("vcvt.f64.u32 #32", OP_FROM_FIXED, 64, 0xEEBB0BC0, 32, 32, true),
    PLAIN("vcvt.f32.f64", OP_TO_OTHER, 64, 1, 0xEEB70BC2),
    PLAIN("vcvtb.f16.f64", OP_TO_HALF, 64, 1, 0xEEB30B42),
    PLAIN("vcvtb.f64.f16", OP_FROM_HALF, 64, 1, 0xEEB20B42),
};
const size_t op_count = sizeof(ops) / sizeof(ops[0]);

int op_operand_bits(const struct op *op)
{
    switch (op->kind) {
    case OP_FROM_S32:
    case OP_FROM_U32:
        return 32;
    case OP_FROM_HALF:
        return 16;
    default:
        return op->width;
    }
}

int op_result_bits(const struct op *op)
{
    switch (op->kind) {
    case OP_CMP:
    case OP_CMPE:
        return 0;
    case OP_TO_S32:
    case OP_TO_U32:
        return 32;
    case OP_TO_OTHER:
        return 96 - op->width;
    case OP_TO_HALF:
        return 16;
    default:
        return op->width;
    }
}

enum fp_rounding op_rounding(const struct op *op, uint32_t fpscr)
{
    const struct fp_state s = {fpscr};

    return op->rounding == BY_FPSCR ? fp_rmode(&s) : (enum fp_rounding)op->rounding;
}

static uint32_t run_arithmetic32(const struct op *op, struct fp_state *s, uint32_t a, uint32_t b,
                                 uint32_t c)
{
    switch (op->kind) {
    case OP_ADD:
        return fp32_add(s, a, b);
    case OP_SUB:
        return fp32_sub(s, a, b);
    case OP_MUL:
        return fp32_mul(s, a, b);
    case OP_DIV:
        return fp32_div(s, a, b);
    case OP_NMUL:
        return fp32_neg(fp32_mul(s, a, b));
    case OP_SQRT:
        return fp32_sqrt(s, a);
    case OP_FMA:
        return fp32_muladd(s, a, b, c);
    case OP_FMS:
        return fp32_muladd(s, a, fp32_neg(b), c);
    case OP_FNMA:
        return fp32_muladd(s, fp32_neg(a), fp32_neg(b), c);
    case OP_FNMS:
        return fp32_muladd(s, fp32_neg(a), b, c);
    case OP_MLA:
        return fp32_add(s, a, fp32_mul(s, b, c));
    case OP_MLS:
        return fp32_add(s, a, fp32_neg(fp32_mul(s, b, c)));
    case OP_NMLA:
        return fp32_add(s, fp32_neg(a), fp32_neg(fp32_mul(s, b, c)));
    case OP_NMLS:
        return fp32_add(s, fp32_neg(a), fp32_mul(s, b, c));
    case OP_MAXNM:
        return fp32_maxnum(s, a, b);
    case OP_MINNM:
        return fp32_minnum(s, a, b);
    default:
        fp32_compare(s, a, b, op->kind == OP_CMPE);
        return 0;
    }
}

static uint64_t run_arithmetic64(const struct op *op, struct fp_state *s, uint64_t a, uint64_t b,
                                 uint64_t c)
{
    switch (op->kind) {
    case OP_ADD:
        return fp64_add(s, a, b);
    case OP_SUB:
        return fp64_sub(s, a, b);
    case OP_MUL:
        return fp64_mul(s, a, b);
    case OP_DIV:
        return fp64_div(s, a, b);
    case OP_NMUL:
        return fp64_neg(fp64_mul(s, a, b));
    case OP_SQRT:
        return fp64_sqrt(s, a);
    case OP_FMA:
        return fp64_muladd(s, a, b, c);
    case OP_FMS:
        return fp64_muladd(s, a, fp64_neg(b), c);
    case OP_FNMA:
        return fp64_muladd(s, fp64_neg(a), fp64_neg(b), c);
    case OP_FNMS:
        return fp64_muladd(s, fp64_neg(a), b, c);
    case OP_MLA:
        return fp64_add(s, a, fp64_mul(s, b, c));
    case OP_MLS:
        return fp64_add(s, a, fp64_neg(fp64_mul(s, b, c)));
    case OP_NMLA:
        return fp64_add(s, fp64_neg(a), fp64_neg(fp64_mul(s, b, c)));
    case OP_NMLS:
        return fp64_add(s, fp64_neg(a), fp64_mul(s, b, c));
    case OP_MAXNM:
        return fp64_maxnum(s, a, b);
    case OP_MINNM:
        return fp64_minnum(s, a, b);
    default:
        fp64_compare(s, a, b, op->kind == OP_CMPE);
        return 0;
    }
}

static uint64_t run_conversion32(const struct op *op, struct fp_state *s, uint32_t a)
{
    const enum fp_rounding r = op_rounding(op, s->fpscr);

    switch (op->kind) {
    case OP_TO_S32:
        return fp32_to_s32(s, a, r);
    case OP_TO_U32:
        return fp32_to_u32(s, a, r);
    case OP_FROM_S32:
        return fp32_from_s32(s, a);
    case OP_FROM_U32:
        return fp32_from_u32(s, a);
    case OP_TO_FIXED:
        return fp32_to_fixed(s, a, op->fixed);
    case OP_FROM_FIXED:
        return fp32_from_fixed(s, a, op->fixed);
    case OP_TO_OTHER:
        return fp32_to_fp64(s, a);
    case OP_TO_HALF:
        return fp32_to_fp16(s, a);
    case OP_FROM_HALF:
        return fp16_to_fp32(s, a);
    default:
        return fp32_round_int(s, a, r, op->kind == OP_RINTX);
    }
}

static uint64_t run_conversion64(const struct op *op, struct fp_state *s, uint64_t a)
{
    const enum fp_rounding r = op_rounding(op, s->fpscr);

    switch (op->kind) {
    case OP_TO_S32:
        return fp64_to_s32(s, a, r);
    case OP_TO_U32:
        return fp64_to_u32(s, a, r);
    case OP_FROM_S32:
        return fp64_from_s32((uint32_t)a);
    case OP_FROM_U32:
        return fp64_from_u32((uint32_t)a);
    case OP_TO_FIXED:
        return fp64_to_fixed(s, a, op->fixed);
    case OP_FROM_FIXED:
        return fp64_from_fixed(s, a, op->fixed);
    case OP_TO_OTHER:
        return fp64_to_fp32(s, a);
    case OP_TO_HALF:
        return fp64_to_fp16(s, a);
    case OP_FROM_HALF:
        return fp16_to_fp64(s, (uint32_t)a);
    default:
        return fp64_round_int(s, a, r, op->kind == OP_RINTX);
    }
}

uint64_t op_run(const struct op *op, struct fp_state *s, const uint64_t v[3])
{
    if (op->width == 32) {
        const uint32_t a = (uint32_t)v[0];

        return op->kind < OP_RINT ? run_arithmetic32(op, s, a, (uint32_t)v[1], (uint32_t)v[2])
                                  : run_conversion32(op, s, a);
    }
    return op->kind < OP_RINT ? run_arithmetic64(op, s, v[0], v[1], v[2])
                              : run_conversion64(op, s, v[0]);
}
