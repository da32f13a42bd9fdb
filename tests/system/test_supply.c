/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Power and resets: the board comes back live from each, or says by name why it cannot. */
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"
#include "tests/system/rig.h"

#include "vboard/chip/finding_text.h"
#include "vboard/chip/chip.h"
#include "vboard/cpu/cpu.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIVE_LIMIT VTIME_S(2)
#define PWR_CR3 0x5802480Cu /* RM0399 7.8.4 */
#define CR3_AFTER_POWER_ON 0x06u
#define OPTSR_CM4_HELD 0x1786AAF0u /* the factory's value without BCM4, bit 22 (RM0399 4.9.8) */
#define CUTS 24

static struct rig *make(void)
{
    return rig_create(&(struct rig_config){.streams = &rig_oil_91, .stream_count = 1});
}

static uint32_t cr3(const struct rig *r)
{
    uint32_t value = 0;
    rig_check(cpu_read_mem(board_cpu(r->board, CORE_CM7), PWR_CR3, &value, sizeof value),
              "PWR_CR3 cannot be read");
    return value;
}

/* Live after what happened at `since`, and shows the frames' value. */
static void check_comes_live(struct rig *r, vtime_ps since, const char *cause)
{
    const vtime_ps live = rig_run_until_live(r, since + LIVE_LIMIT + VTIME_MS(100));
    rig_check(live <= since + LIVE_LIMIT, "live after %.3f ms", (double)(live - since) * 1e-9);
    rig_check(rig_find_text(r, since, cause) != NULL, "`%s' was not said", cause);
    rig_check((cr3(r) & 0x3F) == 0x04, "PWR_CR3 is 0x%X", (unsigned)cr3(r));
}

static void nrst(struct rig *r, vtime_ps duration)
{
    board_nrst(r->board, true);
    rig_run_for(r, duration);
    board_nrst(r->board, false);
}

static void power_and_reset(void **state)
{
    (void)state;
    struct rig *r = make();
    for (unsigned i = 0; i < 3; i++) {
        rig_case("power-on %u", i);
        vtime_ps since = rig_now(r);
        rig_power(r, true);
        check_comes_live(r, since, "reset cm7 power-on cm4 power-on");
        rig_check(board_resets(r->board) == 0, "a reset of its own");
        rig_run_for(r, VTIME_MS(777));
        rig_case("NRST after power-on %u", i);
        since = rig_now(r);
        nrst(r, VTIME_MS(3));
        check_comes_live(r, since, "reset cm7 pin cm4 pin");
        rig_run_for(r, VTIME_MS(300));
        rig_power(r, false);
        rig_run_for(r, VTIME_MS(500));
    }
    rig_assert_clean(r);
    rig_destroy(r);
}

