/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A core that hangs, crashes again and again, or is halted by a debugger. tests/system/test_deaths.c has the
 * plain cases with the usual servo period.
 */
#include "tests/clocks/clock_rig.h"
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"

#include "core/ipc.h"
#include "vboard/chip/chip.h"
#include "vboard/cpu/cpu.h"

#define PARK_LIMIT VTIME_MS(100)
#define NOWHERE 0xE0000000u /* an address nothing can be executed at */

/* It faults; that this is told of is what the board is for. */
static void crash(struct rig *r, enum core core)
{
    cpu_set_reg(board_cpu(r->board, core), CPU_PC, NOWHERE);
    rig_run_for(r, VTIME_MS(45)); /* it may sleep until its next tick */
    struct findings *findings = &board_chip(r->board)->findings;
    rig_check(findings->count == 1 && findings->list[0].kind == FINDING_FAULT, "no fault");
    findings_clear(findings);
}

static struct rig *live_rig(vtime_ps instant)
{
    struct rig *r = clock_rig(&(struct board_config){0}, false);
    rig_power(r, true);
    rig_run_until(r, instant);
    rig_check(rig_last_line(r)->state == RIG_LIVE, "not live before");
    return r;
}

/* The longest servo period there may be, 50 ms: what is spent on noticing must be less then. */
static void m7_stuck_slow_servo(void **state)
{
    (void)state;
    uint64_t sequence = fuzz_seed("m7_stuck_slow_servo");
    vtime_ps worst = 0;
    for (unsigned i = 0; i < 20; i++) {
        const vtime_ps instant =
            VTIME_MS(1000 + 50) * (i + 20) / 20 + rig_random(&sequence, VTIME_MS(2));
        rig_case("M7 stuck at %.6f ms", (double)instant * 1e-9);
        struct rig *r = rig_create(&(struct rig_config){.profile = "tests/failures/slow-servo.yaml",
                                                        .streams = &rig_oil_moving,
                                                        .stream_count = 1});
        rig_power(r, true);
        rig_run_until(r, instant);
        rig_check(rig_last_line(r)->state == RIG_LIVE, "not live before");
        cpu_hang(board_cpu(r->board, CORE_CM7));
        rig_run_for(r, VTIME_MS(200));
        const vtime_ps park = rig_first_park(r, instant);
        rig_check(park <= instant + PARK_LIMIT, "parked after %.3f ms",
                  (double)(park - instant) * 1e-9);
        worst = park - instant > worst ? park - instant : worst;
        rig_assert_clean(r);
        rig_destroy(r);
    }
    print_message("M7 stuck, period 50 ms: parked after %.3f ms at the latest\n",
                  (double)worst * 1e-9);
}

/* Nothing but a crash at every start: the third keeps the core down, and that is what is said. */
static void m4_crashes_thrice(void **state)
{
    (void)state;
    rig_case("M4 crashes three times");
    struct rig *r = live_rig(VTIME_S(1));
    for (unsigned i = 1; i <= 3; i++) {
        const vtime_ps at = rig_now(r);
        crash(r, CORE_CM4);
        rig_run_for(r, VTIME_MS(300));
        rig_check(board_resets(r->board) == i, "%u resets", (unsigned)board_resets(r->board));
        rig_check(rig_find_text(r, at, "error 11 cm4 crashed") != NULL, "error 11 not said");
        rig_check(rig_find_text(r, at, "software-cm4") != NULL, "cause not said");
    }
    const vtime_ps down = rig_now(r) - VTIME_MS(280);
    const size_t pulses = rig_pulse_from(r, down);
    rig_run_for(r, VTIME_S(5));
    rig_check(rig_pulse_from(r, down) == pulses && r->pulse_count == pulses, "a pulse afterwards");
    rig_check(rig_find_text(r, 0, "error 5") == NULL, "said to be absent");
    rig_check(board_resets(r->board) == 3, "resets for ever");
    rig_assert_clean(r);
    rig_destroy(r);
}

static void m7_crashes_thrice(void **state)
{
    (void)state;
    rig_case("M7 crashes three times");
    struct rig *r = live_rig(VTIME_S(1));
    for (unsigned i = 1; i <= 3; i++) {
        const vtime_ps at = rig_now(r);
        crash(r, CORE_CM7);
        rig_run_for(r, VTIME_MS(300));
        rig_check(board_resets(r->board) == i, "%u resets", (unsigned)board_resets(r->board));
        rig_check(rig_find_text(r, at, "error 10 cm7 crashed") != NULL, "error 10 not said");
    }
    const size_t pulses = r->pulse_count;
    rig_run_for(r, VTIME_S(5));
    rig_check(r->pulse_count == pulses, "a pulse afterwards");
    rig_check(board_resets(r->board) == 3, "resets for ever");
    rig_assert_clean(r);
    rig_destroy(r);
}

