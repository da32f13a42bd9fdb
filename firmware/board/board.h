/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef FIRMWARE_BOARD_H
#define FIRMWARE_BOARD_H

#include <stdbool.h>
#include <stdint.h>

#include "stm32h755xx.h"

/*
 * What is wired where. Each board is one const struct in a file of its own; the build takes one.
 * Pin set-up is the M7's alone and ends before the M4 is released, since both cores share MODER and
 * AFR; afterwards only BSRR is used.
 */
#define BOARD_DIALS 4

enum pin_mode { PIN_INPUT = 0, PIN_OUTPUT = 1, PIN_ALTERNATE = 2, PIN_ANALOG = 3 }; /* MODER */
enum pin_pull { PIN_FLOATING = 0, PIN_PULL_UP = 1, PIN_PULL_DOWN = 2 };             /* PUPDR */

struct board_pin {
    GPIO_TypeDef *port;
    uint8_t number;
    uint8_t alternate; /* function of this pin where it has one, 0..15 */
};

enum board_led { BOARD_LED_GREEN, BOARD_LED_YELLOW, BOARD_LED_RED, BOARD_LED_COUNT };

struct board {
    const char *name;
    uint32_t hse_hz;                       /* clock on OSC_IN when there is one */
    uint32_t gpio_clocks;                  /* RCC_AHB4ENR bits of the ports below */
    struct board_pin led[BOARD_LED_COUNT]; /* high = on */
    struct board_pin servo[BOARD_DIALS];   /* TIM2 channel 1 to 4 */
    struct board_pin can_rx;
    struct board_pin can_tx;
    struct board_pin console_tx;
    struct board_pin console_rx;
    struct board_pin feed; /* PVD_IN: a divider of the 12 V side, or open */
};

extern const struct board board;

/* M7: ports clocked, LEDs dark, the first servo pin driven low; everything else stays analog. */
void board_start(void);

/* M7: console pins to USART3. */
void board_console_pins(void);

/* M7: servo pins of `dials` channels to TIM2, which must already hold its outputs low. */
void board_servo_pins(uint32_t dials);

/* M7: CAN pins to FDCAN1. Without `may_send` TX stays an input with pull-up: not even a mistake of
 * the controller can reach the bus. */
void board_can_pins(bool may_send);

/* M7: the pin PVD_IN. */
void board_feed_pin(enum pin_mode mode, enum pin_pull pull);

/* Either core, any time. */
static inline void board_led(enum board_led led, bool on)
{
    const struct board_pin *pin = &board.led[led];
    pin->port->BSRR = 1UL << (on ? pin->number : pin->number + 16U);
}

#endif
