/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What a car does when its oil temperature is unknown, lost, broken or not fitted, from recordings.
 * Wherever there is no believable value, every pulse on the pin must be park.
 */
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"
#include "tests/store/console_rig.h"
#include "tests/system/rig.h"

#include <stdio.h>
#include <string.h>

#define PARK_MDEG (-10000)
/* A state decided at one period's start is told with the pulse of the next. */
#define TOLD_WITHIN (2 * RIG_PERIOD_PS)
/* The needle eases into its rest; then it is there exactly. */
#define BACK_IN_PARK VTIME_S(4)

/* The board on a log of the optional test data, run for `duration`; skips the test without it. */
static struct rig *run_log(const char *name, const char *profile, uint32_t id, vtime_ps duration)
{
    char log[512];
    const char *found = shared_data(name);
    if (found == NULL) {
        skip();
    }
    snprintf(log, sizeof log, "%s", found);
    rig_case("%s with %s", name, profile);
    struct rig *r =
        rig_create(&(struct rig_config){.profile = profile, .log = log, .watched_id = id});
    rig_power(r, true);
    rig_run_until(r, duration);
    rig_check(r->frame_count > 0, "no frame 0x%X", (unsigned)id);
    return r;
}

/* Lines about pulses that rose in from..until are park, in `state` or the other. */
static void check_parked(const struct rig *r, vtime_ps from, vtime_ps until, enum rig_state state,
                         enum rig_state other)
{
    for (size_t i = rig_line_from(r, from); i < r->line_count; i++) {
        const struct rig_line *line = &r->lines[i];
        if (line->pulse >= r->pulse_count || r->pulses[line->pulse].rise >= until) {
            break;
        }
        rig_check(line->state == state || line->state == other, "line %u: state %d",
                  (unsigned)line->seq, (int)line->state);
        rig_check(line->needle_mdeg == PARK_MDEG, "line %u: needle at %d mdeg", (unsigned)line->seq,
                  (int)line->needle_mdeg);
    }
    for (size_t i = rig_pulse_from(r, from); i < r->pulse_count && r->pulses[i].rise < until; i++) {
        const vtime_ps width = r->pulses[i].width;
        rig_check(width == RIG_PARK_PS || (width == 0 && i == r->pulse_count - 1),
                  "pulse %zu: %.3f us", i, (double)width * 1e-6);
    }
}

/* When the first line since `from` in `state` was latched. */
static vtime_ps first_in_state(const struct rig *r, vtime_ps from, enum rig_state state)
{
    for (size_t i = rig_line_from(r, from); i < r->line_count; i++) {
        if (r->lines[i].state == state && r->lines[i].pulse < r->pulse_count) {
            return r->pulses[r->lines[i].pulse].rise;
        }
    }
    return VTIME_NEVER;
}

/* 33 C up to 2.87 s into the log, then never again, while the bus lives on. */
static void signal_lost(void **state)
{
    (void)state;
    const vtime_ps timeout = VTIME_S(1);
    struct rig *r = run_log("logs/gt350_signal_lost.trc", "profiles/shelby-gt350.yaml", RIG_OIL_ID,
                            VTIME_S(12));
    const vtime_ps last = r->frames[r->frame_count - 1].end;
    rig_check(last > VTIME_MS(3860) && last < VTIME_MS(3890), "last frame at %.3f s",
              (double)last * 1e-12);
    const vtime_ps live = first_in_state(r, 0, RIG_LIVE);
    const vtime_ps stale = first_in_state(r, 0, RIG_STALE);
    rig_check(live < r->frames[1].end + TOLD_WITHIN, "live at %.3f s", (double)live * 1e-12);
    rig_check(stale >= last + timeout && stale < last + timeout + TOLD_WITHIN,
              "stale %.3f ms after the last frame", (double)(stale - last) * 1e-9);
    rig_check(first_in_state(r, stale, RIG_LIVE) == VTIME_NEVER, "live again");
    rig_check(rig_last_line(r)->frame_milli == 33000, "%d", (int)rig_last_line(r)->frame_milli);
    check_parked(r, stale + BACK_IN_PARK, VTIME_NEVER, RIG_STALE, RIG_STALE);
    rig_assert_clean(r);
    rig_destroy(r);
}

