/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Ticks and times of any frequency are what a division of whole numbers says. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "vboard/kernel/clock.h"

#define TIMES 400000
#define PS_UHZ UINT64_C(1000000000000000000)

__extension__ typedef unsigned __int128 u128;

static uint64_t random_next(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    uint64_t x = *state ^ *state >> 33;
    return x * UINT64_C(0xFF51AFD7ED558CCD);
}

/* As many bits as may be, small numbers as often as great ones. */
static uint64_t random_size(uint64_t *state, unsigned most)
{
    return random_next(state) >> (64 - 1 - random_next(state) % most);
}

static u128 least(u128 a, u128 b)
{
    return a < b ? a : b;
}

/* Edges: where a tick begins, and a picosecond to either side. */
static void compare(const struct clock *c, uint64_t n, uint64_t ticks)
{
    assert_int_equal(clock_ticks(c, n), (uint64_t)((u128)n * c->uhz / PS_UHZ));
    assert_int_equal(clock_ticks_up(c, n), (uint64_t)(((u128)n * c->uhz + PS_UHZ - 1) / PS_UHZ));
    u128 time = (u128)ticks * PS_UHZ / c->uhz;
    u128 span = ((u128)ticks * PS_UHZ + c->uhz - 1) / c->uhz;
    if (time < VTIME_NEVER) {
        assert_int_equal(clock_time(c, ticks), (uint64_t)time);
    }
    assert_int_equal(clock_span(c, ticks), (uint64_t)least(span, VTIME_NEVER));
}

static void ticks_and_times_are_exact(void **state)
{
    uint64_t random = 1;
    (void)state;
    for (unsigned i = 0; i < TIMES; i++) {
        struct clock c = {.name = "c"};
        /* Up to 1 GHz, of which many divide a second evenly. */
        uint64_t uhz = 1 + random_size(&random, 49);
        uhz = i % 3 == 0 ? CLOCK_UHZ(1 + uhz % 480) * 1000000 / (1 + i % 7) : uhz;
        clock_set(&c, uhz, 0);
        uint64_t ticks = random_size(&random, 63);
        compare(&c, random_size(&random, 63), ticks);
        uint64_t begins = (uint64_t)least((u128)ticks * PS_UHZ / uhz, UINT64_MAX / 2);
        compare(&c, begins, 0);
        compare(&c, begins + 1, 1);
        compare(&c, begins != 0 ? begins - 1 : 0, UINT64_MAX);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(ticks_and_times_are_exact)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
