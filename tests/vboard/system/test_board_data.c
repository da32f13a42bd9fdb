/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A board is what its data say: the same code with other pins, polarities, volts and clocks. */
#include "tests/formats/cmocka_head.h"

#include "vboard/boards/board.h"
#include "vboard/chip/chip.h"

#define RCC_CR 0x58024400u
#define HSEON (1u << 16)
#define HSEBYP (1u << 18)
#define CRYP_SR 0x48021004u
#define DSI_VR 0x50000000u

static const struct board_data other = {
    .name = "other",
    .title = "another board",
    .wiring = SUPPLY_LDO,
    .vdd_mv = 1900,
    .hse = BOARD_CLOCK_CRYSTAL,
    .hse_uhz = CLOCK_UHZ(25000000),
    .leds = {[BOARD_LED_RED] = {.pin = {'I', 12}, .lit_low = true},
             [BOARD_LED_GREEN] = {.pin = {'K', 3}}},
    .button = {.pin = {'F', 9}, .pressed_low = true},
    .console = {.tx = {'A', 9}, .rx = {'A', 10}},
    .can = {.tx = {'H', 13}, .rx = {'H', 14}},
    .boot_uart = {.tx = {'B', 10}, .rx = {'B', 11}},
    .servo = {'A', 15},
    .feed = {.upper_ohm = 30000, .lower_ohm = 10000, .max_mv = 3000},
};

static struct board *make(const struct board_data *data)
{
    const char *error = NULL;
    struct board *b = board_create(
        &(struct board_config){.data = data, .wiring = data != NULL ? data->wiring : SUPPLY_SMPS},
        &error);
    assert_non_null(b);
    board_power(b, true);
    return b;
}

static void hold(struct board *b, struct signal_driver *d, char port, unsigned n, enum drive drive)
{
    if (d->signal == NULL) {
        signal_attach(chip_pin(board_chip(b), port, n), d);
    }
    signal_drive(d, drive, board_now(b));
}

static void leds_are_where_the_data_say(void **state)
{
    struct board *b = make(&other);
    struct signal_driver red = {0}, green = {0}, sold = {0};
    (void)state;
    assert_false(board_led(b, BOARD_LED_RED));
    hold(b, &red, 'I', 12, DRIVE_HIGH);
    assert_false(board_led(b, BOARD_LED_RED));
    hold(b, &red, 'I', 12, DRIVE_LOW);
    assert_true(board_led(b, BOARD_LED_RED));
    hold(b, &green, 'K', 3, DRIVE_HIGH);
    assert_true(board_led(b, BOARD_LED_GREEN));
    hold(b, &sold, 'E', 1, DRIVE_HIGH); /* the NUCLEO's yellow one */
    assert_false(board_led(b, BOARD_LED_YELLOW));
    board_destroy(b);
}

static void button_has_its_polarity(void **state)
{
    struct board *b = make(&other);
    const struct signal *pin = chip_pin(board_chip(b), 'F', 9);
    (void)state;
    assert_true(signal_is_high(pin));
    board_button(b, true);
    assert_int_equal(pin->level, LEVEL_LOW);
    board_button(b, false);
    assert_true(signal_is_high(pin));
    board_destroy(b);
}

static void console_idles_on_its_own_pins(void **state)
{
    struct board *b = make(&other);
    (void)state;
    assert_true(signal_is_high(chip_pin(board_chip(b), 'A', 10)));
    assert_false(signal_is_high(chip_pin(board_chip(b), 'D', 9)));
    board_destroy(b);
}

/* A crystal of 25 MHz: asked for as a debugger would. */
static void hse_is_the_boards(void **state)
{
    struct board *b = make(&other);
    struct chip *c = board_chip(b);
    (void)state;
    c->access.master = MASTER_DEBUG;
    chip_mmio_write(c, RCC_CR, 4, chip_mmio_read(c, RCC_CR, 4) | HSEON);
    board_run_until(b, VTIME_MS(10));
    assert_int_equal(clock_hz(&c->clocks[CLK_HSE]), 25000000);
    board_hse(b, 0);
    assert_int_equal(clock_hz(&c->clocks[CLK_HSE]), 0);
    board_hse(b, BOARD_HSE_SOLD);
    board_run_until(b, VTIME_MS(20));
    assert_int_equal(clock_hz(&c->clocks[CLK_HSE]), 25000000);
    board_destroy(b);
}

