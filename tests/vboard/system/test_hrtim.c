/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* HRTIM: RM0399 chapter 39. 64 MHz: a count is 15.625 ns. HRTIM_CHA1 is PC6. */
#include "tests/vboard/system/whole_chip.h"

#define HRTIM 0x40017400u
#define MCR HRTIM
#define TIMACR (HRTIM + 0x80)
#define TIMAISR (TIMACR + 0x04)
#define TIMAICR (TIMACR + 0x08)
#define TIMADIER (TIMACR + 0x0C)
#define CNTAR (TIMACR + 0x10)
#define PERAR (TIMACR + 0x14)
#define REPAR (TIMACR + 0x18)
#define CMP1AR (TIMACR + 0x1C)
#define SETA1R (TIMACR + 0x3C)
#define RSTA1R (TIMACR + 0x40)
#define OUTAR (TIMACR + 0x64)
#define CR2 (HRTIM + 0x384)
#define OENR (HRTIM + 0x394)
#define ODISR (HRTIM + 0x398)
#define CONT 8u
#define DIV1 5u
#define PREEN (1u << 27)
#define TACEN (1u << 17)
#define US(n) VTIME_US(n)

struct trace {
    struct signal_listener listener;
    unsigned rises;
    vtime_ps rose, fell, period, width;
};

static void edge(void *ctx, struct signal *s, vtime_ps now)
{
    struct trace *t = ctx;
    if (signal_is_high(s)) {
        t->rises++;
        t->period = now - t->rose;
        t->rose = now;
    } else {
        t->fell = now;
        t->width = now - t->rose;
    }
}

static struct trace trace;

/* 64 counts, 1 us; active from 16 on. */
static void start(struct whole *w, bool watched, uint32_t cr)
{
    struct signal *pin = chip_pin(&w->soc.chip, 'C', 6);
    set_bits(w, RCC_APB2ENR, 1u << 29);
    pin_af(w, 'C', 6, 1);
    trace = (struct trace){.listener = {.changed = edge, .ctx = &trace}};
    if (watched) {
        signal_listen(pin, &trace.listener);
    }
    put(w, TIMACR, cr | DIV1);
    put(w, PERAR, 64);
    put(w, CMP1AR, 16);
    put(w, SETA1R, 1u << 3); /* CMP1 */
    put(w, RSTA1R, 1u << 2); /* PER */
    put(w, OENR, 1);
    put(w, MCR, TACEN);
}

static void makes_pwm(void **state)
{
    struct whole *w = *state;
    start(w, true, CONT);
    run_for(w, US(10));
    assert_int_equal(trace.rises, 10);
    assert_int_equal(trace.period, US(1));
    assert_int_equal(trace.width, VTIME_NS(750));
    put(w, ODISR, 1);
    assert_false(signal_is_high(chip_pin(&w->soc.chip, 'C', 6)));
    run_for(w, US(10));
    assert_int_equal(trace.rises, 10);
    put(w, OUTAR, 1u << 1); /* POL1: idle is high, and the other way round */
    assert_true(signal_is_high(chip_pin(&w->soc.chip, 'C', 6)));
    put(w, OENR, 1);
    run_for(w, US(10));
    assert_int_equal(trace.width, VTIME_NS(250));
}

/* Nobody looks: no events, and the same level when somebody does. */
static void costs_nothing_unwatched(void **state)
{
    struct whole *w = *state;
    struct signal *pin = chip_pin(&w->soc.chip, 'C', 6);
    start(w, false, CONT);
    run_for(w, VTIME_MS(100));
    size_t queued = w->soc.chip.sched.count;
    run_for(w, VTIME_S(1) + VTIME_NS(100));
    assert_int_equal(w->soc.chip.sched.count, queued);
    signal_settle(pin);
    assert_false(signal_is_high(pin));
    run_for(w, VTIME_NS(400));
    signal_settle(pin);
    assert_true(signal_is_high(pin));
    assert_int_equal(get(w, TIMAISR) & (1u << 20 | 1u), 1u << 20 | 1u); /* O1CPY, CMP1 */
    assert_in_range(get(w, CNTAR), 31, 33);
}

/* 39.3.10: a new compare waits for the repetition. */
static void preloads(void **state)
{
    struct whole *w = *state;
    start(w, true, CONT);
    put(w, TIMACR, CONT | DIV1 | PREEN | 1u << 17); /* TxREPU */
    put(w, CMP1AR, 32);
    put(w, TIMADIER, 1u << 4);
    run_for(w, VTIME_NS(900));
    assert_false(w->line[104]);
    assert_int_equal(trace.rises, 1);
    run_for(w, VTIME_NS(200));
    assert_true(w->line[104]);
    run_for(w, US(2));
    assert_int_equal(trace.width, VTIME_NS(500));
    put(w, TIMAICR, 1u << 4);
    assert_false(w->line[104]);
    put(w, CMP1AR, 48);
    put(w, CR2, 1u << 1); /* TASWU */
    run_for(w, US(2));
    assert_int_equal(trace.width, VTIME_NS(250));
}

static void single_shot(void **state)
{
    struct whole *w = *state;
    start(w, true, 0);
    run_for(w, US(10));
    assert_int_equal(trace.rises, 1);
    put(w, CR2, 1u << 9); /* TARST */
    run_for(w, US(10));
    assert_int_equal(trace.rises, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {WHOLE(makes_pwm), WHOLE(costs_nothing_unwatched),
                                       WHOLE(preloads), WHOLE(single_shot)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
