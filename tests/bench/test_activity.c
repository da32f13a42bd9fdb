/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The beat of wires, the fate of cores, and what is kept of firmware that nobody knows. */
#include "tests/formats/cmocka_head.h"

#include "bench/activity.h"

#include <stdio.h>
#include <string.h>

/* ---- rhythm ---- */

static void a_steady_beat(void **state)
{
    (void)state;
    struct bench_rhythm r = {0};
    uint64_t now = 3 * PS_PER_MS;
    assert_false(bench_rhythm_beats(&r, now));
    for (int i = 0; i < 5; i++) {
        bench_rhythm_take(&r, true, now);
        bench_rhythm_take(&r, true, now + 1); /* no change is no edge */
        bench_rhythm_take(&r, false, now + 2 * PS_PER_MS);
        now += 20 * PS_PER_MS;
    }
    assert_int_equal(r.edges, 10);
    assert_int_equal(r.cycles, 4);
    assert_int_equal(r.period_ps, 20 * PS_PER_MS);
    assert_int_equal(r.high_ps, 2 * PS_PER_MS);
    assert_true(bench_rhythm_is_regular(&r));
    const uint64_t last = r.fell_ps;
    assert_true(bench_rhythm_beats(&r, last + 60 * PS_PER_MS));
    assert_false(bench_rhythm_beats(&r, last + 61 * PS_PER_MS));
}

static void an_odd_beat(void **state)
{
    (void)state;
    struct bench_rhythm r = {0};
    static const uint64_t rises_ms[] = {1, 500, 600, 720, 830};
    for (unsigned i = 0; i < 5; i++) {
        bench_rhythm_take(&r, true, rises_ms[i] * PS_PER_MS);
        bench_rhythm_take(&r, false, (rises_ms[i] + 10) * PS_PER_MS);
    }
    assert_false(bench_rhythm_is_regular(&r));
    /* The first cycle, 499 ms, does not count. */
    assert_int_equal(r.period_min_ps, 100 * PS_PER_MS);
    assert_int_equal(r.period_max_ps, 120 * PS_PER_MS);
    assert_int_equal(r.high_min_ps, 10 * PS_PER_MS);
    assert_int_equal(r.high_max_ps, 10 * PS_PER_MS);
}

static void one_pulse_is_no_beat(void **state)
{
    (void)state;
    struct bench_rhythm r = {0};
    bench_rhythm_take(&r, true, 1000);
    bench_rhythm_take(&r, false, 2000);
    assert_false(bench_rhythm_beats(&r, 2001));
}

/* ---- fate ---- */

static struct image *gives_up;

static int load(void **state)
{
    char error[256];
    (void)state;
    gives_up = image_load(CHECK_IMAGES "/gives_up.elf", error, sizeof error);
    return gives_up == NULL ? -1 : 0;
}

static int unload(void **state)
{
    (void)state;
    image_free(gives_up);
    return 0;
}

static enum bench_fate fate_of(const struct bench_core *look, const char **function)
{
    struct bench_last_calls calls = {.image = NULL};
    return bench_fate_of(&calls, look, function);
}

static void by_state(void **state)
{
    (void)state;
    const char *function;
    struct bench_core look = {.state = BENCH_CORE_LOCKED_UP};
    assert_int_equal(fate_of(&look, &function), BENCH_FATE_LOCKED_UP);
    look = (struct bench_core){.state = BENCH_CORE_RUNS};
    assert_int_equal(fate_of(&look, &function), BENCH_FATE_NONE);
    for (look.exception = 2; look.exception <= 6; look.exception++) { /* NMI and the faults */
        assert_int_equal(fate_of(&look, &function), BENCH_FATE_FAULT);
        assert_non_null(bench_fault_name(look.exception));
    }
    assert_string_equal(bench_fault_name(3), "HardFault");
    look.exception = 15; /* SysTick's handler may take its time */
    look.branches_to_self = true;
    assert_int_equal(fate_of(&look, &function), BENCH_FATE_NONE);
    look.exception = 16 + 28;
    assert_int_equal(fate_of(&look, &function), BENCH_FATE_STUCK);
    look.branches_to_self = false;
    assert_int_equal(fate_of(&look, &function), BENCH_FATE_NONE);
    look = (struct bench_core){.state = BENCH_CORE_RUNS, .branches_to_self = true};
    assert_int_equal(fate_of(&look, &function), BENCH_FATE_NONE); /* while (1) in main */
    look = (struct bench_core){.state = BENCH_CORE_EMPTY, .exception = 3};
    assert_int_equal(fate_of(&look, &function), BENCH_FATE_NONE);
}

