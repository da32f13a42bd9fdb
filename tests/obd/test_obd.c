/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The firmware asks control units: which it believes, when it is silent, and how it gets over what goes wrong. */
#include "tests/formats/cmocka_head.h"

#include "core/ipc.h"
#include "tests/obd/car_rig.h"

#include "vboard/periph/rcc/rcc.h"

#include <string.h>

#define WARM                                                                                       \
    {                                                                                              \
        .ambient_milli = 60000, .start = VTIME_MS(200)                                             \
    }

static struct car_rig *start(const struct record *record)
{
    struct car_rig *r = car_rig_create(&(struct car_rig_config){.record = record, .car = WARM});
    car_rig_power(r);
    return r;
}

static int32_t truth(const struct car_rig *r)
{
    return can_car_temperature_milli(&r->car, car_rig_now(r));
}

static vtime_ps last_sent(const struct car_rig *r)
{
    return r->sent_count == 0 ? 0 : r->sent[r->sent_count - 1].end;
}

/* One is slow, one refuses what it says to have, one is right. */
static void three_units(void **state)
{
    (void)state;
    const struct record record = car_rig_record();
    struct car_rig *r = start(&record);
    struct can_ecu_config slow = car_rig_obd_without_oil(0);
    slow.delay = VTIME_MS(45);
    slow.pendings = 1;
    slow.pending_every = VTIME_MS(400);
    const struct can_ecu_config refusing = car_rig_obd_refusing(1);
    const struct can_ecu_config right = car_rig_obd(2);
    car_rig_add(r, &slow);
    car_rig_add(r, &refusing);
    car_rig_add(r, &right);
    car_rig_run_until(r, VTIME_S(10));
    car_rig_check_shows(r, truth(r));
    assert_int_equal(r->sent[r->sent_count - 1].id, 0x7E2);
    car_rig_check_clean(r);
    car_rig_destroy(r);
}

/* The plug is out: stale. It is in again: live, without anybody's help. */
static void pulled_plug(void **state)
{
    (void)state;
    const struct record record = car_rig_record();
    struct car_rig *r = start(&record);
    const struct can_ecu_config config = car_rig_obd(0);
    struct can_ecu *ecu = car_rig_add(r, &config);
    car_rig_run_until(r, VTIME_S(5));
    car_rig_check_shows(r, truth(r));
    can_ecu_plug(ecu, false, car_rig_now(r));
    car_rig_run_for(r, VTIME_S(7));
    assert_int_equal(car_rig_dial(r)->state, GAUGE_STALE);
    assert_int_equal(car_rig_dial(r)->needle_mdeg, -10000);
    assert_true(car_rig_said(r, "asking dial 1: no answer"));
    car_rig_run_for(r, VTIME_S(20));
    can_ecu_plug(ecu, true, car_rig_now(r));
    car_rig_run_for(r, VTIME_S(9));
    car_rig_check_shows(r, truth(r));
    car_rig_check_clean(r);
    car_rig_destroy(r);
}

/* The whole car sleeps; its control unit would answer for ever if it were asked for ever. */
static void sleeping_car(void **state)
{
    (void)state;
    const struct record record = car_rig_record();
    struct car_rig *r = start(&record);
    const struct can_ecu_config config = car_rig_obd(0);
    struct can_ecu *ecu = car_rig_add(r, &config);
    car_rig_run_until(r, VTIME_S(6));
    const vtime_ps asleep = car_rig_now(r);
    can_car_sleep(&r->car, true, asleep);
    car_rig_run_for(r, VTIME_S(30));
    assert_in_range(last_sent(r) - asleep, VTIME_S(4), VTIME_S(5));
    const uint64_t requests = ecu->requests;
    const uint64_t bits = board_tx_bits(r->board);
    car_rig_run_for(r, VTIME_S(30));
    assert_int_equal(ecu->requests, requests);
    assert_int_equal(board_tx_bits(r->board), bits);
    assert_int_equal(car_rig_dial(r)->state, GAUGE_STALE);
    can_car_sleep(&r->car, false, car_rig_now(r));
    car_rig_run_for(r, VTIME_S(4));
    car_rig_check_shows(r, truth(r));
    car_rig_check_clean(r);
    car_rig_destroy(r);
}

