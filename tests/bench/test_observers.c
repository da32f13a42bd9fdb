/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Who hears of what on a bench: several observers at once, on a made-up board. */
#include "tests/formats/cmocka_head.h"

#include "bench/bench.h"

#include <stdio.h>
#include <string.h>

/* ---- the board: what happens is written down beforehand ---- */

struct fake {
    struct bench_listener listener;
    unsigned wants; /* the last that `watch` was told */
    unsigned watch_calls;
    size_t findings; /* there are so many once `now` is at 40 ms */
    uint64_t now_ps;
    uint64_t steps;
    bool acted;
};

#define BYTE_AT (15 * PS_PER_MS)
#define EDGE_AT (25 * PS_PER_MS)
#define FRAME_AT (35 * PS_PER_MS)
#define DEAD_AT (50 * PS_PER_MS)

/* Behind the run's end. */
#define LATE_AT (70 * PS_PER_MS)

static bool passes(const struct fake *fake, uint64_t at, uint64_t until)
{
    return fake->now_ps < at && until >= at;
}

static void fake_run_until(void *self, uint64_t until)
{
    struct fake *fake = self;
    const struct bench_listener *l = &fake->listener;
    if (passes(fake, BYTE_AT, until)) {
        for (const char *text = "hello\n"; *text != '\0'; text++) {
            l->uart(l->context, (uint8_t)*text, BYTE_AT);
        }
        l->adapter(l->context, 0x79, BYTE_AT);
    }
    if (passes(fake, EDGE_AT, until)) {
        l->led(l->context, &(struct bench_led_edge){BENCH_LED_RED, true, EDGE_AT});
        l->edge(l->context, &(struct bench_edge){BENCH_PIN('B', 14), "PB14", BENCH_HIGH, EDGE_AT});
        l->serial(l->context, &(struct bench_serial){.name = "PD8", .data = 'x'});
        l->core(l->context, &(struct bench_core_change){BENCH_CM7, BENCH_CORE_ASLEEP, EDGE_AT});
    }
    if (passes(fake, FRAME_AT, until)) {
        l->frame(l->context, &(struct bench_frame){.content = {.id = 0x123, .len = 2},
                                                   .dlc = 2,
                                                   .sender = BENCH_BY_BOARD,
                                                   .error = BENCH_CAN_ACK,
                                                   .end_ps = FRAME_AT});
    }
    if (passes(fake, LATE_AT, until)) {
        l->uart(l->context, 'x', LATE_AT);
        l->led(l->context, &(struct bench_led_edge){BENCH_LED_RED, false, LATE_AT});
        l->frame(l->context, &(struct bench_frame){.error = BENCH_CAN_ACK, .end_ps = LATE_AT});
    }
    fake->now_ps = until;
    fake->steps++;
}

static void fake_power_on(void *self)
{
    const struct bench_listener *l = &((struct fake *)self)->listener;
    l->reset(l->context, &(struct bench_reset){BENCH_RESET_POWER, 0});
}

static bool fake_act(void *self, const struct scenario_step *step, char *text, size_t size)
{
    (void)step;
    ((struct fake *)self)->acted = true;
    snprintf(text, size, "done");
    return true;
}

static void fake_watch(void *self, unsigned wants)
{
    ((struct fake *)self)->wants = wants;
    ((struct fake *)self)->watch_calls++;
}

static enum bench_supply fake_supply(void *self)
{
    return ((struct fake *)self)->now_ps >= DEAD_AT ? BENCH_SUPPLY_DEADLOCK : BENCH_SUPPLY_OK;
}

static bool fake_locked_up(void *self)
{
    (void)self;
    return false;
}

static int32_t fake_servo_pulse_ns(void *self)
{
    (void)self;
    return 1500000;
}

static void fake_counts(void *self, struct bench_counts *counts)
{
    (void)self;
    *counts = (struct bench_counts){.tx_frames = 7};
}

