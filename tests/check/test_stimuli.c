/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Images whose danger shows only when something happens to the board; each has a twin that does something harmless
 * then and stays safe. Without looking further what would select a supply is found by reading only.
 */
#include "tests/check/check_runner.h"

#include <stdio.h>

#define SAFE 0
#define UNSAFE 1
#define UNKNOWN 3

/* What is done, as the report says it. */
struct trial {
    const char *name, *condition;
};

static void shows(const struct trial *t)
{
    char arguments[120];
    snprintf(arguments, sizeof arguments, "%%on_%s.elf", t->name);
    expect(arguments, UNSAFE, "VCORE is gone", t->condition, "do_it", NULL);
    expect_not("never ran");
    snprintf(arguments, sizeof arguments, "%%on_%s_good.elf", t->name);
    expect(arguments, SAFE, NULL);
    snprintf(arguments, sizeof arguments, "%%on_%s.elf --effort quick", t->name);
    expect(arguments, UNKNOWN, "never ran", NULL);
}

static void all_show(const struct trial *trials, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        shows(&trials[i]);
    }
}

#define ALL(trials) all_show(trials, sizeof(trials) / sizeof *(trials))

static void the_button(void **state)
{
    static const struct trial trials[] = {
        {"button", "if the user button is pressed 0."},
        {"exti", "if the user button is pressed 0."},
        {"presses", "if the user button is released 1."},
        {"held", "if the user button is pressed from power-on on"},
        {"long", "if the user button is pressed 2."},
    };
    (void)state;
    ALL(trials);
}

static void inputs(void **state)
{
    static const struct trial trials[] = {
        {"pin", "if PA5 goes high"},
        {"pin_exti", "if PB4 goes low"},
        {"two_pins", "if PA6 goes high"},
        {"jumper", "if PA5 goes high from power-on on"},
        {"jumper_low", "if PA5 goes low from power-on on"},
    };
    (void)state;
    ALL(trials);
}

static void frames_that_filters_accept(void **state)
{
    static const struct trial trials[] = {
        {"can_dual", "if frame 0x123 with 01 02 03 04 05 06 07 08 comes to FDCAN1"},
        {"can_range", "if frame 0x18DA0007 with"},
        {"can_any", "if frame 0x345 with"},
        {"can_data", "if frame 0x123 with 00 00 5A 00 00 00 00 00 comes to FDCAN1"},
        {"can_mask", "if frame 0x706 with"},
    };
    (void)state;
    ALL(trials);
}

static void bytes(void **state)
{
    static const struct trial trials[] = {
        {"byte", "if 'L' comes to USART3"},
        {"word", "if \"ldo\\r\" comes to USART3"},
        {"byte_exti", "if 0xA7 comes to USART3"},
        {"other_uart", "if 'L' comes to USART2"},
        {"two_bytes", "if \"mx\" comes to USART3"},
        {"window", "if 0x0D comes to USART3 0.005 s after power-on"},
    };
    (void)state;
    ALL(trials);
}

static void the_clock_the_supply_and_time(void **state)
{
    static const struct trial trials[] = {
        {"hse_goes", "if HSE goes away 0."},
        {"no_hse", "if HSE goes away from power-on on"},
        {"vdd", "if VDD falls below PVD's threshold"},
        {"later", "if it is left alone for 8.0"},
    };
    (void)state;
    ALL(trials);
}

/* The start itself shows nothing. */
static void what_it_leaves_behind(void **state)
{
    static const struct trial trials[] = {
        {"flashed", "if a start came before with: bytes USART3"},
        {"kept", "if a start came before with: bytes USART3"},
    };
    (void)state;
    ALL(trials);
}

static void one_after_the_other(void **state)
{
    static const struct trial trials[] = {
        {"after_all",
         "comes to USART3 0.600 s after power-on, the user button having been pressed before"},
    };
    (void)state;
    ALL(trials);
}

/* What reading the code does not find at all. */
static void other_dangers(void **state)
{
    (void)state;
    expect("%do_overdrive.elf", UNSAFE, "VOS0 under direct SMPS", "if the user button is pressed",
           NULL);
    expect("%do_overdrive_good.elf", SAFE, NULL);
    expect("%do_no_states.elf", UNSAFE, "flash wait states", "if the user button is pressed", NULL);
    expect("%do_no_states_good.elf", SAFE, NULL);
    expect("%do_fault.elf", UNSAFE, "crashes", "if the user button is pressed", NULL);
    expect("%do_fault_good.elf", SAFE, "if the user button is pressed runs: ", NULL);
}

static void the_other_core_listens_too(void **state)
{
    (void)state;
    expect("%good.elf %on_button_m4.elf", SAFE, "if the user button is pressed runs: ", NULL);
    expect("%idle_m7.elf %on_button_m4.elf", UNSAFE, "CM4 do_it", "VCORE is gone",
           "if the user button is pressed", NULL);
}

/* Nothing is done to who listens to nothing. */
static void nothing_for_the_deaf(void **state)
{
    (void)state;
    expect("%good.elf %idle_m4.elf", SAFE, "starts of up to 5 s", NULL);
    expect_not("if the user button");
    expect_not("if bytes");
    expect_not("if frames");
    expect_not("if its inputs");
    expect_not("without HSE");
    expect_not("longer time");
}

static void effort_is_a_number_or_a_name(void **state)
{
    (void)state;
    expect("%do_fault.elf --effort 0", SAFE, "no button pressed, nothing connected", NULL);
    expect("%do_fault.elf --effort 1", UNSAFE, "(effort 1)", NULL);
    expect("%do_fault_good.elf --effort deep", SAFE, "(effort 30)", NULL);
    expect("%do_fault.elf --effort some", 2, "--effort some: write quick, normal, deep", NULL);
    expect("%do_fault.elf --effort 5000", 2, "a number up to 1000", NULL);
}

static void programs_are_told(void **state)
{
    (void)state;
    expect("%on_button.elf --json -", UNSAFE, "\"effort\":1", "\"stimulus\":\"button\"",
           "\"if\":\"the user button is pressed 0.", "\"new_code\":", NULL);
    expect("%on_button.elf --junit -", UNSAFE, "power-on button\"",
           ", if the user button is pressed", NULL);
    expect("%on_button.elf --sarif -", UNSAFE, ", if the user button is pressed", NULL);
}

/* CYCCNT, SysTick: the wait is seen, and what is missing is named. */
static void counters_that_stand(void **state)
{
    (void)state;
    expect("%counter_locked.elf", UNKNOWN, "DWT_CYCCNT", "DWT is locked", "DWT->LAR = 0xC5ACCE55",
           NULL);
    expect("%counter_untraced.elf", UNKNOWN, "DEMCR.TRCENA is 0", NULL);
    expect("%counter_off.elf", UNKNOWN, "CYCCNTENA is 0", NULL);
    expect("%counter_systick.elf", UNKNOWN, "SysTick_CTRL", "SysTick stands still", NULL);
    expect("%counter_good.elf", SAFE, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_button),
        cmocka_unit_test(inputs),
        cmocka_unit_test(frames_that_filters_accept),
        cmocka_unit_test(bytes),
        cmocka_unit_test(the_clock_the_supply_and_time),
        cmocka_unit_test(what_it_leaves_behind),
        cmocka_unit_test(one_after_the_other),
        cmocka_unit_test(other_dangers),
        cmocka_unit_test(the_other_core_listens_too),
        cmocka_unit_test(nothing_for_the_deaf),
        cmocka_unit_test(effort_is_a_number_or_a_name),
        cmocka_unit_test(programs_are_told),
        cmocka_unit_test(counters_that_stand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
