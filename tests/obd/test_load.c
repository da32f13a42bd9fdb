/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The worst that a classic bus can do: 1 Mbit/s, frames without payload back to back, each of them wanted by the
 * filter: 21,277 a second, one every 47 us. The M4 must lose none, and the needle must not notice.
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
#define SAMPLES 20000
#define LOAD_MAX 0.055

struct flood {
    uint64_t count;
    uint64_t limit;
};

/* Empty frames of our identifier; every 1,000th has a value, or the dial would have nothing to show. */
static bool next(void *ctx, struct bus_frame *f, vtime_ps *t)
{
    struct flood *flood = ctx;
    *f = (struct bus_frame){.id = 0x156};
    if (flood->count % 1000 == 0) {
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

static void back_to_back(void **state)
{
    (void)state;
    struct record record;
    record_default(&record);
    record.bitrate_bps = 1000000;
    struct car_rig *r = car_rig_create(&(struct car_rig_config){.record = &record, .no_car = true});
    struct flood flood = {.limit = 60000};
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
    assert_in_range(sent, 2 * 20500, 2 * 21277);
    assert_int_equal(player.sent, flood.limit);
    assert_int_equal(shared(r, offsetof(struct ipc_block, m4.rx_frames)), flood.limit);
    assert_int_equal(shared(r, offsetof(struct ipc_block, m4.fifo_lost)), 0);
    assert_int_equal(shared(r, offsetof(struct ipc_block, m4.m4_events_overflow)), 0);
    print_message(
        "%.0f frames/s, all %u received; M4 awake %.2f %% of the time, longest turn of its "
        "main loop %u us\n",
        (double)sent / 2, (unsigned)flood.limit, load * 100,
        (unsigned)shared(r, offsetof(struct ipc_block, m4.loop_max_us)));
    assert_true(load > 0.01 && load <= LOAD_MAX);
    assert_int_equal(car_rig_dial(r)->frame_milli, 90000);
    car_rig_check_clean(r);
    can_player_destroy(&player, car_rig_now(r));
    car_rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(back_to_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
