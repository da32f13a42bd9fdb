/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Lengths of frames on the wire, against hand counts and against a table of frame rates. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "vboard/can/bits.h"

static uint64_t next_random(uint64_t *state)
{
    *state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = *state;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static struct bus_frame random_frame(uint64_t *state, bool fd)
{
    uint64_t r = next_random(state);
    struct bus_frame f = {.extended = (r & 1) != 0, .fd = fd, .brs = fd && (r & 2) != 0};
    uint64_t few = next_random(state); /* sparse bits make long runs */

    f.remote = !fd && (r & 0x1C) == 0;
    f.id = (uint32_t)(r >> 32) & (f.extended ? 0x1FFFFFFFu : 0x7FFu);
    if ((r & 0x20) != 0) {
        f.id &= (uint32_t)few;
    }
    f.dlc = (uint8_t)((r >> 8) & 0xF);
    for (unsigned i = 0; i < CAN_DATA_MAX; i++) {
        uint64_t byte = next_random(state);
        f.data[i] = (uint8_t)((r & 0x40) != 0 ? byte : byte & (byte >> 8) & (byte >> 16));
    }
    return f;
}

/* Bits of a frame without stuffing and the most stuff bits it may have, counted by hand. */
static unsigned plain_bits(const struct bus_frame *f)
{
    return (f->extended ? 64u : 44u) + 8 * can_frame_length(f);
}

static unsigned most_stuff(const struct bus_frame *f)
{
    return ((f->extended ? 54u : 34u) + 8 * can_frame_length(f) - 1) / 4;
}

/* A frame that needs no stuff bit at all, found by trying. */
static struct bus_frame unstuffed(bool extended, uint8_t dlc)
{
    uint64_t state = 1;
    struct can_bits b;

    for (unsigned tries = 0; tries < 5000000; tries++) {
        struct bus_frame f = {.extended = extended, .dlc = dlc};
        uint64_t r = next_random(&state);
        f.id = (uint32_t)r & (extended ? 0x1FFFFFFFu : 0x7FFu);
        r = next_random(&state);
        for (unsigned i = 0; i < 8; i++) {
            f.data[i] = (uint8_t)(0x55u ^ ((uint8_t)(r >> (8 * i)) & 0x99u));
        }
        can_bits_measure(&f, &b);
        if (b.stuff == 0) {
            return f;
        }
    }
    fail_msg("no frame without stuff bits found");
    return (struct bus_frame){0};
}

static void all_zero_frame_counted_by_hand(void **state)
{
    (void)state;
    struct bus_frame f = {0};
    struct can_bits b;

    /* 19 header bits and CRC 0: 34 zeros, so a stuff bit after each five, 6 in all. */
    can_bits_measure(&f, &b);
    assert_int_equal(b.stuff, 6);
    assert_int_equal(b.total, 34 + 6 + 10);
    assert_int_equal(b.dominant, 34);
    assert_int_equal(b.head, b.total);
    assert_int_equal(b.data, 0);
}

static void identifier_7ff_counted_by_hand(void **state)
{
    (void)state;
    struct bus_frame f = {.id = 0x7FF, .remote = true};
    uint8_t wire[CAN_BITS_MAX];
    /* SOF, then 12 ones (identifier, RTR) with a zero after the 5th and 10th, then IDE ... */
    static const uint8_t begin[] = {0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0, 1};

    can_bits_encode(&f, wire, NULL);
    assert_memory_equal(wire, begin, sizeof(begin));
}

static void crcs_have_their_published_check_values(void **state)
{
    (void)state;
    /* Check values of the CRC catalogue for "123456789", initial value 0. */
    static const char text[] = "123456789";
    uint8_t bits[72];
    uint8_t zeros[72] = {0};

    for (unsigned i = 0; i < 72; i++) {
        bits[i] = (uint8_t)((text[i / 8] >> (7 - i % 8)) & 1);
    }
    assert_int_equal(can_crc15(bits, 72), 0x059E);
    /* Those of FD start with a one; a CRC is linear, so the start's part can be taken away. */
    assert_int_equal(can_crc17(bits, 72) ^ can_crc17(zeros, 72), 0x04F03);
    assert_int_equal(can_crc21(bits, 72) ^ can_crc21(zeros, 72), 0x0ED841);
}

static void word_and_bit_methods_agree(void **state)
{
    (void)state;
    uint64_t seed = 42;
    uint8_t wire[CAN_BITS_MAX];

    for (unsigned i = 0; i < 20000; i++) {
        struct bus_frame f = random_frame(&seed, false);
        struct can_bits fast;
        struct can_bits slow;
        can_bits_measure(&f, &fast);
        can_bits_encode(&f, wire, &slow);
        assert_memory_equal(&fast, &slow, sizeof(fast));
        assert_int_equal(fast.total, plain_bits(&f) + fast.stuff);
        assert_true(fast.stuff <= most_stuff(&f));
    }
}

/* Takes the stuff bits out again and looks for six equal bits. */
static void stuffing_is_what_a_receiver_expects(void **state)
{
    (void)state;
    uint64_t seed = 7;
    uint8_t wire[CAN_BITS_MAX];

    for (unsigned i = 0; i < 2000; i++) {
        struct bus_frame f = random_frame(&seed, false);
        struct can_bits b;
        can_bits_encode(&f, wire, &b);
        unsigned run = 1;
        unsigned removed = 0;
        for (unsigned k = 1; k < b.total - 10u; k++) {
            run = wire[k] == wire[k - 1] ? run + 1 : 1;
            assert_true(run <= 5);
            removed += run == 5 ? 1 : 0;
        }
        assert_int_equal(removed, b.stuff);
    }
}

static void frame_rates_of_the_table(void **state)
{
    (void)state;
    static const struct {
        uint32_t bps;
        bool extended;
        uint8_t dlc;
        unsigned per_second;
    } rows[] = {
        {125000, false, 8, 1126},  {250000, false, 8, 2252},   {500000, false, 8, 4505},
        {1000000, false, 8, 9009}, {125000, false, 0, 2660},   {250000, false, 0, 5319},
        {500000, false, 0, 10638}, {1000000, false, 0, 21277}, {125000, true, 8, 954},
        {250000, true, 8, 1908},   {500000, true, 8, 3817},    {1000000, true, 8, 7634},
    };

    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct bus_frame f = {.extended = rows[i].extended, .dlc = rows[i].dlc};
        if (rows[i].dlc != 0) {
            f = unstuffed(rows[i].extended, rows[i].dlc);
        }
        struct can_bits b;
        can_bits_measure(&f, &b);
        unsigned bits = plain_bits(&f) + CAN_INTERMISSION_BITS;
        assert_int_equal((rows[i].bps + bits / 2) / bits, rows[i].per_second);
        assert_int_equal(b.total - b.stuff, plain_bits(&f));
    }
}

