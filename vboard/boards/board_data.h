/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_BOARDS_BOARD_DATA_H
#define VBOARD_BOARDS_BOARD_DATA_H

/*
 * A board as data: which chip it carries, what is soldered to which pin of it, and what feeds it. One const struct
 * in boards.c, or a file of one's own (host/board_file.h); board_config.data takes it. Zero fields: the board has no
 * such thing.
 *
 * BOOT0 is a pin of its own on this chip and needs no row; the boot ROM's pins are the chip's.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/chip/mii.h"
#include "vboard/chip/external.h"
#include "vboard/chip/part.h"
#include "vboard/kernel/supply.h"
#include "vboard/parts/eth_phy.h"

/* By colour; orange is yellow here. A board with two of one colour has the first of them. */
enum board_led {
    BOARD_LED_GREEN,
    BOARD_LED_YELLOW,
    BOARD_LED_RED,
    BOARD_LED_BLUE,
    BOARD_LED_COUNT
};

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
    enum chip_part chip;       /* what is soldered on */
    enum supply_wiring wiring; /* of VCORE, as sold */
    const char *wiring_source; /* who says so: a manual's section, the maker's own firmware */
    const char *boot0;         /* how a person makes BOOT0 high: "connect BOOT0 to 3V3" */
    uint32_t vdd_mv;
    enum board_clock hse;
    uint64_t hse_uhz;            /* of the crystal, or of what comes in */
    const char *hse_from;        /* for people: "the ST-LINK" */
    struct board_pin hse_enable; /* the oscillator runs while this pin is high */
    bool ulpi_phy;               /* a USB PHY at USB1's ULPI pins, which gives ULPI_CK */
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
    struct {
        enum eth_phy_kind phy; /* 0: none, or one that is not known well enough */
        uint32_t address;      /* on MDIO */
        struct board_pin pins[MII_LINES];
    } eth;
    struct board_pin servo;
    /* On the FMC and QUADSPI (vboard/chip/external.h); ends at EXTERNAL_NONE. What is soldered on and not in here is
     * not known. */
    struct external_part memories[EXTERNAL_MEMORIES];
    uint32_t dsi_id; /* of the display on the DSI link: chip.h; 0: none */
    struct {
        uint8_t controller;      /* 1, 2: SDMMC1's or SDMMC2's pins go to it; 0: there is no slot */
        struct board_pin detect; /* its switch closes to ground while a card is in */
    } sd;
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
