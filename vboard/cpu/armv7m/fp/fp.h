/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ARMV7M_FP_FP_H
#define VBOARD_CPU_ARMV7M_FP_FP_H

/*
 * The arithmetic of the Armv7-M floating-point extension: FPv4-SP (Cortex-M4: fp32_ and half
 * precision) and FPv5-D16 (Cortex-M7: fp64_, directed conversions, VRINT, VMAXNM too). Bit-exact
 * with the pseudo-code of DDI 0403E, A2.5 (FPAdd, FPMulAdd, FPRound, FPToFixed ...): results,
 * NaNs, and the cumulative flags of FPSCR.
 *
 * Operands and results are raw register bits: uint32_t a single, uint64_t a double; a half is
 * the low 16 bits of a uint32_t. Nothing traps (Armv7-M has no trapped FP exceptions): flags
 * only accumulate in FPSCR, and an instruction's flags are those of the functions it is made of.
 *
 *   NaNs        the first signalling operand, else the first quiet one, made quiet; with DN, or
 *               where no operand is a NaN, the default NaN 0x7FC00000 / 0x7FF8000000000000
 *   FZ          subnormal operands count as zero of their sign (IDC); a result that is below the
 *               normal range BEFORE rounding becomes zero of its sign (UFC, not IXC).
 *               Half precision is never flushed
 *   underflow   is detected before rounding: UFC when such a result is inexact
 *
 * Common operands take the host's own arithmetic, which must be IEEE 754 in round-to-nearest
 * (what every C program starts with); no <fenv.h> is read or changed. Everything else is done
 * in integers. Which way was taken cannot be told from the result.
 */
#include <stdbool.h>
#include <stdint.h>

/* FPSCR, DDI 0403E B1.4.10 */
#define FPSCR_N (1u << 31)
#define FPSCR_Z (1u << 30)
#define FPSCR_C (1u << 29)
#define FPSCR_V (1u << 28)
#define FPSCR_NZCV (0xFu << 28)
#define FPSCR_AHP (1u << 26) /* alternative half precision: no infinities, no NaNs */
#define FPSCR_DN (1u << 25)  /* every NaN result is the default NaN */
#define FPSCR_FZ (1u << 24)  /* flush to zero */
#define FPSCR_RMODE_SHIFT 22
#define FPSCR_RMODE (3u << FPSCR_RMODE_SHIFT)
#define FPSCR_IDC (1u << 7) /* input subnormal */
#define FPSCR_IXC (1u << 4) /* inexact */
#define FPSCR_UFC (1u << 3) /* underflow */
#define FPSCR_OFC (1u << 2) /* overflow */
#define FPSCR_DZC (1u << 1) /* division by zero */
#define FPSCR_IOC (1u << 0) /* invalid operation */
#define FPSCR_CUMULATIVE 0x9Fu
/* The bits that exist; VMSR leaves the others zero. */
#define FPSCR_MASK (FPSCR_NZCV | FPSCR_AHP | FPSCR_DN | FPSCR_FZ | FPSCR_RMODE | FPSCR_CUMULATIVE)

/* All state there is: VMRS and VMSR access it directly. */
struct fp_state {
    uint32_t fpscr;
};

/* The first four are FPSCR.RMode's values. */
enum fp_rounding {
    FP_NEAREST,   /* ties to even: VCVTN, VRINTN */
    FP_PLUS_INF,  /* VCVTP, VRINTP */
    FP_MINUS_INF, /* VCVTM, VRINTM */
    FP_TO_ZERO,   /* VCVT to integer, VRINTZ */
    FP_TIES_AWAY  /* VCVTA, VRINTA */
};

/* FPSCR's rounding mode: what VCVTR, VRINTR and VRINTX round by. */
static inline enum fp_rounding fp_rmode(const struct fp_state *s)
{
    return (enum fp_rounding)((s->fpscr & FPSCR_RMODE) >> FPSCR_RMODE_SHIFT);
}

/* ---- VABS, VNEG: the sign bit alone, also of NaNs; no flag ---- */

static inline uint32_t fp32_abs(uint32_t a)
{
    return a & 0x7FFFFFFFu;
}

static inline uint32_t fp32_neg(uint32_t a)
{
    return a ^ 0x80000000u;
}

static inline uint64_t fp64_abs(uint64_t a)
{
    return a & UINT64_C(0x7FFFFFFFFFFFFFFF);
}

static inline uint64_t fp64_neg(uint64_t a)
{
    return a ^ UINT64_C(0x8000000000000000);
}

/* ---- VADD, VSUB, VMUL, VDIV, VSQRT ---- */

uint32_t fp32_add(struct fp_state *s, uint32_t a, uint32_t b);
uint32_t fp32_sub(struct fp_state *s, uint32_t a, uint32_t b);
uint32_t fp32_mul(struct fp_state *s, uint32_t a, uint32_t b);
uint32_t fp32_div(struct fp_state *s, uint32_t a, uint32_t b);
uint32_t fp32_sqrt(struct fp_state *s, uint32_t a);

uint64_t fp64_add(struct fp_state *s, uint64_t a, uint64_t b);
uint64_t fp64_sub(struct fp_state *s, uint64_t a, uint64_t b);
uint64_t fp64_mul(struct fp_state *s, uint64_t a, uint64_t b);
uint64_t fp64_div(struct fp_state *s, uint64_t a, uint64_t b);
uint64_t fp64_sqrt(struct fp_state *s, uint64_t a);

