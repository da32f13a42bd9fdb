/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What may happen to a board beside power and resets, and what was seen of an image's attention to it: the
 * data. Who does it: explore.h.
 */
#ifndef CHECK_STIMULUS_H
#define CHECK_STIMULUS_H

#include "vboard/kernel/vtime.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of a start in the history CHECK_STIMULATED. stimuli.c has the table. */
enum check_stimulus_kind {
    CHECK_NO_STIMULUS,
    CHECK_BUTTON,      /* the user button is pressed, again and again, for long */
    CHECK_BUTTON_HELD, /* it is held when the power comes on */
    CHECK_PINS,        /* inputs change */
    CHECK_PIN_HIGH,    /* an input is high when the power comes on: a jumper */
    CHECK_PIN_LOW,
    CHECK_FRAMES, /* on a CAN bus, those that the filters accept */
    CHECK_BYTES,  /* at a UART */
    CHECK_HSE_GOES,
    CHECK_HSE_ABSENT,
    CHECK_VDD_DIPS, /* below PVD's threshold, above the brown-out's */
    CHECK_LONGER,   /* nothing, for long */
    CHECK_STIMULI
};

struct check_stimulus {
    enum check_stimulus_kind kind;
    enum check_stimulus_kind
        after;     /* what made the image listen, is done before: CHECK_BUTTON, CHECK_PINS */
    uint8_t which; /* 16 * port + pin, CAN controller 1 or 2, a UART's row in uarts.h */
};

/* What is done at a time. */
enum check_act {
    CHECK_NO_ACT,
    CHECK_PRESS,
    CHECK_RELEASE,
    CHECK_DRIVE_HIGH, /* a pin */
    CHECK_DRIVE_LOW,
    CHECK_SEND_FRAME,
    CHECK_SEND_BYTES,
    CHECK_STOP_HSE,
    CHECK_START_HSE,
    CHECK_LOWER_VDD,
    CHECK_RAISE_VDD,
    CHECK_WAIT
};
#define CHECK_NUDGE_BYTES 24u

struct check_nudge {
    vtime_ps at; /* since the start */
    enum check_act act;
    uint8_t which;  /* as of its stimulus */
    uint8_t length; /* of `bytes`: a frame's, a UART's */
    bool extended;  /* of a frame */
    uint32_t id;
    uint8_t bytes[CHECK_NUDGE_BYTES];
};

/* What an image listens to, as far as it can be told from outside. */
struct check_senses {
    uint16_t pins[11];  /* inputs by port, that are read or that EXTI lets through */
    uint16_t high[11];  /* those that are high when nobody does anything */
    uint16_t uarts;     /* receivers that are on: a bit a row of uarts.h */
    uint8_t uart_rx[8]; /* their pins: 1 + 16 * port + number, 0: none */
    uint8_t can_rx[2], can_tx[2];
    uint8_t cans; /* controllers that take part in a bus: bit 1 and bit 2 */
    bool hse;     /* is on */
    bool pvd;     /* is on */
    bool goes_on; /* something may still happen by itself when its start ends */
};

#endif
