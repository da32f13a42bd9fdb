/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * servo.off_at_rest, servo.dead_band and warn.critical of a profile, on the board: no pulses while the needle is parked,
 * and nobody takes that for a failure; a needle that a noisy value moves less; LEDs that blink faster.
 */
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"
#include "tests/system/rig.h"

#include <string.h>

#define PROFILE "tests/dials/rest.yaml"
#define RAW(celsius) ((uint8_t)((celsius) + 60))
#define STEP_PS                                                                                    \
    VTIME_US(62) /* 300 degrees/s, 20 ms, 10 us a degree, and what rounding makes of it */
#define CRITICAL_HALF VTIME_MS(40) /* firmware/cm7/leds.c */

static struct rig *start(const struct rig_stream *streams, size_t count)
{
    struct rig *r = rig_create(
        &(struct rig_config){.profile = PROFILE, .streams = streams, .stream_count = count});
    rig_power(r, true);
    return r;
}

static size_t pulses_in(const struct rig *r, vtime_ps from, vtime_ps until)
{
    return rig_pulse_from(r, until) - rig_pulse_from(r, from);
}

/* The car sleeps, wakes for three seconds, sleeps: pulses from power-on until the needle rests, and again. */
static void pulses_only_when_needed(void **state)
{
    (void)state;
    static const struct rig_stream stream = {.from = VTIME_S(4),
                                             .until = VTIME_S(7),
                                             .every = VTIME_MS(100),
                                             .id = RIG_OIL_ID,
                                             .length = 8,
                                             .data = {0, RAW(90)}};
    rig_case("off at rest");
    struct rig *r = start(&stream, 1);
    rig_run_until(r, VTIME_S(13));
    rig_check(pulses_in(r, 0, VTIME_S(1)) >= 48, "none while the servo goes to park");
    rig_check(pulses_in(r, VTIME_MS(1200), VTIME_S(4)) == 0, "pulses at rest");
    rig_check(pulses_in(r, VTIME_MS(4200), VTIME_S(8)) >= 189, "none while it is needed");
    rig_check(pulses_in(r, VTIME_S(12), VTIME_S(13)) == 0, "pulses at rest again");
    const size_t woken = rig_pulse_from(r, VTIME_S(4));
    rig_check(r->pulses[woken].width <= RIG_PARK_PS + STEP_PS, "jumps: %.3f us",
              (double)r->pulses[woken].width * 1e-6);
    for (size_t i = woken + 1; i < rig_pulses_ended(r); i++) {
        rig_check(r->pulses[i].width >= RIG_PARK_PS &&
                      r->pulses[i].width <= r->pulses[i - 1].width + STEP_PS,
                  "pulse %zu: %.3f us", i, (double)r->pulses[i].width * 1e-6);
    }
    rig_check(r->pulses[rig_pulses_ended(r) - 1].width <= RIG_PARK_PS + VTIME_NS(10),
              "not parked before");
    rig_check(board_resets(r->board) == 0 && rig_find_text(r, 0, "error") == NULL,
              "taken for a failure");
    rig_assert_clean(r);
    rig_destroy(r);
}

/* Each line that names a pulse names that one, over the gap; those of the gap say that there is none. */
static void telemetry_goes_on(void **state)
{
    (void)state;
    static const struct rig_stream stream = {.from = VTIME_S(3),
                                             .every = VTIME_MS(100),
                                             .id = RIG_OIL_ID,
                                             .length = 8,
                                             .data = {0, RAW(90)}};
    rig_case("telemetry at rest");
    struct rig *r = start(&stream, 1);
    rig_run_until(r, VTIME_S(5));
    unsigned without = 0;
    for (size_t i = 0; i < r->line_count; i++) {
        const struct rig_line *line = &r->lines[i];
        if (line->pulse_ns == 0) {
            without++;
            rig_check(line->state == RIG_WAIT && line->needle_mdeg == -10000, "line %zu", i);
            continue;
        }
        const struct rig_pulse *pulse = &r->pulses[line->pulse];
        const vtime_ps told = VTIME_NS(line->pulse_ns);
        rig_check(line->pulse < r->pulse_count && pulse->rise < line->at &&
                      line->at < pulse->rise + VTIME_MS(60),
                  "line %zu is about another pulse", i);
        rig_check(pulse->width <= told + VTIME_NS(6) && told <= pulse->width + VTIME_NS(6),
                  "line %zu: %.3f us", i, (double)pulse->width * 1e-6);
    }
    rig_check(without >= 90 && without <= 110, "%u lines without a pulse", without);
    rig_destroy(r);
}

