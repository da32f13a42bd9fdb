/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_ASKING_H
#define CM7_ASKING_H

#include <stdint.h>

#include "core/request.h"

/*
 * Dials whose source must be asked for (core/request.h): answers in, requests out through ring C, which the
 * M4 sends. Main loop only.
 */

/* `record` must stay. */
void asking_start(const struct record *record);

/* A frame that came in: the dial its reading is for, or -1. */
int asking_frame(uint32_t time_us, const struct can_frame *frame, enum source_result *result,
                 struct source_reading *reading);

/* After events and at each tick: hears whether the car is awake, sends what is due. */
void asking_run(uint32_t now_us);

/* At each tick: says on the console what has changed. */
void asking_tell(void);

#endif
