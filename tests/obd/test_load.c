/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The worst that a classic bus can do: 1 Mbit/s, frames back to back, each of them wanted by the filter: without
 * payload 21,277 a second, one every 47 us; with values fewer, but each of them moves the compare register. The M4 must
 * lose none, and the needle must not notice.
 * Load figures rest on the virtual board's rule of one cycle an instruction; memory waits are not in them.
 */
#include "tests/formats/cmocka_head.h"

#include "core/ipc.h"
#include "tests/obd/car_rig.h"
#include "vboard/chip/chip.h"
#include "vboard/cpu/cpu.h"
#include "vboard/can/player.h"

#include <string.h>

/* Odd against everything periodic: samples fall evenly. */
#define SAMPLE_PS VTIME_NS(1713)
#define SAMPLES 100000
#define LOAD_MAX 0.05

struct flood {
    uint64_t count;
    uint64_t limit;
    bool has_values; /* in each frame */
};

/* Frames of our identifier, empty, but for every 1,000th, or the dial would have nothing to show; or with a value that
 * is another one each time. */
static bool next(void *ctx, struct bus_frame *f, vtime_ps *t)
{
    struct flood *flood = ctx;
    *f = (struct bus_frame){.id = 0x156};
    if (flood->has_values) {
        f->dlc = 2;
        f->data[1] = (uint8_t)(149 + flood->count % 3);
    } else if (flood->count % 1000 == 0) {
        f->dlc = 8;
        f->data[1] = 150;
    }
    *t = 1;
    flood->count++;
    return flood->count <= flood->limit;
}

static uint32_t shared(const struct car_rig *r, size_t offset)
{
    return car_rig_shared(r, offset);
}

/* The share of time in which the M4 does not sleep. */
static double measure_load(struct car_rig *r)
{
    unsigned awake = 0;
    for (unsigned i = 0; i < SAMPLES; i++) {
        car_rig_run_for(r, SAMPLE_PS);
        awake += !cpu_is_sleeping(board_cpu(r->board, 1));
    }
    return (double)awake / SAMPLES;
}

static void check_flood(bool has_values, uint64_t least, uint64_t most)
{
    struct record record;
    record_default(&record);
    record.bitrate_bps = 1000000;
    struct car_rig *r = car_rig_create(&(struct car_rig_config){.record = &record, .no_car = true});
    struct flood flood = {.limit = 60000, .has_values = has_values};
    struct can_player player;
    const struct can_player_config config = {
        .next = next, .ctx = &flood, .start = VTIME_S(1), .bitrate_bps = 1000000};
    can_player_init(&player, r->bus, &config, 0);
    car_rig_power(r);
    car_rig_run_until(r, VTIME_S(1));
    const double load = measure_load(r);
    car_rig_run_until(r, VTIME_S(3));
    const uint64_t sent = player.sent;
    car_rig_run_for(r, VTIME_S(2));
    assert_in_range(sent, 2 * least, 2 * most);
    assert_int_equal(player.sent, flood.limit);
    assert_int_equal(shared(r, offsetof(struct ipc_block, m4.rx_frames)), flood.limit);
    assert_int_equal(shared(r, offsetof(struct ipc_block, m4.fifo_lost)), 0);
    assert_int_equal(shared(r, offsetof(struct ipc_block, m4.m4_events_overflow)), 0);
    assert_int_equal(shared(r, offsetof(struct ipc_block, m4.stack_size)), 4096);
    assert_in_range(shared(r, offsetof(struct ipc_block, m4.stack_used)), 100, 1000);
    print_message(
        "%.0f frames/s, all %u received; M4 awake %.2f %% of the time, longest turn of its "
        "main loop %u us\n",
        (double)sent / 2, (unsigned)flood.limit, load * 100,
        (unsigned)shared(r, offsetof(struct ipc_block, m4.loop_max_us)));
    assert_true(load > 0.01 && load <= LOAD_MAX);
    assert_in_range(car_rig_dial(r)->frame_milli, 89000, 91000);
    car_rig_check_clean(r);
    can_player_destroy(&player, car_rig_now(r));
    car_rig_destroy(r);
}

static void without_payload(void **state)
{
    (void)state;
    check_flood(false, 20500, 21277);
}

static void with_values(void **state)
{
    (void)state;
    check_flood(true, 14500, 15900);
}

/* ---- what the FIFO holds ---- */

/* Sixty-eight values of 91 °C and remote requests for them in turn, 0.4 ms each. */
static bool next_of_burst(void *ctx, struct bus_frame *f, vtime_ps *t)
{
    unsigned *count = ctx;
    *f = (struct bus_frame){.id = 0x156, .dlc = 8, .remote = *count % 2 != 0};
    if (!f->remote) {
        f->data[1] = 151;
    }
    *t = *count * VTIME_US(400);
    (*count)++;
    return *count <= 2 * 68;
}

/* The M4 is held while a burst comes: of 68 frames 64 are kept and are there afterwards, and the loss is told. Nobody has
 * a use for remote requests: they take no room. */
static void burst_while_held(void **state)
{
    struct record record;
    unsigned count = 0;
    struct can_player player;
    (void)state;
    record_default(&record);
    struct car_rig *r = car_rig_create(&(struct car_rig_config){.record = &record, .no_car = true});
    car_rig_power(r);
    can_player_init(
        &player, r->bus,
        &(struct can_player_config){
            .next = next_of_burst, .ctx = &count, .bitrate_bps = 500000, .start = VTIME_MS(500)},
        car_rig_now(r));
    car_rig_run_until(r, VTIME_MS(499));
    cpu_halt(board_cpu(r->board, CORE_CM4), true);
    car_rig_run_until(r, VTIME_MS(560));
    cpu_halt(board_cpu(r->board, CORE_CM4), false);
    car_rig_run_until(r, VTIME_MS(700));
    assert_int_equal(shared(r, offsetof(struct ipc_block, m4.rx_frames)), 64);
    assert_int_equal(shared(r, offsetof(struct ipc_block, m4.fifo_lost)), 1);
    assert_int_equal(shared(r, offsetof(struct ipc_block, m4.m4_events_overflow)), 0);
    assert_int_equal(car_rig_dial(r)->state, GAUGE_LIVE);
    assert_int_equal(car_rig_dial(r)->frame_milli, 91000);
    can_player_destroy(&player, car_rig_now(r));
    car_rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(without_payload),
                                       cmocka_unit_test(with_values),
                                       cmocka_unit_test(burst_while_held)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
