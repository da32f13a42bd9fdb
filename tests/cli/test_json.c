/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* From pulses and console bytes to the lines of `--json`, with a made-up board. */
#include "tests/formats/cmocka_head.h"

#include "host/fixed.h"
#include "view/json_lines.h"
#include "bench/bench.h"
#include "view/summary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void numbers(void **state)
{
    (void)state;
    static const struct {
        int64_t value;
        int exponent, decimals;
        const char *text;
    } cases[] = {
        {0, 3, 1, "0.0"},
        {91000, 3, 1, "91.0"},
        {91049, 3, 1, "91.0"},
        {91050, 3, 1, "91.1"},
        {-91050, 3, 1, "-91.1"},
        {-49, 3, 1, "0.0"},
        {-50, 3, 1, "-0.1"},
        {1523400000, 6, 3, "1523.400"},
        {1020000000000, 12, 6, "1.020000"},
        {999999499999, 12, 6, "0.999999"},
        {999999500000, 12, 6, "1.000000"},
        {7, 1, 1, "0.7"},
        {1500, 3, 0, "2"},
        {-400, 3, 0, "0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixed_text text = fixed(cases[i].value, cases[i].exponent, cases[i].decimals);
        assert_string_equal(text.text, cases[i].text);
    }
}

static void golden_lines(void **state)
{
    (void)state;
    char line[JSON_LINE_MAX];
    struct sample sample = {
        .time_ps = UINT64_C(1020000000000),
        .has_pulse = true,
        .width_ps = 1523400000,
        .has_frame = true,
        .frame_milli = 92000,
        .servo_mdeg = 101000,
        .has_telemetry = true,
        .telemetry = {.state = GAUGE_LIVE, .shown_milli = 91800, .needle_mdeg = 101200},
        .supply = BENCH_SUPPLY_OK,
    };
    json_sample(line, &sample);
    assert_string_equal(line, "{\"t_s\":1.020000,\"frame_c\":92.0,\"shown_c\":91.8,"
                              "\"needle_deg\":101.20,\"pulse_us\":1523.400,\"servo_deg\":101.0,"
                              "\"state\":\"live\",\"warn\":false,\"supply\":\"ok\"}\n");
    sample.telemetry.warn = true;
    sample.telemetry.state = GAUGE_FAULT;
    sample.has_frame = false;
    sample.supply = BENCH_SUPPLY_DEADLOCK;
    json_sample(line, &sample);
    assert_string_equal(line, "{\"t_s\":1.020000,\"frame_c\":null,\"shown_c\":91.8,"
                              "\"needle_deg\":101.20,\"pulse_us\":1523.400,\"servo_deg\":101.0,"
                              "\"state\":\"fault\",\"warn\":true,\"supply\":\"deadlock\"}\n");
    sample = (struct sample){.time_ps = UINT64_C(20000000000), .supply = BENCH_SUPPLY_OK};
    json_sample(line, &sample);
    assert_string_equal(line, "{\"t_s\":0.020000,\"frame_c\":null,\"shown_c\":null,"
                              "\"needle_deg\":null,\"pulse_us\":null,\"servo_deg\":0.0,"
                              "\"state\":null,\"warn\":false,\"supply\":\"ok\"}\n");
    sample.booting = true;
    json_sample(line, &sample);
    assert_non_null(strstr(line, "\"state\":\"boot\""));

    const struct bench_summary summary = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    json_summary(line, &summary);
    assert_string_equal(line, "{\"summary\":{\"frames\":1,\"matched\":2,\"decoded\":3,"
                              "\"overflows\":4,\"tx_frames\":5,\"tx_bits\":6,\"resets\":7,"
                              "\"findings\":8,\"bad_log_lines\":9}}\n");
}

/*
 * A board that pulses every 20 ms from 60 ms on, 1,500 us and 1 us more each time, and sends telemetry
 * 6 ms after each edge. What goes wrong is set by the test.
 */
struct fake {
    struct bench_listener listener;
    uint64_t now_ps;
    uint64_t next_edge_ps;
    uint64_t number;               /* of the next pulse */
    uint64_t since_reset;          /* SEQ of the next telemetry line */
    uint64_t quiet_from, quiet_to; /* pulses without telemetry */
    uint64_t reset_at;             /* pulse number before which the chip is reset */
    uint64_t garbled;              /* pulse whose line has a wrong checksum */
    bench_pull_frame *pull;
    void *pull_context;
    uint64_t start_ps;
    enum bench_supply supply;
    struct bench_counts counts;
    size_t findings;
};

static void say(struct fake *fake, const char *text)
{
    for (; *text != '\0'; text++) {
        fake->listener.uart(fake->listener.context, (uint8_t)*text, fake->now_ps);
    }
}

static void tell(struct fake *fake, uint64_t number, uint64_t width_ps)
{
    char text[TELEMETRY_LINE_MAX];
    struct telemetry_line line = {.seq = (uint32_t)fake->since_reset, .dial_count = 1};
    line.dial[0] = (struct telemetry_dial){.pulse_ns = (uint32_t)(width_ps / 1000),
                                           .state = GAUGE_LIVE,
                                           .shown_milli = 90000 + (int32_t)number * 100,
                                           .needle_mdeg = 90000 + (int32_t)number * 10};
    assert_true(telemetry_format(&line, text, sizeof text) > 0);
    if (number == fake->garbled) {
        text[3] = text[3] == '0' ? '1' : '0';
    }
    if (number < fake->quiet_from || number >= fake->quiet_to) {
        say(fake, text);
    }
    fake->since_reset++;
}

static void edge(struct fake *fake)
{
    struct bench_pulse pulse = {.rise_ps = fake->next_edge_ps, .number = fake->number};
    const struct bench_listener *listener = &fake->listener;
    if (fake->number == fake->reset_at) {
        say(fake, "~123,half a li");
        listener->reset(listener->context,
                        &(struct bench_reset){BENCH_RESET_SOFTWARE, fake->next_edge_ps});
        fake->since_reset = 0;
    }
    listener->rose(listener->context, &pulse);
    pulse.width_ps = UINT64_C(1500000000) + fake->number * 1000000;
    listener->fell(listener->context, &pulse);
    tell(fake, fake->number, pulse.width_ps);
    fake->number++;
    fake->next_edge_ps += 20 * PS_PER_MS;
}

static void fake_play(void *self, bench_pull_frame *pull, void *context, uint64_t start_ps)
{
    struct fake *fake = self;
    fake->pull = pull;
    fake->pull_context = context;
    fake->start_ps = start_ps;
}

static void fake_power_on(void *self)
{
    struct fake *fake = self;
    fake->listener.reset(fake->listener.context, &(struct bench_reset){BENCH_RESET_POWER, 0});
    fake->supply = fake->supply == BENCH_SUPPLY_OFF ? BENCH_SUPPLY_OK : fake->supply;
}

static void fake_run_until(void *self, uint64_t until_ps)
{
    struct fake *fake = self;
    struct can_log_frame frame;
    while (fake->next_edge_ps <= until_ps) {
        edge(fake);
    }
    if (fake->pull != NULL && until_ps >= fake->start_ps) { /* all at once: times are the board's */
        while (fake->pull(fake->pull_context, &frame)) {
            const struct bench_frame seen = {.content = frame,
                                             .sender = BENCH_BY_LOG,
                                             .end_ps = fake->start_ps + frame.time_ns * 1000};
            fake->listener.frame(fake->listener.context, &seen);
        }
        fake->pull = NULL;
    }
    fake->now_ps = until_ps;
}

static enum bench_supply fake_supply(void *self)
{
    return ((struct fake *)self)->supply;
}

static bool fake_locked_up(void *self)
{
    (void)self;
    return false;
}

static bool fake_has_led(void *self, enum bench_led led)
{
    (void)self;
    return led != BENCH_LED_BLUE;
}

static bool fake_led(void *self, enum bench_led led)
{
    (void)self;
    return led == BENCH_LED_GREEN;
}

static int32_t fake_servo_pulse_ns(void *self)
{
    (void)self;
    return 1500000;
}

static void fake_counts(void *self, struct bench_counts *counts)
{
    *counts = ((struct fake *)self)->counts;
}

static size_t fake_finding_count(void *self)
{
    return ((struct fake *)self)->findings;
}

static void fake_finding(void *self, size_t index, struct bench_finding *finding)
{
    (void)self;
    (void)index;
    *finding = (struct bench_finding){
        .kind = "reserved", .core = "CM4", .pc = 0x08100200, .count = 3, .text = "a hole"};
}

static void fake_destroy(void *self)
{
    (void)self;
}

static const struct bench_model_ops fake_ops = {
    .play = fake_play,
    .power_on = fake_power_on,
    .run_until = fake_run_until,
    .supply = fake_supply,
    .locked_up = fake_locked_up,
    .led = fake_led,
    .has_led = fake_has_led,
    .servo_pulse_ns = fake_servo_pulse_ns,
    .counts = fake_counts,
    .finding_count = fake_finding_count,
    .finding = fake_finding,
    .destroy = fake_destroy,
};

/* Two frames, 91 and 92 °C for the default profile, 100 ms apart, and one of another id. */
static bool three_frames(void *context, struct can_log_frame *frame)
{
    int *count = context;
    *frame = (struct can_log_frame){.id = *count == 1 ? 0x157 : 0x156, .len = 8};
    frame->time_ns = (uint64_t)*count * 50000000;
    frame->data[1] = (uint8_t)(60 + 91 + *count / 2);
    return (*count)++ < 3;
}

static char *json_text;
static size_t json_length;
static struct bench bench;

/* Runs the fake; the JSON lines are in json_text. */
static int run(struct fake *fake, struct bench_options *options, bool with_frames)
{
    static int count;
    struct record record;
    struct json_lines lines;
    struct summary summary;
    FILE *out = tmpfile();
    count = 0;
    record_default(&record);
    options->speed = BENCH_SPEED_MAX;
    bench_init(&bench, options, &record);
    fake->listener = bench_listener(&bench);
    fake->next_edge_ps = 60 * PS_PER_MS;
    fake->reset_at = fake->reset_at == 0 ? UINT64_MAX : fake->reset_at;
    fake->garbled = fake->garbled == 0 ? UINT64_MAX : fake->garbled;
    bench.model = (struct bench_model){fake, &fake_ops, true};
    json_lines_init(&lines, open_memstream(&json_text, &json_length), NULL);
    bench_attach(&bench, &lines.observer);
    summary_init(&summary, NULL);
    bench_attach(&bench, &summary.observer);
    if (with_frames) {
        bench.source = three_frames;
        bench.source_context = &count;
    }
    bench_run(&bench);
    fclose(lines.out);
    int status = summary_print(&summary, &bench, out);
    fclose(out);
    return status;
}

/* Line `index` of the JSON lines, up to its newline. */
static const char *json_line(int index)
{
    static char line[JSON_LINE_MAX];
    const char *at = json_text;
    while (index-- > 0 && at != NULL) {
        at = strchr(at, '\n');
        at = at == NULL ? NULL : at + 1;
    }
    assert_non_null(at);
    snprintf(line, sizeof line, "%.*s", (int)strcspn(at, "\n"), at);
    return line;
}

static int json_line_count(void)
{
    int count = 0;
    for (const char *at = json_text; *at != '\0'; at++) {
        count += *at == '\n';
    }
    return count;
}

static void assert_contains(const char *text, const char *part)
{
    if (strstr(text, part) == NULL) {
        fail_msg("`%s` is not in `%s`", part, text);
    }
}

static void a_good_run(void **state)
{
    (void)state;
    struct fake fake = {0};
    struct bench_options options = {.for_ps = 200 * PS_PER_MS};
    assert_int_equal(run(&fake, &options, false), 0);
    /* 20 and 40 ms without pulses; at 60 ms the edge is there. */
    assert_int_equal(json_line_count(), 2 + 8 + 1);
    assert_contains(json_line(0), "{\"t_s\":0.020000,");
    assert_contains(json_line(0), "\"pulse_us\":null,\"servo_deg\":90.0,\"state\":\"boot\"");
    assert_contains(json_line(2), "{\"t_s\":0.060000,\"frame_c\":null,\"shown_c\":90.0,"
                                  "\"needle_deg\":90.00,\"pulse_us\":1500.000,\"servo_deg\":90.0,"
                                  "\"state\":\"live\",");
    assert_contains(json_line(9), "\"t_s\":0.200000");
    assert_contains(json_line(9), "\"pulse_us\":1507.000");
    assert_contains(json_line(9), "\"needle_deg\":90.07");
    assert_contains(json_line(10), "{\"summary\":{\"frames\":0,");
    free(json_text);
}

static void frames_are_counted(void **state)
{
    (void)state;
    struct fake fake = {.counts = {.tx_frames = 1, .tx_bits = 2}};
    struct bench_options options = {0};
    assert_int_equal(run(&fake, &options, true), 0);
    /* Ends with the last frame, at 1.1 s, and one period; the next step of 20 ms ends it. */
    assert_contains(json_text, "\"t_s\":1.120000,\"frame_c\":92.0");
    assert_null(strstr(json_text, "\"t_s\":1.160000"));
    assert_contains(json_text, "{\"summary\":{\"frames\":3,\"matched\":2,\"decoded\":2,"
                               "\"overflows\":0,\"tx_frames\":1,\"tx_bits\":2,\"resets\":0,");
    free(json_text);
}

static void lost_telemetry_is_null(void **state)
{
    (void)state;
    struct fake fake = {.quiet_from = 2, .quiet_to = 4};
    struct bench_options options = {.for_ps = 400 * PS_PER_MS};
    assert_int_equal(run(&fake, &options, false), 0);
    assert_contains(json_line(3), "\"needle_deg\":90.01");
    assert_contains(json_line(4), "\"needle_deg\":null,\"pulse_us\":1502.000");
    assert_contains(json_line(4), "\"state\":null");
    assert_contains(json_line(5), "\"needle_deg\":null,\"pulse_us\":1503.000");
    assert_contains(json_line(6), "\"needle_deg\":90.04,\"pulse_us\":1504.000");
    free(json_text);

    struct fake garbler = {.garbled = 3};
    assert_int_equal(run(&garbler, &options, false), 0);
    assert_contains(json_line(5), "\"needle_deg\":null,\"pulse_us\":1503.000");
    assert_int_equal(bench.watch.bad_telemetry_lines, 1);
    free(json_text);
}

static void silent_firmware_is_written_in_order(void **state)
{
    (void)state;
    struct fake fake = {.quiet_from = 0, .quiet_to = 1000};
    struct bench_options options = {.for_ps = 2 * PS_PER_S};
    assert_int_equal(run(&fake, &options, false), 0);
    for (int i = 0; i < 98; i++) {
        char expected[64];
        snprintf(expected, sizeof expected, "\"pulse_us\":%d.000", 1500 + i);
        assert_contains(json_line(2 + i), expected);
    }
    free(json_text);
}

static void numbers_begin_again_after_a_reset(void **state)
{
    (void)state;
    struct fake fake = {.reset_at = 4, .counts = {.resets = 1}};
    struct bench_options options = {.for_ps = 400 * PS_PER_MS};
    assert_int_equal(run(&fake, &options, false), 1); /* nobody asked for the reset */
    for (int i = 0; i < 10; i++) {
        char expected[64];
        snprintf(expected, sizeof expected, "\"needle_deg\":90.%02d,\"pulse_us\":%d.000", i,
                 1500 + i);
        assert_contains(json_line(2 + i), expected);
    }
    free(json_text);
}

static void what_is_not_good(void **state)
{
    (void)state;
    struct bench_options options = {.for_ps = 100 * PS_PER_MS};
    struct fake dead = {.supply = BENCH_SUPPLY_DEADLOCK};
    assert_int_equal(run(&dead, &options, false), 1);
    assert_contains(json_text, "\"supply\":\"deadlock\"");
    free(json_text);
    struct fake overflown = {.counts = {.overflows = 1}};
    assert_int_equal(run(&overflown, &options, false), 1);
    free(json_text);
    struct fake found = {.findings = 1};
    assert_int_equal(run(&found, &options, false), 1);
    assert_contains(json_text, "\"findings\":1");
    free(json_text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),
        cmocka_unit_test(golden_lines),
        cmocka_unit_test(a_good_run),
        cmocka_unit_test(frames_are_counted),
        cmocka_unit_test(lost_telemetry_is_null),
        cmocka_unit_test(silent_firmware_is_written_in_order),
        cmocka_unit_test(numbers_begin_again_after_a_reset),
        cmocka_unit_test(what_is_not_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