/* The first frame is raw 254, "unknown"; 105 ms later the true 62 C, which stays: the second is believed. */
static void unknown_at_key_on(void **state)
{
    (void)state;
    struct rig *r =
        run_log("logs/gt350_keyon.log", "profiles/shelby-gt350.yaml", RIG_OIL_ID, VTIME_S(5));
    rig_check(r->frames[0].data[1] == 254 && r->frames[1].data[1] == 122, "another log");
    const vtime_ps live = first_in_state(r, 0, RIG_LIVE);
    rig_check(live >= r->frames[2].end && live < r->frames[2].end + RIG_PERIOD_PS + VTIME_MS(1),
              "live %.3f ms after the second value", (double)(live - r->frames[2].end) * 1e-9);
    check_parked(r, 0, live, RIG_WAIT, RIG_WAIT);
    rig_check(rig_last_line(r)->state == RIG_LIVE && rig_last_line(r)->shown_milli > 61700 &&
                  rig_last_line(r)->shown_milli < 62300,
              "shows %d m°C", (int)rig_last_line(r)->shown_milli);
    rig_assert_clean(r);
    rig_destroy(r);
}

/* Raw 255 in every frame with the engine running: a naive gauge shows 195 C. */
static void broken_sensor(void **state)
{
    (void)state;
    struct rig *r = run_log("logs/gt350_oil_sensor_fault.log", "profiles/shelby-gt350.yaml",
                            RIG_OIL_ID, VTIME_MS(27700)); /* all of it */
    check_parked(r, 0, VTIME_NEVER, RIG_WAIT, RIG_FAULT);
    for (size_t i = 0; i < r->line_count; i++) {
        rig_check(!r->lines[i].has_frame, "line %u has a temperature", (unsigned)r->lines[i].seq);
    }
    const vtime_ps fault = first_in_state(r, 0, RIG_FAULT);
    const vtime_ps decided = r->frames[0].end + VTIME_S(1);
    rig_check(fault >= decided && fault < decided + TOLD_WITHIN, "fault at %.3f s",
              (double)fault * 1e-12);
    rig_check(rig_last_line(r)->state == RIG_FAULT, "not at the end");
    rig_check(rig_find_text(r, 0, "dial 1: sensor fault") != NULL, "not told");
    console_good(r, "status");
    console_line(r, "dial 1 fault, sensor fault, ");
    rig_assert_clean(r);
    rig_destroy(r);
}

/* The byte is 0 in all frames: not fitted, and never -40 C. */
static void not_fitted(void **state)
{
    (void)state;
    struct rig *r =
        run_log("logs/wrx_not_fitted.log", "profiles/subaru-wrx.yaml", 0x360, VTIME_MS(14800));
    check_parked(r, 0, VTIME_NEVER, RIG_WAIT, RIG_FAULT);
    rig_check(!rig_last_line(r)->has_frame && rig_last_line(r)->state == RIG_FAULT, "at the end");
    rig_check(rig_find_text(r, 0, "dial 1: sensor not fitted") != NULL, "not told");
    console_good(r, "status");
    console_line(r, "dial 1 fault, sensor not fitted, ");
    rig_assert_clean(r);
    rig_destroy(r);
}