/* Nobody has the oil's: the coolant's, and everything says so. Without leave to do so: nothing. */
static void coolant_is_told(void **state)
{
    (void)state;
    for (int allowed = 0; allowed <= 1; allowed++) {
        struct record record = car_rig_record();
        record.dial[0].source.obd2.fallback_coolant = allowed != 0;
        struct car_rig *r = start(&record);
        const struct can_ecu_config config = car_rig_obd_without_oil(0);
        car_rig_add(r, &config);
        car_rig_run_until(r, VTIME_S(6));
        if (allowed != 0) {
            car_rig_check_shows(r, can_car_coolant_milli(&r->car, car_rig_now(r)));
            assert_true(car_rig_dial(r)->is_substitute);
            assert_true(car_rig_said(r, "asking dial 1: answered, COOLANT instead of oil"));
        } else {
            assert_int_equal(car_rig_dial(r)->state, GAUGE_WAIT);
            assert_false(car_rig_said(r, "asking dial 1: answered"));
        }
        car_rig_check_clean(r);
        car_rig_destroy(r);
    }
}

/* Nothing is sent before frames were heard; without traffic nothing ever. */
static void speaks_only_when_spoken_to(void **state)
{
    (void)state;
    const struct record record = car_rig_record();
    struct car_rig *r = car_rig_create(&(struct car_rig_config){
        .record = &record, .car = {.ambient_milli = 60000, .start = VTIME_S(8)}});
    const struct can_ecu_config config = car_rig_obd(0);
    car_rig_add(r, &config);
    car_rig_power(r);
    car_rig_run_until(r, VTIME_S(8));
    assert_int_equal(board_tx_bits(r->board), 0);
    car_rig_run_for(r, VTIME_MS(4)); /* frames are there, but not yet enough of them */
    assert_int_equal(board_tx_bits(r->board), 0);
    car_rig_run_until(r, VTIME_S(12));
    car_rig_check_shows(r, truth(r));
    car_rig_check_clean(r);
    car_rig_destroy(r);
}

/* A workshop's tester on the same socket has the right of way. */
static void another_tester(void **state)
{
    (void)state;
    const struct record record = car_rig_record();
    struct car_rig *r = start(&record);
    const struct can_ecu_config config = car_rig_obd(0);
    car_rig_add(r, &config);
    car_rig_run_until(r, VTIME_S(5));
    car_rig_tester(r, 0x7DF, (const uint8_t[8]){2, 1, 0x0C});
    const vtime_ps spoke = car_rig_now(r);
    const unsigned sent = r->sent_count;
    car_rig_run_for(r, VTIME_MS(9900));
    assert_int_equal(r->sent_count, sent);
    assert_true(car_rig_said(r, "asking dial 1: another tester asks"));
    car_rig_run_for(r, VTIME_S(3));
    assert_in_range(r->sent[sent].end - spoke, VTIME_MS(9950), VTIME_MS(11000));
    car_rig_check_shows(r, truth(r));
    car_rig_destroy(r);
}

/* The rate in the profile is kept on the bus; ten a second at most, whatever the dials want. */
static void rates(void **state)
{
    (void)state;
    static const uint16_t rate[] = {500, 2000, 10000};
    for (unsigned k = 0; k < 3; k++) {
        struct record record = car_rig_record();
        record.dial[0].source.obd2.rate_millihz = rate[k];
        record.dial_count = k == 2 ? 2 : 1;
        record.dial[1] = record.dial[0];
        struct car_rig *r = start(&record);
        const struct can_ecu_config config = car_rig_obd(0);
        car_rig_add(r, &config);
        car_rig_run_until(r, VTIME_S(21));
        const vtime_ps least = VTIME_MS(1000000 / rate[k]) - VTIME_MS(2);
        for (unsigned i = 1; i < r->sent_count; i++) {
            assert_true(r->sent[i].end - r->sent[i - 1].end >= least);
        }
        assert_in_range(r->sent_count, rate[k] / 50 * 7 / 10, 21 * rate[k] / 1000 + 1);
        car_rig_check_clean(r);
        car_rig_destroy(r);
    }
}

