/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What the LEDs do tick by tick (docs/first-flash.md), on ports that are memory. */
#include "tests/firmware/cmocka_head.h"

#include <string.h>

#include "firmware/board/board.h"
#include "firmware/cm7/leds.h"

static GPIO_TypeDef ports[BOARD_LED_COUNT];

const struct board board = {
    .led = {{.port = &ports[0], .number = 0},
            {.port = &ports[1], .number = 1},
            {.port = &ports[2], .number = 14}},
};

/* One tick; each LED must have been told, on or off. */
static void tick(const struct leds_input *input)
{
    for (unsigned i = 0; i < BOARD_LED_COUNT; i++) {
        ports[i].BSRR = 0;
    }
    leds_tick(input);
}

static bool is_on(enum board_led led)
{
    const uint32_t on = 1UL << board.led[led].number;
    const uint32_t told = ports[led].BSRR;
    assert_true(told == on || told == on << 16);
    return told == on;
}

/* A tick a character: `#' on, `.' off. */
static void record(const struct leds_input *input, enum board_led led, char *text, unsigned ticks)
{
    for (unsigned i = 0; i < ticks; i++) {
        tick(input);
        text[i] = is_on(led) ? '#' : '.';
    }
    text[ticks] = '\0';
}

/* From its first tick on: so many flashes of 0.2 s, light first, and a second's pause. */
static void red_counts_from_the_first(void **state)
{
    char text[200];
    (void)state;
    struct leds_input input = {.state = GAUGE_LIVE};
    for (unsigned quiet = 20; quiet < 30; quiet++) { /* whenever it comes, and what was before */
        input.fault = FAULT_NONE;
        record(&input, BOARD_LED_RED, text, quiet);
        assert_null(strchr(text, '#'));
        input.fault = FAULT_SUPPLY_INVALID; /* 2 */
        record(&input, BOARD_LED_RED, text, 2 * 45 + 3);
        assert_string_equal(text, "#####.....#####....." /* 2 flashes */
                                  "........................."
                                  "#####.....#####....."
                                  "........................."
                                  "###");
        input.fault = FAULT_VOS_NOT_READY; /* 3 */
        record(&input, BOARD_LED_RED, text, 55);
        assert_string_equal(text, "#####.....#####.....#####....."
                                  ".........................");
    }
}

/* At power-on, before all else here: there is light at once. */
static void green_is_the_first(void **state)
{
    char text[40];
    (void)state;
    const struct leds_input input = {.state = GAUGE_BOOT};
    record(&input, BOARD_LED_GREEN, text, 31);
    assert_string_equal(text, "##############...............##");
}

static void green_tells_the_state(void **state)
{
    char text[200];
    (void)state;
    const enum gauge_state on[] = {GAUGE_LIVE, GAUGE_SWEEP};
    const enum gauge_state off[] = {GAUGE_STALE, GAUGE_FAULT};
    const enum gauge_state blinking[] = {GAUGE_BOOT, GAUGE_WAIT};
    for (unsigned i = 0; i < 2; i++) {
        struct leds_input input = {.state = on[i]};
        record(&input, BOARD_LED_GREEN, text, 60);
        assert_null(strchr(text, '.'));
        input.state = off[i];
        record(&input, BOARD_LED_GREEN, text, 60);
        assert_null(strchr(text, '#'));
        input.state = blinking[i];
        record(&input, BOARD_LED_GREEN, text, 100);
        const char *first = strstr(text, ".#");
        assert_non_null(first);
        assert_memory_equal(first + 1, "###############...............###############", 45);
    }
}

/* Each tick with frames changes it, one without darkens it. */
static void yellow_flickers(void **state)
{
    (void)state;
    struct leds_input input = {.state = GAUGE_LIVE, .rx_frames = 7};
    tick(&input);
    tick(&input);
    assert_false(is_on(BOARD_LED_YELLOW));
    for (unsigned i = 0; i < 4; i++) {
        input.rx_frames++;
        tick(&input);
        assert_int_equal(is_on(BOARD_LED_YELLOW), i % 2 == 0);
    }
    input.rx_frames++;
    tick(&input);
    assert_true(is_on(BOARD_LED_YELLOW));
    tick(&input);
    assert_false(is_on(BOARD_LED_YELLOW));
}

static void warning_takes_turns(void **state)
{
    char yellow[30];
    (void)state;
    const struct leds_input hot = {.state = GAUGE_LIVE, .warn = GAUGE_WARN_HIGH};
    bool before = false;
    unsigned since = 0;
    unsigned changes = 0;
    for (unsigned i = 0; i < 30; i++, since++) { /* every 120 ms */
        tick(&hot);
        assert_int_equal(is_on(BOARD_LED_YELLOW), !is_on(BOARD_LED_RED));
        if (is_on(BOARD_LED_YELLOW) != before) {
            assert_true(changes < 2 || since == 3); /* it may begin in the middle */
            changes++;
            since = 0;
        }
        before = is_on(BOARD_LED_YELLOW);
    }
    assert_in_range(changes, 9, 11);
    const struct leds_input critical = {
        .state = GAUGE_LIVE, .warn = GAUGE_WARN_CRITICAL, .fault = FAULT_CM4_ABSENT};
    for (unsigned i = 0; i < 10; i++) { /* every tick, whatever else there is to tell */
        tick(&critical);
        assert_int_equal(is_on(BOARD_LED_YELLOW), !is_on(BOARD_LED_RED));
        assert_true(i == 0 || is_on(BOARD_LED_YELLOW) != before);
        before = is_on(BOARD_LED_YELLOW);
    }
    const struct leds_input both = {
        .state = GAUGE_LIVE, .warn = GAUGE_WARN_HIGH, .fault = FAULT_CM4_SILENT};
    const struct leds_input error = {.state = GAUGE_LIVE, .fault = FAULT_CM4_SILENT};
    tick(&error); /* 6: its round goes on under a warning */
    tick(&both);
    assert_true(is_on(BOARD_LED_RED));
    record(&both, BOARD_LED_RED, yellow, 8);
    assert_string_equal(yellow, "###.....");
    record(&both, BOARD_LED_YELLOW, yellow, 12);
    assert_non_null(strstr(yellow, "###...###"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(green_is_the_first),    cmocka_unit_test(red_counts_from_the_first),
        cmocka_unit_test(green_tells_the_state), cmocka_unit_test(yellow_flickers),
        cmocka_unit_test(warning_takes_turns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
