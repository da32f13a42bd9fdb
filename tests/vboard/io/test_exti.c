/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* EXTI: RM0399 chapter 21. There is no SYSCFG in the rig: pins are those of port A. */
#include "tests/vboard/io/io_rig.h"

#include "vboard/parts/button.h"
#include "vboard/periph/exti/exti.h"

#define RTSR1 (EXTI + 0x00)
#define FTSR1 (EXTI + 0x04)
#define SWIER1 (EXTI + 0x08)
#define C1IMR1 (EXTI + 0x80)
#define C1EMR1 (EXTI + 0x84)
#define C1PR1 (EXTI + 0x88)
#define C2IMR1 (EXTI + 0xC0)
#define C2PR1 (EXTI + 0xC8)
#define C1EMR3 (EXTI + 0xA4)
#define C2EMR3 (EXTI + 0xE4)

static void set_input(struct io_rig *r, unsigned line, bool level)
{
    r->chip.exti.set(r->chip.exti.ctx, line, level);
}

/* A button on PA13's neighbour line 13, as the board's on PC13. */
static void test_button_edge(void **state)
{
    struct io_rig *r = *state;
    struct button b;
    button_init(&b, chip_pin(&r->chip, 'A', 10), 0);
    pin_mode(r, 'A', 10, 0);
    set_bits(r, RTSR1, 1u << 10);
    set_bits(r, C1IMR1, 1u << 10);
    button_press(&b, true, 1000);
    assert_true(r->line[CORE_CM7][40]);
    assert_false(r->line[CORE_CM4][40]);
    assert_int_equal(rd(r, C1PR1), 1u << 10);
    assert_int_equal(rd(r, C2PR1), 0); /* masked there */
    button_press(&b, false, 2000);     /* not the edge asked for */
    wr(r, C1PR1, 1u << 10);
    assert_false(r->line[CORE_CM7][40]);
    button_press(&b, true, 3000);
    assert_int_equal(r->raised[CORE_CM7][40], 2);
}

static void test_analog_pin_is_deaf(void **state)
{
    struct io_rig *r = *state;
    struct button b;
    button_init(&b, chip_pin(&r->chip, 'A', 10), 0);
    set_bits(r, RTSR1, 1u << 10);
    set_bits(r, C1IMR1, 1u << 10);
    button_press(&b, true, 1000);
    assert_int_equal(rd(r, C1PR1), 0);
}

/* 21.5.5, and both cores with masks of their own. */
static void test_software_trigger(void **state)
{
    struct io_rig *r = *state;
    wr(r, SWIER1, 1); /* nobody is interested */
    assert_int_equal(rd(r, C1PR1), 0);
    set_bits(r, C1IMR1, 1);
    set_bits(r, C2IMR1, 1);
    wr(r, SWIER1, 1);
    assert_int_equal(rd(r, SWIER1), 0);
    assert_true(r->line[CORE_CM7][6]);
    assert_true(r->line[CORE_CM4][6]);
    wr(r, C2PR1, 1);
    assert_true(r->line[CORE_CM7][6]);
    assert_false(r->line[CORE_CM4][6]);
}

/* 21.6.21: "or by changing the sensitivity of the edge detector". */
static void test_pending_falls_with_sensitivity(void **state)
{
    struct io_rig *r = *state;
    set_bits(r, C1IMR1, 3);
    wr(r, SWIER1, 3);
    wr(r, FTSR1, 1);
    assert_int_equal(rd(r, C1PR1), 2);
    assert_false(r->line[CORE_CM7][6]);
}

static void test_event_without_pending(void **state)
{
    struct io_rig *r = *state;
    set_bits(r, C1EMR1, 1u << 16);
    set_bits(r, RTSR1, 1u << 16);
    set_input(r, EXTI_LINE_PVD_AVD, true);
    assert_int_equal(r->events[CORE_CM7], 1);
    assert_int_equal(r->events[CORE_CM4], 0);
    assert_int_equal(rd(r, C1PR1), 0);
    set_input(r, EXTI_LINE_PVD_AVD, false);
    assert_int_equal(r->events[CORE_CM7], 1);
}

/* SEV of a core is input 79 (CM4's) or 80 (CM7's): it wakes the other one if its EMR3 lets it through, and no other
 * mask does (RM0399 Table 152; 79 and 80 are bits 15 and 16). */