static size_t fake_finding_count(void *self)
{
    const struct fake *fake = self;
    return fake->now_ps >= 40 * PS_PER_MS ? fake->findings : 0;
}

static void fake_finding(void *self, size_t index, struct bench_finding *finding)
{
    (void)self;
    *finding = (struct bench_finding){.kind = "reserved", .core = "CM4", .pc = (uint32_t)index};
}

static void fake_core(void *self, enum bench_core_name core, bool whole, struct bench_core *look)
{
    (void)whole;
    const bool dead = ((struct fake *)self)->now_ps >= DEAD_AT;
    const enum bench_core_state lives = core == BENCH_CM7 ? BENCH_CORE_ASLEEP : BENCH_CORE_HELD;
    *look = (struct bench_core){.state = dead ? BENCH_CORE_OFF : lives};
}

static const struct bench_model_ops fake_ops = {
    .power_on = fake_power_on,
    .act = fake_act,
    .run_until = fake_run_until,
    .watch = fake_watch,
    .supply = fake_supply,
    .locked_up = fake_locked_up,
    .servo_pulse_ns = fake_servo_pulse_ns,
    .counts = fake_counts,
    .finding_count = fake_finding_count,
    .finding = fake_finding,
    .core = fake_core,
};

/* ---- an observer that writes down all it hears ---- */

struct diary {
    struct bench_observer observer;
    char text[4096];
    size_t length;
    struct bench *bench; /* detach `other` at the first step */
    struct bench_observer *other;
};

static void note(struct diary *d, const char *word, uint64_t number, uint64_t time_ps)
{
    d->length +=
        (size_t)snprintf(d->text + d->length, sizeof d->text - d->length, "%s %llu @%llu\n", word,
                         (unsigned long long)number, (unsigned long long)(time_ps / PS_PER_MS));
}

static void on_sample(void *context, const struct sample *sample)
{
    note(context, "sample", sample->has_pulse, sample->time_ps);
}

static void on_line(void *context, const char *line, uint64_t now_ps)
{
    assert_string_equal(line, "hello");
    note(context, "line", strlen(line), now_ps);
}

static void on_byte(void *context, uint8_t byte, uint64_t now_ps)
{
    note(context, "byte", byte, now_ps);
}

static void on_adapter(void *context, uint8_t byte, uint64_t now_ps)
{
    note(context, "adapter", byte, now_ps);
}

static void on_edge(void *context, const struct bench_edge *edge)
{
    assert_string_equal(edge->name, "PB14");
    note(context, "edge", edge->pin, edge->time_ps);
}

static void on_serial(void *context, const struct bench_serial *serial)
{
    note(context, "serial", serial->data, serial->time_ps);
}

static void on_led(void *context, const struct bench_led_edge *edge)
{
    note(context, "led", edge->led, edge->time_ps);
}

static void on_frame(void *context, const struct bench_frame *frame)
{
    assert_int_equal(frame->error, BENCH_CAN_ACK);
    note(context, "frame", frame->content.id, frame->end_ps);
}

static void on_finding(void *context, const struct bench_finding *finding)
{
    note(context, "finding", finding->pc, finding->first_ps);
}

static void on_reset(void *context, const struct bench_reset *reset)
{
    note(context, "reset", reset->causes, reset->time_ps);
}

static void on_supply(void *context, enum bench_supply supply, uint64_t now_ps)
{
    note(context, "supply", supply, now_ps);
}

static void on_core(void *context, const struct bench_core_change *change)
{
    note(context, change->core == BENCH_CM7 ? "cm7" : "cm4", change->state, change->time_ps);
}

static void on_act(void *context, const char *line, uint64_t now_ps)
{
    note(context, "act", strlen(line), now_ps);
}

static void on_end(void *context, const struct bench *bench)
{
    note(context, "end", bench->summary.tx_frames, bench->end_ps);
}

