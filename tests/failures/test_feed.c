/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The supply gives way: with a divider of the 12 V side on PVD_IN long before VDD does, without it when VDD falls
 * below 2.85 V. The pulse is held, no flash operation begins, and after a reset the board tells why.
 */
#include "tests/clocks/clock_rig.h"
#include "tests/formats/cmocka_head.h"

#include <string.h>

/* A period in the making when it fell is still sent. */
#define HELD_AFTER (2 * RIG_PERIOD_PS)
#define SAID_LOW "error 18 supply low"

enum feed { DIVIDER, NO_DIVIDER };

static void set_feed(struct rig *r, enum feed feed, bool good)
{
    if (feed == DIVIDER) {
        board_feed(r->board, good ? 12000 : 6000);
    } else {
        board_vdd(r->board, good ? 3300 : 2700);
    }
}

static struct rig *live_rig(enum feed feed)
{
    rig_case("%s divider", feed == DIVIDER ? "with" : "without");
    struct rig *r = clock_rig(&(struct board_config){0}, false);
    set_feed(r, feed, true);
    rig_power(r, true);
    rig_run_until(r, VTIME_S(2));
    check_shows(r, 90500, 92000);
    check_unsaid(r, SAID_LOW);
    return r;
}

static void say(struct rig *r, const char *command)
{
    board_uart_send(r->board, command, strlen(command));
    rig_run_for(r, VTIME_MS(300));
}

/* Are all pulses since `from` of one width, or do they follow the frames? */
static bool is_held(const struct rig *r, vtime_ps from)
{
    const size_t first = rig_pulse_from(r, from);
    for (size_t i = first; i < r->pulse_count; i++) {
        if (r->pulses[i].width != r->pulses[first].width && r->pulses[i].width != 0) {
            return false;
        }
    }
    return r->pulse_count > first + 10;
}

static void held(void **state)
{
    (void)state;
    for (enum feed feed = DIVIDER; feed <= NO_DIVIDER; feed++) {
        struct rig *r = live_rig(feed);
        rig_check(!is_held(r, VTIME_MS(1500)), "the needle does not follow");
        const vtime_ps fell = rig_now(r);
        set_feed(r, feed, false);
        rig_run_for(r, VTIME_S(1));
        rig_check(is_held(r, fell + HELD_AFTER), "the pulse is not held");
        rig_check(rig_find_text(r, fell, SAID_LOW) != NULL, "not said");
        set_feed(r, feed, true);
        rig_run_for(r, VTIME_S(1));
        rig_check(!is_held(r, rig_now(r) - VTIME_MS(500)), "still held");
        check_shows(r, 90500, 92000);
        check_numbered(r);
        rig_check(board_resets(r->board) == 0, "reset");
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

static void nothing_is_saved(void **state)
{
    (void)state;
    for (enum feed feed = DIVIDER; feed <= NO_DIVIDER; feed++) {
        struct rig *r = live_rig(feed);
        say(r, "set needle.damping 1s\r\n");
        set_feed(r, feed, false);
        rig_run_for(r, VTIME_MS(100));
        const vtime_ps asked = rig_now(r);
        say(r, "save\r\n");
        rig_check(rig_find_text(r, asked, "error: `save': supply low") != NULL,
                  "save did not say why not");
        check_unsaid(r, "ok saved");
        set_feed(r, feed, true);
        rig_run_for(r, VTIME_MS(100));
        say(r, "save\r\n");
        rig_run_for(r, VTIME_S(3)); /* an erase */
        check_said(r, "ok saved");
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

/* However soon the reset comes: the detector's interrupt writes it down, not the next tick, 40 ms away. */
static void written_down_at_once(void **state)
{
    (void)state;
    for (enum feed feed = DIVIDER; feed <= NO_DIVIDER; feed++) {
        for (unsigned i = 0; i < 4; i++) {
            struct rig *r = live_rig(feed);
            rig_run_for(r, i * VTIME_MS(11));
            set_feed(r, feed, false);
            rig_run_for(r, VTIME_US(20));
            const vtime_ps at = rig_now(r);
            board_nrst(r->board, true);
            set_feed(r, feed, true);
            rig_run_for(r, VTIME_MS(2));
            board_nrst(r->board, false);
            rig_run_for(r, VTIME_MS(500));
            rig_check(rig_find_text(r, at, SAID_LOW) != NULL, "not written down");
            rig_assert_clean(r);
            rig_destroy(r);
        }
    }
}

/* Told once, after the reset that it led to. */
static void reason_is_kept(void **state)
{
    (void)state;
    for (enum feed feed = DIVIDER; feed <= NO_DIVIDER; feed++) {
        struct rig *r = live_rig(feed);
        set_feed(r, feed, false);
        rig_run_for(r, VTIME_MS(100));
        for (unsigned i = 0; i < 2; i++) {
            const vtime_ps at = rig_now(r);
            board_nrst(r->board, true);
            set_feed(r, feed, true);
            rig_run_for(r, VTIME_MS(2));
            board_nrst(r->board, false);
            rig_run_for(r, VTIME_MS(500));
            rig_check((rig_find_text(r, at, SAID_LOW) != NULL) == (i == 0), "said after reset %u",
                      i);
            check_shows(r, 80000, 92000);
        }
        rig_check(rig_flashes(r, BOARD_LED_RED, rig_now(r) - VTIME_MS(400), rig_now(r)) == 0,
                  "still shown");
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(held),
        cmocka_unit_test(nothing_is_saved),
        cmocka_unit_test(reason_is_kept),
        cmocka_unit_test(written_down_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
