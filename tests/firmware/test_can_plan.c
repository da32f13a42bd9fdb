/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/firmware/cmocka_head.h"

#include <string.h>

#include "core/can_timing.h"
#include "firmware/common/can_plan.h"

#define KERNEL_HZ 80000000U

/* A bit timing register read back as RM0399 59.5.7 or 59.5.3 says. */
struct bits {
    uint32_t prescaler, seg1, seg2, jump;
};

static struct bits nominal_bits(uint32_t reg)
{
    return (struct bits){((reg >> 16) & 0x1FF) + 1, ((reg >> 8) & 0xFF) + 1, (reg & 0x7F) + 1,
                         (reg >> 25) + 1};
}

static struct bits data_bits(uint32_t reg)
{
    return (struct bits){((reg >> 16) & 0x1F) + 1, ((reg >> 8) & 0x1F) + 1, ((reg >> 4) & 0xF) + 1,
                         (reg & 0xF) + 1};
}

static void check(struct bits bits, uint32_t bps, uint32_t quanta_max)
{
    const uint32_t quanta = 1 + bits.seg1 + bits.seg2;
    const double real_bps = (double)KERNEL_HZ / bits.prescaler / quanta;
    const double sample = (double)(1 + bits.seg1) / quanta;
    assert_true(real_bps > bps * 0.999 && real_bps < bps * 1.001);
    assert_in_range(quanta, 8, quanta_max);
    assert_true(sample >= 0.75 && sample <= 0.875);
    assert_true(bits.jump >= 1 && bits.jump < bits.seg2);
}

static void nominal_timing_gives_the_rate(void **state)
{
    (void)state;
    const uint32_t rates[] = {10000,  20000,  33333,  47619,  50000,  83333,  95238,
                              100000, 125000, 250000, 500000, 800000, 1000000};
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        const uint32_t reg = can_nominal_timing(KERNEL_HZ, rates[i]);
        assert_int_not_equal(reg, 0);
        check(nominal_bits(reg), rates[i], 81);
    }
}

static void data_timing_gives_the_rate(void **state)
{
    (void)state;
    const uint32_t rates[] = {500000, 1000000, 2000000, 4000000, 5000000, 8000000};
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        const uint32_t reg = can_data_timing(KERNEL_HZ, rates[i]);
        assert_int_not_equal(reg, 0);
        check(data_bits(reg), rates[i], 49);
    }
}

/* Worked out by hand: 80 MHz / 2 / 80 quanta, 1 + 63 before and 16 after the sample point. */
static void half_a_megabit_bit_by_bit(void **state)
{
    (void)state;
    assert_int_equal(can_nominal_timing(KERNEL_HZ, 500000),
                     (14U << 25) | (1U << 16) | (62U << 8) | 15U);
}

static void refuses_what_the_clock_cannot_give(void **state)
{
    (void)state;
    assert_int_equal(can_nominal_timing(KERNEL_HZ, 0), 0);
    assert_int_equal(can_nominal_timing(KERNEL_HZ, 1), 0);
    assert_int_equal(can_nominal_timing(KERNEL_HZ, 30000000), 0);
    assert_int_equal(can_nominal_timing(KERNEL_HZ, 963855), 0); /* 83 clocks, a prime */
    assert_int_equal(can_data_timing(KERNEL_HZ, 20000000), 0);
}

static void add_dial(struct record *record, uint32_t id, bool extended)
{
    struct source_broadcast *source = &record->dial[record->dial_count].source.broadcast;
    source->id = id;
    source->id_mask = extended ? 0x1FFFFFFF : 0x7FF;
    source->extended = extended;
    record->dial_count++;
}