/* RM0399 9.5.2: with HSEBYP something must drive OSC_IN. */
static void crystal_is_dead_in_bypass(void **state)
{
    struct board *b = make(&other);
    struct chip *c = board_chip(b);
    (void)state;
    c->access.master = MASTER_DEBUG;
    chip_mmio_write(c, RCC_CR, 4, chip_mmio_read(c, RCC_CR, 4) | HSEBYP);
    chip_mmio_write(c, RCC_CR, 4, chip_mmio_read(c, RCC_CR, 4) | HSEON);
    board_run_until(b, VTIME_MS(10));
    assert_int_equal(clock_hz(&c->clocks[CLK_HSE]), 0);
    board_destroy(b);
}

static void oscillator_runs_while_its_pin_is_high(void **state)
{
    struct board *b = make(board_named("portenta-h7"));
    struct chip *c = board_chip(b);
    struct signal_driver enable = {0};
    (void)state;
    c->access.master = MASTER_DEBUG;
    chip_mmio_write(c, RCC_CR, 4, chip_mmio_read(c, RCC_CR, 4) | HSEBYP | HSEON);
    board_run_until(b, VTIME_MS(10));
    assert_int_equal(clock_hz(&c->clocks[CLK_HSE]), 0);
    hold(b, &enable, 'H', 1, DRIVE_HIGH);
    board_run_until(b, VTIME_MS(20));
    assert_int_equal(clock_hz(&c->clocks[CLK_HSE]), 25000000);
    hold(b, &enable, 'H', 1, DRIVE_LOW);
    board_run_until(b, VTIME_MS(30));
    assert_int_equal(clock_hz(&c->clocks[CLK_HSE]), 0);
    board_destroy(b);
}

static bool reads_as_absent(const char *name, uint32_t address)
{
    struct board *b = make(board_named(name));
    struct chip *c = board_chip(b);
    c->access.master = MASTER_CM7;
    (void)chip_mmio_read(c, address, 4);
    bool absent = false;
    for (size_t i = 0; i < c->findings.count; i++) {
        absent = absent || c->findings.list[i].code == FOUND_NOT_ON_PART;
    }
    board_destroy(b);
    return absent;
}

static void parts_differ(void **state)
{
    (void)state;
    assert_true(reads_as_absent("nucleo-h745zi-q", CRYP_SR));
    assert_false(reads_as_absent("nucleo-h755zi-q", CRYP_SR));
    assert_true(reads_as_absent("nucleo-h755zi-q", DSI_VR));
    assert_false(reads_as_absent("stm32h747i-disco", DSI_VR));
    assert_true(reads_as_absent("stm32h747i-disco", CRYP_SR));
}

static void volts_are_the_boards(void **state)
{
    struct board *b = make(&other);
    const struct supply *s = board_chip(b)->supply;
    (void)state;
    assert_int_equal(s->vdd_mv, 1900);
    assert_int_equal(s->wiring, SUPPLY_LDO);
    board_feed(b, 8000);
    assert_int_equal(s->pvd_in_mv, 2000);
    board_feed(b, 20000);
    assert_int_equal(s->pvd_in_mv, 3000);
    board_feed(b, BOARD_FEED_OPEN);
    assert_int_equal(s->pvd_in_mv, SUPPLY_PVD_IN_OPEN);
    board_destroy(b);
}

static void the_nucleo_is_what_comes_without_a_word(void **state)
{
    struct board *b = make(NULL);
    struct signal_driver red = {0};
    (void)state;
    assert_int_equal(board_nucleo_h755zi_q.wiring, SUPPLY_SMPS);
    assert_int_equal(board_chip(b)->supply->vdd_mv, 3300);
    assert_false(signal_is_high(chip_pin(board_chip(b), 'C', 13)));
    board_button(b, true);
    assert_true(signal_is_high(chip_pin(board_chip(b), 'C', 13)));
    hold(b, &red, 'B', 14, DRIVE_HIGH);
    assert_true(board_led(b, BOARD_LED_RED));
    board_destroy(b);
}

