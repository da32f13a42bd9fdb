/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Nothing on the console or in the flash is seen on the pin: 60 s with 1,200 frames a second, a
 * flood of lines, and a save in every second, two of which erase a sector.
 */
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"
#include "tests/store/console_rig.h"

#include <stdio.h>
#include <string.h>

#define SECONDS 60
#define OTHERS_EVERY VTIME_US(833)
#define FLOOD_BYTES 4600 /* 0.4 s of line time */

static const struct rig_stream others = {
    .from = VTIME_US(50100), .every = OTHERS_EVERY, .id = 0x200, .length = 8};

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

/* Every pulse rises a period after the one before, and is as long as the settled needle's. */
static void check_pulses(const struct rig *r, size_t first, vtime_ps width)
{
    assert_true(r->pulse_count - first > SECONDS * 50 - 5);
    for (size_t i = first; i + 1 < r->pulse_count; i++) {
        const vtime_ps period = r->pulses[i + 1].rise - r->pulses[i].rise;
        rig_check(period == RIG_PERIOD_PS, "period of %.6f ms at %.6f s", (double)period * 1e-9,
                  (double)r->pulses[i].rise * 1e-12);
        rig_check(r->pulses[i].width == width, "pulse of %.6f us at %.6f s",
                  (double)r->pulses[i].width * 1e-6, (double)r->pulses[i].rise * 1e-12);
    }
}

/* A board on which all that went on for so long; the index of the first pulse of it. */
static struct rig *run(const struct rig_stream *oil, const char *mode, unsigned seconds,
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
    for (unsigned second = 0; second < seconds; second++) {
        set_and_save(r, second);
        rig_run_until(r, from + VTIME_S(second) + VTIME_MS(60));
        flood(r, &random);
        rig_run_until(r, from + VTIME_S(second + 1));
    }
    rig_run_for(r, VTIME_S(3));
    /* while a sector is erased, some of a flood finds no room, and perhaps a line to save in it */
    const unsigned saved = count_texts(r, "ok saved,");
    rig_check(saved + 2 >= seconds, "%u saves of %u", saved, seconds);
    rig_check(count_texts(r, "error: ") > seconds * 10, "the flood was not dealt with");
    rig_check(r->line_count > 0, "no telemetry");
    return r;
}

static void a_needle_at_rest(void **state)
{
    size_t first = 0;
    (void)state;
    struct rig *r = run(&rig_oil_91, "machine off", SECONDS, &first);
    check_pulses(r, first, VTIME_NS(1515000));
    rig_assert_clean(r);
    rig_destroy(r);
}

/* Each line that came tells the pulse to the nanosecond. */
static void a_moving_needle(void **state)
{
    size_t first = 0;
    unsigned compared = 0;
    (void)state;
    struct rig *r = run(&rig_oil_moving, "machine on", 10, &first);
    for (size_t i = 0; i < r->line_count; i++) {
        const struct rig_line *line = &r->lines[i];
        if (line->pulse >= first && line->pulse + 1 < r->pulse_count) {
            rig_check(r->pulses[line->pulse].width == VTIME_NS(line->pulse_ns),
                      "pulse of %.6f us, told %u ns", (double)r->pulses[line->pulse].width * 1e-6,
                      (unsigned)line->pulse_ns);
            compared++;
        }
    }
    rig_check(compared > 200, "%u lines only", compared);
    rig_assert_clean(r);
    rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_needle_at_rest),
        cmocka_unit_test(a_moving_needle),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
