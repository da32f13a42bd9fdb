/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* GPIO set-up, RM0399 Rev 4 chapter 12.4. M7 only. */
#include "firmware/board/board.h"

/* Writes a field of `width` bits for pin `index` of a packed register. */
static void put_field(volatile uint32_t *reg, uint32_t index, uint32_t width, uint32_t value)
{
    const uint32_t shift = index * width;
    const uint32_t mask = ((1UL << width) - 1UL) << shift;
    *reg = (*reg & ~mask) | (value << shift);
}

/* Mode last: function and pull are right when the pin becomes what it is. */
static void set_pin(const struct board_pin *pin, enum pin_mode mode, enum pin_pull pull)
{
    put_field(&pin->port->AFR[pin->number / 8U], pin->number % 8U, 4, pin->alternate);
    put_field(&pin->port->PUPDR, pin->number, 2, pull);
    put_field(&pin->port->MODER, pin->number, 2, mode);
}

void board_start(void)
{
    RCC_C1->AHB4ENR |= board.gpio_clocks;
    (void)RCC_C1->AHB4ENR; /* the clock is on after a read-back and one access (9.5.10) */
    for (uint32_t i = 0; i < BOARD_LED_COUNT; i++) {
        board_led((enum board_led)i, false);
        set_pin(&board.led[i], PIN_OUTPUT, PIN_FLOATING);
    }
    board.servo[0].port->BSRR = 1UL << (board.servo[0].number + 16U);
    set_pin(&board.servo[0], PIN_OUTPUT, PIN_PULL_DOWN);
}

void board_console_pins(void)
{
    set_pin(&board.console_tx, PIN_ALTERNATE, PIN_FLOATING);
    set_pin(&board.console_rx, PIN_ALTERNATE, PIN_PULL_UP);
}

void board_servo_pins(uint32_t dials)
{
    for (uint32_t i = 0; i < dials && i < BOARD_DIALS; i++) {
        set_pin(&board.servo[i], PIN_ALTERNATE, PIN_PULL_DOWN);
    }
}

void board_can_pins(bool may_send)
{
    set_pin(&board.can_rx, PIN_ALTERNATE, PIN_PULL_UP);
    if (may_send) {
        set_pin(&board.can_tx, PIN_ALTERNATE, PIN_FLOATING);
    } else {
        const struct board_pin silent = {board.can_tx.port, board.can_tx.number, 0};
        set_pin(&silent, PIN_INPUT, PIN_PULL_UP);
    }
}

void board_feed_pin(enum pin_mode mode, enum pin_pull pull)
{
    set_pin(&board.feed, mode, pull);
}