/* What --board takes: names that are there once, each of a board that can be made. */
static void all_boards_can_be_made(void **state)
{
    (void)state;
    assert_ptr_equal(boards[0], &board_nucleo_h755zi_q);
    assert_null(board_named("no such board"));
    for (const struct board_data *const *data = boards; *data != NULL; data++) {
        assert_ptr_equal(board_named((*data)->name), *data);
        board_destroy(make(*data));
    }
}

/* BSP_LED_On of ST's driver for it writes 0. */
static void leds_of_the_h745i_disco_are_lit_low(void **state)
{
    (void)state;
    const struct board_data *data = board_named("stm32h745i-disco");
    assert_true(data->leds[BOARD_LED_GREEN].lit_low);
    assert_true(data->leds[BOARD_LED_RED].lit_low);
}

static void a_pin_has_the_voltage_that_is_put_there(void **state)
{
    struct board *b = make(NULL);
    (void)state;
    assert_true(board_volts(b, (struct board_pin){'C', 4}, 1650));
    assert_int_equal(chip_analog_uv(board_chip(b), 'C', 4), 1650000);
    assert_false(board_volts(b, (struct board_pin){'L', 4}, 1650));
    board_destroy(b);
}

/* Each hangs where its kind does, in no other one's place, and an SDRAM's dimensions make its size. */
static void memories_are_possible(void **state)
{
    (void)state;
    for (const struct board_data *const *b = boards; *b != NULL; b++) {
        unsigned places = 0;
        for (unsigned i = 0; i < EXTERNAL_MEMORIES; i++) {
            const struct external_part *m = &(*b)->memories[i];
            if (m->kind == EXTERNAL_NONE) {
                continue;
            }
            assert_non_null(m->name);
            assert_int_equal(places >> m->place & 1u, 0);
            places |= 1u << m->place;
            assert_int_equal(m->kind == EXTERNAL_QUADSPI_NOR, m->place == EXTERNAL_BANK_QUADSPI);
            if (m->kind == EXTERNAL_SDRAM) {
                assert_in_range(m->place, EXTERNAL_SDRAM_BANK_1, EXTERNAL_SDRAM_BANK_2);
                assert_int_equal((uint32_t)m->width / 8 * m->banks << (m->rows + m->columns),
                                 m->size);
            }
        }
        board_destroy(make(*b));
    }
}

/* What a programmer writes goes into the chip's flash, or into the board's own where it has some. */
static void memories_are_loaded(void **state)
{
    struct board *b = make(board_named("stm32h745i-disco"));
    struct board *none = make(NULL);
    const uint32_t last = 0x98000000u - 4;
    (void)state;
    assert_int_equal(board_load(b, 0x90000000, "abcd", 4), 0);
    assert_int_equal(board_load(b, last, "abcd", 4), 0);
    assert_int_equal(board_load(b, last, "abcde", 5), -1);
    assert_int_equal(board_load(b, 0xD0000000, "abcd", 4), -1); /* RAM */
    assert_int_equal(board_load(none, 0x90000000, "abcd", 4), -1);
    board_destroy(b);
    board_destroy(none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leds_of_the_h745i_disco_are_lit_low),
        cmocka_unit_test(leds_are_where_the_data_say),
        cmocka_unit_test(button_has_its_polarity),
        cmocka_unit_test(console_idles_on_its_own_pins),
        cmocka_unit_test(hse_is_the_boards),
        cmocka_unit_test(crystal_is_dead_in_bypass),
        cmocka_unit_test(oscillator_runs_while_its_pin_is_high),
        cmocka_unit_test(parts_differ),
        cmocka_unit_test(volts_are_the_boards),
        cmocka_unit_test(a_pin_has_the_voltage_that_is_put_there),
        cmocka_unit_test(all_boards_can_be_made),
        cmocka_unit_test(the_nucleo_is_what_comes_without_a_word),
        cmocka_unit_test(memories_are_possible),
        cmocka_unit_test(memories_are_loaded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
