/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * One to four dials from one board: each servo pin carries its own dial's pulse, to the nanosecond the
 * one that the telemetry's group tells of, and nothing that happens to one dial moves another.
 */
#include "tests/formats/cmocka_head.h"
#include "tests/system/rig.h"

#include "vboard/parts/pulse_meter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOUR_DIALS "tests/dials/four-dials.yaml"
#define TWO_DIALS "tests/dials/two-dials.yaml"
#define PULSES_MAX 400
#define TROUBLE_AT VTIME_MS(1500)
#define END VTIME_S(5)

/* A counter on a servo pin, with the 10 k pull-down of docs/wiring.md. */
struct pin {
    struct pulse_meter meter;
    struct signal_driver pull_down;
    size_t count;
    struct rig_pulse pulse[PULSES_MAX];
};

/* TIM2_CH1 to CH4: UM2408 Rev 6 Table 17, firmware/board/nucleo_h755zi_q.c. */
static const struct {
    char port;
    unsigned number;
} pin_names[RIG_DIALS] = {{'A', 0}, {'B', 3}, {'B', 10}, {'B', 11}};

/* What the profile makes of the steady values below, worked out by hand. */
static const vtime_ps steady_ps[RIG_DIALS] = {VTIME_US(1515), VTIME_US(1510), VTIME_US(1600),
                                              VTIME_US(1350)};
static const vtime_ps park_ps[RIG_DIALS] = {VTIME_US(500), VTIME_US(1000), VTIME_US(2300),
                                            VTIME_US(900)};

/* A millisecond apart: no frame ever waits for another, so a stream can end unnoticed by the rest. */
static const struct rig_stream streams[RIG_DIALS] = {
    {.from = VTIME_MS(50), .every = VTIME_MS(100), .id = 0x156, .length = 8, .data = {0, 151}},
    {.from = VTIME_MS(51), .every = VTIME_MS(40), .id = 0x2A0, .length = 8, .data = {0xB0, 0x04}},
    {.from = VTIME_MS(52), .every = VTIME_MS(60), .id = 0x3B1, .length = 8, .data = {100}},
    {.from = VTIME_MS(53),
     .every = VTIME_MS(20),
     .id = 0x420,
     .length = 8,
     .data = {0, 0, 0, 0xF1}},
};

static void fill_invalid(uint64_t n, uint8_t data[RIG_DATA_MAX])
{
    if (n * VTIME_MS(40) > TROUBLE_AT) {
        data[0] = data[1] = 0xFF;
    }
}

/* Up to 0.2 °C, 0.4° of needle or 2.4 us: less than a servo turns for. */
static void fill_wobble(uint64_t n, uint8_t data[RIG_DATA_MAX])
{
    data[0] = (uint8_t)(n * VTIME_MS(40) > TROUBLE_AT ? 0xAE + n % 5 : 0xB0);
}

static void fill_step(uint64_t n, uint8_t data[RIG_DATA_MAX])
{
    data[3] = n * VTIME_MS(20) > TROUBLE_AT ? 40 : 0xF1;
}

struct bench {
    struct rig *rig;
    struct pin pin[RIG_DIALS];
};

static void on_fall(void *ctx, const struct pulse *p)
{
    struct pin *pin = ctx;
    if (pin->count < PULSES_MAX) {
        pin->pulse[pin->count++] = (struct rig_pulse){.rise = p->rise, .width = p->width};
    }
}

static void watch_pin(struct bench *bench, unsigned i)
{
    struct pin *pin = &bench->pin[i];
    struct signal *wire =
        chip_pin(board_chip(bench->rig->board), pin_names[i].port, pin_names[i].number);
    signal_attach(wire, &pin->pull_down);
    signal_drive(&pin->pull_down, DRIVE_PULL_DOWN, 0);
    pin->meter.fell = on_fall;
    pin->meter.ctx = pin;
    pulse_meter_init(&pin->meter, wire);
}

/* A board with a profile on the four streams, run from power-on to END. */
static struct bench *run(const char *profile, const struct rig_stream *from)
{
    struct bench *bench = calloc(1, sizeof *bench);
    assert_non_null(bench);
    bench->rig = rig_create(
        &(struct rig_config){.profile = profile, .streams = from, .stream_count = RIG_DIALS});
    for (unsigned i = 0; i < RIG_DIALS; i++) {
        watch_pin(bench, i);
    }
    rig_power(bench->rig, true);
    rig_run_until(bench->rig, END);
    return bench;
}

static void destroy(struct bench *bench)
{
    rig_destroy(bench->rig);
    free(bench);
}

