/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The parts that hang on pins. */
#include "tests/vboard/io/io_rig.h"

#include <string.h>

#include "vboard/parts/jumper.h"
#include "vboard/parts/led.h"
#include "vboard/parts/pulse_meter.h"
#include "vboard/parts/pulse_source.h"
#include "vboard/parts/servo.h"
#include "vboard/parts/uart_link.h"

/* ---- servo ---- */

struct bench {
    struct signal wire;
    struct signal_driver driver;
    struct servo servo;
};

static void bench_init(struct bench *b, const struct servo_config *config)
{
    signal_init(&b->wire, "servo");
    signal_attach(&b->wire, &b->driver);
    signal_drive(&b->driver, DRIVE_LOW, 0);
    servo_init(&b->servo, config, &b->wire);
}

static void one_pulse(struct bench *b, vtime_ps at, vtime_ps width)
{
    signal_drive(&b->driver, DRIVE_HIGH, at);
    signal_drive(&b->driver, DRIVE_LOW, at + width);
}

static void test_servo_turns_60_degrees_in_100_ms(void **state)
{
    struct bench b;
    (void)state;
    bench_init(&b, NULL);
    one_pulse(&b, 0, VTIME_US(1200)); /* 60 degrees */
    assert_int_equal(servo_angle_mdeg(&b.servo, VTIME_US(1200)), 0);
    assert_int_equal(servo_angle_mdeg(&b.servo, VTIME_US(1200) + VTIME_MS(50)), 30000);
    assert_int_equal(servo_angle_mdeg(&b.servo, VTIME_US(1200) + VTIME_MS(100)), 60000);
    assert_int_equal(servo_angle_mdeg(&b.servo, VTIME_S(100)), 60000);
    one_pulse(&b, VTIME_S(100), VTIME_US(600));
    assert_int_equal(servo_angle_mdeg(&b.servo, VTIME_S(100) + VTIME_US(600) + VTIME_MS(25)),
                     45000);
}

static void test_servo_calibration(void **state)
{
    struct bench b;
    struct servo_config c = {.low_us = 1000, .high_us = 2000, .low_mdeg = 90000, .high_mdeg = 0};
    (void)state;
    bench_init(&b, &c);
    one_pulse(&b, 0, VTIME_US(1500));
    assert_int_equal(servo_angle_mdeg(&b.servo, VTIME_S(1)), 45000);
}

static void test_servo_dead_band(void **state)
{
    struct bench b;
    (void)state;
    bench_init(&b, NULL);
    one_pulse(&b, 0, VTIME_US(1000));
    one_pulse(&b, VTIME_S(1), VTIME_US(1004)); /* 0.4 degrees: not worth it */
    assert_int_equal(servo_angle_mdeg(&b.servo, VTIME_S(2)), 40000);
    one_pulse(&b, VTIME_S(2), VTIME_US(1006));
    assert_int_equal(servo_angle_mdeg(&b.servo, VTIME_S(3)), 40600);
}

/* While it turns it follows every pulse, also to within its dead band. */
static void test_servo_follows_while_turning(void **state)
{
    struct bench b;
    (void)state;
    bench_init(&b, NULL);
    one_pulse(&b, 0, VTIME_US(1000));
    assert_int_equal(servo_angle_mdeg(&b.servo, VTIME_US(67600)), 39960);
    one_pulse(&b, VTIME_US(66600), VTIME_US(1003));
    assert_int_equal(servo_angle_mdeg(&b.servo, VTIME_S(1)), 40300);
}

static void test_servo_ignores_impossible_pulses(void **state)
{
    struct bench b;
    (void)state;
    bench_init(&b, NULL);
    one_pulse(&b, 0, VTIME_US(499));
    one_pulse(&b, VTIME_MS(20), VTIME_US(2501));
    assert_int_equal(servo_angle_mdeg(&b.servo, VTIME_S(1)), 0);
    assert_int_equal(b.servo.ignored, 2);
    assert_false(servo_is_driven(&b.servo, VTIME_S(1)));
    one_pulse(&b, VTIME_S(1), VTIME_US(500));
    assert_int_equal(servo_angle_mdeg(&b.servo, VTIME_S(2)), -10000);
}

