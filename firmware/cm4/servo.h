/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM4_SERVO_H
#define CM4_SERVO_H

#include <stdbool.h>
#include <stdint.h>

/*
 * TIM2: one pulse per servo period and dial, moved by the M7's mailbox. The pins are held low by the
 * M7's set-up until the first post. The compare registers are preloaded: a value written now is on
 * the pins from the next period on, and each period's event names the post it was.
 */

/* Clock and interrupt; the counter starts with the first post. */
void servo_start(void);

/* Takes the mailbox's newest post over, if there is one. Interrupt context (PRIORITY_DATA). */
void servo_take_mailbox(void);

/* Parks on its own since the M7 is silent: park pulses until it posts again. False: not now, the
 * period is just ending, try again. Main loop. */
bool servo_park(void);

/* Has TIM2's interrupt come in time? False: its period is over, and neither it nor the timer goes on; then nothing
 * else moves the pulse any more. Every tick, main loop. */
bool servo_runs(void);

/* NMI, HSE is gone: low at once. The M7 ends it (m7.servo_hold). */
void servo_hold(void);

/* When the last frame arrived, for the latency counters. Interrupt context. */
void servo_note_frame(uint32_t frame_time_us);

#endif
