/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * CAN FD frames on the bus of a profile that knows only classic ones. A controller without FD operation, or at
 * another data rate, would answer each with an error frame: the board must not disturb the car.
 */
#include "tests/formats/cmocka_head.h"

#include "tests/obd/car_rig.h"
#include "vboard/can/player.h"
#include "vboard/chip/chip.h"

#include <string.h>

struct stream {
    bool brs;
    uint64_t count;
    bool is_paired;
    vtime_ps phase;
    vtime_ps gap;  /* from an FD frame's begin to the dial's frame's; random if UINT64_MAX */
    uint32_t seed; /* of the random ones */
    vtime_ps at;
};

static uint32_t random_below(struct stream *stream, uint32_t bound)
{
    stream->seed = stream->seed * 1664525u + 1013904223u;
    return (stream->seed >> 8) % bound;
}

/* Pairs: an FD frame, and behind it the dial's frame, whose interrupt comes before the M4's next look. */
static bool next_paired(struct stream *stream, uint64_t n, struct bus_frame *f, vtime_ps *t)
{
    const bool is_random = stream->gap == UINT64_MAX;
    if (n % 2 == 0) {
        *f = (struct bus_frame){.id = 0x100, .fd = true, .brs = stream->brs, .dlc = 8};
        if (is_random) {
            f->dlc = (uint8_t)random_below(stream, 16);
            stream->at += VTIME_US(random_below(stream, 8000));
        } else {
            stream->at = n / 2 * VTIME_MS(10) + stream->phase;
        }
    } else {
        *f = (struct bus_frame){.id = 0x156, .dlc = 8, .data = {150, 150}};
        stream->at += is_random ? VTIME_US(random_below(stream, 3000)) : stream->gap;
    }
    *t = stream->at;
    return true;
}

/* Every 2 ms: FD frames of all lengths, with the dial's classic frame, 90 °C, after each nine of them. */
static bool next(void *ctx, struct bus_frame *f, vtime_ps *t)
{
    struct stream *stream = ctx;
    const uint64_t n = stream->count++;
    if (stream->is_paired) {
        return next_paired(stream, n, f, t);
    }
    *f = (struct bus_frame){.id = 0x100 + (uint32_t)(n % 64), .fd = true, .brs = stream->brs};
    f->dlc = (uint8_t)(n % 16);
    if (n % 10 == 9) {
        *f = (struct bus_frame){.id = 0x156, .dlc = 8, .data = {150, 150}};
    }
    *t = n * VTIME_MS(2);
    return true;
}

struct bus {
    struct car_rig *rig;
    struct can_player player;
    struct stream stream;
};

static void start_stream(struct bus *bus, const struct stream *stream, bool active,
                         uint32_t data_bitrate_bps)
{
    struct record record;
    record_default(&record);
    record.mode = active ? RECORD_ACTIVE : RECORD_LISTEN_ONLY;
    bus->stream = *stream;
    bus->rig = car_rig_create(&(struct car_rig_config){.record = &record, .no_car = true});
    const struct can_player_config config = {.next = next,
                                             .ctx = &bus->stream,
                                             .bitrate_bps = 500000,
                                             .data_bitrate_bps = data_bitrate_bps};
    can_player_init(&bus->player, bus->rig->bus, &config, 0);
    car_rig_power(bus->rig);
}

static void start(struct bus *bus, bool active, bool brs, uint32_t data_bitrate_bps)
{
    start_stream(bus, &(struct stream){.brs = brs}, active, data_bitrate_bps);
}

/* Frames that somebody destroyed; the one that is on the wire is none yet. */
static uint64_t broken(const struct bus *bus)
{
    const struct can_bus *b = bus->rig->bus;
    return b->frame_count - b->valid_count - (b->phase == CAN_IN_FRAME ? 1 : 0);
}

static void end(struct bus *bus)
{
    car_rig_check_shows(bus->rig, 90000);
    car_rig_check_clean(bus->rig);
    can_player_destroy(&bus->player, car_rig_now(bus->rig));
    car_rig_destroy(bus->rig);
}

/* At the nominal rate, and at 2 Mbit/s, which all makers use: it takes part, and nothing fails. */
static void takes_part(void **state)
{
    (void)state;
    for (int brs = 0; brs < 2; brs++) {
        struct bus bus;
        start(&bus, true, brs == 1, brs == 1 ? 2000000 : 0);
        car_rig_run_until(bus.rig, VTIME_S(6));
        assert_true(board_tx_bits(bus.rig->board) > 1000); /* acknowledges */
        assert_int_equal(bus.rig->board_node->errors, 0);
        assert_int_equal(broken(&bus), 0);
        end(&bus);
    }
}

/* At a data rate that it cannot know: found out by listening, before it drives a bit. */
static void listens_to_another_data_rate(void **state)
{
    (void)state;
    for (int active = 0; active < 2; active++) {
        struct bus bus;
        start(&bus, active == 1, true, 5000000);
        car_rig_run_until(bus.rig, VTIME_S(6));
        assert_true(bus.rig->board_node->errors > 100); /* it cannot read them */
        assert_int_equal(board_tx_bits(bus.rig->board), 0);
        assert_int_equal(broken(&bus), 0);
        end(&bus);
    }
}

