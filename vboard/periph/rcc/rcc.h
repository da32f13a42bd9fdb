/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_RCC_RCC_H
#define VBOARD_PERIPH_RCC_RCC_H

/*
 * RCC, reset and clock control of the STM32H755 (RM0399 Rev 4, chapter 9): oscillators, PLLs, the clock
 * tree in chip->clocks[], gates per core, peripheral resets, reset flags per core, boot hold, clock
 * security on HSE, domain clocks (D1CKRDY, D2CKRDY) and system Stop. It drives the domains of chip->power.
 *
 * What is left out, field by field: fields.c. Beyond any field: the delays of gates and multiplexers
 * (9.5.10: a few cycles; but see rcc_set_strict_mux), wait states on register accesses, DStandby.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/chip/chip.h"

extern const struct model rcc_model;
/* What each field of its registers is (vboard/chip/fields.h). */
extern const struct reg_fields rcc_fields[];

/* Indexes of periph->irq. HSECSS is level: high while CIFR.HSECSSF is set; it goes to both cores' NMI
 * (RM0399 9.5.3, Table 149). */
enum { RCC_IRQ_GLOBAL, RCC_IRQ_HSECSS, RCC_IRQ_LSECSS };

/* What is connected to OSC_IN (PH0). Zero fields: nothing there, from the start, for ever. */
struct rcc_hse {
    uint64_t uhz; /* 0: no clock */
    bool
        crystal; /* between OSC_IN and OSC_OUT: gives nothing while HSEBYP keeps it undriven (9.5.2) */
    vtime_ps appears_at; /* absent before */
    vtime_ps drops_at;   /* absent from then on; 0 = never */
    vtime_ps startup;    /* from HSEON (or the clock's appearance) to HSERDY; 0 = default */
};

/* Without a call: 8 MHz on OSC_IN, as the ST-LINK of the NUCLEO gives it. Before power-on or any time. */
void rcc_set_hse(struct chip *c, const struct rcc_hse *hse);
/* The crystal on OSC32_IN: 32.768 kHz, 2 s start-up without a call; uhz 0: none. */
void rcc_set_lse(struct chip *c, uint64_t uhz, vtime_ps startup);
/* How far an RC oscillator (CLK_HSI, CLK_CSI, CLK_HSI48, CLK_LSI) is off, in parts per million. */
void rcc_set_drift(struct chip *c, enum clock_id clock, int32_t ppm);

/*
 * RM0399 9.5.10 read to the letter: a kernel clock multiplexer changes over only while both inputs have
 * a clock, and gives none until then. FDCAN's stands at HSE after reset, so FDCAN would stay without a
 * clock where HSE never ran; as soon as HSE comes, a selection that waits goes through. What silicon
 * does is not known: nobody has reported it either way (docs/first-flash.md asks for it). Off without a
 * call: the selected input is there at once.
 */
void rcc_set_strict_mux(struct chip *c, bool strict);

#endif
