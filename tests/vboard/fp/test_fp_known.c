/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What DDI 0403E, A2.5 decides and hosts do otherwise, reckoned by hand: NaNs, flushing, tininess
 * before rounding, alternative half precision, limits of integers.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/vboard/fp/ops.h"

#define C UINT64_C
#define RP (1u << FPSCR_RMODE_SHIFT)
#define RM (2u << FPSCR_RMODE_SHIFT)
#define RZ (3u << FPSCR_RMODE_SHIFT)

struct known {
    const char *name;
    uint32_t fpscr;
    uint64_t v[3];
    uint64_t result;
    uint32_t flags; /* FPSCR afterwards, beside what it was */
};

/* clang-format off */
static const struct known knowns[] = {
    /* The first signalling NaN, else the first quiet one; made quiet, the sign kept. */
    {"vadd.f32", 0, {0x7FC00001, 0xFFC00002}, 0x7FC00001, 0},
    {"vadd.f32", 0, {0x7FC00001, 0xFF800002}, 0xFFC00002, FPSCR_IOC},
    {"vadd.f32", 0, {0xFF800003, 0x7F800002}, 0xFFC00003, FPSCR_IOC},
    {"vadd.f32", FPSCR_DN, {0xFFC12345, 0}, 0x7FC00000, 0},
    {"vsub.f32", 0, {0x3F800000, 0x7FC00002}, 0x7FC00002, 0}, /* not negated */
    {"vnmul.f32", 0, {0x7FC00002, 0x3F800000}, 0xFFC00002, 0}, /* negated */
    {"vsqrt.f64", 0, {C(0xFFF0000000000001)}, C(0xFFF8000000000001), FPSCR_IOC},
    /* FPMulAdd: addend, first factor, second; a quiet addend does not hide 0 * infinity. */
    {"vfma.f32", 0, {0x7FC00001, 0x7FC00002, 0x7FC00003}, 0x7FC00001, 0},
    {"vfma.f32", 0, {0x7FC00001, 0x7FC00002, 0x7F800003}, 0x7FC00003, FPSCR_IOC},
    {"vfma.f32", 0, {0x7FC00001, 0, 0x7F800000}, 0x7FC00000, FPSCR_IOC},
    {"vfma.f32", 0, {0xFF800001, 0, 0x7F800000}, 0xFFC00001, FPSCR_IOC},
    {"vfms.f32", 0, {0x3F800000, 0x7FC00002, 0x3F800000}, 0xFFC00002, 0}, /* FPNeg(n) */
    /* Invalid operations give the positive default NaN. */
    {"vadd.f32", 0, {0x7F800000, 0xFF800000}, 0x7FC00000, FPSCR_IOC},
    {"vmul.f64", 0, {0, C(0xFFF0000000000000)}, C(0x7FF8000000000000), FPSCR_IOC},
    {"vdiv.f32", 0, {0x80000000, 0}, 0x7FC00000, FPSCR_IOC},
    {"vdiv.f32", 0, {0xBF800000, 0}, 0xFF800000, FPSCR_DZC},
    {"vdiv.f32", 0, {0xFF800000, 0}, 0xFF800000, 0}, /* infinity / 0: no DZC */
    {"vsqrt.f32", 0, {0xBF800000}, 0x7FC00000, FPSCR_IOC},
    {"vsqrt.f32", 0, {0x80000000}, 0x80000000, 0},
    /* x - x is -0 where rounding is towards minus infinity. */
    {"vsub.f32", RM, {0x3F800000, 0x3F800000}, 0x80000000, 0},
    {"vsub.f64", RZ, {C(0x3FF0000000000000), C(0x3FF0000000000000)}, 0, 0},
    {"vadd.f32", RM, {0, 0x80000000}, 0x80000000, 0},
    /* Tiny before rounding: (1 - 2^-24) * 2^-126 is rounded up to 2^-126, and underflows. */
    {"vmul.f32", 0, {0x3F7FFFFF, 0x00800000}, 0x00800000, FPSCR_UFC | FPSCR_IXC},
    {"vmul.f32", FPSCR_FZ, {0x3F7FFFFF, 0x00800000}, 0, FPSCR_UFC},
    {"vmul.f64", 0, {C(0x3FEFFFFFFFFFFFFF), C(0x0010000000000000)}, C(0x0010000000000000),
     FPSCR_UFC | FPSCR_IXC},
    /* An exact subnormal does not underflow, but is flushed. */
    {"vmul.f32", 0, {0x3F000000, 0x80800000}, 0x80400000, 0},
    {"vmul.f32", FPSCR_FZ, {0x3F000000, 0x80800000}, 0x80000000, FPSCR_UFC},
    /* Flushed operands: of their sign; also beside a NaN, and in comparisons. */
    {"vadd.f32", FPSCR_FZ, {0x807FFFFF, 0x80000001}, 0x80000000, FPSCR_IDC},
    {"vadd.f32", FPSCR_FZ, {0x7FC00000, 1}, 0x7FC00000, FPSCR_IDC},
    {"vdiv.f32", FPSCR_FZ, {0x3F800000, 1}, 0x7F800000, FPSCR_IDC | FPSCR_DZC},
    {"vcmp.f32", FPSCR_FZ, {1, 0x80000001}, 0, FPSCR_IDC | FPSCR_Z | FPSCR_C},
    {"vcvt.f64.f32", FPSCR_FZ, {1}, 0, FPSCR_IDC},
    {"vrintp.f32", FPSCR_FZ, {1}, 0, FPSCR_IDC},
    {"vcvtp.s32.f32", FPSCR_FZ, {1}, 0, FPSCR_IDC},
    {"vmaxnm.f32", FPSCR_FZ, {0x80000001, 0xBF800000}, 0x80000000, FPSCR_IDC},
    /* Overflow by rounding mode. */
    {"vadd.f32", 0, {0x7F7FFFFF, 0x7F7FFFFF}, 0x7F800000, FPSCR_OFC | FPSCR_IXC},
    {"vadd.f32", RM, {0x7F7FFFFF, 0x7F7FFFFF}, 0x7F7FFFFF, FPSCR_OFC | FPSCR_IXC},
    {"vadd.f32", RP, {0xFF7FFFFF, 0xFF7FFFFF}, 0xFF7FFFFF, FPSCR_OFC | FPSCR_IXC},
    {"vadd.f32", RM, {0xFF7FFFFF, 0xFF7FFFFF}, 0xFF800000, FPSCR_OFC | FPSCR_IXC},
    /* 2^24 + 2 + (1 - 2^-46) is rounded once: by way of a double it would be a tie. */
    {"vfma.f32", 0, {0x4B800001, 0x3F800001, 0x3F7FFFFE}, 0x4B800001, FPSCR_IXC},
    /* (2^51 - 2^26 + 1) * (2^51 + 2^26 + 1) = 2^102 + 1: the 1 alone breaks the tie. */
    {"vfma.f64", 0, {C(0x49A0000000000000), C(0x431FFFFFF0000004), C(0x4320000008000002)},
     C(0x49A0000000000001), FPSCR_IXC},
    /* Comparisons. */
    {"vcmp.f32", 0, {0x3F800000, 0x40000000}, 0, FPSCR_N},
    {"vcmp.f32", 0, {0, 0x80000000}, 0, FPSCR_Z | FPSCR_C},
    {"vcmp.f32", 0, {0x7F800000, 0x7F7FFFFF}, 0, FPSCR_C},
    {"vcmp.f32", 0, {0x7FC00000, 0}, 0, FPSCR_C | FPSCR_V},
    {"vcmpe.f32", 0, {0x7FC00000, 0}, 0, FPSCR_C | FPSCR_V | FPSCR_IOC},
    {"vcmp.f64", 0, {0, C(0x7FF0000000000001)}, 0, FPSCR_C | FPSCR_V | FPSCR_IOC},
    /* VMAXNM: a number beats a quiet NaN; a signalling one beats both. */
    {"vmaxnm.f32", 0, {0x7FC00000, 0xBF800000}, 0xBF800000, 0},
    {"vminnm.f32", 0, {0x3F800000, 0xFFC00000}, 0x3F800000, 0},
    {"vminnm.f32", 0, {0x7FC00001, 0x7F800002}, 0x7FC00002, FPSCR_IOC},
    {"vmaxnm.f32", 0, {0x80000000, 0}, 0, 0},
    {"vminnm.f32", 0, {0, 0x80000000}, 0x80000000, 0},
    /* Integers: saturation is invalid, not inexact; -0.5 to unsigned is a 0, only inexact. */
    {"vcvt.s32.f32", 0, {0x4F000000}, 0x7FFFFFFF, FPSCR_IOC},
    {"vcvt.s32.f32", 0, {0xCF000000}, 0x80000000, 0},
    {"vcvt.u32.f32", 0, {0xBF000000}, 0, FPSCR_IXC},
    {"vcvt.u32.f32", 0, {0xBF800000}, 0, FPSCR_IOC},
    {"vcvt.s32.f64", 0, {C(0xC1E0000000100000)}, 0x80000000, FPSCR_IXC}, /* -2^31 - 1/2 */
    {"vcvtm.s32.f64", 0, {C(0xC1E0000000100000)}, 0x80000000, FPSCR_IOC},
    {"vcvt.u32.f32", 0, {0x7FC00000}, 0, FPSCR_IOC},
    {"vcvt.s32.f32", 0, {0xFF800000}, 0x80000000, FPSCR_IOC},
    {"vcvta.s32.f32", 0, {0xC0200000}, 0xFFFFFFFD, FPSCR_IXC}, /* -2.5: -3 */
    {"vcvtn.s32.f32", 0, {0xC0200000}, 0xFFFFFFFE, FPSCR_IXC},
    {"vcvtr.s32.f32", RM, {0xC0200000}, 0xFFFFFFFD, FPSCR_IXC},
    {"vcvt.f32.s32", 0, {0x01000001}, 0x4B800000, FPSCR_IXC},
    {"vcvt.f32.s32", RP, {0x01000001}, 0x4B800001, FPSCR_IXC},
    {"vcvt.f32.u32 #1", RP, {0x02000001}, 0x4B800000, FPSCR_IXC}, /* always to nearest */
    {"vcvt.s16.f32 #15", 0, {0x3F800000}, 0x7FFF, FPSCR_IOC},
    {"vcvt.s16.f32 #15", 0, {0xBF800000}, 0xFFFF8000, 0}, /* sign-extended */
    {"vcvt.s16.f64 #15", 0, {C(0xBFF0000000000000)}, C(0xFFFFFFFFFFFF8000), 0},
    {"vcvt.u16.f32 #16", 0, {0x3F7FFF80}, 0xFFFF, FPSCR_IXC},
    {"vcvt.f32.s16 #15", 0, {0x12348000}, 0xBF800000, 0},
    {"vrintx.f32", 0, {0xBF000000}, 0x80000000, FPSCR_IXC},
    {"vrintr.f32", RM, {0xBF000000}, 0xBF800000, 0},
    {"vrinta.f32", 0, {0x3F000000}, 0x3F800000, 0},
    /* Half precision: not flushed; with AHP no infinity and no NaN. */
    {"vcvtb.f16.f32", FPSCR_FZ, {0x33800000}, 0x0001, 0},
    {"vcvtb.f32.f16", FPSCR_FZ, {0x0001}, 0x33800000, 0},
    {"vcvtb.f16.f32", 0, {0x47800000}, 0x7C00, FPSCR_OFC | FPSCR_IXC},
    {"vcvtb.f16.f32", FPSCR_AHP, {0x47800000}, 0x7C00, 0},
    {"vcvtb.f16.f32", FPSCR_AHP, {0xFF800000}, 0xFFFF, FPSCR_IOC},
    {"vcvtb.f16.f32", FPSCR_AHP, {0xFFC00000}, 0x8000, FPSCR_IOC},
    {"vcvtb.f16.f32", FPSCR_AHP, {0x48000000}, 0x7FFF, FPSCR_IOC},
    {"vcvtb.f16.f32", FPSCR_AHP, {0x47FFE000}, 0x7FFF, 0}, /* the greatest: 131008 */
    {"vcvtb.f32.f16", FPSCR_AHP, {0x7C00}, 0x47800000, 0},
    {"vcvtb.f16.f32", 0, {0x7F802000}, 0x7E01, FPSCR_IOC}, /* op<21:13> */
    {"vcvtb.f64.f16", 0, {0xFC01}, C(0xFFF8040000000000), FPSCR_IOC},
    /* 1 + 2^-11 + 2^-52 to half: by way of a single it would be a tie. */
    {"vcvtb.f16.f64", 0, {C(0x3FF0020000000001)}, 0x3C01, FPSCR_IXC},
    {"vcvt.f32.f64", 0, {C(0xFFF0000020000000)}, 0xFFC00001, FPSCR_IOC},
    {"vcvt.f32.f64", 0, {C(0x380FFFFFFFFFFFFF)}, 0x00800000, FPSCR_UFC | FPSCR_IXC},
};
/* clang-format on */