/* FD frames that begin later: a few are lost, then it is silent. */
static void retreats(void **state)
{
    (void)state;
    struct bus bus;
    start(&bus, true, false, 5000000);
    car_rig_run_until(bus.rig, VTIME_S(4));
    assert_true(board_tx_bits(bus.rig->board) > 100);
    bus.stream.brs = true;
    car_rig_run_for(bus.rig, VTIME_MS(100));
    const uint64_t bits = board_tx_bits(bus.rig->board);
    const uint64_t lost = broken(&bus);
    assert_in_range(lost, 1, 20);
    car_rig_run_for(bus.rig, VTIME_S(3));
    assert_int_equal(board_tx_bits(bus.rig->board), bits);
    assert_int_equal(broken(&bus), lost);
    bus.stream.brs = false; /* they stop: it takes part again */
    car_rig_run_for(bus.rig, VTIME_S(11));
    assert_true(board_tx_bits(bus.rig->board) > bits);
    end(&bus);
}

/* A dial's frame directly behind every FD frame, wherever the M4's looks lie: not one bit. */
static void dial_behind_each(void **state)
{
    (void)state;
    for (unsigned phase = 0; phase < 10; phase++) {
        struct bus bus;
        const struct stream stream = {
            .brs = true, .is_paired = true, .phase = phase * VTIME_US(200), .gap = VTIME_US(100)};
        start_stream(&bus, &stream, true, 5000000);
        car_rig_run_until(bus.rig, VTIME_S(4));
        assert_int_equal(board_tx_bits(bus.rig->board), 0);
        assert_int_equal(broken(&bus), 0);
        end(&bus);
    }
}

/* 500 pairs at random, while the board might take part. */
static void dial_behind_at_random(void **state)
{
    (void)state;
    struct bus bus;
    const struct stream stream = {.brs = true, .is_paired = true, .gap = UINT64_MAX, .seed = 1};
    start_stream(&bus, &stream, true, 5000000);
    car_rig_run_until(bus.rig, VTIME_S(2));
    const uint64_t before = bus.stream.count;
    while (bus.stream.count < before + 2 * 500) {
        car_rig_run_for(bus.rig, VTIME_MS(100));
    }
    assert_int_equal(board_tx_bits(bus.rig->board), 0);
    assert_int_equal(broken(&bus), 0);
    end(&bus);
}

/* They come back each time it has taken part again: it waits twice as long. */
static void learns(void **state)
{
    (void)state;
    struct bus bus;
    start(&bus, true, false, 5000000);
    car_rig_run_until(bus.rig, VTIME_S(4));
    for (unsigned wait_s = 10; wait_s <= 20; wait_s *= 2) {
        bus.stream.brs = true;
        car_rig_run_for(bus.rig, VTIME_MS(100));
        bus.stream.brs = false;
        const uint64_t bits = board_tx_bits(bus.rig->board);
        car_rig_run_for(bus.rig, VTIME_S(wait_s) - VTIME_MS(150));
        assert_int_equal(board_tx_bits(bus.rig->board), bits);
        car_rig_run_for(bus.rig, VTIME_S(1));
        assert_true(board_tx_bits(bus.rig->board) > bits);
    }
    end(&bus);
}

#define NBTP 0x4000A01Cu /* RM0399 59.5.7, 59.5.3 */
#define DBTP 0x4000A00Cu

/* A bit timing register's fields, and the bit rate and sample point they make of 80 MHz. */
struct timing {
    uint32_t prescaler, before, behind, jump; /* time quanta, before and behind the sample point */
};

static void check_timing(const struct timing *t, uint32_t bps)
{
    const uint32_t quanta = t->before + t->behind;
    assert_int_equal(80000000u / t->prescaler / quanta, bps);
    assert_int_equal(80000000u % (t->prescaler * quanta), 0);
    const uint32_t sample_permille = 1000u * t->before / quanta;
    assert_in_range(sample_permille, 790, 815);
    assert_int_equal(t->jump, t->behind - 1u); /* "should be smaller" than what is behind */
}

static void check_registers(const struct car_rig *r, uint32_t bps, uint32_t data_bps)
{
    const uint32_t n = chip_mmio_read(board_chip(r->board), NBTP, 4);
    const uint32_t d = chip_mmio_read(board_chip(r->board), DBTP, 4);
    const struct timing nominal = {(n >> 16 & 0x1FFu) + 1u, (n >> 8 & 0xFFu) + 2u, (n & 0x7Fu) + 1u,
                                   (n >> 25) + 1u};
    const struct timing data = {(d >> 16 & 0x1Fu) + 1u, (d >> 8 & 0x1Fu) + 2u, (d >> 4 & 15u) + 1u,
                                (d & 15u) + 1u};
    check_timing(&nominal, bps);
    check_timing(&data, data_bps);
    assert_int_equal(d & 1u << 23, 0); /* TDC: the profile's rates do without */
}

