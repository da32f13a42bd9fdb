/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `candial find`: the temperature comes out first, wherever and however a car has it. */
#include "tests/formats/cmocka_head.h"

#include "find/print.h"
#include "tests/dbc/warm_up.h"
#include "tests/formats/scratch_file.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define TOP 5

static struct find_bus bus;
static struct find_candidate best[TOP];
static size_t count;

static int clean(void **state)
{
    (void)state;
    find_bus_free(&bus);
    return 0;
}

/* The place of a field among the best, 1 being first; 0: not among them. */
static int rank_of(uint32_t id, int byte, enum find_shape shape)
{
    for (size_t i = 0; i < count; i++) {
        if (best[i].message->id == id && best[i].byte == byte && best[i].shape == shape) {
            return (int)i + 1;
        }
    }
    return 0;
}

static void assert_rank(uint32_t id, int byte, enum find_shape shape, int last)
{
    int rank = rank_of(id, byte, shape);
    if (rank < 1 || rank > last) {
        for (size_t i = 0; i < count; i++) {
            print_message("%zu: 0x%X byte %d shape %d score %.1f\n", i + 1,
                          (unsigned)best[i].message->id, best[i].byte, best[i].shape,
                          best[i].score);
        }
        fail_msg("0x%X byte %d shape %d is number %d, expected 1 to %d", (unsigned)id, byte, shape,
                 rank, last);
    }
}

static const struct warm_up plain = {
    .byte = 3,
    .shape = FIND_BYTE,
    .scale = 1,
    .offset = -40,
    .page = -1,
    .start_c = 18,
    .end_c = 98,
};

static void rank_car(const struct warm_up *car)
{
    find_bus_free(&bus);
    warm_up_fill(&bus, car, fuzz_seed("warm_up"));
    count = find_rank(&bus, false, best, TOP);
}

/* Every byte, and each layout a byte is written in. */
static void bytes(void **state)
{
    static const struct find_layout layouts[] = {{1, -40}, {1, -48}, {1, -60}, {0.75, -48}};
    (void)state;
    for (int byte = 0; byte < 8; byte++) {
        struct warm_up car = plain;
        car.byte = byte;
        car.scale = layouts[byte % 4].scale;
        car.offset = layouts[byte % 4].offset;
        rank_car(&car);
        assert_rank(WARM_UP_ID, byte, FIND_BYTE, 1);
        assert_true(best[0].score > 60);
    }
}

static void oil_beside_coolant(void **state)
{
    (void)state;
    struct warm_up car = plain;
    car.has_coolant = true;
    rank_car(&car);
    assert_rank(WARM_UP_ID, 3, FIND_BYTE, 2);
    assert_rank(WARM_UP_ID, 4, FIND_BYTE, 2);
    int oil = rank_of(WARM_UP_ID, 3, FIND_BYTE) - 1;
    assert_int_equal(best[oil].partner, 4);
}

static void two_bytes(void **state)
{
    static const struct {
        enum find_shape shape;
        double scale, offset;
    } rows[] = {
        {FIND_MOTOROLA, 0.1, -273.15},
        {FIND_INTEL, 0.03125, -273},
        {FIND_MOTOROLA, 0.1, 0},
        {FIND_INTEL, 0.1, -40},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct warm_up car = plain;
        car.shape = rows[i].shape;
        car.scale = rows[i].scale;
        car.offset = rows[i].offset;
        rank_car(&car);
        assert_rank(WARM_UP_ID, 3, rows[i].shape, 1);
        assert_true(fabs(best[0].layout.scale - rows[i].scale) < 1e-9);
    }
}

static void on_a_page(void **state)
{
    (void)state;
    struct warm_up car = plain;
    car.page = 8;
    rank_car(&car);
    assert_rank(WARM_UP_ID, 3, FIND_BYTE, 1);
    assert_ptr_not_equal(best[0].page, &best[0].message->whole);
    assert_int_equal(best[0].page->number, 8);
    char line[FIND_LINE_MAX];
    find_profile_line(&best[0], line);
    assert_non_null(strstr(line, "mux: {start: 7, length: 8, order: motorola, equals: 8}"));
}