/* Power cut or NRST pulled anywhere in the start or a little later. */
static void cut_anywhere(void **state)
{
    (void)state;
    const uint64_t seed = fuzz_seed("cut_anywhere");
    const char *wanted = getenv("CANDIAL_CASE");
    uint64_t sequence = seed;
    for (unsigned i = 0; i < CUTS; i++) {
        const vtime_ps at = rig_random(&sequence, i % 4 < 2 ? VTIME_US(800) : VTIME_MS(200));
        const bool is_power = i % 2 == 0;
        if (wanted != NULL && strtoul(wanted, NULL, 10) != i) {
            continue;
        }
        rig_case("CANDIAL_SEED=%llu CANDIAL_CASE=%u (%s at %.6f ms)", (unsigned long long)seed, i,
                 is_power ? "power cut" : "NRST", (double)at * 1e-9);
        struct rig *r = make();
        rig_power(r, true);
        rig_run_until(r, at);
        const vtime_ps since = rig_now(r);
        if (is_power) {
            rig_power(r, false);
            rig_run_for(r, VTIME_MS(10));
            rig_power(r, true);
        } else {
            nrst(r, VTIME_US(50));
        }
        check_comes_live(r, since, "reset cm7");
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

/* ---- the supply is locked at the power-on selection ---- */

/* As a boot ROM would that writes PWR_CR3 before any of our code runs: that was the one write. */
static void write_cr3_as_rom(struct rig *r)
{
    struct chip *c = board_chip(r->board);
    c->access = (struct access){.master = MASTER_DEBUG, .address = PWR_CR3};
    chip_mmio_write(c, PWR_CR3, 4, CR3_AFTER_POWER_ON);
}

/* FNV-1a over the M7's own RAM: ITCM and DTCM (RM0399 Table 7). */
static uint64_t hash_tcm(struct rig *r)
{
    static uint8_t bytes[0x20000];
    uint64_t hash = 0xCBF29CE484222325u;
    const struct {
        uint32_t base, size;
    } rams[] = {{0x00000000, 0x10000}, {0x20000000, 0x20000}};
    for (unsigned i = 0; i < 2; i++) {
        rig_check(cpu_read_mem(board_cpu(r->board, CORE_CM7), rams[i].base, bytes, rams[i].size),
                  "RAM cannot be read");
        for (uint32_t k = 0; k < rams[i].size; k++) {
            hash = (hash ^ bytes[k]) * 0x100000001B3u;
        }
    }
    return hash;
}

static void locked_supply(void **state)
{
    (void)state;
    rig_case("locked supply");
    struct rig *r = make();
    rig_power(r, true);
    write_cr3_as_rom(r);
    const uint64_t ram = hash_tcm(r);
    rig_run_until(r, VTIME_S(5));
    rig_check(rig_find_text(r, 0, "error 1 remove power") != NULL, "not said");
    rig_check(cr3(r) == CR3_AFTER_POWER_ON, "PWR_CR3 is 0x%X", (unsigned)cr3(r));
    rig_check(r->pulse_count == 0, "%zu pulses", r->pulse_count);
    rig_check(hash_tcm(r) == ram, "RAM was written");
    /* One flash and a pause of four, each 0.25 s and more by the virtual board's cycles. */
    const unsigned flashes = rig_flashes(r, BOARD_LED_RED, 0, VTIME_S(5));
    rig_check(flashes >= 3 && flashes <= 5, "%u red flashes", flashes);
    rig_check(board_resets(r->board) == 0, "a reset");
    /* Our write comes too late: that is told of, and nothing else. */
    struct findings *findings = &board_chip(r->board)->findings;
    for (size_t i = 0; i < findings->count; i++) {
        rig_check(findings->list[i].address == PWR_CR3, "%s",
                  finding_text(board_chip(r->board), &findings->list[i]).text);
    }
    findings_clear(findings);
    rig_assert_clean(r);
    /* And as it says: power helps. */
    rig_power(r, false);
    rig_run_for(r, VTIME_S(1));
    const vtime_ps since = rig_now(r);
    rig_power(r, true);
    check_comes_live(r, since, "reset cm7 power-on");
    rig_assert_clean(r);
    rig_destroy(r);
}

/* ---- the rescue window ---- */

static void rescue(void **state)
{
    (void)state;
    rig_case("button held at power-on");
    struct rig *r = make();
    board_button(r->board, true);
    rig_power(r, true);
    rig_run_until(r, VTIME_S(5));
    rig_check(cr3(r) == CR3_AFTER_POWER_ON, "PWR_CR3 is 0x%X", (unsigned)cr3(r));
    rig_check(rig_find_text(r, 0, "rescue: ") != NULL, "not said");
    const unsigned flashes = rig_flashes(r, BOARD_LED_YELLOW, 0, VTIME_S(5));
    rig_check(flashes >= 3 && flashes <= 5, "%u yellow flashes", flashes);
    rig_check(r->pulse_count == 0 && board_resets(r->board) == 0, "a pulse or a reset");
    /* A debugger gets in: both cores run and can be halted. */
    for (unsigned core = 0; core < 2; core++) {
        const uint64_t before = cpu_instructions(board_cpu(r->board, core));
        rig_run_for(r, VTIME_MS(10));
        rig_check(core == CORE_CM4 || cpu_instructions(board_cpu(r->board, core)) > before,
                  "core %u does not run", core);
        rig_check(!cpu_is_locked_up(board_cpu(r->board, core)), "core %u is locked up", core);
        cpu_halt(board_cpu(r->board, core), true);
        cpu_halt(board_cpu(r->board, core), false);
    }
    rig_assert_clean(r);
    board_button(r->board, false);
    const vtime_ps since = rig_now(r);
    nrst(r, VTIME_MS(1));
    check_comes_live(r, since, "reset cm7 power-on");
    rig_assert_clean(r);
    rig_destroy(r);
}

/* Only power-on looks at the button. */
static void button_at_reset(void **state)
{
    (void)state;
    rig_case("button held at NRST");
    struct rig *r = make();
    rig_power(r, true);
    check_comes_live(r, 0, "reset cm7 power-on");
    board_button(r->board, true);
    const vtime_ps since = rig_now(r);
    nrst(r, VTIME_MS(1));
    check_comes_live(r, since, "reset cm7 pin");
    rig_check(rig_find_text(r, 0, "rescue") == NULL, "rescue");
    rig_assert_clean(r);
    rig_destroy(r);
}

/* ---- a board wired otherwise ---- */

/* Our image on an LDO board: the deadlock, reported, pin low; NRST does not help. */
static void other_wiring(void **state)
{
    (void)state;
    rig_case("LDO wiring");
    struct rig *r = rig_create(&(struct rig_config){
        .streams = &rig_oil_91, .stream_count = 1, .board = {.wiring = SUPPLY_LDO}});
    rig_power(r, true);
    rig_run_until(r, VTIME_MS(500));
    nrst(r, VTIME_MS(1));
    rig_run_for(r, VTIME_S(1));
    assert_string_equal(board_supply_state(r->board), "deadlock");
    assert_int_equal(r->pulse_count, 0);
    const struct findings *findings = &board_chip(r->board)->findings;
    assert_int_equal(findings->count, 1);
    assert_int_equal(findings->list[0].kind, FINDING_VCORE_LOST);
    rig_destroy(r);
}

/* ---- half a board ---- */

static void cm4_held(void **state)
{
    (void)state;
    rig_case("BCM4 = 0");
    struct rig *r = rig_create(&(struct rig_config){
        .streams = &rig_oil_91, .stream_count = 1, .board = {.optsr = OPTSR_CM4_HELD}});
    rig_power(r, true);
    rig_run_until(r, VTIME_S(3));
    rig_check(rig_find_text(r, 0, "cm4 absent") != NULL, "not said");
    rig_check(rig_find_text(r, 0, "error 5 cm4 absent") != NULL, "no error");
    rig_check(r->pulse_count == 0 && board_resets(r->board) == 0, "a pulse or a reset");
    rig_check(rig_flashes(r, BOARD_LED_RED, 0, VTIME_S(3)) >= 4, "red does not flash");
    rig_assert_clean(r);
    rig_destroy(r);
}

static void settings(void **state)
{
    (void)state;
    rig_case("empty settings");
    struct rig *r = rig_create(
        &(struct rig_config){.streams = &rig_oil_91, .stream_count = 1, .no_record = true});
    rig_power(r, true);
    check_comes_live(r, 0, "profile Ford Mustang S550 (default: no settings)");
    rig_check(rig_find_text(r, 0, "error") == NULL, "an error");
    rig_assert_clean(r);
    rig_destroy(r);

    rig_case("damaged settings");
    r = rig_create(
        &(struct rig_config){.streams = &rig_oil_91, .stream_count = 1, .no_record = true});
    static const char rubbish[32] = "CDP1 and nothing sensible behind";
    rig_check(board_load(r->board, 0x080C0000, rubbish, sizeof rubbish) == 0, "flash");
    rig_power(r, true);
    check_comes_live(r, 0, "profile Ford Mustang S550 (default: ");
    rig_run_for(r, VTIME_MS(200));
    rig_check(rig_find_text(r, 0, "error 8 settings invalid") != NULL, "not said");
    rig_assert_clean(r);
    rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(power_and_reset), cmocka_unit_test(cut_anywhere),
        cmocka_unit_test(locked_supply),   cmocka_unit_test(rescue),
        cmocka_unit_test(button_at_reset), cmocka_unit_test(other_wiring),
        cmocka_unit_test(cm4_held),        cmocka_unit_test(settings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
