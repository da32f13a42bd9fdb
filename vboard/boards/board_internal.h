/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_BOARDS_BOARD_INTERNAL_H
#define VBOARD_BOARDS_BOARD_INTERNAL_H

/* What the files of the board share. Everybody else includes board.h. */
#include "vboard/boards/board.h"

#include "vboard/chips/stm32h755.h"
#include "vboard/cpu/machine.h"
#include "vboard/parts/boot_rom.h"
#include "vboard/parts/button.h"
#include "vboard/parts/eth_peer.h"
#include "vboard/parts/eth_phy.h"
#include "vboard/can/bus.h"
#include "vboard/can/transceiver.h"
#include "vboard/parts/jumper.h"
#include "vboard/parts/led.h"
#include "vboard/parts/pulse_meter.h"
#include "vboard/parts/pulse_source.h"
#include "vboard/parts/sd_card.h"
#include "vboard/parts/servo.h"
#include "vboard/parts/uart_link.h"
#include "vboard/periph/rcc/rcc.h"

/* Console, adapter and CAN have two each, the servo one. */
#define BOARD_LOOSE_PINS 7

struct led_hook {
    struct board *board;
    enum board_led led;
};

#define BOARD_JUMPERS 16u
#define BOARD_PULSE_SOURCES 4u
#define BOARD_SENDERS 4u

/* What hands have clipped to pins. */
struct board_clips {
    struct jumper jumpers[BOARD_JUMPERS];
    unsigned jumper_count;
    struct pulse_source sources[BOARD_PULSE_SOURCES];
    unsigned source_count;
    struct uart_link senders[BOARD_SENDERS];
    struct signal loose[BOARD_SENDERS]; /* where they hear nothing */
    unsigned sender_count;
};

struct board {
    struct board_config config;
    const struct board_data *data;
    struct supply supply;
    struct stm32h755 soc;
    struct machine *machine;
    struct can_bus can_bus;
    struct can_transceiver transceiver;
    struct servo servo;
    struct pulse_meter meter;
    struct led leds[BOARD_LED_COUNT];
    struct led_hook led_hooks[BOARD_LED_COUNT];
    struct button button;
    struct uart_link vcp;
    struct boot_rom rom;
    struct eth_phy eth_phy; /* .kind 0: the board has none */
    struct eth_peer eth_peer;
    struct uart_link adapter; /* USB-UART adapter on PB10/PB11; tx NULL: none is attached */
    struct sd_card sd_card;   /* config.sd NULL: none */
    struct signal_driver sd_detect;
    struct signal loose[BOARD_LOOSE_PINS]; /* those that the board does not connect */
    unsigned loose_count;
    struct signal_listener hse_enable; /* of the oscillator's enable pin */
    struct rcc_hse hse;                /* what it gives while it runs */
    struct signal_driver
        servo_pull_down; /* 10 k at the servo's input, as docs/wiring.md asks for */
    struct supply_listener supply_listener;
    struct event vcore_event;
    uint32_t vdd_mv;    /* what the board's regulator gives while the power is on */
    bool switched_on;   /* the power switch: USB is plugged in */
    bool nrst_held_low; /* by hand */
    bool brown_out;     /* below the BOR level that the option bytes select */
    uint64_t resets;
    struct board_clips clips;
};

/* board_clips.c */
void board_clips_destroy(struct board *b);

/* board_eth.c */
void board_wire_eth(struct board *b);
void board_power_eth(struct board *b, bool on);

/* board_power.c */
void board_wire_hse(struct board *b);
void board_wire_supply(struct board *b);

#endif