/* Each time it ran well for ten seconds before: none is the third of a row. */
static void crashes_far_apart(void **state)
{
    (void)state;
    for (enum core core = CORE_CM7; core <= CORE_CM4; core++) {
        rig_case("M%d crashes now and then", core == CORE_CM7 ? 7 : 4);
        struct rig *r = live_rig(VTIME_MS(10500));
        for (unsigned i = 1; i <= 4; i++) {
            crash(r, core);
            rig_run_for(r, VTIME_MS(10500));
            rig_check(board_resets(r->board) == i, "%u resets", (unsigned)board_resets(r->board));
            const struct rig_line *line = rig_last_line(r);
            rig_check(line->state == RIG_LIVE && line->at > rig_now(r) - VTIME_MS(100),
                      "not live after crash %u", i);
        }
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

/* The M7 halted by a debugger for a while, and its telemetry afterwards: each line, the first about a park pulse that the
 * M4 has made by itself, is what was on the pin, and the value is that of the frames. */
static void m7_halted_and_back(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 4; i++) {
        const vtime_ps instant = VTIME_S(1) + VTIME_US(5300) * i;
        rig_case("M7 halted at %.3f ms", (double)instant * 1e-9);
        struct rig *r = live_rig(instant);
        cpu_halt(board_cpu(r->board, CORE_CM7), true);
        rig_run_for(r, VTIME_MS(250));
        cpu_halt(board_cpu(r->board, CORE_CM7), false);
        const size_t first = r->line_count;
        rig_run_for(r, VTIME_MS(900));
        unsigned parked = 0;
        for (size_t n = first; n < r->line_count; n++) {
            const struct rig_line *line = &r->lines[n];
            const vtime_ps width = r->pulses[line->pulse].width;
            rig_check(width == 0 || (width <= VTIME_NS(line->pulse_ns) + VTIME_NS(6) &&
                                     VTIME_NS(line->pulse_ns) <= width + VTIME_NS(6)),
                      "line %u says %u ns, the pin %.3f", (unsigned)line->seq,
                      (unsigned)line->pulse_ns, (double)width * 1e-3);
            rig_check(line->has_frame && line->frame_milli >= 91000 && line->frame_milli <= 92000,
                      "line %u: value %d", (unsigned)line->seq, (int)line->frame_milli);
            if (line->pulse_ns == 500000) {
                rig_check(line->needle_mdeg == -10000, "needle %d", (int)line->needle_mdeg);
                parked++;
            }
        }
        rig_check(parked > 0, "no line about a park pulse");
        check_shows(r, 90500, 92000);
        rig_destroy(r);
    }
}

/* Its watchdog is frozen, TIM2 runs on: the M7 writes the park pulse itself. Afterwards all goes on, and the
 * telemetry's numbers are those of the edges. */
static void m4_halted(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 10; i++) {
        const vtime_ps instant = VTIME_S(1) + VTIME_US(2100) * i;
        rig_case("M4 halted at %.3f ms", (double)instant * 1e-9);
        struct rig *r = live_rig(instant);
        cpu_halt(board_cpu(r->board, CORE_CM4), true);
        rig_run_for(r, VTIME_S(2));
        const vtime_ps park = rig_first_park(r, instant);
        rig_check(park <= instant + VTIME_MS(200), "parked after %.3f ms",
                  (double)(park - instant) * 1e-9);
        rig_check(rig_longest_pulse(r, park, rig_now(r)) <= RIG_PARK_PS + VTIME_US(1),
                  "not parked");
        check_said(r, "error 6 cm4 silent");
        cpu_halt(board_cpu(r->board, CORE_CM4), false);
        const vtime_ps released = rig_now(r);
        rig_run_until_live(r, released + VTIME_S(1));
        rig_run_for(r, VTIME_S(1));
        check_shows(r, 90500, 92000);
        check_numbered(r);
        check_no_longer_than_meant(r);
        rig_check(board_resets(r->board) == 0, "reset");
        /* Frames were lost meanwhile: the FIFO holds 64. All else is clean. */
        rig_check(board_chip(r->board)->findings.count == 0, "findings");
        rig_destroy(r);
    }
}

/* Its part of the shared block holds what was in RAM: that it is down with an error of its own is believed of an M4 that
 * beats alone. */
static void m4_never_ran(void **state)
{
    (void)state;
    rig_case("M4 held from power-on");
    struct rig *r = clock_rig(&(struct board_config){0}, false);
    rig_power(r, true);
    cpu_halt(board_cpu(r->board, CORE_CM4), true);
    const struct mem_region *ram =
        chip_region(board_chip(r->board), IPC_BLOCK_ADDRESS, MASTER_DEBUG);
    struct ipc_block *block = (void *)(ram->host + (IPC_BLOCK_ADDRESS - ram->base));
    rig_run_for(r, VTIME_MS(2));
    block->m4.state = IPC_M4_ERROR;
    block->m4.error = 11;
    rig_run_for(r, VTIME_MS(500));
    check_said(r, "error 5 cm4 absent");
    check_unsaid(r, "error 11");
    check_unsaid(r, "cm4 running");
    rig_check(r->pulse_count == 0, "a pulse");
    cpu_halt(board_cpu(r->board, CORE_CM4), false);
    rig_run_for(r, VTIME_S(1));
    check_said(r, "cm4 running");
    check_unsaid(r, "error 11");
    check_shows(r, 90500, 92000);
    rig_assert_clean(r);
    rig_destroy(r);
}

/* The M7 has given the supply, and then nothing for a second: the M4 has noticed, and both run. */
static void m7_late(void **state)
{
    (void)state;
    rig_case("M7 held for 1.5 s soon after power-on");
    struct rig *r = clock_rig(&(struct board_config){0}, false);
    rig_power(r, true);
    rig_run_until(r, VTIME_US(300));
    cpu_halt(board_cpu(r->board, CORE_CM7), true);
    rig_run_until(r, VTIME_MS(1500));
    rig_check(r->pulse_count == 0, "a pulse");
    cpu_halt(board_cpu(r->board, CORE_CM7), false);
    rig_run_until(r, VTIME_MS(2500));
    check_said(r, "error 7 cm7 silent");
    check_said(r, "cm4 running");
    check_shows(r, 90500, 92000);
    rig_assert_clean(r);
    rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(m7_stuck_slow_servo), cmocka_unit_test(m4_crashes_thrice),
        cmocka_unit_test(m7_crashes_thrice),   cmocka_unit_test(crashes_far_apart),
        cmocka_unit_test(m4_halted),           cmocka_unit_test(m7_late),
        cmocka_unit_test(m4_never_ran),        cmocka_unit_test(m7_halted_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