static void on_step(void *context, const struct bench_step *step)
{
    struct diary *d = context;
    note(d, step->last ? "last" : "step", step->frames, step->now_ps);
    if (d->other != NULL) {
        bench_detach(d->bench, d->other);
        d->other = NULL;
    }
}

static void all_but_steps(struct diary *d)
{
    *d = (struct diary){.observer = {.context = d,
                                     .sample = on_sample,
                                     .line = on_line,
                                     .byte = on_byte,
                                     .adapter = on_adapter,
                                     .edge = on_edge,
                                     .serial = on_serial,
                                     .led = on_led,
                                     .frame = on_frame,
                                     .finding = on_finding,
                                     .reset = on_reset,
                                     .supply = on_supply,
                                     .core = on_core,
                                     .act = on_act,
                                     .end = on_end}};
}

static void only_steps(struct diary *d)
{
    *d = (struct diary){.observer = {.context = d, .step = on_step}};
}

/* ---- the bench ---- */

static struct bench bench;
static struct record record;
static struct bench_options options;

static void set_up(struct fake *fake)
{
    options = (struct bench_options){.for_ps = 60 * PS_PER_MS, .speed = BENCH_SPEED_MAX};
    record_default(&record);
    bench_init(&bench, &options, &record);
    bench.model = (struct bench_model){fake, &fake_ops, false};
    fake->listener = bench_listener(&bench);
}

static const char everything[] = "reset 1 @0\n"
                                 "byte 104 @15\nbyte 101 @15\nbyte 108 @15\nbyte 108 @15\n"
                                 "byte 111 @15\nbyte 10 @15\nline 5 @15\nadapter 121 @15\n"
                                 "sample 0 @20\nsupply 1 @20\n"
                                 "cm7 7 @20\ncm4 1 @20\n" /* BENCH_CORE_ASLEEP, _HELD */
                                 "led 2 @25\nedge 30 @25\nserial 120 @0\ncm7 7 @25\n"
                                 "frame 291 @35\n"
                                 "sample 0 @40\nfinding 0 @0\nfinding 1 @0\n"
                                 "sample 0 @60\nsupply 2 @60\ncm7 0 @60\ncm4 0 @60\n"
                                 "end 7 @60\n";

static void two_observers_hear_the_same(void **state)
{
    (void)state;
    struct fake fake = {.findings = 2};
    static struct diary first, second, steps;
    set_up(&fake);
    all_but_steps(&first);
    all_but_steps(&second);
    only_steps(&steps);
    bench_attach(&bench, &first.observer);
    bench_attach(&bench, &steps.observer);
    bench_attach(&bench, &second.observer);
    bench_run(&bench);
    assert_string_equal(first.text, everything);
    assert_string_equal(second.text, everything);
    assert_string_equal(steps.text, "step 0 @20\nstep 0 @40\nstep 0 @60\nlast 0 @60\n");
    assert_true(bench.deadlock);
}

static void what_nobody_wants_is_not_asked_for(void **state)
{
    (void)state;
    struct fake fake = {.findings = 2};
    static struct diary steps;
    set_up(&fake);
    only_steps(&steps);
    bench_attach(&bench, &steps.observer);
    bench_run(&bench);
    assert_int_equal(fake.wants, 0);
    assert_int_equal(bench.findings_told, 0);

    struct fake other = {.findings = 0};
    static struct diary edges, cores;
    set_up(&other);
    edges = (struct diary){.observer = {.context = &edges, .edge = on_edge}};
    cores = (struct diary){.observer = {.context = &cores, .core = on_core}};
    bench_attach(&bench, &edges.observer);
    bench_attach(&bench, &cores.observer);
    assert_int_equal(other.watch_calls, 0); /* not before the board starts */
    bench_run(&bench);
    assert_int_equal(other.wants, BENCH_WANT_EDGES | BENCH_WANT_CORES);
    bench_detach(&bench, &edges.observer);
    assert_int_equal(other.wants, BENCH_WANT_CORES);
}