/* The pulses stop 1.2 ms into a turn of 300 ms: the digital servo goes there and holds, the analog one
 * gives up 50 ms after the last pulse. */
static void test_servo_without_pulses(void **state)
{
    struct bench digital, analog;
    struct servo_config c = {.analog = true};
    (void)state;
    bench_init(&digital, NULL);
    bench_init(&analog, &c);
    one_pulse(&digital, 0, VTIME_US(2400));
    one_pulse(&analog, 0, VTIME_US(2400));
    assert_int_equal(servo_angle_mdeg(&digital.servo, VTIME_S(1)), 180000);
    assert_int_equal(servo_angle_mdeg(&analog.servo, VTIME_S(1)), 30000);
    assert_true(servo_is_driven(&digital.servo, VTIME_S(1)));
    assert_false(servo_is_driven(&analog.servo, VTIME_S(1)));
}

/* Without its plug the shaft stays where it is, in mid-turn; with it, the next pulse moves it on. */
static void test_servo_unplugged(void **state)
{
    struct bench b;
    (void)state;
    bench_init(&b, NULL);
    one_pulse(&b, 0, VTIME_US(1200));
    servo_plug(&b.servo, false, VTIME_US(1200) + VTIME_MS(50));
    one_pulse(&b, VTIME_S(1), VTIME_US(2400));
    assert_int_equal(servo_angle_mdeg(&b.servo, VTIME_S(2)), 30000);
    assert_false(servo_is_driven(&b.servo, VTIME_S(2)));
    servo_plug(&b.servo, true, VTIME_S(2));
    assert_int_equal(servo_angle_mdeg(&b.servo, VTIME_S(3)), 30000);
    one_pulse(&b, VTIME_S(3), VTIME_US(1200));
    assert_int_equal(servo_angle_mdeg(&b.servo, VTIME_S(4)), 60000);
}

/* ---- pulse meter, LED ---- */

struct seen {
    struct pulse rose, fell;
    unsigned rises, falls;
    bool on;
};

static void rose(void *ctx, const struct pulse *p)
{
    struct seen *s = ctx;
    s->rose = *p;
    s->rises++;
}

static void fell(void *ctx, const struct pulse *p)
{
    struct seen *s = ctx;
    s->fell = *p;
    s->falls++;
}

static void lit(void *ctx, bool on, vtime_ps now)
{
    (void)now;
    ((struct seen *)ctx)->on = on;
}

static void test_pulse_meter(void **state)
{
    struct bench b;
    struct seen s = {0};
    struct pulse_meter m = {.rose = rose, .fell = fell, .ctx = &s};
    (void)state;
    bench_init(&b, NULL);
    pulse_meter_init(&m, &b.wire);
    one_pulse(&b, VTIME_MS(5), VTIME_US(1500));
    assert_int_equal(s.fell.width, VTIME_US(1500));
    assert_int_equal(s.fell.number, 0);
    assert_int_equal(s.rose.period, 0);
    one_pulse(&b, VTIME_MS(25), VTIME_NS(1500005));
    assert_int_equal(s.rose.period, VTIME_MS(20));
    assert_int_equal(s.fell.width, VTIME_NS(1500005));
    assert_int_equal(s.fell.number, 1);
    assert_int_equal(s.rises, 2);
    pulse_meter_clear(&m);
    one_pulse(&b, VTIME_S(9), VTIME_US(600));
    assert_int_equal(s.rose.number, 0);
    assert_int_equal(s.rose.period, 0);
}

static void test_led(void **state)
{
    struct bench b;
    struct seen s = {0};
    struct led l = {.changed = lit, .ctx = &s};
    (void)state;
    bench_init(&b, NULL);
    led_init(&l, &b.wire);
    signal_drive(&b.driver, DRIVE_HIGH, 1);
    assert_true(l.on && s.on);
    signal_drive(&b.driver, DRIVE_NONE, 2); /* floating is dark */
    assert_false(l.on || s.on);
}