static void one_filter_an_identifier(void **state)
{
    (void)state;
    struct record record = {.bitrate_bps = 500000};
    struct ipc_can_config can;
    add_dial(&record, 0x156, false);
    add_dial(&record, 0x18FEEE00, true);
    add_dial(&record, 0x156, false);
    add_dial(&record, 0x156, true);
    assert_int_equal(can_plan(&can, &record, KERNEL_HZ, true), 0);
    assert_int_equal(can.filter_count, 3);
    assert_int_equal(can.filter[0].id, 0x156);
    assert_int_equal(can.filter[0].mask, 0x7FF);
    assert_int_equal(can.filter[0].extended, 0);
    assert_int_equal(can.filter[1].id, 0x18FEEE00);
    assert_int_equal(can.filter[1].extended, 1);
    assert_int_equal(can.filter[2].id, 0x156);
    assert_int_equal(can.filter[2].extended, 1);
    assert_true(ipc_filter_accepts(&can, 0x156));
    assert_false(ipc_filter_accepts(&can, 0x157));
}

static void active_needs_profile_and_clock(void **state)
{
    (void)state;
    struct record record = {.bitrate_bps = 500000, .mode = RECORD_ACTIVE};
    struct ipc_can_config can;
    add_dial(&record, 0x7E8, false);
    assert_int_equal(can_plan(&can, &record, KERNEL_HZ, true), 0);
    assert_int_equal(can.mode, IPC_CAN_ACTIVE);
    assert_int_equal(can_plan(&can, &record, KERNEL_HZ, false), 0);
    assert_int_equal(can.mode, 0);
    record.mode = RECORD_LISTEN_ONLY;
    assert_int_equal(can_plan(&can, &record, KERNEL_HZ, true), 0);
    assert_int_equal(can.mode, 0);
}

static struct record diag_poll_record(void)
{
    struct record record = {.bitrate_bps = 500000, .mode = RECORD_ACTIVE};
    add_dial(&record, 0x156, false);
    record.dial[1].source.kind = SOURCE_OBD2;
    for (unsigned i = 2; i < 4; i++) {
        record.dial[i].source.kind = SOURCE_UDS;
        record.dial[i].source.uds.request_id = 0x710 + i;
        record.dial[i].source.uds.response_id = 0x77A + i;
    }
    record.dial_count = 4;
    return record;
}

static void asking_has_filters_and_a_list(void **state)
{
    (void)state;
    struct record record = diag_poll_record();
    struct ipc_can_config can;
    assert_int_equal(can_plan(&can, &record, KERNEL_HZ, true), 0);
    assert_int_equal(can.mode, IPC_CAN_ACTIVE | IPC_CAN_ASKS);
    assert_int_equal(can.filter_count, 11);
    assert_int_equal(can.filter[0].id, 0x156);
    assert_true(ipc_filter_accepts(&can, 0x7E8) && ipc_filter_accepts(&can, 0x7DF));
    assert_true(ipc_filter_accepts(&can, IPC_ID_EXTENDED | 0x18DAF110));
    assert_true(ipc_filter_accepts(&can, 0x77C) && ipc_filter_accepts(&can, 0x713));
    assert_false(ipc_filter_accepts(&can, 0x700));
    assert_int_equal(can.send_count, 6);
    assert_true(ipc_may_send(&can, 0x7DF) && ipc_may_send(&can, 0x7E3));
    assert_true(ipc_may_send(&can, 0x712) && ipc_may_send(&can, 0x713));
    assert_true(ipc_may_send(&can, IPC_ID_EXTENDED | 0x18DB33F1));
    assert_false(ipc_may_send(&can, 0x156) || ipc_may_send(&can, 0x7E8));
}

/* Listen-only: no identifier may be sent, none is listened for. */
static void not_asking_has_neither(void **state)
{
    (void)state;
    struct record record = diag_poll_record();
    struct ipc_can_config can;
    assert_int_equal(can_plan(&can, &record, KERNEL_HZ, false), 0);
    assert_int_equal(can.mode, 0);
    assert_int_equal(can.filter_count, 1);
    assert_int_equal(can.send_count, 0);
    record.mode = RECORD_LISTEN_ONLY;
    assert_int_equal(can_plan(&can, &record, KERNEL_HZ, true), 0);
    assert_int_equal(can.mode, 0);
    assert_int_equal(can.send_count, 0);
}