static const char kona_profile[] =
    "name: Hyundai Kona\n"
    "can: {bitrate: 500k, mode: listen-only}\n"
    "dials:\n"
    "  - source:\n"
    "      broadcast: {id: 0x492, start: 32, length: 8, order: intel, scale: 1, offset: -40,\n"
    "                  invalid: [255], not_fitted: [0]}\n"
    "    timeout: 1s\n"
    "    plausible: {min: -39, max: 180, max_slope: 5}\n"
    "    dial: [[50, 0], [90, 90], [150, 180]]\n"
    "    servo: {pulse: [[-10, 500], [0, 600], [180, 2400]], park: -10, period: 20ms}\n"
    "    needle: {damping: 0.6s, max_rate: 300}\n";

/* One frame of rubbish (raw 0x35), then 0 for ever: the rubbish is never shown. */
static void rubbish_then_not_fitted(void **state)
{
    (void)state;
    char profile[512];
    snprintf(profile, sizeof profile, "%s", scratch_text("kona.yaml", kona_profile));
    struct rig *r = run_log("logs/kona_not_fitted.trc", profile, 0x492, VTIME_MS(9700));
    rig_check(r->frames[0].data[4] == 0x35 && r->frames[1].data[4] == 0, "another log");
    const vtime_ps fault = first_in_state(r, 0, RIG_FAULT);
    rig_check(fault < r->frames[1].end + VTIME_S(1) + TOLD_WITHIN, "fault at %.3f s",
              (double)fault * 1e-12);
    check_parked(r, 0, VTIME_NEVER, RIG_WAIT, RIG_FAULT);
    rig_check(!rig_last_line(r)->has_frame && rig_last_line(r)->state == RIG_FAULT, "at the end");
    rig_check(rig_find_text(r, 0, "dial 1: sensor not fitted") != NULL, "not told");
    console_good(r, "status");
    console_line(r, "dial 1 fault, sensor not fitted, ");
    rig_assert_clean(r);
    rig_destroy(r);
}

/* Made up, so that it runs everywhere: valid, fault for ever, valid again. */
static void fault_and_back(void **state)
{
    (void)state;
    static const struct rig_stream streams[] = {
        {.from = VTIME_MS(50),
         .until = VTIME_S(3),
         .every = VTIME_MS(100),
         .id = RIG_OIL_ID,
         .length = 8,
         .data = {152, 151}},
        {.from = VTIME_S(3),
         .until = VTIME_S(9),
         .every = VTIME_MS(100),
         .id = RIG_OIL_ID,
         .length = 8,
         .data = {152, 255}},
        {.from = VTIME_S(9),
         .every = VTIME_MS(100),
         .id = RIG_OIL_ID,
         .length = 8,
         .data = {152, 155}},
    };
    rig_case("fault_and_back");
    struct rig *r = rig_create(&(struct rig_config){.streams = streams, .stream_count = 3});
    rig_power(r, true);
    rig_run_until(r, VTIME_S(12));
    const vtime_ps fault = first_in_state(r, 0, RIG_FAULT);
    /* The last value, sent at 2.95 s, holds for the timeout of 1 s. */
    rig_check(fault >= VTIME_MS(3950) && fault < VTIME_MS(3951) + TOLD_WITHIN, "fault at %.3f s",
              (double)fault * 1e-12);
    check_parked(r, VTIME_MS(8900), VTIME_S(9), RIG_FAULT, RIG_FAULT);
    const vtime_ps live = first_in_state(r, fault, RIG_LIVE);
    const vtime_ps second = VTIME_MS(9100); /* the first after a fault has to be confirmed */
    rig_check(live >= second && live < second + RIG_PERIOD_PS + VTIME_MS(2), "live at %.3f s",
              (double)live * 1e-12);
    rig_check(rig_last_line(r)->frame_milli == 95000 && rig_last_line(r)->shown_milli > 94700,
              "shows %d m°C", (int)rig_last_line(r)->shown_milli);
    rig_assert_clean(r);
    rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signal_lost),
        cmocka_unit_test(unknown_at_key_on),
        cmocka_unit_test(broken_sensor),
        cmocka_unit_test(not_fitted),
        cmocka_unit_test(rubbish_then_not_fitted),
        cmocka_unit_test(fault_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
