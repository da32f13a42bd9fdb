/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_SERVO_HOLD_H
#define CM7_SERVO_HOLD_H

#include <stdint.h>

/* The M7's part in TIM2: holding the servo outputs low. Pulses are the M4's. */

/* Before the M4 is released: outputs of `dials` channels driven, and driven low. */
void servo_hold_start(uint32_t dials);

/* Low at once, in mid-pulse too. From the NMI. */
void servo_hold_low(void);

/* Low, but no pulse is cut: waits until those of this period are over. Main loop. */
void servo_hold_pause(void);

/* Park pulses from the next period on, written by this core: only while the M4, whose registers these are, does
 * not run. It notices when it runs on (cm4/servo.c). */
void servo_hold_park(void);

/* Ends either, between two pulses if the timer runs. Waits up to one pulse's length. Main loop. */
void servo_hold_release(void);

#endif
