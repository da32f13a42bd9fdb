/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The reference drive on the board: what docs/needle.md says of the needle, with its figures.
 */
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"
#include "tests/system/rig.h"

#include "tests/dials/reference_drive.h"

#include <stdlib.h>

#define LOG_START VTIME_S(1) /* a log's first frame */
#define AT(ms) (LOG_START + VTIME_MS(ms))
#define TIMEOUT VTIME_S(1)
/* A frame's length, a period until the pin, one more until a state of the period's start is told. */
#define TOLD_WITHIN (2 * RIG_PERIOD_PS + VTIME_MS(1))
#define DAMPING_MS 600
#define MAX_STEP_MDEG 6000 /* 300 °/s for 20 ms */

static struct rig *rig;

static int drive(void **state)
{
    (void)state;
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    if (file == NULL || !reference_write(file)) {
        return -1;
    }
    fclose(file);
    rig = rig_create(&(struct rig_config){
        .profile = "tests/dials/reference-drive.yaml",
        .log = scratch_file("reference.log", text, length),
    });
    free(text);
    rig_power(rig, true);
    rig_run_until(rig, AT(REFERENCE_END_MS));
    return 0;
}

static int end(void **state)
{
    rig_destroy(rig);
    return scratch_remove(state);
}

static vtime_ps rise_of(const struct rig_line *line)
{
    return rig->pulses[line->pulse].rise;
}

/* The first line about a pulse that rose at or after a time of the log. */
static const struct rig_line *line_at(uint32_t ms)
{
    const size_t i = rig_line_from(rig, AT(ms));
    rig_check(i < rig->line_count, "no line at %u ms", (unsigned)ms);
    return &rig->lines[i];
}

/* A value after none is believed when the next agrees with it. */
static void states_and_times(void **state)
{
    (void)state;
    static const struct {
        enum rig_state state;
        vtime_ps at;
    } wanted[] = {
        {RIG_WAIT, 0},
        {RIG_LIVE, AT(REFERENCE_FIRST + REFERENCE_EVERY_MS)},
        {RIG_STALE, AT(REFERENCE_DROPOUT - REFERENCE_EVERY_MS) + TIMEOUT},
        {RIG_LIVE, AT(REFERENCE_RETURN + REFERENCE_EVERY_MS)},
        {RIG_FAULT, AT(REFERENCE_FAULT - REFERENCE_EVERY_MS) + TIMEOUT},
        {RIG_LIVE, AT(REFERENCE_MENDED + REFERENCE_EVERY_MS)},
    };
    size_t n = 0;
    for (size_t i = 0; i < rig->line_count; i++) {
        const struct rig_line *line = &rig->lines[i];
        if (n > 0 && line->state == wanted[n - 1].state) {
            continue;
        }
        rig_check(n < sizeof wanted / sizeof *wanted && line->state == wanted[n].state,
                  "state %d as number %zu", (int)line->state, n);
        rig_check(rise_of(line) >= wanted[n].at && rise_of(line) < wanted[n].at + TOLD_WITHIN,
                  "state %d at %.3f s", (int)line->state, (double)rise_of(line) * 1e-12);
        n++;
    }
    rig_check(n == sizeof wanted / sizeof *wanted, "%zu states", n);
    rig_assert_clean(rig);
}

/* 60 °C is 22.5° on this dial, and 110 °C 120°. */
static void first_second(void **state)
{
    (void)state;
    const struct {
        uint32_t from_ms;
        int32_t target_mdeg;
    } cases[] = {{REFERENCE_FIRST, 22500}, {REFERENCE_RETURN, 120000}, {REFERENCE_MENDED, 97500}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const int32_t there = line_at(cases[i].from_ms + 1000)->needle_mdeg;
        rig_check(abs(there - cases[i].target_mdeg) < 300, "case %zu: %d mdeg after a second", i,
                  (int)there);
    }
}