static void by_name(void **state)
{
    (void)state;
    const char *function;
    const uint32_t error_handler = image_symbol(gives_up, "Error_Handler");
    const uint32_t main_function = image_symbol(gives_up, "main");
    assert_int_not_equal(error_handler, 0);
    struct bench_core look = {.state = BENCH_CORE_RUNS, .image = gives_up, .pc = error_handler};
    assert_int_equal(fate_of(&look, &function), BENCH_FATE_ERROR);
    assert_string_equal(function, "Error_Handler");
    look.state = BENCH_CORE_ASLEEP;
    look.pc = error_handler + 8;
    assert_int_equal(fate_of(&look, &function), BENCH_FATE_ERROR);
    look.pc = main_function + 4;
    assert_int_equal(fate_of(&look, &function), BENCH_FATE_NONE);
    assert_null(function);
}

/* In what Error_Handler calls: the way back to it lies on the stack. */
static void by_return_address(void **state)
{
    (void)state;
    const char *function;
    const uint32_t error_handler = image_symbol(gives_up, "Error_Handler");
    struct bench_core look = {.state = BENCH_CORE_RUNS,
                              .image = gives_up,
                              .pc = image_symbol(gives_up, "main") + 4,
                              .stack = {0x24000000u, 7, error_handler + 8 + 1},
                              .stack_words = 3};
    assert_int_equal(fate_of(&look, &function), BENCH_FATE_ERROR);
    assert_string_equal(function, "Error_Handler");
    look.stack[2] = error_handler | 1u; /* a pointer to it is no way back */
    assert_int_equal(fate_of(&look, &function), BENCH_FATE_NONE);
    look.stack[2] = error_handler + 8 + 1;
    look.stack_words = 2; /* beyond what was read */
    assert_int_equal(fate_of(&look, &function), BENCH_FATE_NONE);
}

/* ---- activity ---- */

static struct bench_core cores[BENCH_CORES];
static struct bench_pin pins[BENCH_PINS];

static void fake_core(void *self, enum bench_core_name core, bool whole, struct bench_core *look)
{
    (void)self;
    (void)whole;
    *look = cores[core];
}

static void fake_pin(void *self, unsigned pin, struct bench_pin *look)
{
    (void)self;
    *look = pins[pin];
}

static bool fake_can(void *self, unsigned index, struct bench_can *look)
{
    (void)self;
    *look = (struct bench_can){.name = "FDCAN1", .state = BENCH_CAN_PASSIVE, .tec = 130};
    return index == 0;
}

static const struct bench_model_ops ops = {.core = fake_core, .pin = fake_pin, .can = fake_can};

static struct bench bench;
static struct bench_activity activity;

static void begin(void)
{
    static const struct bench_options options = {.for_ps = 0};
    static struct record record;
    record_default(&record);
    memset(cores, 0, sizeof cores);
    memset(pins, 0, sizeof pins);
    bench_init(&bench, &options, &record);
    bench.model.ops = &ops;
    bench_activity_init(&activity, &bench);
}

static void step_to(uint64_t now_ps, bool last)
{
    const struct bench_step step = {.now_ps = now_ps, .last = last};
    activity.observer.step(&activity, &step);
}

static void steps(unsigned from, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        step_to((from + i + 1) * ACTIVITY_LOOK_PS, false);
    }
}

static void one_look_in_a_handler_is_no_end(void **state)
{
    (void)state;
    const struct activity_core *cm7 = &activity.core[BENCH_CM7];
    begin();
    cores[BENCH_CM7] = (struct bench_core){.state = BENCH_CORE_RUNS};
    steps(0, 10);
    assert_false(bench_activity_is_dead(cm7));
    cores[BENCH_CM7].exception = 3;
    steps(10, ACTIVITY_FATE_LOOKS - 1);
    assert_false(bench_activity_is_dead(cm7));
    cores[BENCH_CM7].exception = 0; /* it has returned */
    steps(14, 1);
    cores[BENCH_CM7].exception = 3;
    steps(15, ACTIVITY_FATE_LOOKS - 1);
    assert_false(bench_activity_is_dead(cm7));
    steps(19, 1);
    assert_true(bench_activity_is_dead(cm7));
    assert_int_equal(cm7->fate_ps, 16 * ACTIVITY_LOOK_PS);
}

static void a_short_run_knows_too(void **state)
{
    (void)state;
    begin();
    cores[BENCH_CM7] = (struct bench_core){.state = BENCH_CORE_RUNS, .exception = 3};
    steps(0, 2);
    assert_true(bench_activity_is_dead(&activity.core[BENCH_CM7]));
}