/* ---- UART link ---- */

struct heard {
    char text[64];
    unsigned count, errors;
    vtime_ps last;
};

static void received(void *ctx, uint8_t byte, bool error, vtime_ps now)
{
    struct heard *h = ctx;
    h->text[h->count++ % sizeof(h->text)] = (char)byte;
    h->errors += error ? 1u : 0u;
    h->last = now;
}

static void open_link(struct io_rig *r, struct uart_link *u, struct heard *h, uint32_t baud)
{
    const struct uart_link_config c = {.sched = &r->chip.sched,
                                       .rx = chip_pin(&r->chip, 'D', 8),
                                       .tx = chip_pin(&r->chip, 'D', 9),
                                       .baud = baud,
                                       .received = received,
                                       .ctx = h};
    memset(h, 0, sizeof(*h));
    uart_link_init(u, &c);
}

/* USART3 with FIFO, receiver and transmitter on. */
static void open_port(struct io_rig *r)
{
    pin_af(r, 'D', 8, 7);
    pin_af(r, 'D', 9, 7);
    wr(r, USART3 + 0x0C, 556);
    wr(r, USART3, 1u << 29 | 0xCu);
    wr(r, USART3, 1u << 29 | 0xDu);
    run_until(r, VTIME_MS(1));
}

static void test_link_both_ways(void **state)
{
    struct io_rig *r = *state;
    struct uart_link u;
    struct heard h;
    open_port(r);
    open_link(r, &u, &h, 0);
    assert_int_equal(uart_link_send(&u, "status\r", 7), 0);
    assert_int_equal(uart_link_pending(&u), 7);
    run_until(r, VTIME_MS(1) + 7 * UINT64_C(100000000000) / 1152 - 10);
    assert_int_equal(uart_link_pending(&u), 1);
    run_until(r, VTIME_MS(2));
    assert_int_equal(uart_link_pending(&u), 0);
    for (unsigned i = 0; i < 7; i++) {
        uint32_t byte = rd(r, USART3 + 0x24);
        assert_int_equal(byte, "status\r"[i]);
        wr(r, USART3 + 0x28, byte);
    }
    run_until(r, VTIME_MS(3));
    assert_int_equal(h.count, 7);
    assert_memory_equal(h.text, "status\r", 7);
    assert_int_equal(h.errors, 0);
    assert_int_equal(h.last, VTIME_MS(2) + 7 * UINT64_C(86875000));
    uart_link_destroy(&u);
}

static void test_link_at_wrong_baud(void **state)
{
    struct io_rig *r = *state;
    struct uart_link u;
    struct heard h;
    open_port(r);
    open_link(r, &u, &h, 9600);
    wr(r, USART3 + 0x28, 'x');
    run_until(r, VTIME_MS(2));
    assert_int_equal(h.errors, 1);
    uart_link_send(&u, "y", 1);
    run_until(r, VTIME_MS(5));
    assert_int_equal(rd(r, USART3 + 0x1C) & 2u, 2); /* FE */
    uart_link_destroy(&u);
}

/* Thousands of bytes: the queue grows, order and pace stay. */
static void test_link_long_queue(void **state)
{
    struct io_rig *r = *state;
    struct uart_link u;
    struct heard h;
    open_port(r);
    open_link(r, &u, &h, 115200);
    for (unsigned i = 0; i < 1000; i++) {
        uint8_t bytes[3] = {(uint8_t)i, (uint8_t)(i >> 8), 0x55};
        assert_int_equal(uart_link_send(&u, bytes, sizeof(bytes)), 0);
    }
    vtime_ps t = VTIME_MS(1);
    for (unsigned n = 0; n < 3000; n++) {
        while ((rd(r, USART3 + 0x1C) & 0x20u) == 0) {
            t += VTIME_US(20);
            run_until(r, t);
        }
        unsigned i = n / 3;
        uint32_t wanted = n % 3 == 0 ? i & 0xFFu : n % 3 == 1 ? i >> 8 : 0x55u;
        assert_int_equal(rd(r, USART3 + 0x24), wanted);
    }
    assert_in_range(t, VTIME_MS(1) + VTIME_US(260416), VTIME_MS(1) + VTIME_US(260440));
    uart_link_destroy(&u);
}