/* Every line tells of `dials` dials, no line is missing, and each group is what its pin did. */
static void check_lines(const struct bench *bench, unsigned dials)
{
    const struct rig *r = bench->rig;
    rig_check(r->line_count > 240, "%zu lines", r->line_count);
    for (size_t i = 0; i < r->line_count; i++) {
        const struct rig_line *line = &r->lines[i];
        rig_check(line->seq == i && line->dial_count == dials, "line %zu: number %u, %u dials", i,
                  (unsigned)line->seq, line->dial_count);
        for (unsigned d = 0; d < dials && i < bench->pin[d].count; d++) {
            const struct rig_pulse *pulse = &bench->pin[d].pulse[i];
            const vtime_ps told = VTIME_NS(line->dial[d].pulse_ns); /* rounded to nanoseconds */
            rig_check(pulse->width < told + VTIME_NS(1) && told < pulse->width + VTIME_NS(1),
                      "line %zu, dial %u: told %u ns, on the pin %.3f ns", i, d + 1,
                      (unsigned)line->dial[d].pulse_ns, (double)pulse->width * 1e-3);
            rig_check(pulse->rise == bench->pin[0].pulse[i].rise,
                      "pulse %zu of dial %u rises apart", i, d + 1);
        }
    }
}

static void check_steady(const struct bench *bench, unsigned dial)
{
    const struct rig_dial *told = &rig_last_line(bench->rig)->dial[dial];
    const struct pin *pin = &bench->pin[dial];
    rig_check(told->state == RIG_LIVE, "dial %u: state %d", dial + 1, (int)told->state);
    rig_check(pin->pulse[0].width == park_ps[dial], "dial %u begins at %.3f us", dial + 1,
              (double)pin->pulse[0].width * 1e-6);
    rig_check(pin->pulse[pin->count - 1].width == steady_ps[dial], "dial %u ends at %.3f us",
              dial + 1, (double)pin->pulse[pin->count - 1].width * 1e-6);
}

static void check_parked(const struct bench *bench, unsigned dial, enum rig_state state)
{
    const struct rig_dial *told = &rig_last_line(bench->rig)->dial[dial];
    const struct pin *pin = &bench->pin[dial];
    rig_check(told->state == state, "dial %u: state %d", dial + 1, (int)told->state);
    rig_check(pin->pulse[pin->count - 1].width == park_ps[dial], "dial %u ends at %.3f us",
              dial + 1, (double)pin->pulse[pin->count - 1].width * 1e-6);
}

/* Pulse for pulse the same as on another board. */
static void check_untouched(const struct bench *a, const struct bench *b, unsigned dial)
{
    const struct pin *one = &a->pin[dial];
    const struct pin *other = &b->pin[dial];
    rig_check(one->count == other->count, "dial %u: %zu and %zu pulses", dial + 1, one->count,
              other->count);
    for (size_t i = 0; i < one->count; i++) {
        rig_check(one->pulse[i].rise == other->pulse[i].rise &&
                      one->pulse[i].width == other->pulse[i].width,
                  "dial %u, pulse %zu: %.3f us, else %.3f us", dial + 1, i,
                  (double)one->pulse[i].width * 1e-6, (double)other->pulse[i].width * 1e-6);
    }
}

static void four_dials_apart(void **state)
{
    (void)state;
    struct rig_stream trouble[RIG_DIALS];
    struct bench *quiet = run(FOUR_DIALS, streams);
    rig_case("all well");
    check_lines(quiet, 4);
    for (unsigned i = 0; i < RIG_DIALS; i++) {
        check_steady(quiet, i);
    }
    rig_assert_clean(quiet->rig);

    memcpy(trouble, streams, sizeof trouble);
    trouble[0].until = TROUBLE_AT;
    trouble[1].fill = fill_invalid;
    struct bench *bench = run(FOUR_DIALS, trouble);
    rig_case("dial 1 silent, dial 2 broken");
    check_lines(bench, 4);
    check_parked(bench, 1, RIG_FAULT);
    rig_check(rig_last_line(bench->rig)->dial[0].state == RIG_STALE, "dial 1 is not stale");
    check_untouched(quiet, bench, 2);
    check_untouched(quiet, bench, 3);
    rig_assert_clean(bench->rig);
    destroy(bench);

    memcpy(trouble, streams, sizeof trouble);
    trouble[2].until = TROUBLE_AT;
    trouble[3].fill = fill_step;
    trouble[1].fill = fill_wobble;
    bench = run(FOUR_DIALS, trouble);
    rig_case("dial 3 silent, dial 4 stepping, dial 2 noisy");
    check_lines(bench, 4);
    check_parked(bench, 2, RIG_STALE);
    rig_check(rig_last_line(bench->rig)->dial[3].needle_mdeg == 80000, "dial 4 is at %d mdeg",
              (int)rig_last_line(bench->rig)->dial[3].needle_mdeg);
    check_untouched(quiet, bench, 0);
    check_untouched(quiet, bench, 1);
    rig_assert_clean(bench->rig);
    destroy(bench);
    destroy(quiet);
}

/* The first two of them: the pins of the others stay as they are at reset. */
static void two_dials(void **state)
{
    (void)state;
    rig_case("two dials");
    struct bench *bench = run(TWO_DIALS, streams);
    check_lines(bench, 2);
    check_steady(bench, 0);
    check_steady(bench, 1);
    rig_check(bench->pin[2].count == 0 && bench->pin[3].count == 0, "pulses on PB10 or PB11");
    rig_assert_clean(bench->rig);
    destroy(bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_dials),
        cmocka_unit_test(four_dials_apart),
    };
    return cmocka_run_group_tests_name("dials", tests, NULL, NULL);
}
