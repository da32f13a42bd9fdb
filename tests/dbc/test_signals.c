/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Raw values into payloads and out again: every layout, and every signal of the DBC files beside the tree. */
#include "tests/formats/cmocka_head.h"

#include "formats/dbc/signal.h"
#include "tests/formats/scratch_file.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define PAYLOAD 64

static uint64_t seed;

static int start(void **state)
{
    (void)state;
    seed = fuzz_seed("signals");
    return 0;
}

/* Bit by bit, as the numbering is told: the i-th bit from the most significant one. */
static uint64_t read_slowly(const struct signal_bits *bits, const uint8_t *data)
{
    uint64_t raw = 0;
    unsigned at = bits->start_bit;
    for (unsigned i = 0; i < bits->length_bits; i++) {
        unsigned bit = bits->motorola ? at : bits->start_bit + bits->length_bits - 1u - i;
        raw = raw << 1 | ((unsigned)data[bit / 8] >> bit % 8 & 1u);
        at = at % 8 == 0 ? at + 15 : at - 1;
    }
    return raw;
}

static void fill(uint8_t *data)
{
    for (int i = 0; i < PAYLOAD; i++) {
        data[i] = (uint8_t)fuzz_next(&seed);
    }
}

/* A signal alone in its message: what is put is got, and no other bit changes. */
static void check_alone(const struct dbc_signal *signal)
{
    struct dbc_message message = {.signal_count = 1};
    uint8_t before[PAYLOAD];
    uint8_t after[PAYLOAD];
    uint64_t all = UINT64_MAX >> (64 - signal->bits.length_bits);
    uint64_t wanted = fuzz_next(&seed) & all;
    uint64_t raw = 0;
    uint64_t old = 0;
    fill(before);
    memcpy(after, before, PAYLOAD);
    assert_true(dbc_signal_get(&message, signal, before, PAYLOAD, &old));
    assert_true(old == read_slowly(&signal->bits, before));
    assert_true(dbc_signal_put(&message, signal, after, PAYLOAD, wanted));
    assert_true(read_slowly(&signal->bits, after) == wanted);
    assert_true(dbc_signal_get(&message, signal, after, PAYLOAD, &raw));
    assert_true(raw == wanted);
    assert_true(dbc_signal_put(&message, signal, after, PAYLOAD, old));
    assert_memory_equal(before, after, PAYLOAD);
    int span = signal_bits_span(&signal->bits);
    assert_true(dbc_signal_get(&message, signal, before, (size_t)span, &raw));
    assert_false(dbc_signal_get(&message, signal, before, (size_t)span - 1, &raw));
    assert_false(dbc_signal_put(&message, signal, after, (size_t)span - 1, wanted));
    assert_memory_equal(before, after, PAYLOAD);
}

static void every_layout(void **state)
{
    (void)state;
    for (unsigned length = 1; length <= 64; length++) {
        for (unsigned start_bit = 0; start_bit < 8 * PAYLOAD; start_bit++) {
            for (int motorola = 0; motorola < 2; motorola++) {
                struct dbc_signal signal = {.bits = {.start_bit = (uint16_t)start_bit,
                                                     .length_bits = (uint8_t)length,
                                                     .motorola = motorola == 1},
                                            .parent = -1};
                if (signal_bits_span(&signal.bits) > 0) {
                    check_alone(&signal);
                }
            }
        }
    }
}

/* Value and back gives the same raw bits, as long as a double has room for all of them. */
static void check_value(const struct dbc_signal *signal, uint64_t raw)
{
    double value = dbc_signal_value(signal, raw);
    bool is_float = signal->kind == DBC_FLOAT32 || signal->kind == DBC_FLOAT64;
    if (is_float || signal->bits.length_bits > 40 || signal->scale == 0) {
        return;
    }
    if (dbc_signal_encode(signal, value) != raw) {
        fail_msg("%s: raw %llu is %.17g, which is not encoded back", signal->name,
                 (unsigned long long)raw, value);
    }
}

