/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Power cuts at random instants of boot and running, with both boot ROMs and whatever the external clock
 * does: the firmware starts every time, and with a frame on the bus the needle is live within half a
 * second. CANDIAL_SEED and CANDIAL_CASE repeat one case alone; CANDIAL_CUTS is how many there are.
 */
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"
#include "tests/system/rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef CUTS
#define CUTS 60
#endif

/* max(0.5 s, three cycles of the source); the source sends every 100 ms. */
#define LIVE_LIMIT VTIME_MS(500)

/* What the ST-LINK's clock does after each power-on. */
enum hse { HSE_SOLD, HSE_NEAR, HSE_OFF, HSE_ABSENT, HSE_LATE, HSE_DROPS, HSE_COUNT };
static const char *const hse_names[] = {"8M", "8.004M", "8.333M", "absent", "late", "drops"};

/* Where the power is cut. */
enum phase { IN_START, IN_BOOT, RUNNING, IN_ROM, PHASE_COUNT };
static const char *const phase_names[] = {"the first 100 us", "boot", "running", "the boot ROM"};
static const vtime_ps phase_length[] = {VTIME_US(100), VTIME_MS(60), VTIME_MS(900), VTIME_MS(20)};

struct plan {
    uint64_t seed;
    uint8_t rom;
    enum hse hse;
    vtime_ps hse_after; /* power-on to when it appears or drops */
    unsigned cuts;
    enum phase phase[3];
    vtime_ps cut_after[3];
    vtime_ps off[3];
};

static struct plan draw(uint64_t seed, unsigned i)
{
    uint64_t sequence = seed + i;
    (void)rig_random(&sequence, 2); /* neighbouring seeds begin alike */
    struct plan p = {.seed = seed + i, .rom = rig_random(&sequence, 2) == 0 ? 0x90 : 0x91};
    p.hse = (enum hse)rig_random(&sequence, HSE_COUNT);
    p.hse_after = rig_random(&sequence, VTIME_MS(400));
    p.cuts = 1 + (unsigned)rig_random(&sequence, 3);
    for (unsigned k = 0; k < p.cuts; k++) {
        p.phase[k] = (enum phase)rig_random(&sequence, PHASE_COUNT);
        p.cut_after[k] = rig_random(&sequence, phase_length[p.phase[k]]);
        p.off[k] = VTIME_US(1) + rig_random(&sequence, VTIME_MS(300));
    }
    return p;
}

static void set_hse(struct rig *r, const struct plan *p, bool later)
{
    const uint64_t near = CLOCK_UHZ(8004000);
    const uint64_t off = CLOCK_UHZ(8333000);
    const uint64_t before[] = {BOARD_HSE_SOLD, near, off, 0, 0, BOARD_HSE_SOLD};
    const uint64_t after[] = {BOARD_HSE_SOLD, near, off, 0, BOARD_HSE_SOLD, 0};
    board_hse(r->board, later ? after[p->hse] : before[p->hse]);
}

/* Runs `duration` from power-on; the clock changes on the way. */
static void run_from_power_on(struct rig *r, const struct plan *p, vtime_ps duration)
{
    const vtime_ps on = rig_now(r);
    if (p->hse_after < duration) {
        rig_run_until(r, on + p->hse_after);
        set_hse(r, p, true);
    }
    rig_run_until(r, on + duration);
}

static void cut(struct rig *r, const struct plan *p, unsigned k)
{
    set_hse(r, p, false);
    board_boot0(r->board, p->phase[k] == IN_ROM);
    rig_power(r, true);
    run_from_power_on(r, p, p->cut_after[k]);
    rig_power(r, false);
    board_boot0(r->board, false);
    rig_run_for(r, p->off[k]);
}

/* Live within the limit, the clock doing what it does meanwhile; the time it took. */
static vtime_ps come_live(struct rig *r, const struct plan *p)
{
    set_hse(r, p, false);
    const vtime_ps since = rig_now(r);
    rig_power(r, true);
    if (p->hse == HSE_LATE) {
        /* Wherever it appears in the start: that is the case that counts. */
        run_from_power_on(r, p, p->hse_after + 1 < LIVE_LIMIT ? p->hse_after + 1 : LIVE_LIMIT);
    }
    vtime_ps live = VTIME_NEVER;
    for (size_t i = 0; i < r->line_count && live == VTIME_NEVER; i++) {
        const struct rig_line *line = &r->lines[i];
        if (line->state == RIG_LIVE && line->pulse < r->pulse_count &&
            r->pulses[line->pulse].rise >= since) {
            live = r->pulses[line->pulse].rise;
        }
    }
    rig_check(p->hse != HSE_OFF || rig_find_text(r, since, "clock hse") == NULL,
              "a clock that is 4 %% off was taken");
    if (live == VTIME_NEVER) {
        live = rig_run_until_live(r, since + LIVE_LIMIT + VTIME_MS(200));
    }
    rig_check(live - since <= LIVE_LIMIT, "live after %.3f ms", (double)(live - since) * 1e-9);
    return live - since;
}

/* The clock drops while it is live: it must be live again. */
static void drop_clock(struct rig *r, const struct plan *p)
{
    rig_run_for(r, p->hse_after);
    set_hse(r, p, true);
    rig_run_for(r, VTIME_MS(50));
    rig_run_until_live(r, rig_now(r) + LIVE_LIMIT);
}

static vtime_ps check(const struct plan *p)
{
    struct rig *r = rig_create(&(struct rig_config){
        .streams = &rig_oil_moving, .stream_count = 1, .board = {.seed = p->seed, .rom = p->rom}});
    for (unsigned k = 0; k < p->cuts; k++) {
        cut(r, p, k);
    }
    const vtime_ps since = rig_now(r);
    const vtime_ps took = come_live(r, p);
    rig_check(rig_find_text(r, since, "reset cm7 power-on cm4 power-on") != NULL, "banner");
    if (p->hse == HSE_DROPS) {
        drop_clock(r, p);
    }
    rig_check(board_resets(r->board) == 0, "a reset of its own");
    rig_check(strcmp(board_supply_state(r->board), "ok") == 0, "deadlock");
    rig_assert_clean(r);
    rig_destroy(r);
    return took;
}

static void random_cuts(void **state)
{
    const uint64_t seed = fuzz_seed("random_cuts");
    const char *wanted = getenv("CANDIAL_CASE");
    const char *count_text = getenv("CANDIAL_CUTS");
    const unsigned count = count_text == NULL ? CUTS : (unsigned)strtoul(count_text, NULL, 10);
    vtime_ps worst[HSE_COUNT] = {0};
    (void)state;
    for (unsigned i = 0; i < count; i++) {
        const struct plan p = draw(seed, i);
        if (wanted != NULL && strtoul(wanted, NULL, 10) != i) {
            continue;
        }
        rig_case("CANDIAL_SEED=%llu CANDIAL_CASE=%u (ROM 0x%X, HSE %s, %u cuts, the last after "
                 "%.6f ms of %s)",
                 (unsigned long long)seed, i, p.rom, hse_names[p.hse], p.cuts,
                 (double)p.cut_after[p.cuts - 1] * 1e-9, phase_names[p.phase[p.cuts - 1]]);
        const vtime_ps took = check(&p);
        worst[p.hse] = took > worst[p.hse] ? took : worst[p.hse];
    }
    for (unsigned h = 0; h < HSE_COUNT; h++) {
        print_message("HSE %s: live after at most %.1f ms\n", hse_names[h],
                      (double)worst[h] * 1e-9);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_cuts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