static void looks_are_20_ms_apart(void **state)
{
    (void)state;
    begin();
    for (unsigned ms = 1; ms <= 100; ms++) { /* a pseudo-terminal wants steps of 1 ms */
        step_to(ms * PS_PER_MS, false);
    }
    assert_int_equal(activity.core[BENCH_CM7].look_count, 6); /* the first at once */
    step_to(200 * PS_PER_MS, true);
    assert_int_equal(activity.core[BENCH_CM7].look_count, 6);
    assert_int_equal(activity.can_count, 1);
    assert_int_equal(activity.can[0].tec, 130);
}

static void states_and_places(void **state)
{
    (void)state;
    struct activity_place places[3];
    const struct activity_core *cm7 = &activity.core[BENCH_CM7];
    begin();
    cores[BENCH_CM7] = (struct bench_core){
        .state = BENCH_CORE_RUNS, .image = gives_up, .pc = image_symbol(gives_up, "main") + 2};
    steps(0, 30);
    cores[BENCH_CM7].pc = image_symbol(gives_up, "say") + 2;
    steps(30, 10);
    cores[BENCH_CM7].state = BENCH_CORE_ASLEEP;
    steps(40, 20); /* the first ten are out of the ring */
    assert_int_equal(bench_activity_looks(cm7), ACTIVITY_LOOKS);
    assert_int_equal(bench_activity_state(cm7), BENCH_CORE_RUNS);
    assert_int_equal(bench_activity_in_state(cm7, BENCH_CORE_ASLEEP), 20);
    assert_int_equal(bench_activity_places(cm7, BENCH_CORE_RUNS, places, 3), 2);
    assert_string_equal(places[0].function, "main");
    assert_int_equal(places[0].looks, 20);
    assert_string_equal(places[1].function, "say");
    assert_int_equal(places[1].looks, 10);
}

static void say(const char *text, uint32_t baud)
{
    for (; *text != '\0'; text++) {
        const struct bench_serial byte = {
            .pin = 56, .name = "PD8", .by_board = true, .data = (uint8_t)*text, .baud = baud};
        activity.observer.serial(&activity, &byte);
    }
}

static void serial_lines(void **state)
{
    (void)state;
    begin();
    const struct bench_serial to_board = {.pin = 57, .name = "PD9", .data = 'x'};
    activity.observer.serial(&activity, &to_board);
    assert_int_equal(activity.serial_count, 0);
    say("first\r\nsec\tond", 9600);
    assert_int_equal(activity.serial_count, 1);
    assert_string_equal(activity.serial[0].line, "sec?ond");
    say("\r\n", 9600); /* the line stays until another begins */
    assert_string_equal(activity.serial[0].line, "sec?ond");
    say("t", 115200);
    assert_string_equal(activity.serial[0].line, "t");
    assert_int_equal(activity.serial[0].baud, 115200);
    assert_int_equal(activity.serial[0].bytes, 17);
}

static void frame(uint32_t id, enum bench_sender sender, enum bench_can_error error,
                  uint64_t end_ps)
{
    const struct bench_frame f = {
        .content = {.id = id}, .sender = sender, .error = error, .end_ps = end_ps};
    activity.observer.frame(&activity, &f);
}

static void frames_sent(void **state)
{
    (void)state;
    begin();
    frame(0x100, BENCH_BY_CAR, BENCH_CAN_GOOD, 1);
    assert_int_equal(activity.sent_count, 0);
    frame(0x123, BENCH_BY_BOARD, BENCH_CAN_ACK, 5);
    frame(0x123, BENCH_BY_BOARD, BENCH_CAN_GOOD, 10);
    frame(0x123, BENCH_BY_BOARD, BENCH_CAN_GOOD, 30);
    assert_int_equal(activity.sent_count, 1);
    assert_int_equal(activity.sent[0].count, 2);
    assert_int_equal(activity.sent[0].destroyed, 1);
    assert_int_equal(activity.sent[0].error, BENCH_CAN_ACK);
    assert_int_equal(activity.sent[0].first_ps, 10);
    assert_int_equal(activity.sent[0].last_ps, 30);
    for (uint32_t id = 0; id < 20; id++) {
        frame(id, BENCH_BY_BOARD, BENCH_CAN_GOOD, 40);
    }
    assert_int_equal(activity.sent_count, ACTIVITY_SENT_IDS);
    assert_int_equal(activity.sent_others, 20 - (ACTIVITY_SENT_IDS - 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_steady_beat),
        cmocka_unit_test(an_odd_beat),
        cmocka_unit_test(one_pulse_is_no_beat),
        cmocka_unit_test(by_state),
        cmocka_unit_test(by_name),
        cmocka_unit_test(by_return_address),
        cmocka_unit_test(one_look_in_a_handler_is_no_end),
        cmocka_unit_test(a_short_run_knows_too),
        cmocka_unit_test(looks_are_20_ms_apart),
        cmocka_unit_test(states_and_places),
        cmocka_unit_test(serial_lines),
        cmocka_unit_test(frames_sent),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