static const struct op *op_of(const char *name)
{
    for (size_t i = 0; i < op_count; i++) {
        if (strcmp(ops[i].name, name) == 0) {
            return &ops[i];
        }
    }
    fail_msg("no instruction %s", name);
    return NULL;
}

static void figures_of_the_manual(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(knowns) / sizeof(knowns[0]); i++) {
        const struct known *k = &knowns[i];
        struct fp_state s = {k->fpscr};
        const uint64_t result = op_run(op_of(k->name), &s, k->v);

        if (result != k->result || s.fpscr != (k->fpscr | k->flags)) {
            fail_msg("%s %016" PRIx64 " %016" PRIx64 " %016" PRIx64 " with FPSCR %08x: %016" PRIx64
                     " FPSCR %08x, must be %016" PRIx64 " FPSCR %08x",
                     k->name, k->v[0], k->v[1], k->v[2], k->fpscr, result, s.fpscr, k->result,
                     k->fpscr | k->flags);
        }
    }
}

/* The sign alone, also of NaNs, and no flag. */
static void abs_and_neg(void **state)
{
    (void)state;
    assert_int_equal(fp32_abs(0xFF800001), 0x7F800001);
    assert_int_equal(fp32_neg(0x7F800001), 0xFF800001);
    assert_true(fp64_abs(C(0xFFF0000000000001)) == C(0x7FF0000000000001));
    assert_true(fp64_neg(0) == C(0x8000000000000000));
}

/* A comparison replaces NZCV and keeps all else; flags only accumulate. */
static void fpscr_is_kept(void **state)
{
    (void)state;
    struct fp_state s = {FPSCR_MASK & ~FPSCR_RMODE};

    fp32_compare(&s, 0x3F800000, 0x40000000, false);
    assert_int_equal(s.fpscr, (FPSCR_MASK & ~FPSCR_RMODE & ~FPSCR_NZCV) | FPSCR_N);
    assert_int_equal(fp32_add(&s, 0x3F800000, 0x3F800000), 0x40000000);
    assert_int_equal(s.fpscr, (FPSCR_MASK & ~FPSCR_RMODE & ~FPSCR_NZCV) | FPSCR_N);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_of_the_manual),
        cmocka_unit_test(abs_and_neg),
        cmocka_unit_test(fpscr_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
