/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Every profile of the project on the virtual car it describes: live, and at the car's temperature, after a few
 * seconds. The car sends what the record says, so this proves profile, record, firmware and car to be of one
 * mind; the formulas themselves are proved by recordings of real cars elsewhere, or cited.
 */
#include "tests/formats/cmocka_head.h"

#include "bench/car.h"
#include "formats/profile/profile.h"
#include "tests/obd/car_rig.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WARM_MILLI 75000
#define PROFILES_MIN 20

static struct bench_car car;

static bool is_asked(const struct record *record)
{
    return source_is_asked(&record->dial[0].source);
}

static void drive(const char *path)
{
    struct record record;
    char error[512];
    if (!profile_load(path, &record, error, sizeof error)) {
        fail_msg("%s", error);
    }
    struct car_rig *r = car_rig_create(&(struct car_rig_config){.record = &record, .no_car = true});
    const struct bench_car_config config = {
        .record = &record, .ambient_milli = WARM_MILLI, .start_ps = VTIME_MS(200), .seed = 1};
    bench_car_init(&car, r->bus, &config, 0);
    car_rig_power(r);
    car_rig_run_until(r, VTIME_S(is_asked(&record) ? 7 : 3));
    print_message("%-36s %d m°C\n", path, car_rig_dial(r)->frame_milli);
    car_rig_check_shows(r, can_car_temperature_milli(&car.car, car_rig_now(r)));
    car_rig_check_clean(r);
    if (record.mode == RECORD_LISTEN_ONLY) {
        assert_int_equal(board_tx_bits(r->board), 0);
        assert_int_equal(r->sent_count, 0);
    } else {
        assert_in_range(r->sent_count, 3, 20);
        assert_true(car_rig_said(r, "asking dial 1: answered"));
    }
    bench_car_destroy(&car, car_rig_now(r));
    car_rig_destroy(r);
}

static int is_profile(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot != NULL && strcmp(dot, ".yaml") == 0;
}

static void every_profile(void **state)
{
    struct dirent **list = NULL;
    (void)state;
    int count = scandir("profiles", &list, is_profile, alphasort);
    assert_true(count >= PROFILES_MIN);
    for (int i = 0; i < count; i++) {
        char path[300];
        snprintf(path, sizeof path, "profiles/%.250s", list[i]->d_name);
        drive(path);
        free(list[i]);
    }
    free(list);
}

/* Four dials at once: two signals of one frame, OBD-II and UDS. */
static void four_dials(void **state)
{
    struct record record = car_rig_record();
    (void)state;
    for (unsigned i = 1; i < 4; i++) {
        record.dial[i] = record.dial[0];
    }
    record.dial_count = 4;
    struct record ford;
    record_default(&ford);
    record.dial[1].source = ford.dial[0].source;
    record.dial[2].source = ford.dial[0].source;
    record.dial[2].source.broadcast.bits.start_bit = 23;
    record.dial[3].source = (struct source_config){.kind = SOURCE_UDS,
                                                   .uds = {.request_id = 0x714,
                                                           .response_id = 0x77E,
                                                           .service = UDS_READ_DID,
                                                           .did = 0x202F,
                                                           .start_bit = 200,
                                                           .length_bits = 16,
                                                           .rate_millihz = 3000,
                                                           .scale = 0.1,
                                                           .offset = -100}};
    struct car_rig *r = car_rig_create(&(struct car_rig_config){.record = &record, .no_car = true});
    const struct bench_car_config config = {
        .record = &record, .ambient_milli = WARM_MILLI, .start_ps = VTIME_MS(200), .seed = 1};
    bench_car_init(&car, r->bus, &config, 0);
    car_rig_power(r);
    car_rig_run_until(r, VTIME_S(7));
    assert_int_equal(r->told.dial_count, 4);
    for (unsigned i = 0; i < 4; i++) {
        int32_t truth = can_car_temperature_milli(&car.car, car_rig_now(r));
        assert_int_equal(r->told.dial[i].state, GAUGE_LIVE);
        assert_in_range(r->told.dial[i].frame_milli - truth + 1000, 0, 2000);
    }
    car_rig_check_clean(r);
    bench_car_destroy(&car, car_rig_now(r));
    car_rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_profile),
        cmocka_unit_test(four_dials),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