/* In its message, below its switches. */
static void check_in_message(const struct dbc_message *message, const struct dbc_signal *signal)
{
    uint8_t data[PAYLOAD];
    uint64_t raw = 0;
    uint64_t all = UINT64_MAX >> (64 - signal->bits.length_bits);
    uint64_t wanted = fuzz_next(&seed) & all;
    fill(data);
    assert_true(dbc_signal_put(message, signal, data, PAYLOAD, wanted));
    bool overlaps = false; /* with one of its switches: nonsense, but files have it */
    for (const struct dbc_signal *at = signal; at->parent >= 0;) {
        at = &message->signals[at->parent];
        overlaps = overlaps || read_slowly(&signal->bits, data) != wanted;
    }
    if (!overlaps) {
        assert_true(dbc_signal_get(message, signal, data, PAYLOAD, &raw));
        assert_true(raw == wanted);
    }
    check_value(signal, wanted);
    check_value(signal, 0);
    check_value(signal, all);
    check_value(signal, all / 2 + 1);
}

static void every_signal_of_every_file(void **state)
{
    static const char *const files[] = {
        "bmw_e9x_e8x.dbc",
        "ford_lincoln_base_pt.dbc",
        "gm_global_a_lowspeed_1818125.dbc",
        "hyundai_i30_2014.dbc",
        "vw_mqb.dbc",
        "vw_pq.dbc",
    };
    static const size_t messages[] = {326, 331, 367, 32, 113, 86};
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char name[80];
        char error[300] = "";
        snprintf(name, sizeof name, "dbc/%s", files[i]);
        const char *path = shared_data(name);
        if (path == NULL) {
            skip();
        }
        struct dbc *dbc = dbc_load(path, error, sizeof error);
        if (dbc == NULL) {
            fail_msg("%s", error);
        }
        assert_int_equal(dbc->message_count, messages[i]);
        for (size_t m = 0; m < dbc->message_count; m++) {
            const struct dbc_message *message = &dbc->messages[m];
            for (uint32_t k = 0; k < message->signal_count; k++) {
                for (int run = 0; run < 20; run++) {
                    check_in_message(message, &message->signals[k]);
                }
            }
        }
        dbc_free(dbc);
    }
}

static void signed_and_clamped(void **state)
{
    static const struct {
        enum dbc_kind kind;
        uint8_t length;
        double value;
        uint64_t raw;
    } rows[] = {
        {DBC_SIGNED, 8, -1, 0xFF},
        {DBC_SIGNED, 8, -128, 0x80},
        {DBC_SIGNED, 8, -1000, 0x80},
        {DBC_SIGNED, 8, 1000, 0x7F},
        {DBC_SIGNED, 8, 127.4, 0x7F},
        {DBC_UNSIGNED, 8, -1, 0},
        {DBC_UNSIGNED, 8, 300, 0xFF},
        {DBC_UNSIGNED, 8, 1.5, 2},
        {DBC_UNSIGNED, 8, NAN, 0xFF},
        {DBC_SIGNED, 1, -1, 1},
        {DBC_SIGNED, 1, 5, 0},
        {DBC_SIGNED, 64, -1, UINT64_MAX},
        {DBC_SIGNED, 64, 1e30, INT64_MAX},
        {DBC_UNSIGNED, 64, 1e30, UINT64_MAX},
        {DBC_UNSIGNED, 64, 1e19, 10000000000000000000u},
        {DBC_SIGNED, 64, -1e30, 1ull << 63},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct dbc_signal signal = {
            .kind = rows[i].kind, .bits = {.length_bits = rows[i].length}, .scale = 1};
        assert_true(dbc_signal_encode(&signal, rows[i].value) == rows[i].raw);
    }
}

static void negative_factor(void **state)
{
    (void)state;
    struct dbc_signal signal = {.bits = {.length_bits = 8}, .scale = -0.5, .offset = 100};
    for (unsigned raw = 0; raw < 256; raw++) {
        assert_true(dbc_signal_value(&signal, raw) == 100 - raw / 2.0);
        check_value(&signal, raw);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_layout),
        cmocka_unit_test(every_signal_of_every_file),
        cmocka_unit_test(signed_and_clamped),
        cmocka_unit_test(negative_factor),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