/* 8 bytes, worst stuffing: 3,704 frames/s at 500 kbit/s, so 135 bits with the intermission. */
static void worst_stuffing_of_eight_bytes(void **state)
{
    (void)state;
    struct bus_frame f = {.dlc = 8};

    assert_int_equal((500000 + 67) / (plain_bits(&f) + most_stuff(&f) + CAN_INTERMISSION_BITS),
                     3704);
    /* 0x78 0x78 ... has runs of four: the stuff bit after the first five makes each a run of five. */
    memset(f.data, 0x78, 8);
    f.data[0] = 0x3C;
    unsigned most = 0;
    for (f.id = 0; f.id < 0x800; f.id++) {
        for (unsigned shift = 0; shift < 8; shift++) {
            struct can_bits b;
            memset(f.data, (0xF0F0 >> shift) & 0xFF, 8);
            can_bits_measure(&f, &b);
            most = b.stuff > most ? b.stuff : most;
        }
    }
    assert_true(most >= 20 && most <= most_stuff(&f));
}

static void fd_frame_counted_by_hand(void **state)
{
    (void)state;
    struct bus_frame f = {.id = 0x555, .fd = true, .brs = true, .dlc = 1, .data = {0x55}};
    struct can_bits b;
    uint8_t wire[CAN_BITS_MAX];

    /* SOF 0, identifier 1010101 0101, RRS 0, IDE 0, FDF 1, res 0, BRS 1: 17 bits, no five in a row.
     * ESI 0, DLC 0001, data 01010101: zeros after BRS: 0000 then 1: none. 30 bits before the CRC.
     * CRC field: stuff count 4 + CRC-17 + 6 fixed stuff bits = 27, delimiter 1, then 9. */
    can_bits_encode(&f, wire, &b);
    assert_int_equal(b.head, 17);
    assert_int_equal(b.stuff, 6);
    assert_int_equal(b.total, 17 + 5 + 8 + 27 + 1 + 9);
    assert_int_equal(b.data, 5 + 8 + 27 + 1);
    /* Stuff count 0, its parity 0, each behind its fixed stuff bit: data ends in 1. */
    static const uint8_t count_field[] = {0, 0, 0, 0, 0, 1};
    assert_memory_equal(wire + 30, count_field, sizeof(count_field));
}

