/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Who notices whose death, and how soon: each at 20 instants spread over a servo period, at random
 * times of live running, with LSI (which clocks the watchdogs) at both ends and in the middle of its
 * tolerance. CANDIAL_SEED and CANDIAL_CASE repeat one case alone.
 */
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"
#include "tests/system/rig.h"

#include "core/ipc.h"
#include "vboard/chip/chip.h"
#include "vboard/cpu/cpu.h"
#include "vboard/periph/rcc/rcc.h"

#include <stdio.h>
#include <stdlib.h>

#define CASES 20
#define PARK_LIMIT VTIME_MS(100)     /* M7 stuck or halted: the M4 parks */
#define CM4_PARK_LIMIT VTIME_MS(150) /* M4 stuck: reset, and the first pulse is park */
#define LIVE_LIMIT VTIME_S(2)
/* Windows of the watchdogs, 512 and 60 ms after the last feed, with LSI at 32 kHz within 5 %; the M7
 * feeds every 40 ms, the M4 every 2. */
#define IWDG1_EARLIEST VTIME_MS(446)
#define IWDG1_LATEST VTIME_MS(540)
#define IWDG2_EARLIEST VTIME_MS(55)
#define IWDG2_LATEST VTIME_MS(64)

/* How long the cores talk after a period has started, and a little before. */
#define EARLY VTIME_US(2)
#define TALK VTIME_US(14)

struct worst {
    vtime_ps park, reset, live;
};

static double ms(vtime_ps t)
{
    return (double)t * 1e-9;
}

static void retained_worst(vtime_ps *worst, vtime_ps value)
{
    *worst = value > *worst ? value : *worst;
}

/* A live board at the instant of case i. */
static struct rig *live_rig(const char *death, unsigned i, uint64_t seed, vtime_ps *instant)
{
    static const int32_t lsi_ppm[] = {-50000, 0, 50000};
    uint64_t sequence = seed + i;
    struct rig *r = rig_create(&(struct rig_config){
        .streams = &rig_oil_moving, .stream_count = 1, .board = {.seed = seed + i}});
    rcc_set_drift(board_chip(r->board), CLK_LSI, lsi_ppm[i % 3]);
    rig_power(r, true);
    /* Each fourth within the microseconds after a period's start, when the cores talk to each other. */
    const vtime_ps phase =
        i % 4 == 3 ? rig_period_start() - EARLY + rig_random(&sequence, TALK)
                   : RIG_PERIOD_PS * i / CASES + rig_random(&sequence, RIG_PERIOD_PS / CASES);
    *instant = VTIME_MS(500) + RIG_PERIOD_PS * rig_random(&sequence, 50) + phase;
    rig_case("CANDIAL_SEED=%llu CANDIAL_CASE=%u (%s at %.6f ms)", (unsigned long long)seed, i,
             death, ms(*instant));
    rig_run_until(r, *instant);
    rig_check(rig_last_line(r)->state == RIG_LIVE, "not live before");
    return r;
}

static bool is_wanted(unsigned i)
{
    const char *wanted = getenv("CANDIAL_CASE");
    return wanted == NULL || strtoul(wanted, NULL, 10) == i;
}

/* From the park pulse on every pulse is one until `until`. */
static void check_stays_parked(const struct rig *r, vtime_ps park, vtime_ps until)
{
    for (size_t i = rig_pulse_from(r, park); i < r->pulse_count; i++) {
        const struct rig_pulse *p = &r->pulses[i];
        if (p->rise + RIG_PARK_PS < until && p->width != 0) { /* the reset may cut the last */
            rig_check(
                p->width >= RIG_PARK_PS - VTIME_US(1) && p->width <= RIG_PARK_PS + VTIME_US(1),
                "%.3f us at %.3f ms after the park pulse", (double)p->width * 1e-6, ms(p->rise));
        }
    }
}

/* One reset, due to `source` and within the window after `instant`. */
static vtime_ps check_one_reset(const struct rig *r, enum reset_source source, vtime_ps instant,
                                vtime_ps earliest, vtime_ps latest)
{
    rig_check(board_resets(r->board) == 1, "%llu resets",
              (unsigned long long)board_resets(r->board));
    const struct rig_reset *reset = &r->resets[r->reset_count - 1];
    rig_check((reset->sources & 1u << source) != 0, "reset by 0x%X", (unsigned)reset->sources);
    rig_check(reset->at >= instant + earliest && reset->at <= instant + latest,
              "reset after %.3f ms", ms(reset->at - instant));
    return reset->at;
}

static void report(const char *death, const struct worst *worst)
{
    print_message(
        "%s: worst of %d: parked after %.3f ms, reset after %.3f ms, live after %.3f ms\n", death,
        CASES, ms(worst->park), ms(worst->reset), ms(worst->live));
}

