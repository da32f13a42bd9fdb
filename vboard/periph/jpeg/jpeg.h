/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_JPEG_JPEG_H
#define VBOARD_PERIPH_JPEG_JPEG_H

/*
 * JPEG (RM0399 Rev 4, chapter 35): registers, memories, the input FIFO and its interrupts. The codec itself is left out:
 * neither headers nor pictures are read or made, and setting START says so. What is written to DIR stays in the FIFO until
 * it is flushed; nothing ever comes out of the other one.
 *
 * RM0399 does not say how deep the FIFOs are: 16 words, of which 8 are the threshold, as ST's HAL takes them to be. Its
 * output's triggers to MDMA never come.
 */
#include "vboard/chip/chip.h"

enum jpeg_irq { JPEG_IRQ_GLOBAL };

extern const struct model jpeg_model;

#endif
