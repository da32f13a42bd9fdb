/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_COMP_COMP_H
#define VBOARD_PERIPH_COMP_COMP_H

/*
 * COMP1 and COMP2 (RM0399 Rev 4, chapter 29): comparators of the voltages of vboard/chip/analog.h, with the scaler,
 * hysteresis, blanking by timers, window mode, polarity, lock; their outputs go to EXTI, to the interrupt, to pins
 * COMPx_OUT and by the wires "COMP1_OUT" and "COMP2_OUT" to other peripherals.
 *
 * Unverified: how much hysteresis there is; RM0399 only names three levels, 10, 20 and 30 mV are taken for them (the
 * data sheet was not at hand). The output rises where the plus input exceeds the minus input, and falls where it is that much below it (Figure 222). Left out beyond any field: the times that the
 * comparator and the scaler take to start, propagation, offset.
 *
 * RM0399 does not say, and is taken so here: a comparator that is disabled gives low, whatever POLARITY is; a scaler
 * that is off gives 0 V; CxIF is set by the output's rising edge, and does not come back while it stays high.
 */
#include "vboard/chip/chip.h"

enum comp_irq { COMP_IRQ_GLOBAL, COMP_IRQ_WKUP1, COMP_IRQ_WKUP2 };

extern const struct model comp_model;

#endif