static const struct can_ecu_answer long_answer[] = {
    {.request = {0x22, 0x20, 0x2F},
     .request_length = 3,
     .length = 120,
     .start_bit = 90 * 8,
     .length_bits = 16,
     .scale_micro = 100000,
     .offset_micro = -100000000},
};

/* UDS over many frames, with 29-bit identifiers and with an address before each frame. */
static void uds_in_many_frames(void **state)
{
    (void)state;
    for (int extended = 0; extended <= 1; extended++) {
        struct record record = car_rig_record();
        record.dial[0].source =
            (struct source_config){.kind = SOURCE_UDS,
                                   .uds = {.request_id = extended != 0 ? 0x17FC0076u : 0x6F1u,
                                           .response_id = extended != 0 ? 0x17FE0076u : 0x612u,
                                           .extended = extended != 0,
                                           .has_address = extended == 0,
                                           .ecu = extended != 0 ? 0 : 0x12,
                                           .service = UDS_READ_DID,
                                           .did = 0x202F,
                                           .start_bit = 90 * 8,
                                           .length_bits = 16,
                                           .rate_millihz = 2000,
                                           .scale = 0.1,
                                           .offset = -100}};
        const struct source_uds *uds = &record.dial[0].source.uds;
        struct car_rig *r = start(&record);
        const struct can_ecu_config config = {.name = "engine",
                                              .request_id = uds->request_id,
                                              .answer_id = uds->response_id,
                                              .extended = uds->extended,
                                              .has_address = uds->has_address,
                                              .address = uds->ecu,
                                              .tester = UDS_TESTER,
                                              .answers = long_answer,
                                              .answer_count = 1};
        struct can_ecu *ecu = car_rig_add(r, &config);
        car_rig_run_until(r, VTIME_S(5));
        car_rig_check_shows(r, truth(r));
        assert_int_equal(ecu->broken, 0);
        assert_in_range(r->sent_count, 2 * ecu->requests - 1, 2 * ecu->requests);
        car_rig_check_clean(r);
        car_rig_destroy(r);
    }
}

/* The unit hangs in the middle of an answer: stale, and live when it has come round. */
static void breaks_off_in_the_middle(void **state)
{
    (void)state;
    struct record record = car_rig_record();
    struct car_rig *r = start(&record);
    struct can_ecu_config config = car_rig_obd(0);
    config.delay = VTIME_MS(40);
    struct can_ecu *ecu = car_rig_add(r, &config);
    car_rig_run_until(r, VTIME_S(4));
    for (int i = 0; i < 20; i++) { /* out and in at odd times */
        can_ecu_plug(ecu, false, car_rig_now(r));
        car_rig_run_for(r, VTIME_MS(137));
        can_ecu_plug(ecu, true, car_rig_now(r));
        car_rig_run_for(r, VTIME_MS(411));
    }
    car_rig_run_for(r, VTIME_S(8));
    car_rig_check_shows(r, truth(r));
    car_rig_check_clean(r);
    car_rig_destroy(r);
}

/* ---- bit rate, clock, bus-off ---- */

