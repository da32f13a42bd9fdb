/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_HRTIM_HRTIM_H
#define VBOARD_PERIPH_HRTIM_HRTIM_H

/*
 * HRTIM, the high-resolution timer (RM0399 Rev 4, chapter 39), as six counters with PWM outputs.
 *
 * Modelled: master timer and timers A to E, continuous and single-shot, prescaler, preload and its updates by roll-over,
 * repetition and software, compare, period, repetition and update flags and interrupts, both outputs of each timer set and
 * reset by software, period and the four compares, polarity, idle level, enabling and disabling of outputs. What is left
 * out, field by field: fields.c, fields_common.c. Beyond any field: where an output is set and reset at once, the
 * higher compare wins, then reset.
 *
 * A period is taken as PERx counts, as ST's HRTIM_MultiplePWM has it (200 MHz, PERx 100: 2 MHz); RM0399 does not say.
 * Edges are events only while somebody watches the pin (signal.h).
 */
#include "vboard/chip/chip.h"

enum hrtim_irq {
    HRTIM_IRQ_MASTER,
    HRTIM_IRQ_A,
    HRTIM_IRQ_B,
    HRTIM_IRQ_C,
    HRTIM_IRQ_D,
    HRTIM_IRQ_E,
    HRTIM_IRQ_FAULT
};

extern const struct model hrtim_model;
extern const struct reg_fields hrtim_fields[];

#endif
