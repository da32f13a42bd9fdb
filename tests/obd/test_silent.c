/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Listen-only means that not one dominant bit leaves the board: not an acknowledge, not an error flag, not a
 * request; not when the bus is bad; and not when a debugger takes the controller out of bus monitoring,
 * because the TX pin does not belong to it.
 */
#include "tests/formats/cmocka_head.h"

#include "core/ipc.h"
#include "tests/obd/car_rig.h"
#include "vboard/chip/chip.h"

#include <string.h>

#define FDCAN1_CCCR 0x4000A018u
#define FDCAN1_TXBC 0x4000A0C0u
#define FDCAN1_TXBAR 0x4000A0D0u
#define FDCAN1_RAM 0x4000AC00u
#define GPIOD_MODER 0x58020C00u
#define CCCR_INIT 0x1u
#define CCCR_CCE 0x2u
#define CCCR_MON 0x20u
#define FAULTS 200

static struct can_car_config ford(void)
{
    return (struct can_car_config){
        .signals = {{.id = 0x156,
                     .start_bit = 15,
                     .length_bits = 8,
                     .motorola = true,
                     .scale_micro = 1000000,
                     .offset_micro = -60000000}},
        .signal_count = 1,
        .ambient_milli = 60000,
        .start = VTIME_MS(200),
    };
}

static struct car_rig *start(bool active)
{
    struct record record;
    record_default(&record);
    record.mode = active ? RECORD_ACTIVE : RECORD_LISTEN_ONLY;
    struct car_rig *r = car_rig_create(&(struct car_rig_config){.record = &record, .car = ford()});
    car_rig_power(r);
    return r;
}

static uint32_t debugger_reads(struct car_rig *r, uint32_t address)
{
    struct chip *c = board_chip(r->board);
    c->access.master = MASTER_DEBUG;
    return chip_mmio_read(c, address, 4);
}

/* As a debugger does through the M4's access port. */
static void m4_writes(struct car_rig *r, uint32_t address, uint32_t value)
{
    struct chip *c = board_chip(r->board);
    c->access.master = MASTER_CM4;
    chip_mmio_write(c, address, 4, value);
    c->access.master = MASTER_DEBUG;
}

static void whole_run(void **state)
{
    (void)state;
    struct car_rig *r = start(false);
    car_rig_run_until(r, VTIME_S(60));
    assert_int_equal(board_tx_bits(r->board), 0);
    assert_true(debugger_reads(r, FDCAN1_CCCR) & CCCR_MON);
    assert_int_equal(debugger_reads(r, FDCAN1_TXBC), 0);           /* no element to send from */
    assert_int_equal(debugger_reads(r, GPIOD_MODER) >> 2 & 3u, 0); /* PD1 is an input */
    assert_int_equal(car_rig_dial(r)->state, GAUGE_LIVE);
    car_rig_check_clean(r);
    car_rig_destroy(r);
}

/* The same in an active profile does drive bits, so the count above can fail. */
static void active_is_counted(void **state)
{
    (void)state;
    struct car_rig *r = start(true);
    car_rig_run_until(r, VTIME_S(5)); /* LSE, which judges the clock, takes 2 s to start */
    assert_true(board_tx_bits(r->board) > 1000);
    car_rig_destroy(r);
}

/* Bits flipped for the board alone and for everybody, in every part of a frame; a dominant bus; no ACK. */
static void injected_errors(void **state)
{
    (void)state;
    static struct can_fault fault[FAULTS];
    struct car_rig *r = start(false);
    car_rig_run_until(r, VTIME_S(1));
    for (unsigned i = 0; i < FAULTS; i++) {
        fault[i] = (struct can_fault){.frame = r->bus->frame_count + 10 + 7 * i,
                                      .bit = 1 + i * 13 % 105,
                                      .only = i % 3 == 0 ? NULL : r->board_node};
        can_bus_add_fault(r->bus, &fault[i]);
    }
    car_rig_run_for(r, VTIME_S(4));
    can_bus_set_stuck(r->bus, true, car_rig_now(r));
    car_rig_run_for(r, VTIME_MS(700));
    can_bus_set_stuck(r->bus, false, car_rig_now(r));
    car_rig_run_for(r, VTIME_S(1));
    can_bus_set_no_ack(r->bus, true);
    car_rig_run_for(r, VTIME_MS(300));
    can_bus_set_no_ack(r->bus, false);
    car_rig_run_for(r, VTIME_S(3));
    assert_true(r->board_node->errors > 50);
    assert_int_equal(board_tx_bits(r->board), 0);
    assert_int_equal(car_rig_dial(r)->state, GAUGE_LIVE);
    car_rig_check_clean(r);
    car_rig_destroy(r);
}

/* Out of bus monitoring by a debugger: into INIT, CCE, MON cleared, and on. */
static void debugger_clears_mon(void **state)
{
    (void)state;
    struct car_rig *r = start(false);
    car_rig_run_until(r, VTIME_S(1));
    m4_writes(r, FDCAN1_CCCR, debugger_reads(r, FDCAN1_CCCR) | CCCR_INIT);
    car_rig_run_for(r, VTIME_MS(1));
    m4_writes(r, FDCAN1_CCCR, debugger_reads(r, FDCAN1_CCCR) | CCCR_CCE);
    m4_writes(r, FDCAN1_CCCR, debugger_reads(r, FDCAN1_CCCR) & ~CCCR_MON);
    /* and a message to send while it is at it: one Tx element behind all else */
    m4_writes(r, FDCAN1_TXBC, 1u << 24 | 2400u << 2);
    for (unsigned i = 0; i < 4; i++) {
        m4_writes(r, FDCAN1_RAM + (2400 + i) * 4, i == 0 ? 0x7DFu << 18 : i == 1 ? 8u << 16 : 0);
    }
    m4_writes(r, FDCAN1_CCCR, debugger_reads(r, FDCAN1_CCCR) & ~(CCCR_INIT | CCCR_CCE));
    car_rig_run_for(r, VTIME_MS(5));
    m4_writes(r, FDCAN1_TXBAR, 1);
    car_rig_run_for(r, VTIME_S(5));
    assert_false(debugger_reads(r, FDCAN1_CCCR) & CCCR_MON); /* it really is out */
    assert_int_equal(board_tx_bits(r->board), 0);
    assert_int_equal(r->sent_count, 0);
    car_rig_destroy(r);
}

/* A profile that would ask, made listen-only behind the record's back, is refused as a whole. */
static void asking_needs_an_active_record(void **state)
{
    (void)state;
    struct record record = car_rig_record();
    uint8_t bytes[RECORD_SIZE];
    record.mode = RECORD_LISTEN_ONLY;
    assert_int_not_equal(record_build(&record, bytes, sizeof bytes), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_run),
        cmocka_unit_test(active_is_counted),
        cmocka_unit_test(injected_errors),
        cmocka_unit_test(debugger_clears_mon),
        cmocka_unit_test(asking_needs_an_active_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