/* 60 to 100 °C, 22.5 to 105°: 59, 91 and 98 % after one, two and three times the damping. */
static void step_is_damped(void **state)
{
    (void)state;
    static const int parts[] = {59, 91, 98};
    for (int i = 0; i < 3; i++) {
        const struct rig_line *line = line_at(REFERENCE_STEP + DAMPING_MS * (unsigned)(i + 1));
        const int part = (line->needle_mdeg - 22500) * 100 / (105000 - 22500);
        rig_check(abs(part - parts[i]) <= 3, "%d %% after %d dampings", part, i + 1);
    }
    for (size_t i = rig_line_from(rig, AT(REFERENCE_STEP));
         rise_of(&rig->lines[i]) < AT(REFERENCE_NOISE); i++) {
        rig_check(rig->lines[i].needle_mdeg <= 105000, "beyond the target");
        rig_check(rig->lines[i].needle_mdeg >= rig->lines[i - 1].needle_mdeg, "backwards");
    }
}

/* 4 °C from peak to peak in the frames, not half a degree in the needle. */
static void noise_is_smoothed(void **state)
{
    (void)state;
    int32_t low = INT32_MAX;
    int32_t high = INT32_MIN;
    for (size_t i = rig_line_from(rig, AT(REFERENCE_NOISE + 1000));
         rise_of(&rig->lines[i]) < AT(REFERENCE_RAMP); i++) {
        const int32_t shown = rig->lines[i].shown_milli;
        low = shown < low ? shown : low;
        high = shown > high ? shown : high;
    }
    rig_check(high - low < 500 && low > 99500 && high < 100500, "%d to %d m°C", (int)low,
              (int)high);
}

/* A steady rise is followed one damping late: 0.6 s at 5 °C/s are 3 °C. */
static void ramp_is_followed(void **state)
{
    (void)state;
    for (uint32_t ms = REFERENCE_RAMP + 4000; ms < REFERENCE_TOP; ms += 500) {
        const int32_t value = 100000 + (int32_t)(ms - REFERENCE_RAMP) * 5;
        const int32_t late = value - line_at(ms)->shown_milli;
        rig_check(late > 2500 && late < 4000, "%d m°C behind at %u ms", (int)late, (unsigned)ms);
    }
    const int32_t top = line_at(REFERENCE_FALL - 100)->shown_milli;
    rig_check(top > 139900 && top <= 140000, "%d m°C at the top", (int)top);
}

/* A gap shorter than the timeout is not seen at all. */
static void gap_is_ridden_out(void **state)
{
    (void)state;
    const struct rig_line *before = line_at(REFERENCE_GAP);
    const struct rig_line *after = line_at(REFERENCE_GAP_END);
    rig_check(before->state == RIG_LIVE && after->state == RIG_LIVE, "not live");
    rig_check(abs(after->needle_mdeg - 120000) <= abs(before->needle_mdeg - 120000), "moved off");
}

/* Never faster than the profile allows, whatever happens; and no wilder than its own speeding up. */
static void never_too_fast(void **state)
{
    (void)state;
    int32_t before = 0;
    for (size_t i = 1; i < rig->line_count; i++) {
        const int32_t step = rig->lines[i].needle_mdeg - rig->lines[i - 1].needle_mdeg;
        rig_check(abs(step) <= MAX_STEP_MDEG, "line %zu: %d mdeg in a period", i, (int)step);
        rig_check(abs(step) - abs(before) <= MAX_STEP_MDEG / 5 + 2, "line %zu: from %d to %d mdeg",
                  i, (int)before, (int)step);
        before = step;
    }
}

static void warns_when_hot(void **state)
{
    (void)state;
    rig_check(!line_at(REFERENCE_RAMP + 5900)->warn, "too early");
    rig_check(line_at(REFERENCE_RAMP + 6100)->warn, "not at 130");
    rig_check(line_at(REFERENCE_FALL - 50)->warn && !line_at(REFERENCE_FALL + 100)->warn, "after");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_and_times), cmocka_unit_test(first_second),
        cmocka_unit_test(step_is_damped),   cmocka_unit_test(noise_is_smoothed),
        cmocka_unit_test(ramp_is_followed), cmocka_unit_test(gap_is_ridden_out),
        cmocka_unit_test(never_too_fast),   cmocka_unit_test(warns_when_hot),
    };
    return cmocka_run_group_tests_name("reference drive", tests, drive, end);
}