static void fd_crc_is_longer_beyond_16_bytes(void **state)
{
    (void)state;
    uint64_t seed = 3;

    for (unsigned i = 0; i < 500; i++) {
        struct bus_frame f = random_frame(&seed, true);
        struct can_bits b;
        can_bits_measure(&f, &b);
        unsigned length = can_frame_length(&f);
        unsigned fixed = length <= 16 ? 6 : 7;
        unsigned crc = length <= 16 ? 17 : 21;
        unsigned plain = (f.extended ? 36u : 17u) + 5 + 8 * length + 4 + crc + 1 + 9;
        assert_true(b.stuff >= fixed);
        assert_int_equal(b.total, plain + b.stuff);
        assert_int_equal(b.data != 0, f.brs);
    }
}

static void fd_stuff_bit_due_at_the_crc_gives_way_to_the_fixed_one(void **state)
{
    (void)state;
    struct bus_frame f = {.id = 0x555, .fd = true, .brs = true, .dlc = 1, .data = {0x5F}};
    struct can_bits b;

    /* Data ends in five ones: the next bit is the fixed stuff bit, not one more. */
    can_bits_measure(&f, &b);
    assert_int_equal(b.stuff, 6);
}

static void fd_rates_of_the_table_within_five_percent(void **state)
{
    (void)state;
    static const struct {
        uint64_t bps, data_bps;
        uint8_t dlc;
        unsigned per_second;
    } rows[] = {
        {500000, 2000000, 8, 9300},   {500000, 2000000, 15, 3000},   {500000, 2000000, 0, 13000},
        {1000000, 5000000, 8, 20000}, {1000000, 5000000, 15, 7200},  {1000000, 5000000, 0, 27000},
        {1000000, 8000000, 8, 24000}, {1000000, 8000000, 15, 10000}, {1000000, 8000000, 0, 29000},
    };
    uint64_t seed = 11;

    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint64_t sum = 0;
        uint64_t bit_ps = UINT64_C(1000000000000) / rows[i].bps;
        for (unsigned k = 0; k < 200; k++) {
            struct bus_frame f = {.fd = true, .brs = true, .dlc = rows[i].dlc};
            struct can_bits b;
            f.id = (uint32_t)next_random(&seed) & 0x7FFu;
            for (unsigned n = 0; n < 64; n++) {
                f.data[n] = (uint8_t)next_random(&seed);
            }
            can_bits_measure(&f, &b);
            sum += can_bits_span(&b, b.total, bit_ps, UINT64_C(1000000000000) / rows[i].data_bps);
            sum += CAN_INTERMISSION_BITS * bit_ps;
        }
        double rate = 200e12 / (double)sum;
        assert_true(rate > 0.93 * rows[i].per_second && rate < 1.07 * rows[i].per_second);
    }
}

