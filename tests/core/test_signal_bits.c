/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/core/core_test.h"

#include <string.h>

#include "core/err.h"
#include "core/signal_bits.h"

/* One bit's place in the payload: the definition of both numberings, bit by bit. -1 = past the end. */
static int next_bit(int bit, bool motorola)
{
    if (!motorola) {
        return bit + 1;
    }
    return bit % 8 == 0 ? bit + 15 : bit - 1;
}

/* Places of all bits of a layout, most significant first; false if one is past `len` bytes. */
static bool naive_places(const struct signal_bits *layout, size_t len, int places[64])
{
    int bit = layout->start_bit;
    for (int i = 0; i < layout->length_bits; i++) {
        if (bit >= (int)len * 8) {
            return false;
        }
        places[layout->motorola ? i : layout->length_bits - 1 - i] = bit;
        bit = next_bit(bit, layout->motorola);
    }
    return true;
}

static uint64_t naive_extract(const uint8_t *data, const int *places, int count)
{
    uint64_t raw = 0;
    for (int i = 0; i < count; i++) {
        raw = raw << 1 | ((data[places[i] / 8] >> places[i] % 8) & 1u);
    }
    return raw;
}

static void naive_insert(uint8_t *data, const int *places, int count, uint64_t raw)
{
    for (int i = 0; i < count; i++) {
        uint8_t mask = (uint8_t)(1u << places[i] % 8);
        bool is_set = (raw >> (count - 1 - i)) & 1u;
        data[places[i] / 8] = (uint8_t)((data[places[i] / 8] & ~mask) | (is_set ? mask : 0));
    }
}

static void agrees_with_naive(struct random *random)
{
    uint8_t data[64];
    uint8_t wanted[64];
    int places[64];
    size_t len = (size_t)random_between(random, 0, 64);
    struct signal_bits layout = {
        .start_bit = (uint16_t)random_between(random, 0, (int32_t)len * 8 + 8),
        .length_bits = (uint8_t)random_between(random, 1, 64),
        .motorola = random_u32(random) & 1u,
    };
    for (size_t i = 0; i < sizeof(data); i++) {
        data[i] = (uint8_t)random_u32(random);
    }
    memcpy(wanted, data, sizeof(wanted));
    uint64_t raw = random_u64(random);
    uint64_t got;
    if (!naive_places(&layout, len, places)) {
        check_seed(random, signal_bits_extract(&layout, data, len, &got) == GAUGE_ERR_RANGE,
                   "extract past the end");
        check_seed(random, signal_bits_insert(&layout, data, len, raw) == GAUGE_ERR_RANGE,
                   "insert past the end");
        check_seed(random, memcmp(data, wanted, sizeof(data)) == 0, "insert touched the payload");
        return;
    }
    check_seed(random, signal_bits_extract(&layout, data, len, &got) == 0, "extract");
    check_seed(random, got == naive_extract(data, places, layout.length_bits), "raw value");
    check_seed(random, signal_bits_insert(&layout, data, len, raw) == 0, "insert");
    naive_insert(wanted, places, layout.length_bits, raw);
    check_seed(random, memcmp(data, wanted, sizeof(data)) == 0, "payload after insert");
}

static void any_layout_agrees_with_bit_by_bit(void **state)
{
    (void)state;
    for_each_seed(20000, agrees_with_naive);
}

/* Layouts whose values are printed in their databases' documentation or were seen on real cars. */
static void known_layouts(void **state)
{
    (void)state;
    const uint8_t bmw[8] = {0x5D, 0x3C, 0x66, 0xB7, 0xCE, 0x3A, 0xFD, 0x8C}; /* 0x1D0: 45, 12 °C */
    const struct signal_bits coolant = {.start_bit = 0, .length_bits = 8};
    const struct signal_bits oil = {.start_bit = 8, .length_bits = 8};
    uint64_t raw;
    assert_int_equal(signal_bits_extract(&coolant, bmw, 8, &raw), 0);
    assert_int_equal((int)raw - 48, 45);
    assert_int_equal(signal_bits_extract(&oil, bmw, 8, &raw), 0);
    assert_int_equal((int)raw - 48, 12);

    const uint8_t ford[8] = {0x99, 0x96, 0, 0, 0, 0, 0, 0}; /* 0x156: byte 1 - 60 */
    const struct signal_bits ford_oil = {.start_bit = 15, .length_bits = 8, .motorola = true};
    assert_int_equal(signal_bits_extract(&ford_oil, ford, 8, &raw), 0);
    assert_int_equal((int)raw - 60, 90);

    const uint8_t words[4] = {0x12, 0x34, 0x56, 0x78};
    const struct signal_bits big = {.start_bit = 7, .length_bits = 32, .motorola = true};
    const struct signal_bits little = {.start_bit = 0, .length_bits = 32};
    assert_int_equal(signal_bits_extract(&big, words, 4, &raw), 0);
    assert_int_equal(raw, 0x12345678);
    assert_int_equal(signal_bits_extract(&little, words, 4, &raw), 0);
    assert_int_equal(raw, 0x78563412);
}

static void span_is_the_payload_needed(void **state)
{
    (void)state;
    const struct {
        struct signal_bits layout;
        int span;
    } cases[] = {
        {{15, 8, true}, 2},    {{8, 8, false}, 2},      {{0, 64, false}, 8},  {{7, 64, true}, 8},
        {{1, 64, false}, 9},   {{0, 64, true}, 9},      {{3, 5, true}, 2},    {{3, 4, true}, 1},
        {{511, 1, false}, 64}, {{511, 2, false}, -2},   {{504, 2, true}, -2}, {{511, 8, true}, 64},
        {{512, 1, true}, -2},  {{65535, 64, true}, -2}, {{0, 0, false}, -2},  {{0, 65, false}, -2},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(signal_bits_span(&cases[i].layout), cases[i].span);
    }
}

static void sign(void **state)
{
    (void)state;
    assert_int_equal(signal_bits_signed(0x7F, 8), 127);
    assert_int_equal(signal_bits_signed(0x80, 8), -128);
    assert_int_equal(signal_bits_signed(0xFFF, 12), -1);
    assert_int_equal(signal_bits_signed(1, 1), -1);
    assert_true(signal_bits_signed(UINT64_MAX, 64) == -1);
    assert_true(signal_bits_signed(1ull << 63, 64) == INT64_MIN);
    assert_true(signal_bits_signed(INT64_MAX, 64) == INT64_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_layout_agrees_with_bit_by_bit),
        cmocka_unit_test(known_layouts),
        cmocka_unit_test(span_is_the_payload_needed),
        cmocka_unit_test(sign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