static void the_shortest_step_counts(void **state)
{
    (void)state;
    struct fake fake = {.findings = 0};
    static struct diary quick, slow;
    set_up(&fake);
    only_steps(&quick);
    only_steps(&slow);
    quick.observer.step_ps = 5 * PS_PER_MS;
    slow.observer.step_ps = 50 * PS_PER_MS;
    bench_attach(&bench, &slow.observer);
    bench_attach(&bench, &quick.observer);
    bench_run(&bench);
    assert_int_equal(fake.steps, 60 / 5 + 1); /* and the drain */
    assert_string_equal(quick.text, slow.text);
}

static void one_that_stays_holds_the_run_up(void **state)
{
    (void)state;
    struct fake fake = {.findings = 0};
    static struct diary steps;
    set_up(&fake);
    bench.drives = false;
    only_steps(&steps);
    steps.observer.stays = true;
    bench_attach(&bench, &steps.observer);
    bench.source_ended = true; /* the log is over before it began */
    bench_run(&bench);
    assert_int_equal(bench.end_ps, 60 * PS_PER_MS); /* --for still ends it */

    set_up(&fake);
    bench.source_ended = true;
    bench_run(&bench);
    assert_int_equal(bench.end_ps, 20 * PS_PER_MS); /* one servo period */
}

static void detached_while_it_runs(void **state)
{
    (void)state;
    struct fake fake = {.findings = 0};
    static struct diary steps, other;
    set_up(&fake);
    only_steps(&steps);
    only_steps(&other);
    steps.bench = &bench;
    steps.other = &other.observer;
    bench_attach(&bench, &steps.observer);
    bench_attach(&bench, &other.observer);
    bench_run(&bench);
    assert_string_equal(other.text, "");

    set_up(&fake);
    only_steps(&steps);
    only_steps(&other);
    steps.bench = &bench;
    steps.other = &steps.observer; /* itself */
    bench_attach(&bench, &steps.observer);
    bench_attach(&bench, &other.observer);
    bench_run(&bench);
    assert_string_equal(steps.text, "step 0 @20\n");
    assert_string_equal(other.text, "step 0 @20\nstep 0 @40\nstep 0 @60\nlast 0 @60\n");
}

/* ---- a run that goes back ---- */

static struct fake second_fake;

static void fake_destroy(void *self)
{
    ((struct fake *)self)->findings = 0;
}

static bool renew(void *context, struct bench_model *model)
{
    static struct bench_model_ops ops;
    ops = fake_ops;
    ops.destroy = fake_destroy;
    second_fake = (struct fake){.listener = bench_listener(&bench), .findings = 2};
    *model = (struct bench_model){&second_fake, &ops, false};
    return *(bool *)context;
}

/* At the third step of the run, once. */
static void seek_back(void *context, const struct bench_step *step)
{
    struct diary *d = context;
    note(d, step->last ? "last" : "step", step->frames, step->now_ps);
    if (d->bench != NULL && step->now_ps == 60 * PS_PER_MS) {
        d->bench = NULL;
        assert_true(bench_seek(&bench, 10 * PS_PER_MS));
    }
}

static void on_again(void *context)
{
    note(context, "again", 0, 0);
}

static void who_wants_is_told_again_the_others_once(void **state)
{
    (void)state;
    static struct bench_model_ops ops;
    struct fake fake = {.findings = 2};
    bool may = true;
    static struct diary once, again, steps;
    set_up(&fake);
    ops = fake_ops;
    ops.destroy = fake_destroy;
    bench.model.ops = &ops;
    options.for_ps = 100 * PS_PER_MS;
    bench.renewal = (struct bench_renewal){renew, &may};
    all_but_steps(&once);
    all_but_steps(&again);
    again.observer.repeats = true;
    again.observer.again = on_again;
    steps = (struct diary){.observer = {.context = &steps, .step = seek_back, .repeats = true},
                           .bench = &bench};
    bench_attach(&bench, &once.observer);
    bench_attach(&bench, &again.observer);
    bench_attach(&bench, &steps.observer);
    bench_run(&bench);
    assert_int_equal(fake.findings, 0); /* the first board is gone */
    assert_string_equal(steps.text, "step 0 @20\nstep 0 @40\nstep 0 @60\n"
                                    "step 0 @20\nstep 0 @40\nstep 0 @60\nstep 0 @80\nstep 0 @100\n"
                                    "last 0 @100\n");
    char *second = strstr(again.text, "again 0 @0\n");
    assert_non_null(second);
    *second = '\0';
    second += strlen("again 0 @0\n");
    assert_memory_equal(second, again.text, strlen(again.text));
    assert_memory_equal(once.text, again.text, strlen(again.text));
    assert_string_equal(once.text, second);
}

