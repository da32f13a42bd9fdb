/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Values: whatever two words are, what is computed from what is known of them never excludes the truth. */
#include "tests/formats/cmocka_head.h"

#include "check/flow_value.h"

#include <string.h>

#define TRIALS 400000u

static uint32_t next(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* What may be known of `word`: some of its bits. */
static struct flow_bits hide(uint32_t word, uint32_t *seed)
{
    uint32_t mask = next(seed) | (next(seed) & 1u ? next(seed) : 0);
    if (next(seed) % 4 == 0) {
        mask = FLOW_ALL;
    }
    return (struct flow_bits){FLOW_BITS, mask, word & mask};
}

static uint32_t compute(enum flow_alu alu, uint32_t a, uint32_t b, uint32_t carry)
{
    switch (alu) {
    case FLOW_AND:
        return a & b;
    case FLOW_BIC:
        return a & ~b;
    case FLOW_ORR:
        return a | b;
    case FLOW_ORN:
        return a | ~b;
    case FLOW_EOR:
        return a ^ b;
    case FLOW_ADD:
        return a + b;
    case FLOW_ADC:
        return a + b + carry;
    case FLOW_SBC:
        return a - b - 1 + carry;
    case FLOW_SUB:
        return a - b;
    case FLOW_RSB:
        return b - a;
    case FLOW_MOV:
        return b;
    default:
        return ~b;
    }
}

static void arithmetic(void **state)
{
    uint32_t seed = 2463534242u;
    (void)state;
    for (unsigned i = 0; i < TRIALS; i++) {
        /* Small offsets, too: a base and an offset are what they are used for. */
        uint32_t a = next(&seed), b = next(&seed) >> (next(&seed) & 31u), carry = next(&seed) & 1u;
        enum flow_alu alu = (enum flow_alu)(next(&seed) % 12);
        struct flow_bits r = flow_alu(alu, hide(a, &seed), hide(b, &seed));
        if (r.kind == FLOW_BITS && !flow_may_be(r, compute(alu, a, b, carry))) {
            fail_msg("operation %d of %08X and %08X", (int)alu, (unsigned)a, (unsigned)b);
        }
    }
}

static void shifts(void **state)
{
    uint32_t seed = 88172645u;
    (void)state;
    for (unsigned i = 0; i < TRIALS; i++) {
        uint32_t a = next(&seed), n = 1 + next(&seed) % 31;
        struct flow_bits bits = hide(a, &seed);
        assert_true(flow_may_be(flow_shift(FLOW_LSL, bits, n), a << n));
        assert_true(flow_may_be(flow_shift(FLOW_LSR, bits, n), a >> n));
        assert_true(flow_may_be(flow_shift(FLOW_ROR, bits, n), a >> n | a << (32 - n)));
        uint32_t sign = (a >> 31) != 0 ? ~(FLOW_ALL >> n) : 0;
        assert_true(flow_may_be(flow_shift(FLOW_ASR, bits, n), a >> n | sign));
        assert_true(flow_may_be(flow_extract(bits, 3, 7, false), a >> 3 & 0x7Fu));
        uint32_t low = next(&seed);
        assert_true(flow_may_be(flow_insert(bits, hide(low, &seed), 14, 2),
                                (a & ~(3u << 14)) | (low & 3u) << 14));
    }
}

/* (CR3 & ~0x3F) | 2: nothing is known of CR3, and of the result the low six bits. */
static void modified(void **state)
{
    (void)state;
    struct flow_bits v = flow_alu(FLOW_BIC, flow_unknown(), flow_constant(0x3F));
    v = flow_alu(FLOW_ORR, v, flow_constant(2));
    assert_int_equal(v.mask, 0x3F);
    assert_int_equal(v.value, 2);
}

static void addresses(void **state)
{
    (void)state;
    struct flow_bits base = flow_constant(0x58024800u);
    struct flow_bits some = flow_alu(FLOW_ADD, base, flow_unknown());
    assert_int_equal(some.kind, FLOW_BASE);
    assert_int_equal(some.value, 0x58024800u);
    struct flow_bits sp = {FLOW_STACK, FLOW_ALL, 0};
    sp = flow_alu(FLOW_SUB, sp, flow_constant(24));
    assert_int_equal(sp.kind, FLOW_STACK);
    assert_int_equal(sp.value, (uint32_t)-24);
    assert_int_equal(flow_alu(FLOW_ADD, sp, flow_unknown()).kind, FLOW_STACK_SOME);
}

/* Too many values are merged, but one near a watched register stays; and joining comes to an end. */
static void sets(void **state)
{
    static const struct flow_range ranges[] = {{0x5802480Cu, 4}};
    struct flow_table t;
    (void)state;
    assert_true(flow_table_open(&t, ranges, 1));
    flow_value v = flow_value_of(&t, flow_constant(0x58024800u));
    for (uint32_t i = 0; i < 100; i++) {
        v = flow_join(&t, v, flow_value_of(&t, flow_constant(i * 0x1234567u)));
        assert_true(flow_set(&t, v)->count <= FLOW_VALUE_MAX);
    }
    bool kept = false;
    for (unsigned i = 0; i < flow_set(&t, v)->count; i++) {
        kept |= flow_is_constant(flow_set(&t, v)->one[i]) &&
                flow_set(&t, v)->one[i].value == 0x58024800u;
    }
    assert_true(kept);
    assert_int_equal(flow_join(&t, v, v), v);
    unsigned changes = 0;
    for (uint32_t i = 0; i < 1000; i++) {
        flow_value more = flow_widen(&t, v, flow_value_of(&t, flow_constant(0x20000000u - 4 * i)));
        changes += more != v;
        v = more;
    }
    assert_true(changes < 4);
    flow_table_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arithmetic), cmocka_unit_test(shifts), cmocka_unit_test(modified),
        cmocka_unit_test(addresses),  cmocka_unit_test(sets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
