/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_ADC_ADC_H
#define VBOARD_PERIPH_ADC_ADC_H

/*
 * ADC1 with ADC2, and ADC3 (RM0399 Rev 4, chapter 26): regular and injected groups, continuous and
 * discontinuous mode, triggers, DMA, analog watchdogs, offsets, oversampling, delay, calibration, internal
 * channels. Voltages: vboard/chip/analog.h.
 *
 * Left out beyond any field: noise, settling, the injected context queue, what calibration corrects (nothing is
 * wrong here). An injected sequence makes the regular conversion that it interrupts begin anew.
 */
#include "vboard/chip/chip.h"

enum adc_irq { ADC_IRQ_GLOBAL };

extern const struct model adc12_model; /* two converters in one block */
extern const struct model adc3_model;
extern const struct reg_fields adc12_fields[];
extern const struct reg_fields adc3_fields[];

#endif