static void test_sev_wakes_the_other_core(void **state)
{
    struct io_rig *r = *state;
    chip_sev(&r->chip, CORE_CM7);
    chip_sev(&r->chip, CORE_CM4);
    assert_int_equal(r->events[CORE_CM7] + r->events[CORE_CM4], 0);
    set_bits(r, C2EMR3, 1u << 15);
    set_bits(r, C1EMR3, 1u << 16);
    chip_sev(&r->chip, CORE_CM7);
    chip_sev(&r->chip, CORE_CM4);
    assert_int_equal(r->events[CORE_CM7] + r->events[CORE_CM4], 0);
    set_bits(r, C2EMR3, 1u << 16);
    chip_sev(&r->chip, CORE_CM7);
    assert_int_equal(r->events[CORE_CM4], 1);
    assert_int_equal(r->events[CORE_CM7], 0);
    set_bits(r, C1EMR3, 1u << 15);
    chip_sev(&r->chip, CORE_CM4);
    assert_int_equal(r->events[CORE_CM7], 1);
    assert_int_equal(r->events[CORE_CM4], 1);
}

/* The boot handshake of dual-core images: the CM7 sets C2EMR3 bit 14 for the CM4 and releases
 * semaphore 0, whose interrupt the CM4 has enabled: the CM4 wakes from WFE. */
static void test_hsem_event_wakes_cm4(void **state)
{
    struct io_rig *r = *state;
    set_bits(r, C2EMR3, 1u << 14);
    as(r, MASTER_CM4);
    wr(r, HSEM + 0x110, 1);
    as(r, MASTER_CM7);
    assert_int_equal(rd(r, HSEM + 0x080), 0x80000300u);
    assert_int_equal(r->events[CORE_CM4], 0);
    wr(r, HSEM, 0x300);
    assert_int_equal(r->events[CORE_CM4], 1);
    assert_int_equal(r->events[CORE_CM7], 0);
    rd(r, HSEM + 0x080);
    wr(r, HSEM, 0x300); /* still pending: no new edge, no second event */
    assert_int_equal(r->events[CORE_CM4], 1);
    as(r, MASTER_CM4);
    wr(r, HSEM + 0x114, 1);
    as(r, MASTER_CM7);
    rd(r, HSEM + 0x080);
    wr(r, HSEM, 0x300);
    assert_int_equal(r->events[CORE_CM4], 2);
}

/* The release came before the CM4 enabled the interrupt: the flag is latched, enabling makes the edge. */
static void test_release_before_enable_still_wakes(void **state)
{
    struct io_rig *r = *state;
    set_bits(r, C2EMR3, 1u << 14);
    rd(r, HSEM + 0x080);
    wr(r, HSEM, 0x300);
    assert_int_equal(r->events[CORE_CM4], 0);
    as(r, MASTER_CM4);
    wr(r, HSEM + 0x110, 1);
    assert_int_equal(r->events[CORE_CM4], 1);
}

/* Table 152: input 78 reaches CPU2 only. */
static void test_line_78_is_not_for_cm7(void **state)
{
    struct io_rig *r = *state;
    set_bits(r, C1EMR3, 1u << 14);
    set_input(r, EXTI_LINE_HSEM_C2, true);
    assert_int_equal(r->events[CORE_CM7], 0);
}

/* 21.5.3: a core's wake-up line is high while an unmasked direct input is, or an unmasked pending bit. */
static void test_wake_line(void **state)
{
    struct io_rig *r = *state;
    const uint8_t *wake = r->chip.cores.wake_line;
    set_input(r, 47, true); /* LPTIM1, unmasked for both cores by reset */
    assert_true(wake[CORE_CM7] && wake[CORE_CM4]);
    wr(r, EXTI + 0xD0, rd(r, EXTI + 0xD0) & ~(1u << 15)); /* C2IMR2 */
    assert_true(wake[CORE_CM7] && !wake[CORE_CM4]);
    set_input(r, 47, false);
    assert_false(wake[CORE_CM7]);
    set_input(r, EXTI_LINE_HSEM_C2, true);
    assert_true(!wake[CORE_CM7] && wake[CORE_CM4]);
    set_input(r, EXTI_LINE_HSEM_C2, false);
    set_bits(r, C1IMR1, 1);
    wr(r, SWIER1, 1);
    assert_true(wake[CORE_CM7]);
    wr(r, C1PR1, 1);
    assert_false(wake[CORE_CM7]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_button_edge, rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_analog_pin_is_deaf, rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_software_trigger, rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_pending_falls_with_sensitivity, rig_setup,
                                        rig_teardown),
        cmocka_unit_test_setup_teardown(test_event_without_pending, rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_sev_wakes_the_other_core, rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_hsem_event_wakes_cm4, rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_release_before_enable_still_wakes, rig_setup,
                                        rig_teardown),
        cmocka_unit_test_setup_teardown(test_line_78_is_not_for_cm7, rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_wake_line, rig_setup, rig_teardown),
    };
    return cmocka_run_group_tests_name("exti", tests, NULL, NULL);
}
