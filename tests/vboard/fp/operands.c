/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/vboard/fp/operands.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define C UINT64_C

/* Halves: zeros, least and greatest subnormal, normal numbers, ties, infinity (65536 with AHP),
 * quiet and signalling NaN. */
static const uint64_t halves[] = {
    0x0000, 0x8000, 0x0001, 0x8001, 0x03FF, 0x83FF, 0x0400, 0x8400, 0x3C00, 0xBC01, 0x7BFF,
    0xFBFF, 0x7C00, 0xFC00, 0x7E00, 0xFE01, 0x7C01, 0xFD55, 0x0002, 0x3800, 0x3555, 0x7FFF,
};

static const uint64_t singles[] = {
    0x00000000, 0x80000000, /* zero */
    0x00000001, 0x807FFFFF, /* least and greatest subnormal */
    0x00800000, 0x80800001, /* least normal and the next */
    0x3F800000, 0xBF800000, /* 1 */
    0x3F7FFFFF, 0x3F800001, /* its neighbours */
    0x3F000000, 0xC0400000, /* 1/2, -3 */
    0x7F7FFFFF, 0xFF7FFFFF, /* greatest */
    0x7F800000, 0xFF800000, /* infinity */
    0x7FC00000, 0xFFC12345, /* quiet NaN */
    0x7F800001, 0xFFA54321, /* signalling NaN */
    0x33800000, 0xB3800001, /* 2^-24: half of 1's last place */
    0x80000001, 0x007FFFFF, 0x80800000, 0x00800001, 0x7F7FFFFE, 0x7FFFFFFF, 0xFFBFFFFF, 0x7F000000,
    0x3FC00000, 0x40200000, 0xBF000000, 0xBF000001, 0x3EFFFFFF, 0x4F000000, 0xCF000000, 0xCF000001,
    0x4EFFFFFF, 0x4F7FFFFF, 0x4F800000, 0x4B000000, 0x4B000001, 0xCB800000, 0x4AFFFFFF, 0x46FFFE00,
    0x46FFFF00, 0xC7000000, 0xC7000100, 0x477FFF00, 0x477FF000, 0x477FEFFF, 0x38800000, 0x387FE000,
    0x387FFFFF, 0x33000000, 0x33000001, 0x32FFFFFF, 0x34000000, 0x3F800FFF, 0x3F801000, 0x3F803000,
    0x1FC00000, 0x20000000, 0x5F000000, 0x477FE000, 0x40490FDB, 0x00400000, 0x00200001, 0x80000002,
    0x7FFFFFFE, 0x80000003, 0x00008000, 0x00007FFF, 0xFFFF8000, 0x01000001, 0xFEFFFFFF, 0x00FFFFFF,
    0x47FFE000, 0x47FFEFFF, 0x47FFF000, 0x48000000,
};

static const uint64_t doubles[] = {
    C(0x0000000000000000), C(0x8000000000000000), /* zero */
    C(0x0000000000000001), C(0x800FFFFFFFFFFFFF), /* least and greatest subnormal */
    C(0x0010000000000000), C(0x8010000000000001), /* least normal and the next */
    C(0x3FF0000000000000), C(0xBFF0000000000000), /* 1 */
    C(0x3FEFFFFFFFFFFFFF), C(0x3FF0000000000001), /* its neighbours */
    C(0x3FE0000000000000), C(0xC008000000000000), /* 1/2, -3 */
    C(0x7FEFFFFFFFFFFFFF), C(0xFFEFFFFFFFFFFFFF), /* greatest */
    C(0x7FF0000000000000), C(0xFFF0000000000000), /* infinity */
    C(0x7FF8000000000000), C(0xFFF8123456789ABC), /* quiet NaN */
    C(0x7FF0000000000001), C(0xFFF5555500000001), /* signalling NaN */
    C(0x3CA0000000000000), C(0xBCA0000000000001), /* 2^-53: half of 1's last place */
    C(0x8000000000000001), C(0x000FFFFFFFFFFFFF), C(0x8010000000000000), C(0x0010000000000001),
    C(0x7FEFFFFFFFFFFFFE), C(0x7FFFFFFFFFFFFFFF), C(0xFFF7FFFFFFFFFFFF), C(0x7FE0000000000000),
    C(0x3FF8000000000000), C(0x4004000000000000), C(0xBFE0000000000000), C(0xBFE0000000000001),
    C(0x41DFFFFFFFC00000), C(0x41DFFFFFFFE00000), C(0x41E0000000000000), C(0xC1E0000000000000),
    C(0xC1E0000000100000), C(0xC1E0000000200000), C(0x41EFFFFFFFE00000), C(0x41EFFFFFFFF00000),
    C(0x41F0000000000000), C(0x4330000000000000), C(0x4330000000000001), C(0x432FFFFFFFFFFFFF),
    C(0x40DFFFE000000000), C(0xC0E0001000000000), C(0x40EFFFF000000000), C(0x40EFFE0000000000),
    C(0x40EFFDFFFFFFFFFF), C(0x3F10000000000000), C(0x3F0FFC0000000000), C(0x3F0FFFFFFFFFFFFF),
    C(0x3E60000000000000), C(0x3E60000000000001), C(0x3E5FFFFFFFFFFFFF), C(0x3FF0020000000000),
    C(0x3810000000000000), C(0x380FFFFFF0000000), C(0x380FFFFFFFFFFFFF), C(0x36A0000000000000),
    C(0x3690000000000000), C(0x3690000000000001), C(0x47EFFFFFE0000000), C(0x47EFFFFFF0000000),
    C(0x47EFFFFFEFFFFFFF), C(0x3FF0000010000000), C(0x3FF0000030000000), C(0x3810000000000001),
    C(0x1FF0000000000000), C(0x2000000000000000), C(0x5FE0000000000000), C(0x400921FB54442D18),
    C(0x0008000000000000), C(0x0004000000000001), C(0x00000000FFFFFFFF), C(0x8000000080000000),
    C(0x40FFFC0000000000), C(0x40FFFDFFFFFFFFFF), C(0x40FFFE0000000000), C(0x4100000000000000),
};

