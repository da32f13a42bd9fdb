/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_BOARDS_BOARD_DATA_H
#define VBOARD_BOARDS_BOARD_DATA_H

/*
 * A board as data: what is soldered to which pin of its STM32H755, and what feeds it. One const struct in
 * boards.c; board_config.data takes it. Zero fields: the board has no such thing.
 *
 * BOOT0 is a pin of its own on this chip and needs no row; the boot ROM's pins are the chip's.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/kernel/supply.h"

enum board_led { BOARD_LED_GREEN, BOARD_LED_YELLOW, BOARD_LED_RED, BOARD_LED_COUNT };

struct board_pin {
    char port; /* 'A' to 'K'; 0: not connected */
    uint8_t number;
};

/* What OSC_IN (PH0) gets. */
enum board_clock {
    BOARD_CLOCK_NONE,
    BOARD_CLOCK_EXTERNAL, /* an oscillator, or another chip's clock output: HSEBYP */
    BOARD_CLOCK_CRYSTAL
};

struct board_data {
    const char *name;          /* for --board: "nucleo-h755zi-q" */
    const char *title;         /* for people */
    enum supply_wiring wiring; /* of VCORE, as sold */
    uint32_t vdd_mv;
    enum board_clock hse;
    uint64_t hse_uhz; /* of the crystal, or of what comes in */
    struct {
        struct board_pin pin;
        bool lit_low;
    } leds[BOARD_LED_COUNT];
    struct {
        struct board_pin pin;
        bool pressed_low;
    } button;
    struct {
        struct board_pin tx, rx; /* as the chip sees them */
    } console, can, boot_uart;   /* boot_uart: where an adapter for the boot ROM can be hung */
    struct board_pin servo;
    struct {
        uint32_t upper_ohm, lower_ohm,
            max_mv; /* from the feed to PVD_IN (PB7); a Zener diode's volts */
    } feed;
};

/* All there are, ended by NULL; the first is the default. */
extern const struct board_data *const boards[];
extern const struct board_data board_nucleo_h755zi_q;
/* The one of that name, or NULL. */
const struct board_data *board_named(const char *name);

#endif