static void finds_the_bit_rate(void **state)
{
    (void)state;
    static const uint32_t rates_bps[] = {500000, 250000};
    for (unsigned i = 0; i < 2; i++) {
        struct record record = car_rig_record();
        record.bitrate_bps = RECORD_BITRATE_AUTO;
        struct car_rig *r = car_rig_create(
            &(struct car_rig_config){.record = &record, .bus_bps = rates_bps[i], .car = WARM});
        const struct can_ecu_config config = car_rig_obd(0);
        car_rig_add(r, &config);
        car_rig_power(r);
        while (car_rig_shared(r, offsetof(struct ipc_block, m4.can_rate)) == 0) {
            assert_int_equal(board_tx_bits(r->board), 0); /* by listening alone */
            car_rig_run_for(r, VTIME_MS(5));
            assert_true(car_rig_now(r) < VTIME_S(5));
        }
        car_rig_run_for(r, VTIME_S(5));
        car_rig_check_shows(r, truth(r));
        assert_true(car_rig_said(r, "can any bit rate active"));
        assert_true(car_rig_said(r, i == 0 ? "bit rate 500 kbit/s" : "bit rate 250 kbit/s"));
        assert_int_equal(r->ecu[0].node.errors, 0); /* nobody was disturbed */
        car_rig_check_clean(r);
        car_rig_destroy(r);
    }
}

/* The wrong bit rate in the profile: it never hears a valid frame, so it never says anything. */
static void wrong_bit_rate_is_silent(void **state)
{
    (void)state;
    const struct record record = car_rig_record();
    struct car_rig *r =
        car_rig_create(&(struct car_rig_config){.record = &record, .bus_bps = 250000, .car = WARM});
    car_rig_power(r);
    car_rig_run_until(r, VTIME_S(10));
    assert_int_equal(board_tx_bits(r->board), 0);
    assert_int_equal(car_rig_dial(r)->state, GAUGE_WAIT);
    car_rig_destroy(r);
}

/* The same in an active profile that only hears, on a bus that starts later: not one good frame is destroyed. */
static void wrong_bit_rate_destroys_nothing(void **state)
{
    static const uint32_t bus_bps[] = {250000, 125000, 1000000};
    (void)state;
    for (unsigned i = 0; i < sizeof bus_bps / sizeof *bus_bps; i++) {
        struct record record;
        record_default(&record);
        record.mode = RECORD_ACTIVE;
        struct car_rig *r = car_rig_create(
            &(struct car_rig_config){.record = &record,
                                     .bus_bps = bus_bps[i],
                                     .car = {.ambient_milli = 60000, .start = VTIME_S(4)}});
        car_rig_power(r);
        car_rig_run_until(r, VTIME_S(8));
        assert_int_equal(board_tx_bits(r->board), 0);
        const struct can_bus *bus = r->bus;
        const uint64_t on_wire = bus->phase == CAN_IN_FRAME ? 1 : 0;
        assert_true(bus->frame_count > 100);
        assert_int_equal(bus->valid_count + on_wire, bus->frame_count);
        car_rig_destroy(r);
    }
}

/* Without HSE and LSE the bit time is not to be trusted: listen-only, whatever the profile says. */
static void silent_on_hsi(void **state)
{
    (void)state;
    const struct record record = car_rig_record();
    struct car_rig *r = car_rig_create(&(struct car_rig_config){
        .record = &record, .car = WARM, .board = {.hse_kind = BOARD_HSE_ABSENT}});
    const struct can_ecu_config config = car_rig_obd(0);
    rcc_set_lse(board_chip(r->board), 0, 0);
    car_rig_add(r, &config);
    car_rig_power(r);
    car_rig_run_until(r, VTIME_S(8));
    assert_int_equal(board_tx_bits(r->board), 0);
    assert_true(car_rig_said(r, "can 500 kbit/s listen-only"));
    assert_true(car_rig_said(r, "error 17 lse absent"));
    car_rig_destroy(r);
}

/* HSE goes while it asks, and there is no LSE any more to steer HSI to: not a bit more. */
static void silent_when_hse_goes(void **state)
{
    (void)state;
    const struct record record = car_rig_record();
    struct car_rig *r = car_rig_create(
        &(struct car_rig_config){.record = &record,
                                 .car = WARM,
                                 .board = {.hse_kind = BOARD_HSE_DROPS, .hse_at = VTIME_S(5)}});
    const struct can_ecu_config config = car_rig_obd(0);
    car_rig_add(r, &config);
    car_rig_power(r);
    car_rig_run_until(r, VTIME_MS(4990));
    assert_true(r->sent_count > 4);
    rcc_set_lse(board_chip(r->board), 0, 0);
    car_rig_run_until(r, VTIME_MS(5100));
    const uint64_t bits = board_tx_bits(r->board);
    car_rig_run_until(r, VTIME_S(12));
    assert_int_equal(board_tx_bits(r->board), bits);
    assert_int_equal(car_rig_dial(r)->state, GAUGE_STALE);
    car_rig_destroy(r);
}