/* Wherever it ends: what was told once is what the end tells of. */
static void the_end_is_that_of_what_was_told(void **state)
{
    (void)state;
    static struct bench_model_ops ops;
    struct fake fake = {.findings = 2};
    bool may = true;
    static struct diary once;
    set_up(&fake);
    ops = fake_ops;
    ops.destroy = fake_destroy;
    bench.model.ops = &ops;
    bench.renewal = (struct bench_renewal){renew, &may};
    once = (struct diary){.observer = {.context = &once, .end = on_end}};
    bench_attach(&bench, &once.observer);
    bench_start(&bench);
    assert_true(bench_advance(&bench));
    assert_true(bench_advance(&bench));
    assert_true(bench_seek(&bench, 5 * PS_PER_MS));
    assert_true(bench_advance(&bench)); /* at 20 ms again */
    assert_int_equal(bench.now_ps, 20 * PS_PER_MS);
    assert_int_equal(bench.goal_ps, 0);
    bench_finish(&bench);
    assert_int_equal(bench.end_ps, 40 * PS_PER_MS);
    assert_string_equal(once.text, "end 7 @40\n");
}

static void without_a_way_back_it_goes_on(void **state)
{
    (void)state;
    struct fake fake = {.findings = 0};
    bool may = false;
    set_up(&fake);
    bench_start(&bench);
    assert_true(bench_advance(&bench));
    assert_false(bench_seek(&bench, 10 * PS_PER_MS));
    bench.renewal = (struct bench_renewal){renew, &may}; /* its log is not there any more */
    assert_true(bench_seek(&bench, 10 * PS_PER_MS));
    assert_true(bench_advance(&bench));
    assert_int_equal(bench.now_ps, 40 * PS_PER_MS);
    assert_int_equal(bench.goal_ps, 0);
}

static void hands_are_told_of(void **state)
{
    (void)state;
    struct fake fake = {.findings = 0};
    struct scenario_step at_30 = {
        .at_ps = 30 * PS_PER_MS, .action = SCENARIO_BUTTON, .on = true, .text = "button down"};
    const struct scenario scenario = {.steps = &at_30, .count = 1};
    static struct diary acts;
    set_up(&fake);
    acts = (struct diary){.observer = {.context = &acts, .act = on_act, .step = on_step}};
    bench.play.scenario = &scenario;
    bench_attach(&bench, &acts.observer);
    bench_run(&bench);
    assert_true(fake.acted);
    /* "0.030000 s: button down" and "done" */
    assert_string_equal(acts.text, "step 0 @20\nact 23 @30\nact 4 @30\nstep 0 @30\nstep 0 @40\n"
                                   "step 0 @60\nlast 0 @60\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_observers_hear_the_same),
        cmocka_unit_test(what_nobody_wants_is_not_asked_for),
        cmocka_unit_test(the_shortest_step_counts),
        cmocka_unit_test(one_that_stays_holds_the_run_up),
        cmocka_unit_test(detached_while_it_runs),
        cmocka_unit_test(who_wants_is_told_again_the_others_once),
        cmocka_unit_test(the_end_is_that_of_what_was_told),
        cmocka_unit_test(without_a_way_back_it_goes_on),
        cmocka_unit_test(hands_are_told_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