/* As many filters as four dials can need. */
static void all_filters_fit(void **state)
{
    (void)state;
    struct record record = diag_poll_record();
    struct ipc_can_config can;
    record.dial[0].source = record.dial[1].source;
    record.dial[0].source.kind = SOURCE_UDS;
    record.dial[0].source.uds.request_id = 0x720;
    record.dial[0].source.uds.response_id = 0x721;
    assert_int_equal(can_plan(&can, &record, KERNEL_HZ, true), 0);
    assert_int_equal(can.filter_count, IPC_FILTERS);
    assert_int_equal(can.send_count, 7);
    record.dial[1].source = record.dial[0].source;
    record.dial[1].source.uds.request_id = 0x730;
    record.dial[1].source.uds.response_id = 0x731;
    assert_int_equal(can_plan(&can, &record, KERNEL_HZ, true), 0);
    assert_int_equal(can.filter_count, IPC_FILTERS);
    assert_true(ipc_filter_accepts(&can, 0x77D));
    assert_int_equal(can.send_count, 4);
}

/* All identifiers: like an entry of the list that is still empty, but a filter. */
static void every_identifier_is_a_filter(void **state)
{
    (void)state;
    struct record record = {.bitrate_bps = 500000};
    struct ipc_can_config can;
    add_dial(&record, 0, false);
    record.dial[0].source.broadcast.id_mask = 0;
    assert_int_equal(can_plan(&can, &record, KERNEL_HZ, true), 0);
    assert_int_equal(can.filter_count, 1);
    assert_true(ipc_filter_accepts(&can, 0x123));
}

static void two_rates_to_choose_from(void **state)
{
    (void)state;
    struct record record = {.bitrate_bps = RECORD_BITRATE_AUTO};
    struct ipc_can_config can;
    add_dial(&record, 0x156, false);
    assert_int_equal(can_plan(&can, &record, KERNEL_HZ, true), 0);
    assert_int_equal(can.nominal_timing[0], can_nominal_timing(KERNEL_HZ, 500000));
    assert_int_equal(can.nominal_timing[1], can_nominal_timing(KERNEL_HZ, 250000));
    assert_int_equal(can_found_rate(0), 500000);
    assert_int_equal(can_found_rate(1), 250000);
    record.bitrate_bps = 125000;
    assert_int_equal(can_plan(&can, &record, KERNEL_HZ, true), 0);
    assert_int_equal(can.nominal_timing[0], can_nominal_timing(KERNEL_HZ, 125000));
    assert_int_equal(can.nominal_timing[1], 0);
}

static void fd_has_a_data_timing(void **state)
{
    (void)state;
    struct record record = {.bitrate_bps = 500000, .fd_data_bitrate_bps = 2000000};
    struct ipc_can_config can;
    add_dial(&record, 0x156, false);
    assert_int_equal(can_plan(&can, &record, KERNEL_HZ, true), 0);
    assert_int_equal(can.mode, IPC_CAN_FD);
    assert_int_equal(can.data_timing, (30U << 8) | (7U << 4) | 6U);
    record.fd_data_bitrate_bps = 1; /* none that can be had */
    assert_int_equal(can_plan(&can, &record, KERNEL_HZ, true), -1);
    record.fd_data_bitrate_bps = 0; /* classic CAN */
    assert_int_equal(can_plan(&can, &record, KERNEL_HZ, true), 0);
    assert_int_equal(can.mode, 0);
    assert_int_equal(can.data_timing, 0);
    record.bitrate_bps = 1;
    assert_int_equal(can_plan(&can, &record, KERNEL_HZ, true), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nominal_timing_gives_the_rate),
        cmocka_unit_test(data_timing_gives_the_rate),
        cmocka_unit_test(half_a_megabit_bit_by_bit),
        cmocka_unit_test(refuses_what_the_clock_cannot_give),
        cmocka_unit_test(one_filter_an_identifier),
        cmocka_unit_test(active_needs_profile_and_clock),
        cmocka_unit_test(asking_has_filters_and_a_list),
        cmocka_unit_test(not_asking_has_neither),
        cmocka_unit_test(all_filters_fit),
        cmocka_unit_test(every_identifier_is_a_filter),
        cmocka_unit_test(two_rates_to_choose_from),
        cmocka_unit_test(fd_has_a_data_timing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