/* The first dial rests, the second one works: its needle moves. And the other way round the first one counts. */
static void each_dial_for_itself(void **state)
{
    (void)state;
    static const struct rig_stream second = {.from = VTIME_S(3),
                                             .every = VTIME_MS(50),
                                             .id = 0x2A0,
                                             .length = 8,
                                             .data = {0x14, 0x05}}; /* 90 C */
    rig_case("second dial alone");
    struct rig *r = start(&second, 1);
    rig_run_until(r, VTIME_S(5));
    const struct rig_line *line = rig_last_line(r);
    rig_check(pulses_in(r, VTIME_S(2), VTIME_S(5)) == 0, "pulses of the first");
    rig_check(line->dial[1].state == RIG_LIVE && line->dial[1].pulse_ns > 1600000 &&
                  line->dial[0].pulse_ns == 0,
              "second dial: %u ns", (unsigned)line->dial[1].pulse_ns);
    rig_check(board_resets(r->board) == 0 && rig_find_text(r, 0, "error") == NULL,
              "taken for a failure");
    rig_assert_clean(r);
    rig_destroy(r);
}

/* 90 and 91 C in turn are 1.5 degrees, 15 us: less than this dead band. */
static void fill_noise(uint64_t n, uint8_t data[RIG_DATA_MAX])
{
    data[1] = RAW(90 + (int)(n / 10 % 2));
}

static void dead_band(void **state)
{
    (void)state;
    static const struct rig_stream stream = {.from = VTIME_MS(50),
                                             .every = VTIME_MS(100),
                                             .id = RIG_OIL_ID,
                                             .length = 8,
                                             .fill = fill_noise};
    rig_case("dead band");
    struct rig *r = start(&stream, 1);
    rig_run_until(r, VTIME_S(4));
    const int32_t needle = rig_last_line(r)->needle_mdeg;
    rig_run_until(r, VTIME_S(10));
    for (size_t i = rig_line_from(r, VTIME_S(4)); i < r->line_count; i++) {
        rig_check(r->lines[i].needle_mdeg == needle, "moved to %d", (int)r->lines[i].needle_mdeg);
    }
    rig_assert_clean(r);
    rig_destroy(r);
}

/* 134, 135 for two seconds, 133: 0, 2, 1; the red LED has its turn, however many errors there are. */
static void fill_hot(uint64_t n, uint8_t data[RIG_DATA_MAX])
{
    data[1] = RAW(n < 20 ? 134 : n < 40 ? 135 : 133);
}

static void critical(void **state)
{
    (void)state;
    static const struct rig_stream stream = {.from = VTIME_MS(50),
                                             .every = VTIME_MS(100),
                                             .id = RIG_OIL_ID,
                                             .length = 8,
                                             .fill = fill_hot};
    rig_case("critical");
    struct rig *r = start(&stream, 1);
    rig_run_until(r, VTIME_MS(2800));
    board_uart_send(r->board, "status\r\n", 8);
    rig_run_until(r, VTIME_S(6));
    static const struct {
        vtime_ps from, until;
        unsigned warn;
    } spans[] = {{VTIME_MS(300), VTIME_S(2), 1},
                 {VTIME_MS(2200), VTIME_S(4), 2},
                 {VTIME_MS(4200), VTIME_S(6), 1}};
    for (unsigned s = 0; s < 3; s++) {
        size_t i = rig_line_from(r, spans[s].from);
        for (; i < r->line_count && r->pulses[r->lines[i].pulse].rise < spans[s].until; i++) {
            rig_check(r->lines[i].warn == spans[s].warn, "line %zu: warns %u", i, r->lines[i].warn);
        }
    }
    const unsigned calm = rig_flashes(r, BOARD_LED_RED, VTIME_MS(300), VTIME_MS(1900));
    const unsigned urgent = rig_flashes(r, BOARD_LED_RED, VTIME_MS(2300), VTIME_MS(3900));
    const unsigned wanted = (unsigned)(VTIME_MS(1600) / CRITICAL_HALF / 2);
    const struct rig_text *status = rig_find_text(r, VTIME_MS(2800), "dial 1 live, value 135C");
    rig_check(status != NULL && strstr(status->text, ", critical") != NULL, "status says `%s'",
              status != NULL ? status->text : "");
    rig_check(rig_find_text(r, VTIME_MS(2800), "dial 2 wait") != NULL, "no second dial");
    rig_check(calm >= 6 && calm <= 8, "%u flashes at the warning", calm);
    rig_check(urgent + 1 >= wanted && urgent <= wanted + 1, "%u flashes, %u wanted", urgent,
              wanted);
    rig_assert_clean(r);
    rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pulses_only_when_needed),
        cmocka_unit_test(telemetry_goes_on),
        cmocka_unit_test(each_dial_for_itself),
        cmocka_unit_test(dead_band),
        cmocka_unit_test(critical),
    };
    return cmocka_run_group_tests_name("rest", tests, NULL, scratch_remove);
}