static void sentinels_at_key_on(void **state)
{
    (void)state;
    struct warm_up car = plain;
    car.gone_frames = 30;
    rank_car(&car);
    assert_rank(WARM_UP_ID, 3, FIND_BYTE, 1);
    assert_int_equal(best[0].field->early_sentinels, 30);
    assert_true(best[0].field->low >= 58); /* a sentinel is none of its values */
}

static void in_winter(void **state)
{
    (void)state;
    struct warm_up car = plain;
    car.start_c = -25;
    car.offset = -60;
    rank_car(&car);
    assert_rank(WARM_UP_ID, 3, FIND_BYTE, 1);
}

/* Two logs of one car: the step from one to the other is none of the field's. */
static void two_logs(void **state)
{
    (void)state;
    find_bus_free(&bus);
    warm_up_fill(&bus, &plain, fuzz_seed("first"));
    find_bus_next_log(&bus);
    warm_up_fill(&bus, &plain, fuzz_seed("second"));
    count = find_rank(&bus, false, best, TOP);
    assert_rank(WARM_UP_ID, 3, FIND_BYTE, 1);
    assert_int_equal(best[0].field->step_max, 1);
    assert_true(bus.duration_ns > UINT64_C(1190) * 1000000000);
}

/* One log of a car: oil from `start_c` on, for so long; a per-second counter beside it. */
static void add_drive(double start_c, double c_per_s, unsigned seconds, unsigned gone_frames)
{
    for (unsigned tick = 0; tick < seconds * 10; tick++) {
        struct can_log_frame frame = {.id = 0x2B1, .len = 5, .time_ns = UINT64_C(100000000) * tick};
        frame.data[1] = tick < gone_frames
                            ? 255
                            : (uint8_t)lround(start_c + 40 +
                                              c_per_s * tick / 10 * (1 + 0.2 * sin(tick / 97.0)));
        unsigned clock = 509 + tick / 10; /* one a second, as the low half of a time */
        frame.data[3] = (uint8_t)clock;
        frame.data[4] = (uint8_t)(clock >> 8);
        assert_true(find_bus_add(&bus, &frame));
    }
    find_bus_next_log(&bus);
}

/* A warm-up among short logs at quite other temperatures, each with "no value" at its start. */
static void logs_at_other_temperatures(void **state)
{
    static const struct {
        double start_c, c_per_s;
        unsigned seconds;
    } drives[] = {{88, 0.1, 10}, {-10, 0.15, 12}, {15, 0.12, 200}, {60, -0.05, 15}, {20, 0.1, 10}};
    (void)state;
    find_bus_free(&bus);
    for (size_t i = 0; i < sizeof drives / sizeof *drives; i++) {
        add_drive(drives[i].start_c, drives[i].c_per_s, drives[i].seconds, 12);
        count = find_rank(&bus, false, best, TOP);
        assert_rank(0x2B1, 1, FIND_BYTE, 1);
    }
    assert_true(best[0].field->step_max <= 1);
    assert_int_equal(best[0].field->logs, 5);
    assert_int_equal(rank_of(0x2B1, 3, FIND_INTEL), 0); /* the counter of seconds */
}

/* Counts time: a byte or two, each second, minute or tenth; at one temperature's pace it does not. */
static void clocks(void **state)
{
    static const struct {
        double period_s;
        bool is_clock;
    } rows[] = {{1, true}, {0.1, true}, {10, true}, {60, true}, {5, false}, {3.3, false}};
    const struct find_jumps none = {{0, 0}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct find_field field = {0};
        for (unsigned tick = 0; tick < 100; tick++) {
            for (int again = 0; again < 4; again++) {
                double time = (tick + again / 4.0) * rows[i].period_s;
                find_field_add(&field, (uint16_t)(509 + tick), true, none, (uint64_t)(time * 1e9));
            }
        }
        assert_int_equal(find_field_is_clock(&field), rows[i].is_clock);
    }
    struct find_field uneven = {0};
    for (unsigned tick = 0; tick < 100; tick++) { /* a second each on average, as an engine warms */
        double time = tick + 0.4 * sin(tick);
        find_field_add(&uneven, (uint16_t)(509 + tick), true, none,
                       (uint64_t)(time * 1e9) + 1000000000);
    }
    assert_false(find_field_is_clock(&uneven));
}