const uint64_t *edges(int bits, size_t *count, size_t *few)
{
    *few = 22;
    switch (bits) {
    case 16:
        *count = COUNT(halves);
        return halves;
    case 32:
        *count = COUNT(singles);
        return singles;
    default:
        *count = COUNT(doubles);
        return doubles;
    }
}

uint64_t rng_next(struct rng *r)
{
    r->state ^= r->state >> 12;
    r->state ^= r->state << 25;
    r->state ^= r->state >> 27;
    return r->state * C(0x2545F4914F6CDD1D);
}

static uint64_t mask_of(int bits)
{
    return UINT64_MAX >> (64 - bits);
}

static int fraction_of(int bits)
{
    return bits == 16 ? 10 : bits == 32 ? 23 : 52;
}

/* 2^n for an n around 0, where most instructions neither overflow nor vanish. */
static uint64_t near_one(struct rng *r, int bits, uint64_t fraction)
{
    const int f = fraction_of(bits);
    const uint64_t bias = mask_of(bits - 1 - f) >> 1;
    const uint64_t x = rng_next(r);
    const uint64_t exponent = (bias + (x & 63) - 32) & mask_of(bits - 1 - f);

    return (x >> 63) << (bits - 1) | exponent << f | (fraction & mask_of(f));
}

static uint64_t random_operand(struct rng *r, int bits)
{
    const uint64_t x = rng_next(r), choice = rng_next(r) >> 32;
    size_t count, few;
    const uint64_t *table = edges(bits, &count, &few);

    switch (choice & 7) {
    case 0:
        return table[x % count];
    case 1: /* beside an edge */
        return (table[x % count] + (x >> 62) - 1) & mask_of(bits);
    case 2: /* few bits: exact results, ties */
        return near_one(r, bits, (x & 7) << (fraction_of(bits) - 3));
    case 3: /* a few bits at both ends of the fraction */
        return near_one(r, bits, ((x & 3) << (fraction_of(bits) - 2)) | ((x >> 8) & 7));
    case 4:
    case 5:
        return near_one(r, bits, x);
    default:
        return x & mask_of(bits);
    }
}

void random_operands(struct rng *r, const struct op *op, uint64_t v[3])
{
    const int bits = op_operand_bits(op);
    const uint64_t x = rng_next(r);

    for (int i = 0; i < 3; i++) {
        v[i] = random_operand(r, bits);
    }
    /* Sums that cancel: the same number but for its last places, or the sign. */
    if ((x & 7) == 0) {
        v[1] = v[0] ^ (x >> 8 & 3) ^ (x >> 16 & 1) << (bits - 1);
    }
    /* addend = -(n * m), nearly, for an m near 1. */
    if ((x & 0x38) == 0 && op->operands == 3) {
        v[2] = edges(bits, &(size_t){0}, &(size_t){0})[6 + (x >> 20 & 3)];
    }
}

uint32_t random_fpscr(struct rng *r)
{
    const uint64_t x = rng_next(r) >> 16;
    uint32_t fpscr = 0;

    /* Half of them in the mode that nearly all programs run in. */
    if (x & 1) {
        fpscr = (uint32_t)(x >> 1) & (FPSCR_RMODE | FPSCR_FZ | FPSCR_DN | FPSCR_AHP);
    }
    return (x >> 40 & 3) == 0 ? fpscr | FPSCR_CUMULATIVE : fpscr;
}

uint64_t random_count(uint64_t normal)
{
    const char *text = getenv("CANDIAL_FP_COUNT");

    return text != NULL ? strtoull(text, NULL, 10) : normal;
}