static void m7_stuck(void **state)
{
    (void)state;
    const uint64_t seed = fuzz_seed("m7_stuck");
    struct worst worst = {0};
    for (unsigned i = 0; i < CASES; i++) {
        vtime_ps instant;
        if (!is_wanted(i)) {
            continue;
        }
        struct rig *r = live_rig("M7 stuck", i, seed, &instant);
        cpu_hang(board_cpu(r->board, CORE_CM7));
        rig_run_for(r, IWDG1_LATEST);
        const vtime_ps reset =
            check_one_reset(r, RESET_SRC_IWDG1, instant, IWDG1_EARLIEST, IWDG1_LATEST);
        const vtime_ps park = rig_first_park(r, instant);
        rig_check(park <= instant + PARK_LIMIT, "parked after %.3f ms", ms(park - instant));
        check_stays_parked(r, park, reset);
        const vtime_ps live = rig_run_until_live(r, instant + LIVE_LIMIT + VTIME_MS(100));
        rig_check(live <= instant + LIVE_LIMIT, "live after %.3f ms", ms(live - instant));
        rig_check(rig_find_text(r, reset, "reset cm7 watchdog-cm7") != NULL, "cause not said");
        rig_check(rig_find_text(r, reset, "error 12 ") != NULL, "error not said");
        rig_assert_clean(r);
        retained_worst(&worst.park, park - instant);
        retained_worst(&worst.reset, reset - instant);
        retained_worst(&worst.live, live - instant);
        rig_destroy(r);
    }
    report("M7 stuck", &worst);
}

static void m4_stuck(void **state)
{
    (void)state;
    const uint64_t seed = fuzz_seed("m4_stuck");
    struct worst worst = {0};
    for (unsigned i = 0; i < CASES; i++) {
        vtime_ps instant;
        if (!is_wanted(i)) {
            continue;
        }
        struct rig *r = live_rig("M4 stuck", i, seed, &instant);
        cpu_hang(board_cpu(r->board, CORE_CM4));
        rig_run_for(r, CM4_PARK_LIMIT + VTIME_MS(1));
        const vtime_ps reset =
            check_one_reset(r, RESET_SRC_IWDG2, instant, IWDG2_EARLIEST, IWDG2_LATEST);
        /* The pin is low until the park pulse: that is the first one. */
        const vtime_ps park = rig_first_park(r, reset);
        rig_check(park <= instant + CM4_PARK_LIMIT, "parked after %.3f ms", ms(park - instant));
        rig_check(rig_pulse_from(r, reset) == rig_pulse_from(r, park), "a pulse before park");
        const vtime_ps live = rig_run_until_live(r, instant + LIVE_LIMIT + VTIME_MS(100));
        rig_check(live <= instant + LIVE_LIMIT, "live after %.3f ms", ms(live - instant));
        rig_check(rig_find_text(r, reset, "watchdog-cm4") != NULL, "cause not said");
        rig_check(rig_find_text(r, reset, "error 13 ") != NULL, "error not said");
        rig_assert_clean(r);
        retained_worst(&worst.park, park - instant);
        retained_worst(&worst.reset, reset - instant);
        retained_worst(&worst.live, live - instant);
        rig_destroy(r);
    }
    report("M4 stuck", &worst);
}

/* What the M4 says in the shared block that it does. */
static uint32_t m4_state(struct rig *r)
{
    const struct mem_region *ram =
        chip_region(board_chip(r->board), IPC_BLOCK_ADDRESS, MASTER_DEBUG);
    const struct ipc_block *block = (void *)(ram->host + (IPC_BLOCK_ADDRESS - ram->base));
    return block->m4.state;
}

static void m7_halted(void **state)
{
    (void)state;
    const uint64_t seed = fuzz_seed("m7_halted");
    const vtime_ps halt_time = VTIME_S(3);
    struct worst worst = {0};
    for (unsigned i = 0; i < CASES; i++) {
        vtime_ps instant;
        if (!is_wanted(i)) {
            continue;
        }
        struct rig *r = live_rig("M7 halted", i, seed, &instant);
        cpu_halt(board_cpu(r->board, CORE_CM7), true);
        rig_run_for(r, halt_time);
        const vtime_ps park = rig_first_park(r, instant);
        rig_check(park <= instant + PARK_LIMIT, "parked after %.3f ms", ms(park - instant));
        check_stays_parked(r, park, rig_now(r));
        assert_int_equal(m4_state(r), IPC_M4_PARKED);
        cpu_halt(board_cpu(r->board, CORE_CM7), false);
        const vtime_ps released = rig_now(r);
        const vtime_ps live = rig_run_until_live(r, released + LIVE_LIMIT);
        rig_run_for(r, VTIME_S(1));
        rig_check(rig_last_line(r)->shown_milli > 90000, "the needle stays at %d m°C",
                  (int)rig_last_line(r)->shown_milli);
        assert_int_equal(m4_state(r), IPC_M4_RUNNING);
        rig_check(board_resets(r->board) == 0, "reset while halted");
        rig_assert_clean(r);
        retained_worst(&worst.park, park - instant);
        retained_worst(&worst.live, live - released);
        rig_destroy(r);
    }
    report("M7 halted", &worst);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(m7_stuck),
        cmocka_unit_test(m4_stuck),
        cmocka_unit_test(m7_halted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
