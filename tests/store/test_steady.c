/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Nothing on the console or in the flash is seen on the pin: seconds with 1,200 frames each, a
 * console flooded at the line's own rate, and a save in every second. CANDIAL_SECONDS=n makes it n of them; among 60
 * (the long form) two saves erase a sector. Each period is 20 ms to the picosecond, and each pulse what it is meant to be, to the timer tick.
 */
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"
#include "tests/store/console_rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECONDS 5 /* without a word */
#define OTHERS_EVERY VTIME_US(833)
#define FLOOD_BYTES 10700 /* 0.93 s of line time: all of it, but for the lines that save */

static const struct rig_stream others = {
    .from = VTIME_US(50100), .every = OTHERS_EVERY, .id = 0x200, .length = 8};

static unsigned seconds(void)
{
    const char *asked = getenv("CANDIAL_SECONDS");
    return asked != NULL ? (unsigned)atoi(asked) : SECONDS;
}

/* Text of all sorts but ~, a line end here and there, and bytes no keyboard has. */
static void flood(struct rig *r, uint64_t *state)
{
    char bytes[FLOOD_BYTES];
    for (size_t i = 0; i < sizeof bytes; i++) {
        const uint64_t n = rig_random(state, 100);
        bytes[i] = n == 0 ? '\r' : n == 1 ? (char)0x80 : (char)(' ' + rig_random(state, 94));
    }
    board_uart_send(r->board, bytes, sizeof bytes);
}

static void set_and_save(struct rig *r, unsigned second)
{
    char line[60];
    const int length = snprintf(line, sizeof line, "\rset timeout %us\rsave\r", 1 + second % 2);
    board_uart_send(r->board, line, (size_t)length);
}

static unsigned count_texts(const struct rig *r, const char *words)
{
    unsigned count = 0;
    for (size_t i = 0; i < r->text_count; i++) {
        count += strstr(r->texts[i].text, words) != NULL;
    }
    return count;
}

/* Every pulse rises a period after the one before. */
static void check_periods(const struct rig *r, size_t first)
{
    assert_true(r->pulse_count - first > seconds() * 50 - 5);
    for (size_t i = first; i + 1 < r->pulse_count; i++) {
        const vtime_ps period = r->pulses[i + 1].rise - r->pulses[i].rise;
        rig_check(rig_is_same_span(period, RIG_PERIOD_PS), "period of %.6f ms at %.6f s",
                  (double)period * 1e-9, (double)r->pulses[i].rise * 1e-12);
    }
}

/* And is as long as the settled needle's. */
static void check_pulses(const struct rig *r, size_t first, vtime_ps width)
{
    check_periods(r, first);
    for (size_t i = first; i + 1 < r->pulse_count; i++) {
        rig_check(r->pulses[i].width == width, "pulse of %.6f us at %.6f s",
                  (double)r->pulses[i].width * 1e-6, (double)r->pulses[i].rise * 1e-12);
    }
}

/* A board on which all that went on; the index of the first pulse of it. */
static struct rig *run(const struct rig_stream *oil, const char *mode, unsigned least_saves,
                       size_t *first)
{
    uint64_t random = 7;
    const struct rig_stream streams[] = {*oil, others};
    struct rig *r = rig_create(
        &(struct rig_config){.streams = streams, .stream_count = sizeof streams / sizeof *streams});
    console_start(r);
    console_good(r, mode);
    rig_run_for(r, VTIME_S(4)); /* the needle has settled */
    *first = r->pulse_count;
    const vtime_ps from = rig_now(r);
    for (unsigned second = 0; second < seconds(); second++) {
        set_and_save(r, second);
        rig_run_until(r, from + VTIME_S(second) + VTIME_MS(60));
        flood(r, &random);
        rig_run_until(r, from + VTIME_S(second + 1));
    }
    rig_run_for(r, VTIME_S(3));
    const unsigned saved = count_texts(r, "ok saved,");
    rig_check(saved >= least_saves, "%u saves of %u", saved, seconds());
    rig_check(count_texts(r, "error: ") > seconds() * 10, "the flood was not dealt with");
    rig_check(r->line_count > 0, "no telemetry");
    return r;
}

/* While a sector is erased, some of a flood finds no room, and perhaps a line to save in it. */
#define SAVES_LEAST (seconds() - 4)

static void a_needle_at_rest(void **state)
{
    size_t first = 0;
    (void)state;
    struct rig *r = run(&rig_oil_91, "machine on", SAVES_LEAST, &first);
    check_pulses(r, first, VTIME_NS(1515000));
    rig_assert_clean(r);
    rig_destroy(r);
}

/* With echo there are more answers than the line carries, and most of what comes in is lost. */
static void every_byte_echoed(void **state)
{
    size_t first = 0;
    (void)state;
    struct rig *r = run(&rig_oil_91, "machine off", 0, &first);
    check_pulses(r, first, VTIME_NS(1515000));
    rig_assert_clean(r);
    rig_destroy(r);
}

/* 0 to 180 degrees are 600 to 2400 us: 10 ns a thousandth of a degree, to the nearest tick. */
static bool is_width_at(vtime_ps width, int32_t needle_mdeg)
{
    const vtime_ps meant = VTIME_NS(600000 + 10 * (vtime_ps)needle_mdeg);
    return width <= meant + RIG_TICK_PS / 2 + 1 && meant <= width + RIG_TICK_PS / 2 + 1;
}

/* Telemetry has nanoseconds. */
static bool is_as_told(vtime_ps width, uint32_t told_ns)
{
    return width < VTIME_NS(told_ns) + VTIME_NS(1) && VTIME_NS(told_ns) < width + VTIME_NS(1);
}

/* Each pulse is that of the needle's angle in the line about it. */
static void a_moving_needle(void **state)
{
    size_t first = 0;
    unsigned compared = 0;
    unsigned moves = 0;
    (void)state;
    struct rig *r = run(&rig_oil_moving, "machine on", SAVES_LEAST, &first);
    for (size_t i = 1; i < r->line_count; i++) {
        const struct rig_line *line = &r->lines[i];
        if (line->pulse >= first && line->pulse + 1 < r->pulse_count) {
            const vtime_ps width = r->pulses[line->pulse].width;
            rig_check(is_as_told(width, line->pulse_ns) && is_width_at(width, line->needle_mdeg),
                      "pulse of %.6f us, told %u ns, needle at %d", (double)width * 1e-6,
                      (unsigned)line->pulse_ns, (int)line->needle_mdeg);
            compared++;
            moves += line->needle_mdeg != line[-1].needle_mdeg;
        }
    }
    rig_check(compared > seconds() * 45, "%u lines only", compared);
    rig_check(moves > seconds() * 10, "%u moves only", moves);
    check_periods(r, first);
    rig_assert_clean(r);
    rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_needle_at_rest),
        cmocka_unit_test(every_byte_echoed),
        cmocka_unit_test(a_moving_needle),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
