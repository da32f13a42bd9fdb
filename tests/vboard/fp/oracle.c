/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/vboard/fp/oracle.h"

#include <fenv.h>
#include <float.h>
#include <math.h>
#include <string.h>

static float float_of(uint64_t bits)
{
    const uint32_t low = (uint32_t)bits;
    float x;

    memcpy(&x, &low, sizeof x);
    return x;
}

static uint64_t bits_of_float(float x)
{
    uint32_t bits;

    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static double double_of(uint64_t bits)
{
    double x;

    memcpy(&x, &bits, sizeof x);
    return x;
}

static uint64_t bits_of_double(double x)
{
    uint64_t bits;

    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* The number a float or double stands for; a signalling NaN must not be converted. */
static double value_of(int width, uint64_t bits)
{
    return width == 32 ? (double)float_of(bits) : double_of(bits);
}

/* ---- NaNs and subnormals by their bits ---- */

static uint64_t magnitude(int width, uint64_t bits)
{
    return bits & (UINT64_MAX >> (65 - width));
}

static uint64_t sign_bit(int width)
{
    return UINT64_C(1) << (width - 1);
}

static uint64_t infinity(int width)
{
    return width == 16 ? 0x7C00 : width == 32 ? 0x7F800000 : UINT64_C(0x7FF0000000000000);
}

static uint64_t default_nan(int width)
{
    return width == 16 ? 0x7E00 : width == 32 ? 0x7FC00000 : UINT64_C(0x7FF8000000000000);
}

static uint64_t least_normal(int width)
{
    return width == 16 ? 0x0400 : width == 32 ? 0x00800000 : UINT64_C(0x0010000000000000);
}

static bool is_nan(int width, uint64_t bits)
{
    return magnitude(width, bits) > infinity(width);
}

static bool is_quiet(int width, uint64_t bits)
{
    return magnitude(width, bits) >= default_nan(width);
}

static bool is_snan(int width, uint64_t bits)
{
    return is_nan(width, bits) && !is_quiet(width, bits);
}

static bool is_subnormal(int width, uint64_t bits)
{
    return magnitude(width, bits) != 0 && magnitude(width, bits) < least_normal(width);
}

static uint64_t flushed(int width, uint32_t *fpscr, uint64_t bits)
{
    if ((*fpscr & FPSCR_FZ) && is_subnormal(width, bits)) {
        *fpscr |= FPSCR_IDC;
        return bits & sign_bit(width);
    }
    return bits;
}

/* The NaN that `count` operands give, or false. */
static bool nan_of(int width, uint32_t *fpscr, const uint64_t v[3], int count, uint64_t *result)
{
    const uint64_t *first = NULL;

    for (int i = count - 1; i >= 0; i--) {
        if (is_nan(width, v[i]) && is_quiet(width, v[i])) {
            first = &v[i];
        }
    }
    for (int i = count - 1; i >= 0; i--) {
        if (is_snan(width, v[i])) {
            first = &v[i];
            *fpscr |= FPSCR_IOC;
        }
    }
    if (first == NULL) {
        return false;
    }
    *result =
        *fpscr & FPSCR_DN ? default_nan(width) : *first | (default_nan(width) & ~infinity(width));
    return true;
}

/* ---- the host computes ---- */

static int host_mode(enum fp_rounding r)
{
    static const int modes[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO, FE_TONEAREST};

    return modes[r];
}

/* volatile: nothing may be computed before the mode is set, or left to the compiler. */
static float compute32(enum op_kind kind, volatile float a, volatile float b, volatile float c)
{
    switch (kind) {
    case OP_ADD:
        return a + b;
    case OP_SUB:
        return a - b;
    case OP_MUL:
        return a * b;
    case OP_DIV:
        return a / b;
    case OP_SQRT:
        return sqrtf(a);
    default: /* OP_FMA */
        return fmaf(b, c, a);
    }
}

static double compute64(enum op_kind kind, volatile double a, volatile double b, volatile double c)
{
    switch (kind) {
    case OP_ADD:
        return a + b;
    case OP_SUB:
        return a - b;
    case OP_MUL:
        return a * b;
    case OP_DIV:
        return a / b;
    case OP_SQRT:
        return sqrt(a);
    default: /* OP_FMA */
        return fma(b, c, a);
    }
}

static float narrow(volatile double x)
{
    return (float)x;
}

/* Computes `kind` with the host's rounding `r`; OP_TO_OTHER is a double to single. */
static uint64_t compute(enum op_kind kind, int width, const uint64_t v[3], enum fp_rounding r,
                        int *excepts)
{
    uint64_t bits;

    fesetround(host_mode(r));
    feclearexcept(FE_ALL_EXCEPT);
    if (kind == OP_TO_OTHER) {
        const volatile float x = narrow(double_of(v[0]));

        bits = bits_of_float(x);
    } else if (width == 32) {
        const volatile float x = compute32(kind, float_of(v[0]), float_of(v[1]), float_of(v[2]));

        bits = bits_of_float(x);
    } else {
        const volatile double x =
            compute64(kind, double_of(v[0]), double_of(v[1]), double_of(v[2]));

        bits = bits_of_double(x);
    }
    *excepts = fetestexcept(FE_ALL_EXCEPT);
    fesetround(FE_TONEAREST);
    return bits;
}

/* A number's operation, rounded as FPSCR says, its flags gathered. `out` is the result's width. */
static uint64_t rounded(enum op_kind kind, int width, int out, uint32_t *fpscr, const uint64_t v[3])
{
    const struct fp_state s = {*fpscr};
    int e, cut_e;
    const uint64_t cut = compute(kind, width, v, FP_TO_ZERO, &cut_e);
    const uint64_t bits = compute(kind, width, v, fp_rmode(&s), &e);
    const bool tiny = magnitude(out, cut) < least_normal(out) &&
                      (magnitude(out, cut) != 0 || (cut_e & FE_INEXACT));

    if (e & FE_INVALID) {
        *fpscr |= FPSCR_IOC;
        return default_nan(out);
    }
    if (tiny && (*fpscr & FPSCR_FZ)) {
        *fpscr |= FPSCR_UFC;
        return cut & sign_bit(out);
    }
    *fpscr |= (e & FE_DIVBYZERO ? FPSCR_DZC : 0) | (e & FE_OVERFLOW ? FPSCR_OFC : 0) |
              (e & FE_INEXACT ? FPSCR_IXC : 0) | (tiny && (e & FE_INEXACT) ? FPSCR_UFC : 0);
    return bits;
}

static bool zero_times_infinity(int width, uint64_t a, uint64_t b)
{
    const uint64_t x = magnitude(width, a), y = magnitude(width, b);

    return (x == 0 && y == infinity(width)) || (x == infinity(width) && y == 0);
}

static uint64_t arithmetic(enum op_kind kind, int width, int count, uint32_t *fpscr,
                           const uint64_t v[3])
{
    uint64_t f[3] = {0, 0, 0}, nan;

    for (int i = 0; i < count; i++) {
        f[i] = flushed(width, fpscr, v[i]);
    }
    if (nan_of(width, fpscr, f, count, &nan)) {
        if (kind == OP_FMA && is_quiet(width, f[0]) && zero_times_infinity(width, f[1], f[2])) {
            *fpscr |= FPSCR_IOC;
            return default_nan(width);
        }
        return nan;
    }
    return rounded(kind, width, width, fpscr, f);
}

/* VFMS, VNMLA, ...: signs of destination, product and, unless fused, two roundings. */
static uint64_t accumulate(const struct op *op, uint32_t *fpscr, const uint64_t v[3])
{
    const uint64_t sign = sign_bit(op->width);
    const bool minus_d =
        op->kind == OP_FNMA || op->kind == OP_FNMS || op->kind == OP_NMLA || op->kind == OP_NMLS;
    const bool minus_p =
        op->kind == OP_FMS || op->kind == OP_FNMA || op->kind == OP_MLS || op->kind == OP_NMLA;
    const uint64_t factors[3] = {v[1], v[2], 0};
    uint64_t w[3] = {minus_d ? v[0] ^ sign : v[0], v[1], v[2]};

    if (op->kind <= OP_FNMS) {
        w[1] ^= minus_p ? sign : 0;
        return arithmetic(OP_FMA, op->width, 3, fpscr, w);
    }
    w[1] = arithmetic(OP_MUL, op->width, 2, fpscr, factors) ^ (minus_p ? sign : 0);
    return arithmetic(OP_ADD, op->width, 2, fpscr, w);
}

/* ---- comparisons ---- */

static uint64_t compare(const struct op *op, uint32_t *fpscr, const uint64_t v[3])
{
    const uint64_t a = flushed(op->width, fpscr, v[0]), b = flushed(op->width, fpscr, v[1]);

    *fpscr &= ~FPSCR_NZCV;
    if (is_nan(op->width, a) || is_nan(op->width, b)) {
        const bool invalid = op->kind == OP_CMPE || is_snan(op->width, a) || is_snan(op->width, b);

        *fpscr |= FPSCR_C | FPSCR_V | (invalid ? FPSCR_IOC : 0);
        return 0;
    }
    const double x = value_of(op->width, a), y = value_of(op->width, b);

    *fpscr |= x == y ? FPSCR_Z | FPSCR_C : x < y ? FPSCR_N : FPSCR_C;
    return 0;
}

static uint64_t choose(const struct op *op, uint32_t *fpscr, const uint64_t v[3])
{
    const int w = op->width;
    const bool max = op->kind == OP_MAXNM;
    uint64_t f[3] = {flushed(w, fpscr, v[0]), flushed(w, fpscr, v[1]), 0}, nan;

    for (int i = 0; i < 2; i++) {
        if (is_quiet(w, f[i]) && !is_nan(w, f[1 - i])) {
            return f[1 - i];
        }
    }
    if (nan_of(w, fpscr, f, 2, &nan)) {
        return nan;
    }
    const double x = value_of(w, f[0]), y = value_of(w, f[1]);

    if (x == y) { /* zeros of different sign */
        return max == !(f[0] & sign_bit(w)) ? f[0] : f[1];
    }
    return (x > y) == max ? f[0] : f[1];
}

/* ---- integers ---- */

/* x rounded to an integral value. */
static double to_integral(double x, enum fp_rounding r)
{
    if (r == FP_TIES_AWAY) {
        return round(x);
    }
    fesetround(host_mode(r));
    volatile double in = x;
    const volatile double out = rint(in);
    fesetround(FE_TONEAREST);
    return out;
}

static uint64_t round_int(const struct op *op, uint32_t *fpscr, const uint64_t v[3])
{
    const uint64_t a[3] = {flushed(op->width, fpscr, v[0]), 0, 0};
    uint64_t nan;

    if (nan_of(op->width, fpscr, a, 1, &nan)) {
        return nan;
    }
    const double x = value_of(op->width, a[0]);
    const double y = to_integral(x, op_rounding(op, *fpscr));

    if (op->kind == OP_RINTX && x != y) {
        *fpscr |= FPSCR_IXC;
    }
    return op->width == 32 ? bits_of_float((float)y) : bits_of_double(y);
}

static uint64_t to_fixed(const struct op *op, struct fp_fixed f, enum fp_rounding r,
                         uint32_t *fpscr, const uint64_t v[3])
{
    const uint64_t a = flushed(op->width, fpscr, v[0]);
    const double least = f.is_unsigned ? 0 : -ldexp(1, f.size - 1);
    const double greatest = ldexp(1, f.is_unsigned ? f.size : f.size - 1) - 1;

    if (is_nan(op->width, a)) {
        *fpscr |= FPSCR_IOC;
        return 0;
    }
    const double x = ldexp(value_of(op->width, a), f.fraction);
    const double y = to_integral(x, r);

    if (y < least || y > greatest) {
        *fpscr |= FPSCR_IOC;
        return (uint64_t)(int64_t)(y < least ? least : greatest);
    }
    *fpscr |= x != y ? FPSCR_IXC : 0;
    return (uint64_t)(int64_t)y;
}

static uint64_t from_fixed(const struct op *op, struct fp_fixed f, enum fp_rounding r,
                           uint32_t *fpscr, const uint64_t v[3])
{
    const uint64_t low = v[0] & (UINT64_MAX >> (64 - f.size));
    const bool negative = !f.is_unsigned && low >> (f.size - 1);
    const int64_t i = (int64_t)low - (negative ? INT64_C(1) << f.size : 0);
    const double x = ldexp((double)i, -f.fraction);
    int e = 0;
    const uint64_t bits[3] = {bits_of_double(x), 0, 0};

    if (op->width == 64) {
        return bits[0];
    }
    const uint64_t result = compute(OP_TO_OTHER, 64, bits, r, &e);

    *fpscr |= e & FE_INEXACT ? FPSCR_IXC : 0;
    return result;
}

/* ---- formats ---- */

/* A half of any exponent, all of them numbers: with AHP up to 0x7FFF, else to be compared. */
static double value_of_half(uint64_t h)
{
    const double fraction = (double)(h & 0x3FF);
    const int exponent = (int)(h >> 10);

    return exponent == 0 ? ldexp(fraction, -24) : ldexp(1024 + fraction, exponent - 25);
}

/* The greatest half not above x >= 0. */
static uint64_t half_below(double x)
{
    uint64_t low = 0, high = 0x8000; /* value(low) <= x < value(high) = 2^17, or x is beyond */

    while (high - low > 1) {
        const uint64_t mid = (low + high) / 2;

        if (value_of_half(mid) <= x) {
            low = mid;
        } else {
            high = mid;
        }
    }
    return low;
}

static uint64_t number_to_half(double x, bool sign, uint32_t *fpscr)
{
    const struct fp_state s = {*fpscr};
    const bool alternative = *fpscr & FPSCR_AHP;
    const uint64_t sign_of = sign ? 0x8000 : 0;
    const enum fp_rounding r = fp_rmode(&s);
    const uint64_t below = half_below(x);
    const double low = value_of_half(below), high = value_of_half(below + 1);
    const double middle = (low + high) / 2;
    const bool away = r == (sign ? FP_MINUS_INF : FP_PLUS_INF);
    const bool nearest_up = x > middle || (x == middle && (below & 1));
    const bool up = x != low && (r == FP_NEAREST ? nearest_up : away);
    const uint64_t h = x >= 0x1p17 ? 0x8000 : below + up;

    if (alternative && h > 0x7FFF) {
        *fpscr |= FPSCR_IOC;
        return sign_of | 0x7FFF;
    }
    if (!alternative && h > 0x7BFF) {
        *fpscr |= FPSCR_OFC | FPSCR_IXC;
        return sign_of | (r == FP_NEAREST || away ? 0x7C00 : 0x7BFF);
    }
    if (x != low) {
        *fpscr |= x < 0x1p-14 ? FPSCR_IXC | FPSCR_UFC : FPSCR_IXC;
    }
    return sign_of | h;
}

static int fraction_bits(int width)
{
    return width == 16 ? 10 : width == 32 ? 23 : 52;
}

/* A NaN in another format keeps its sign and the top of its fraction. */
static uint64_t nan_in_format(int from, int to, uint32_t *fpscr, uint64_t a)
{
    const int shift = fraction_bits(to) - fraction_bits(from);
    const uint64_t sign = a & sign_bit(from) ? sign_bit(to) : 0;
    const uint64_t fraction = a & ~infinity(from) & ~sign_bit(from);
    const uint64_t kept = shift >= 0 ? fraction << shift : fraction >> -shift;

    *fpscr |= is_snan(from, a) ? FPSCR_IOC : 0;
    return *fpscr & FPSCR_DN ? default_nan(to) : sign | default_nan(to) | kept;
}

static uint64_t to_half(const struct op *op, uint32_t *fpscr, const uint64_t v[3])
{
    const uint64_t a = flushed(op->width, fpscr, v[0]);
    const uint64_t sign = a & sign_bit(op->width) ? 0x8000 : 0;

    if (is_nan(op->width, a)) {
        if (*fpscr & FPSCR_AHP) {
            *fpscr |= FPSCR_IOC;
            return sign;
        }
        return nan_in_format(op->width, 16, fpscr, a);
    }
    if (magnitude(op->width, a) == infinity(op->width)) {
        *fpscr |= *fpscr & FPSCR_AHP ? FPSCR_IOC : 0;
        return sign | (*fpscr & FPSCR_AHP ? 0x7FFF : 0x7C00);
    }
    return number_to_half(fabs(value_of(op->width, a)), sign, fpscr);
}

static uint64_t from_half(const struct op *op, uint32_t *fpscr, const uint64_t v[3])
{
    const uint64_t a = v[0] & 0xFFFF;

    if (!(*fpscr & FPSCR_AHP) && magnitude(16, a) >= infinity(16)) {
        return is_nan(16, a) ? nan_in_format(16, op->width, fpscr, a)
                             : infinity(op->width) | (a & 0x8000 ? sign_bit(op->width) : 0);
    }
    const double x = a & 0x8000 ? -value_of_half(a & 0x7FFF) : value_of_half(a);

    return op->width == 32 ? bits_of_float((float)x) : bits_of_double(x);
}

static uint64_t to_other(const struct op *op, uint32_t *fpscr, const uint64_t v[3])
{
    const uint64_t a[3] = {flushed(op->width, fpscr, v[0]), 0, 0};

    if (is_nan(op->width, a[0])) {
        return nan_in_format(op->width, 96 - op->width, fpscr, a[0]);
    }
    if (op->width == 32) {
        return bits_of_double((double)float_of(a[0]));
    }
    return rounded(OP_TO_OTHER, 64, 32, fpscr, a);
}

static uint64_t convert(const struct op *op, uint32_t *fpscr, const uint64_t v[3])
{
    const struct fp_state s = {*fpscr};
    const struct fp_fixed word = {32, 0, op->kind == OP_TO_U32 || op->kind == OP_FROM_U32};

    switch (op->kind) {
    case OP_TO_S32:
    case OP_TO_U32:
        return to_fixed(op, word, op_rounding(op, *fpscr), fpscr, v);
    case OP_FROM_S32:
    case OP_FROM_U32:
        return from_fixed(op, word, fp_rmode(&s), fpscr, v);
    case OP_TO_FIXED:
        return to_fixed(op, op->fixed, FP_TO_ZERO, fpscr, v);
    case OP_FROM_FIXED:
        return from_fixed(op, op->fixed, FP_NEAREST, fpscr, v);
    case OP_TO_OTHER:
        return to_other(op, fpscr, v);
    case OP_TO_HALF:
        return to_half(op, fpscr, v);
    case OP_FROM_HALF:
        return from_half(op, fpscr, v);
    default:
        return round_int(op, fpscr, v);
    }
}

uint64_t oracle_run(const struct op *op, uint32_t *fpscr, const uint64_t v[3])
{
    const int bits = op_result_bits(op);
    uint64_t result;

    if (op->kind == OP_CMP || op->kind == OP_CMPE) {
        result = compare(op, fpscr, v);
    } else if (op->kind == OP_MAXNM || op->kind == OP_MINNM) {
        result = choose(op, fpscr, v);
    } else if (op->kind >= OP_RINT) {
        result = convert(op, fpscr, v);
    } else if (op->kind >= OP_FMA) {
        result = accumulate(op, fpscr, v);
    } else if (op->kind == OP_NMUL) {
        result = arithmetic(OP_MUL, op->width, 2, fpscr, v) ^ sign_bit(op->width);
    } else {
        result = arithmetic(op->kind, op->width, op->operands, fpscr, v);
    }
    return bits == 0 ? 0 : result & (UINT64_MAX >> (64 - bits));
}
