/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_VREFBUF_VREFBUF_H
#define VBOARD_PERIPH_VREFBUF_VREFBUF_H

/*
 * VREFBUF (RM0399 Rev 4, chapter 28): it gives VREF+ its voltage, and so ADC and DAC their full scale, where nothing
 * outside does (vboard/chip/analog.h); where something does, switching the buffer through is a finding. VRR comes
 * 0.5 ms after the buffer was enabled: unverified, RM0399 gives no time, ST's HAL waits for up to 10 ms. In hold mode
 * the voltage stays (the capacitor's discharge is left out) and VRR keeps its last state.
 *
 * RM0399 does not say what the buffer does against a voltage from outside: that voltage wins here, and VRR comes.
 */
#include "vboard/chip/chip.h"

extern const struct model vrefbuf_model;

#endif
