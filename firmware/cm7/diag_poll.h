/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef FIRMWARE_CM7_DIAG_POLL_H
#define FIRMWARE_CM7_DIAG_POLL_H

#include <stdint.h>

#include "core/request.h"

/*
 * Dials whose source must be asked for (core/request.h): answers in, requests out through m7_requests, which the
 * M4 sends. Main loop only.
 */

/* `record` must stay. */
void diag_poll_start(const struct record *record);

/* A frame that came in: the dial its reading is for, or -1. */
int diag_poll_frame(uint32_t time_us, const struct can_frame *frame, enum source_result *result,
                    struct source_reading *reading);

/* After events and at each tick: hears whether the car is awake, sends what is due. */
void diag_poll_run(uint32_t now_us);

/* Is nothing asked for, though it could be? */
bool diag_poll_rests(void);

/* At each tick: says on the console what has changed. */
void diag_poll_tell(void);

#endif