static void span_adds_both_rates(void **state)
{
    (void)state;
    struct can_bits b = {.total = 100, .head = 20, .data = 60};

    assert_int_equal(can_bits_span(&b, 20, 2000, 500), 40000);
    assert_int_equal(can_bits_span(&b, 30, 2000, 500), 45000);
    assert_int_equal(can_bits_span(&b, 80, 2000, 500), 70000);
    assert_int_equal(can_bits_span(&b, 100, 2000, 500), 110000);
}

static void priority_follows_the_bits_of_arbitration(void **state)
{
    (void)state;
    struct bus_frame low = {.id = 0x100};
    struct bus_frame high = {.id = 0x101};
    struct bus_frame remote = {.id = 0x100, .remote = true};
    struct bus_frame extended = {.id = 0x100u << 18, .extended = true};
    struct bus_frame extended_next = {.id = (0x100u << 18) + 1, .extended = true};
    struct bus_frame extended_remote = {.id = 0x100u << 18, .extended = true, .remote = true};

    assert_true(can_bits_priority(&low) < can_bits_priority(&remote));
    assert_true(can_bits_priority(&remote) < can_bits_priority(&extended));
    assert_true(can_bits_priority(&extended) < can_bits_priority(&extended_remote));
    assert_true(can_bits_priority(&extended_remote) < can_bits_priority(&extended_next));
    assert_true(can_bits_priority(&extended_next) < can_bits_priority(&high));
}

static void lengths_and_dlcs(void **state)
{
    (void)state;
    static const uint8_t fd[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 20, 24, 32, 48, 64};

    for (unsigned dlc = 0; dlc < 16; dlc++) {
        assert_int_equal(can_dlc_length(dlc, true), fd[dlc]);
        assert_int_equal(can_dlc_length(dlc, false), dlc < 8 ? dlc : 8);
        assert_int_equal(can_length_dlc(fd[dlc]), dlc);
    }
    assert_int_equal(can_length_dlc(9), 9);
    assert_int_equal(can_length_dlc(33), 14);
    assert_int_equal(can_length_dlc(100), 15);
}

static void fd_stuff_count_is_gray_coded_with_parity(void **state)
{
    (void)state;
    struct bus_frame f = {.id = 0, .fd = true, .brs = true, .dlc = 1, .data = {0x55}};
    uint8_t wire[CAN_BITS_MAX];
    /* 14 zeros in front: two stuff bits; 2 is 011 in Gray code, its parity 0. Fixed stuff bits: 0, 1. */
    static const uint8_t count_field[] = {0, 0, 1, 1, 0, 1};

    can_bits_encode(&f, wire, NULL);
    assert_memory_equal(wire + 17 + 2 + 5 + 8, count_field, sizeof(count_field));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_zero_frame_counted_by_hand),
        cmocka_unit_test(identifier_7ff_counted_by_hand),
        cmocka_unit_test(crcs_have_their_published_check_values),
        cmocka_unit_test(word_and_bit_methods_agree),
        cmocka_unit_test(stuffing_is_what_a_receiver_expects),
        cmocka_unit_test(frame_rates_of_the_table),
        cmocka_unit_test(worst_stuffing_of_eight_bytes),
        cmocka_unit_test(fd_frame_counted_by_hand),
        cmocka_unit_test(fd_crc_is_longer_beyond_16_bytes),
        cmocka_unit_test(fd_stuff_bit_due_at_the_crc_gives_way_to_the_fixed_one),
        cmocka_unit_test(fd_rates_of_the_table_within_five_percent),
        cmocka_unit_test(span_adds_both_rates),
        cmocka_unit_test(priority_follows_the_bits_of_arbitration),
        cmocka_unit_test(lengths_and_dlcs),
        cmocka_unit_test(fd_stuff_count_is_gray_coded_with_parity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