/*
 * ---- Multiply and accumulate ----
 *
 * fpXX_muladd is FPMulAdd: addend + a * b, rounded once. With d the destination register:
 *
 *   VFMA    d = muladd(d, n, m)             VFMS    d = muladd(d, neg(n), m)
 *   VFNMA   d = muladd(neg(d), neg(n), m)   VFNMS   d = muladd(neg(d), n, m)
 *
 * The older ones round the product, then the sum:
 *
 *   VMLA    d = add(d, mul(n, m))           VMLS    d = add(d, neg(mul(n, m)))
 *   VNMLA   d = add(neg(d), neg(mul(n, m))) VNMLS   d = add(neg(d), mul(n, m))
 *   VNMUL   d = neg(mul(n, m))
 */
uint32_t fp32_muladd(struct fp_state *s, uint32_t addend, uint32_t a, uint32_t b);
uint64_t fp64_muladd(struct fp_state *s, uint64_t addend, uint64_t a, uint64_t b);

/* ---- VCMP, VCMPE: set FPSCR.NZCV; the second argument of #0.0 is 0 ---- */

/* Less: N; equal: ZC; greater: C; unordered: CV. IOC for a signalling NaN, and with
 * `quiet_nan_invalid` (VCMPE) for any NaN. */
void fp32_compare(struct fp_state *s, uint32_t a, uint32_t b, bool quiet_nan_invalid);
void fp64_compare(struct fp_state *s, uint64_t a, uint64_t b, bool quiet_nan_invalid);

/* ---- VMAXNM, VMINNM: a quiet NaN beside a number is ignored; +0 is greater than -0 ---- */

uint32_t fp32_maxnum(struct fp_state *s, uint32_t a, uint32_t b);
uint32_t fp32_minnum(struct fp_state *s, uint32_t a, uint32_t b);
uint64_t fp64_maxnum(struct fp_state *s, uint64_t a, uint64_t b);
uint64_t fp64_minnum(struct fp_state *s, uint64_t a, uint64_t b);

/* ---- VRINTA, N, P, M, Z, R, X: to an integral value in the same format ---- */

/* The sign is kept, also of zero. `exact` (VRINTX alone): IXC when the value changes. */
uint32_t fp32_round_int(struct fp_state *s, uint32_t a, enum fp_rounding r, bool exact);
uint64_t fp64_round_int(struct fp_state *s, uint64_t a, enum fp_rounding r, bool exact);

/*
 * ---- VCVT, VCVTR, VCVTA, N, P, M: to a 32-bit integer ----
 *
 * VCVT rounds by FP_TO_ZERO, VCVTR by fp_rmode(s). Out of range: the nearest integer there is, IOC
 * and no IXC; a NaN gives 0 and IOC.
 */
uint32_t fp32_to_s32(struct fp_state *s, uint32_t a, enum fp_rounding r);
uint32_t fp32_to_u32(struct fp_state *s, uint32_t a, enum fp_rounding r);
uint32_t fp64_to_s32(struct fp_state *s, uint64_t a, enum fp_rounding r);
uint32_t fp64_to_u32(struct fp_state *s, uint64_t a, enum fp_rounding r);

/* VCVT from a 32-bit integer, rounded by FPSCR. To double it is always exact. */
uint32_t fp32_from_s32(struct fp_state *s, uint32_t a);
uint32_t fp32_from_u32(struct fp_state *s, uint32_t a);
uint64_t fp64_from_s32(uint32_t a);
uint64_t fp64_from_u32(uint32_t a);

/* ---- VCVT between floating point and fixed point ---- */

/* The fixed-point operand of the instruction. */
struct fp_fixed {
    uint8_t size;     /* 16 or 32 bits */
    uint8_t fraction; /* bits behind the point: 0 to size */
    bool is_unsigned;
};

/* To fixed point: rounds towards zero and saturates as above. The result is extended to the
 * register by its signedness, as the instruction writes it. */
uint32_t fp32_to_fixed(struct fp_state *s, uint32_t a, struct fp_fixed f);
uint64_t fp64_to_fixed(struct fp_state *s, uint64_t a, struct fp_fixed f);

/* From fixed point: the low `size` bits of `a`, rounded to nearest whatever FPSCR says. */
uint32_t fp32_from_fixed(struct fp_state *s, uint32_t a, struct fp_fixed f);
uint64_t fp64_from_fixed(struct fp_state *s, uint64_t a, struct fp_fixed f);

/* ---- VCVT between the formats; VCVTB and VCVTT for half precision ---- */

uint64_t fp32_to_fp64(struct fp_state *s, uint32_t a);
uint32_t fp64_to_fp32(struct fp_state *s, uint64_t a);

/* To half: 0 to 0xFFFF, the caller keeps the register's other half. With AHP infinities and
 * too great values become the greatest half, NaNs a zero, all with IOC. */
uint32_t fp32_to_fp16(struct fp_state *s, uint32_t a);
uint32_t fp64_to_fp16(struct fp_state *s, uint64_t a);
/* From half: only the low 16 bits of `a` are read. Always exact. */
uint32_t fp16_to_fp32(struct fp_state *s, uint32_t a);
uint64_t fp16_to_fp64(struct fp_state *s, uint32_t a);

#endif
