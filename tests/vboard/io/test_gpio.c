/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* GPIO ports: RM0399 chapter 12. */
#include "tests/vboard/io/io_rig.h"

#define OTYPER 0x04u
#define PUPDR 0x0Cu
#define IDR 0x10u
#define ODR 0x14u
#define BSRR 0x18u
#define LCKR 0x1Cu

static enum level level(struct io_rig *r, char port, unsigned n)
{
    return chip_pin(&r->chip, port, n)->level;
}

static void test_analog_floats(void **state)
{
    struct io_rig *r = *state;
    assert_int_equal(level(r, 'A', 0), LEVEL_FLOATING);
    wr(r, GPIOA + PUPDR, 0x64000001u); /* 12.3.13: no pull in analog mode */
    assert_int_equal(level(r, 'A', 0), LEVEL_FLOATING);
    pin_mode(r, 'A', 0, 0);
    assert_int_equal(level(r, 'A', 0), LEVEL_HIGH);
    assert_int_equal(rd(r, GPIOA + IDR) & 1u, 1);
    pin_mode(r, 'A', 0, 3);
    assert_int_equal(rd(r, GPIOA + IDR) & 1u, 0);
}

static void test_debug_pins_after_reset(void **state)
{
    struct io_rig *r = *state;
    assert_int_equal(level(r, 'A', 15), LEVEL_HIGH); /* JTDI, pull-up */
    assert_int_equal(level(r, 'A', 14), LEVEL_LOW);  /* JTCK, pull-down */
    assert_int_equal(level(r, 'A', 13), LEVEL_HIGH);
    assert_int_equal(level(r, 'B', 4), LEVEL_HIGH);
    assert_int_equal(level(r, 'B', 3), LEVEL_FLOATING);
}

static void test_bsrr_and_odr(void **state)
{
    struct io_rig *r = *state;
    pin_mode(r, 'B', 0, 1);
    pin_mode(r, 'B', 14, 1);
    wr(r, GPIOB + BSRR, 1u << 0 | 1u << 14);
    assert_int_equal(level(r, 'B', 0), LEVEL_HIGH);
    assert_int_equal(level(r, 'B', 14), LEVEL_HIGH);
    assert_int_equal(rd(r, GPIOB + ODR), 0x4001);
    assert_int_equal(rd(r, GPIOB + BSRR), 0);
    wr(r, GPIOB + BSRR, 1u << 16 | 1u << 30 | 1u << 14); /* set wins over reset (12.4.7) */
    assert_int_equal(level(r, 'B', 0), LEVEL_LOW);
    assert_int_equal(level(r, 'B', 14), LEVEL_HIGH);
    as(r, MASTER_CM4);
    wr_size(r, GPIOB + BSRR, 2, 1); /* half-word: sets */
    assert_int_equal(level(r, 'B', 0), LEVEL_HIGH);
    wr_size(r, GPIOB + BSRR + 2, 1, 1); /* byte of the upper half: resets */
    assert_int_equal(level(r, 'B', 0), LEVEL_LOW);
    wr_size(r, GPIOB + ODR + 1, 1, 0);
    assert_int_equal(level(r, 'B', 14), LEVEL_LOW);
}

static void test_open_drain(void **state)
{
    struct io_rig *r = *state;
    pin_mode(r, 'C', 3, 1);
    wr(r, GPIOC + OTYPER, 1u << 3);
    assert_int_equal(level(r, 'C', 3), LEVEL_LOW);
    wr(r, GPIOC + BSRR, 1u << 3);
    assert_int_equal(level(r, 'C', 3), LEVEL_FLOATING);
    wr(r, GPIOC + PUPDR, 1u << 6);
    assert_int_equal(level(r, 'C', 3), LEVEL_HIGH);
}

static void test_short_is_found(void **state)
{
    struct io_rig *r = *state;
    struct signal_driver other;
    signal_attach(chip_pin(&r->chip, 'C', 1), &other);
    signal_drive(&other, DRIVE_HIGH, 0);
    pin_mode(r, 'C', 1, 0);
    assert_int_equal(rd(r, GPIOC + IDR) & 2u, 2);
    pin_mode(r, 'C', 1, 1); /* ODR is 0 */
    assert_int_equal(level(r, 'C', 1), LEVEL_CONFLICT);
    assert_int_equal(take_findings(r, FINDING_PIN_CONFLICT), 1);
}

static void lock(struct io_rig *r, uint32_t pins, uint32_t second_pins)
{
    wr(r, GPIOA + LCKR, 1u << 16 | pins);
    wr(r, GPIOA + LCKR, second_pins);
    wr(r, GPIOA + LCKR, 1u << 16 | pins);
    (void)rd(r, GPIOA + LCKR);
}