#define RIG(test) cmocka_unit_test_setup_teardown(test, rig_setup, rig_teardown)

/* ---- jumper, pulse source ---- */

static void count_symbol(void *ctx, struct signal *s, const struct symbol *sym)
{
    (void)s;
    *(unsigned *)ctx += sym->data;
}

static void test_jumper_joins_two_wires(void **state)
{
    struct signal a, b;
    struct signal_driver on_a = {0}, on_b = {0};
    struct jumper j;
    unsigned heard = 0;
    (void)state;
    signal_init(&a, "a");
    signal_init(&b, "b");
    signal_attach(&a, &on_a);
    signal_attach(&b, &on_b);
    signal_drive(&on_a, DRIVE_HIGH, 0);
    jumper_init(&j, &a, &b, 0);
    assert_true(signal_is_high(&b)); /* what was there before it */
    signal_drive(&on_a, DRIVE_LOW, 1);
    assert_int_equal(b.level, LEVEL_LOW);
    signal_drive(&on_b, DRIVE_HIGH, 2);
    assert_int_equal(a.level, LEVEL_CONFLICT);
    assert_int_equal(b.level, LEVEL_CONFLICT);
    signal_drive(&on_a, DRIVE_NONE, 3);
    assert_true(signal_is_high(&a));
    signal_drive(&on_b, DRIVE_NONE, 4);
    assert_int_equal(a.level, LEVEL_FLOATING);
    assert_int_equal(b.level, LEVEL_FLOATING);
    struct signal_listener on_frames = {.symbol = count_symbol, .ctx = &heard};
    signal_listen(&b, &on_frames);
    signal_send_symbol(&a, &(struct symbol){.data = 3, .data_bits = 8});
    assert_int_equal(heard, 3);
}

static void count_edge(void *ctx, struct signal *s, vtime_ps now)
{
    (void)now;
    *(unsigned *)ctx += signal_is_high(s) ? 1u : 0u;
}

static void test_pulse_source_counts(void **state)
{
    struct sched sched;
    struct signal wire;
    struct pulse_source source;
    unsigned rises = 0;
    (void)state;
    sched_init(&sched);
    signal_init(&wire, "wire");
    struct signal_listener on_edges = {.changed = count_edge, .ctx = &rises};
    signal_listen(&wire, &on_edges);
    pulse_source_init(&source, &sched, &wire);
    pulse_source_start(&source, VTIME_US(10), 3);
    sched_run_until(&sched, VTIME_US(5) - 1);
    assert_int_equal(wire.level, LEVEL_LOW);
    sched_run_until(&sched, VTIME_US(5));
    assert_int_equal(wire.level, LEVEL_HIGH);
    sched_run_until(&sched, VTIME_US(100));
    assert_int_equal(rises, 3);
    assert_int_equal(wire.level, LEVEL_LOW);
    pulse_source_destroy(&source);
    sched_destroy(&sched);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_servo_turns_60_degrees_in_100_ms),
        cmocka_unit_test(test_servo_calibration),
        cmocka_unit_test(test_servo_dead_band),
        cmocka_unit_test(test_servo_follows_while_turning),
        cmocka_unit_test(test_servo_ignores_impossible_pulses),
        cmocka_unit_test(test_servo_without_pulses),
        cmocka_unit_test(test_servo_unplugged),
        cmocka_unit_test(test_pulse_meter),
        cmocka_unit_test(test_led),
        RIG(test_link_both_ways),
        RIG(test_link_at_wrong_baud),
        RIG(test_link_long_queue),
        cmocka_unit_test(test_jumper_joins_two_wires),
        cmocka_unit_test(test_pulse_source_counts),
    };
    return cmocka_run_group_tests_name("parts", tests, NULL, NULL);
}