static void add_message(uint32_t id, unsigned tick, const uint8_t *data)
{
    struct can_log_frame frame = {.id = id, .len = 8, .time_ns = UINT64_C(100000000) * tick};
    memcpy(frame.data, data, 8);
    assert_true(find_bus_add(&bus, &frame));
}

/* 0x420 is Volkswagen's and Mazda's: where Volkswagen's other places fit as well, it is no Mazda. */
static void more_places_decide(void **state)
{
    (void)state;
    find_bus_free(&bus);
    for (int volkswagen = 0; volkswagen < 2; volkswagen++) {
        find_bus_free(&bus);
        for (unsigned tick = 0; tick < 3000; tick++) {
            uint8_t warm = (uint8_t)(60 + tick / 40);
            uint8_t warm_vw = (uint8_t)(100 + tick / 50);
            uint8_t other = (uint8_t)(tick * 77);
            uint8_t message[8] = {warm, other, other, other, other, other, other, other};
            if (volkswagen) {
                message[3] = warm;
                message[4] = warm_vw;
                add_message(0x288, tick, (const uint8_t[8]){other, warm_vw, other, other});
                add_message(0x588, tick, (const uint8_t[8]){other, 0, 0, 0, 0, 0, 0, warm});
            }
            add_message(0x420, tick, message);
        }
        count = find_rank(&bus, true, best, TOP);
        assert_true(count > 0);
        bool has_mazda = false;
        for (size_t i = 0; i < count; i++) {
            has_mazda = has_mazda || (best[i].known != NULL && best[i].known->car[0] == 'M');
        }
        assert_int_equal(has_mazda, !volkswagen);
        if (volkswagen) {
            assert_non_null(best[0].known);
            assert_string_equal(best[0].known->car, "Volkswagen PQ");
        }
    }
}

/* Two buses in one log: the same identifier is another message on each. */
static void two_channels(void **state)
{
    (void)state;
    find_bus_free(&bus);
    assert_int_equal(find_bus_channel(&bus, "can0"), 0);
    assert_int_equal(find_bus_channel(&bus, "can1"), 1);
    assert_int_equal(find_bus_channel(&bus, "can0"), 0);
    for (unsigned tick = 0; tick < 4000; tick++) {
        struct can_log_frame frame = {
            .id = 0x3A1, .len = 3, .time_ns = UINT64_C(100000000) * tick, .channel = tick % 2 != 0};
        frame.data[2] = (uint8_t)(tick % 2 == 0 ? 100 + tick / 50 : tick * 37);
        assert_true(find_bus_add(&bus, &frame));
    }
    count = find_rank(&bus, false, best, TOP);
    assert_rank(0x3A1, 2, FIND_BYTE, 1);
    assert_int_equal(best[0].message->channel, 0);
}

/* Without a temperature nothing scores like one. */
static void nothing_to_find(void **state)
{
    (void)state;
    struct warm_up car = plain;
    car.page = 20; /* a page that never comes */
    rank_car(&car);
    for (size_t i = 0; i < count; i++) {
        assert_true(best[i].score < 60);
    }
    struct find_bus empty = {0};
    assert_int_equal(find_rank(&empty, true, best, TOP), 0);
    count = 0;
}

static bool rank_log(const char *name, bool use_known)
{
    char error[300];
    char path[80];
    struct can_log_frame frame;
    snprintf(path, sizeof path, "logs/%s", name);
    const char *found = shared_data(path);
    if (found == NULL) {
        return false;
    }
    find_bus_free(&bus);
    struct can_log *log = can_log_open(found, NULL, NULL, error, sizeof error);
    assert_non_null(log);
    while (can_log_next(log, &frame) == 1) {
        assert_true(find_bus_add(&bus, &frame));
    }
    can_log_close(log);
    count = find_rank(&bus, use_known, best, TOP);
    return true;
}