static void test_lock_sequence(void **state)
{
    struct io_rig *r = *state;
    pin_mode(r, 'A', 0, 1);
    lock(r, 1, 3); /* LCK[15:0] changed in between: aborted */
    assert_int_equal(rd(r, GPIOA + LCKR) >> 16, 0);
    pin_mode(r, 'A', 0, 0);
    assert_int_equal(rd(r, GPIOA) & 3u, 0);
    lock(r, 1, 1);
    assert_int_equal(rd(r, GPIOA + LCKR), 0x10001);
    pin_mode(r, 'A', 0, 1);
    pin_mode(r, 'A', 1, 1);
    assert_int_equal(rd(r, GPIOA) & 15u, 4); /* pin 0 frozen, pin 1 not */
    wr(r, GPIOA + 0x20, 0x11);
    assert_int_equal(rd(r, GPIOA + 0x20), 0x10);
    wr(r, GPIOA + LCKR, 0);
    assert_int_equal(rd(r, GPIOA + LCKR), 0x10001);
    periph_reset(chip_periph(&r->chip, "GPIOA"), RESET_PERIPH);
    assert_int_equal(rd(r, GPIOA + LCKR), 0);
}

static void test_alternate_function_is_routed(void **state)
{
    struct io_rig *r = *state;
    struct pinfunc *ch1 = chip_pinfunc(&r->chip, "TIM2_CH1");
    pin_af(r, 'A', 0, 1);
    assert_ptr_equal(ch1->pin, chip_pin(&r->chip, 'A', 0));
    pinfunc_drive(ch1, DRIVE_HIGH, 0);
    assert_int_equal(level(r, 'A', 0), LEVEL_HIGH);
    pin_af(r, 'A', 5, 1); /* the same function on another pin */
    assert_int_equal(level(r, 'A', 0), LEVEL_FLOATING);
    assert_int_equal(level(r, 'A', 5), LEVEL_HIGH);
    pin_mode(r, 'A', 5, 3);
    assert_null(ch1->pin);
    assert_int_equal(level(r, 'A', 5), LEVEL_FLOATING);
}

/* Output high, then the alternate function that drives high too: no edge in between. */
static void test_handover_without_glitch(void **state)
{
    struct io_rig *r = *state;
    static struct pin_trace t;
    pinfunc_drive(chip_pinfunc(&r->chip, "TIM2_CH1"), DRIVE_HIGH, 0);
    wr(r, GPIOA + 0x20, 1);
    wr(r, GPIOA + BSRR, 1);
    pin_mode(r, 'A', 0, 1);
    trace_pin(r, &t, 'A', 0);
    pin_mode(r, 'A', 0, 2);
    pin_mode(r, 'A', 0, 1);
    assert_int_equal(t.count, 0);
    wr(r, GPIOA + BSRR, 1u << 16);
    pin_mode(r, 'A', 0, 2); /* low to high: never a short */
    assert_int_equal(level(r, 'A', 0), LEVEL_HIGH);
    pin_mode(r, 'A', 0, 1);
    assert_int_equal(level(r, 'A', 0), LEVEL_LOW);
}

/* What GPIO hands a pin to is known, whether a model drives it or not; what has no model leaves it open. */
static void test_unmodelled_function_is_known(void **state)
{
    struct io_rig *r = *state;
    const char *const *function = r->chip.pins.function[0];
    assert_null(function[5]);
    pin_mode(r, 'A', 5, 1);
    assert_int_equal(level(r, 'A', 5), LEVEL_LOW);
    pin_af(r, 'A', 5, 5);
    assert_string_equal(function[5], "SPI1_SCK");
    assert_int_equal(level(r, 'A', 5), LEVEL_FLOATING);
    pin_af(r, 'A', 5, 1);
    assert_string_equal(function[5], "TIM2_CH1");
    pin_af(r, 'A', 5, 15);
    assert_string_equal(function[5], "EVENTOUT");
    pin_af(r, 'A', 5, 13);
    assert_null(function[5]);
    pin_mode(r, 'A', 5, 3);
    assert_null(function[5]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_analog_floats, rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_debug_pins_after_reset, rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_bsrr_and_odr, rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_open_drain, rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_short_is_found, rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_lock_sequence, rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_alternate_function_is_routed, rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_handover_without_glitch, rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_unmodelled_function_is_known, rig_setup, rig_teardown),
    };
    return cmocka_run_group_tests_name("gpio", tests, NULL, NULL);
}
