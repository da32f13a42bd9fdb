/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Each FP instruction against the host's FPU (oracle.h): edges in each mode, then at random. */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/vboard/fp/operands.h"
#include "tests/vboard/fp/oracle.h"

/* Random operands in all: about 5 s with sanitizers. CANDIAL_FP_COUNT=n makes it n. */
#define RANDOM_COUNT 4000000

static void check(const struct op *op, uint32_t fpscr, const uint64_t v[3])
{
    const int bits = op_result_bits(op);
    const uint64_t mask = bits == 0 ? 0 : UINT64_MAX >> (64 - bits);
    struct fp_state s = {fpscr};
    uint32_t expected_fpscr = fpscr;
    const uint64_t expected = oracle_run(op, &expected_fpscr, v);
    const uint64_t got = op_run(op, &s, v) & mask;

    if (got != expected || s.fpscr != expected_fpscr) {
        fail_msg("%s %016" PRIx64 " %016" PRIx64 " %016" PRIx64 " with FPSCR %08x: %016" PRIx64
                 " FPSCR %08x, the host: %016" PRIx64 " FPSCR %08x",
                 op->name, v[0], v[1], v[2], fpscr, got, s.fpscr, expected, expected_fpscr);
    }
}

/* RMode, FZ, DN; AHP matters to halves alone. Without flags, and with all of them set. */
static void check_modes(const struct op *op, const uint64_t v[3])
{
    const bool half = op->kind == OP_TO_HALF || op->kind == OP_FROM_HALF;

    for (uint32_t mode = 0; mode < (half ? 32 : 16); mode++) {
        const uint32_t fpscr = mode << FPSCR_RMODE_SHIFT;

        check(op, fpscr, v);
        check(op, fpscr | FPSCR_CUMULATIVE | FPSCR_N, v);
    }
}

static void edges_in_each_mode(void **state)
{
    (void)state;
    for (size_t i = 0; i < op_count; i++) {
        const struct op *op = &ops[i];
        size_t count, few;
        const uint64_t *e = edges(op_operand_bits(op), &count, &few);
        const size_t first = op->operands == 3 ? few : count;

        for (size_t a = 0; a < first; a++) {
            for (size_t b = 0; b < (op->operands > 1 ? first : 1); b++) {
                for (size_t c = 0; c < (op->operands > 2 ? few : 1); c++) {
                    check_modes(op, (uint64_t[3]){e[a], e[b], e[c]});
                }
            }
        }
    }
}

static void random_operands_in_random_modes(void **state)
{
    (void)state;
    struct rng r = {UINT64_C(0x9E3779B97F4A7C15)};
    const uint64_t count = random_count(RANDOM_COUNT);

    for (uint64_t n = 0; n < count; n++) {
        const struct op *op = &ops[n % op_count];
        uint64_t v[3];

        random_operands(&r, op, v);
        check(op, random_fpscr(&r), v);
    }
}

/* All 65,536 halves, both ways. */
static void every_half(void **state)
{
    (void)state;
    for (size_t i = 0; i < op_count; i++) {
        if (ops[i].kind != OP_FROM_HALF) {
            continue;
        }
        for (uint64_t h = 0; h < 0x10000; h++) {
            check(&ops[i], 0, (uint64_t[3]){h, 0, 0});
            check(&ops[i], FPSCR_AHP, (uint64_t[3]){h, 0, 0});
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edges_in_each_mode),
        cmocka_unit_test(every_half),
        cmocka_unit_test(random_operands_in_random_modes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