/* Cars on the road. By behaviour alone only where something moves. */
static void real_cars(void **state)
{
    (void)state;
    if (!rank_log("mustang_s550.log", false)) {
        skip();
    }
    assert_rank(0x156, 1, FIND_BYTE, 1);
    assert_rank(0x156, 0, FIND_BYTE, 3);
    assert_true(best[0].layout.offset == -60);
    assert_true(rank_log("mustang_s550.log", true));
    assert_rank(0x156, 1, FIND_BYTE, 2);
    assert_rank(0x156, 0, FIND_BYTE, 2);
    assert_true(rank_log("kia_forte_8digit_ids.log", false));
    assert_rank(0x329, 1, FIND_BYTE, 1);
    assert_true(rank_log("kia_forte_8digit_ids.log", true));
    assert_rank(0x329, 1, FIND_BYTE, 1);
    assert_true(best[0].layout.scale == 0.75 && best[0].layout.offset == -48);
}

/* Too short, or sensors that are not there: only what is known of the make helps. */
static void short_logs(void **state)
{
    (void)state;
    if (!rank_log("wrx_not_fitted.log", true)) {
        skip();
    }
    assert_rank(0x360, 3, FIND_BYTE, 2);
    assert_int_equal(rank_of(0x360, 2, FIND_BYTE), 0); /* all zeros are no temperature */
    assert_true(find_is_constant(&best[rank_of(0x360, 3, FIND_BYTE) - 1]));
    assert_true(rank_log("gt350_keyon.log", true));
    assert_rank(0x156, 1, FIND_BYTE, 2);
    assert_true(rank_log("gt350_oil_sensor_fault.log", true));
    assert_rank(0x156, 0, FIND_BYTE, 1); /* the coolant: the oil's byte is 255 throughout */
    assert_int_equal(rank_of(0x156, 1, FIND_BYTE), 0);
    assert_true(rank_log("kona_not_fitted.trc", true));
    assert_rank(0x329, 1, FIND_BYTE, 2);
    assert_int_equal(rank_of(0x492, 4, FIND_BYTE), 0);
}

static void charts(void **state)
{
    (void)state;
    char chart[3 * FIND_CHART_WIDTH + 1];
    const struct find_jumps none = {{0, 0}};
    struct find_field field = {0};
    for (int i = 0; i < 1000; i++) {
        find_field_add(&field, (uint16_t)(50 + i / 100), false, none, (uint64_t)i);
    }
    find_chart(&field, chart);
    assert_int_equal(strlen(chart), 3 * FIND_CHART_WIDTH);
    assert_int_equal(strncmp(chart, "▁▁▁▁", 12), 0);
    assert_non_null(strstr(chart, "▁▂"));
    assert_string_equal(chart + 3 * (FIND_CHART_WIDTH - 2), "██");
    struct find_field one = {0};
    find_field_add(&one, 7, false, none, 0);
    find_chart(&one, chart);
    assert_string_equal(chart, "▁");
}

static void profile_lines(void **state)
{
    (void)state;
    struct find_message message = {.id = 0x18FEEE00, .extended = true};
    struct find_candidate candidate = {.message = &message,
                                       .page = &message.whole,
                                       .byte = 2,
                                       .shape = FIND_INTEL,
                                       .layout = {0.03125, -273}};
    char line[FIND_LINE_MAX];
    find_profile_line(&candidate, line);
    assert_string_equal(line, "broadcast: {id: 0x18FEEE00, start: 16, length: 16, order: intel, "
                              "scale: 0.03125, offset: -273, invalid: [0, [65024, 65535]]}");
    message.id = 0x12;
    candidate.shape = FIND_MOTOROLA;
    find_profile_line(&candidate, line);
    assert_non_null(strstr(line, "{id: 0x12, extended: true, start: 23, length: 16, order: moto"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes),
        cmocka_unit_test(oil_beside_coolant),
        cmocka_unit_test(two_bytes),
        cmocka_unit_test(on_a_page),
        cmocka_unit_test(sentinels_at_key_on),
        cmocka_unit_test(in_winter),
        cmocka_unit_test(two_logs),
        cmocka_unit_test(logs_at_other_temperatures),
        cmocka_unit_test(clocks),
        cmocka_unit_test(more_places_decide),
        cmocka_unit_test(two_channels),
        cmocka_unit_test(nothing_to_find),
        cmocka_unit_test(real_cars),
        cmocka_unit_test(short_logs),
        cmocka_unit_test(charts),
        cmocka_unit_test(profile_lines),
    };
    return cmocka_run_group_tests(tests, NULL, clean);
}