/* Its own frames fail, those of the car do not: bus-off, three times, then silence that has a name. */
static void three_bus_offs(void **state)
{
    (void)state;
    const struct record record = car_rig_record();
    struct car_rig *r = start(&record);
    const struct can_ecu_config config = car_rig_obd(0);
    car_rig_add(r, &config);
    car_rig_run_until(r, VTIME_S(4));
    /* The board sees every 20th bit of what it sends flipped: bit errors, only its own. */
    static struct can_fault fault;
    fault = (struct can_fault){
        .frame = r->bus->frame_count, .count = UINT64_MAX / 2, .bit = 40, .only = r->board_node};
    can_bus_add_fault(r->bus, &fault);
    car_rig_run_until(r, VTIME_S(40));
    assert_int_equal(car_rig_shared(r, offsetof(struct ipc_block, m4.bus_offs)), 3);
    assert_int_equal(car_rig_shared(r, offsetof(struct ipc_block, m4.can_state)),
                     IPC_CAN_STATE_SILENCED);
    assert_true(car_rig_said(r, "error 15 bus-off three times, listening only"));
    assert_true(car_rig_said(r, "asking dial 1: silent after three bus-offs"));
    const uint64_t bits = board_tx_bits(r->board);
    car_rig_run_for(r, VTIME_S(20));
    assert_int_equal(board_tx_bits(r->board), bits);
    fault.count = 0; /* good frames are not acknowledged either */
    const uint32_t frames = car_rig_shared(r, offsetof(struct ipc_block, m4.car_heard));
    car_rig_run_for(r, VTIME_S(3));
    assert_true(car_rig_shared(r, offsetof(struct ipc_block, m4.car_heard)) > frames);
    assert_int_equal(board_tx_bits(r->board), bits);
    car_rig_destroy(r);
}

/* The M4 takes nothing from ring C but what the profile needs, whatever the M7's memory says. */
static void only_listed_identifiers(void **state)
{
    (void)state;
    const struct record record = car_rig_record();
    struct car_rig *r = start(&record);
    const struct can_ecu_config config = car_rig_obd(0);
    car_rig_add(r, &config);
    car_rig_run_until(r, VTIME_S(30));
    for (unsigned i = 0; i < r->sent_count; i++) {
        bool is_11 =
            !r->sent[i].extended && (r->sent[i].id == 0x7DF || (r->sent[i].id & 0x7F8) == 0x7E0);
        assert_true(is_11 || (r->sent[i].extended && r->sent[i].id == 0x18DB33F1));
    }
    assert_int_equal(car_rig_shared(r, offsetof(struct ipc_block, m4.tx_refused)), 0);
    car_rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_units),
        cmocka_unit_test(pulled_plug),
        cmocka_unit_test(sleeping_car),
        cmocka_unit_test(coolant_is_told),
        cmocka_unit_test(speaks_only_when_spoken_to),
        cmocka_unit_test(another_tester),
        cmocka_unit_test(rates),
        cmocka_unit_test(uds_in_many_frames),
        cmocka_unit_test(breaks_off_in_the_middle),
        cmocka_unit_test(finds_the_bit_rate),
        cmocka_unit_test(wrong_bit_rate_is_silent),
        cmocka_unit_test(wrong_bit_rate_destroys_nothing),
        cmocka_unit_test(silent_on_hsi),
        cmocka_unit_test(silent_when_hse_goes),
        cmocka_unit_test(three_bus_offs),
        cmocka_unit_test(only_listed_identifiers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
