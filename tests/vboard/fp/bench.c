/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * ninja fp_bench && bin/fp_bench: nanoseconds an FP instruction takes by fp.h, for ordinary
 * operands (1/8 to 8, all bits at random): with IXC set, with IXC to be found out, with FZ, and
 * rounding towards zero, which fp.h computes in integers alone. Call by table included, about 3 ns.
 */
#include <stdio.h>
#include <time.h>

#include "tests/vboard/fp/operands.h"

#define COUNT 4096
#define TURNS 50

static double now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void fill(const struct op *op, uint64_t v[COUNT][3])
{
    struct rng r = {1};
    const int bits = op_operand_bits(op);

    for (int i = 0; i < COUNT * 3; i++) {
        const uint64_t x = rng_next(&r);

        if (bits == 64) {
            v[i / 3][i % 3] = UINT64_C(0x3FC0000000000000) + (x % (UINT64_C(6) << 52));
        } else {
            v[i / 3][i % 3] = bits == 32 ? 0x3E000000 + x % (6u << 23) : 0x3000 + x % (6u << 10);
        }
    }
}

/* The best of several turns, as others use this machine too. */
static double measure(const struct op *op, uint64_t v[COUNT][3], uint32_t fpscr)
{
    double best = 1e9;
    volatile uint64_t sink = 0;

    for (int turn = 0; turn < TURNS; turn++) {
        const double start = now_ns();
        uint64_t sum = 0;

        for (int i = 0; i < COUNT; i++) {
            struct fp_state s = {fpscr};

            sum ^= op_run(op, &s, v[i]) + s.fpscr;
        }
        const double ns = (now_ns() - start) / COUNT;

        sink ^= sum;
        best = ns < best ? ns : best;
    }
    return best;
}

int main(void)
{
    static uint64_t v[COUNT][3];

    printf("%-20s %7s %7s %7s %7s\n", "ns", "IXC set", "IXC 0", "FZ", "RZ");
    for (size_t i = 0; i < op_count; i++) {
        const struct op *op = &ops[i];

        fill(op, v);
        printf("%-20s %7.1f %7.1f %7.1f %7.1f\n", op->name, measure(op, v, FPSCR_IXC),
               measure(op, v, 0), measure(op, v, FPSCR_FZ | FPSCR_IXC),
               measure(op, v, FPSCR_RMODE));
    }
    return 0;
}