/* What is in FDCAN1 makes the profile's rates; a profile without FD has the usual data rate. */
static void registers_make_the_rates(void **state)
{
    static const uint32_t rates[][2] = {
        {500000, 0}, {500000, 2000000}, {500000, 1000000}, {250000, 4000000}, {1000000, 5000000}};
    (void)state;
    for (unsigned i = 0; i < sizeof rates / sizeof *rates; i++) {
        struct record record;
        record_default(&record);
        record.bitrate_bps = rates[i][0];
        record.fd_data_bitrate_bps = rates[i][1];
        struct car_rig *r =
            car_rig_create(&(struct car_rig_config){.record = &record, .no_car = true});
        car_rig_power(r);
        car_rig_run_until(r, VTIME_MS(300));
        check_registers(r, rates[i][0], rates[i][1] == 0 ? 2000000 : rates[i][1]);
        car_rig_destroy(r);
    }
}

static bool next_of_length(void *ctx, struct bus_frame *f, vtime_ps *t)
{
    struct stream *stream = ctx;
    *f = (struct bus_frame){.id = 0x156, .fd = true, .brs = stream->brs};
    f->dlc = (uint8_t)stream->seed;
    memset(f->data, 150, sizeof f->data);
    *t = stream->count++ * VTIME_MS(50);
    return true;
}

/* What a dial shows of frames of this code with its value in that byte. */
static enum gauge_state shown_of(uint8_t dlc, unsigned byte, bool brs)
{
    struct stream stream = {.seed = dlc, .brs = brs};
    struct record record;
    record_default(&record);
    record.fd_data_bitrate_bps = 2000000;
    record.dial[0].source.broadcast.bits.start_bit = (uint16_t)(8 * byte + 7); /* Motorola */
    struct car_rig *r = car_rig_create(&(struct car_rig_config){.record = &record, .no_car = true});
    const struct can_player_config config = {
        .next = next_of_length, .ctx = &stream, .bitrate_bps = 500000, .data_bitrate_bps = 2000000};
    struct can_player player;
    can_player_init(&player, r->bus, &config, 0);
    car_rig_power(r);
    car_rig_run_until(r, VTIME_MS(3000));
    const enum gauge_state state = car_rig_dial(r)->state;
    if (state == GAUGE_LIVE) {
        car_rig_check_shows(r, 90000);
    }
    can_player_destroy(&player, car_rig_now(r));
    car_rig_destroy(r);
    return state;
}

/* ISO 11898-1: codes beyond 8 are longer than they say. The last byte is read, none behind it. */
static void all_lengths(void **state)
{
    static const uint8_t length[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 20, 24, 32, 48, 64};
    (void)state;
    for (uint8_t dlc = 0; dlc < 16; dlc++) {
        if (dlc > 0) {
            assert_int_equal(shown_of(dlc, length[dlc] - 1u, dlc % 2 == 0), GAUGE_LIVE);
        }
        if (dlc < 15) {
            assert_int_equal(shown_of(dlc, length[dlc], dlc % 2 == 0), GAUGE_WAIT);
        }
    }
}

static bool next_classic(void *ctx, struct bus_frame *f, vtime_ps *t)
{
    struct stream *stream = ctx;
    *f = (struct bus_frame){.id = 0x156, .dlc = (uint8_t)stream->seed};
    *t = stream->count++ * VTIME_MS(50);
    return true;
}

/* Of classic frames of zeros, which are 90 °C: a byte too many would be as good as the others. */
static enum gauge_state shown_of_classic(uint8_t dlc, unsigned byte)
{
    struct stream stream = {.seed = dlc};
    struct record record;
    record_default(&record);
    record.fd_data_bitrate_bps = 2000000; /* or it could not be that far behind */
    record.dial[0].source.broadcast.bits.start_bit = (uint16_t)(8 * byte + 7);
    record.dial[0].source.broadcast.offset = 90;
    struct car_rig *r = car_rig_create(&(struct car_rig_config){.record = &record, .no_car = true});
    const struct can_player_config config = {
        .next = next_classic, .ctx = &stream, .bitrate_bps = 500000};
    struct can_player player;
    can_player_init(&player, r->bus, &config, 0);
    car_rig_power(r);
    car_rig_run_until(r, VTIME_MS(3000));
    const enum gauge_state state = car_rig_dial(r)->state;
    can_player_destroy(&player, car_rig_now(r));
    car_rig_destroy(r);
    return state;
}

/* A classic frame has at most 8 bytes, whatever its code (table 502). */
static void classic_codes_beyond_8(void **state)
{
    (void)state;
    for (uint8_t dlc = 9; dlc < 16; dlc += 3) {
        assert_int_equal(shown_of_classic(dlc, 7), GAUGE_LIVE);
        assert_int_equal(shown_of_classic(dlc, 8), GAUGE_WAIT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_part),
        cmocka_unit_test(listens_to_another_data_rate),
        cmocka_unit_test(retreats),
        cmocka_unit_test(dial_behind_each),
        cmocka_unit_test(dial_behind_at_random),
        cmocka_unit_test(learns),
        cmocka_unit_test(all_lengths),
        cmocka_unit_test(classic_codes_beyond_8),
        cmocka_unit_test(registers_make_the_rates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
