/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM4_CAN_MODE_H
#define CM4_CAN_MODE_H

#include <stdbool.h>

#include "core/ipc.h"
#include "firmware/common/fault.h"

/*
 * How FDCAN1 takes part in the bus: listening (bus monitoring), on, or silenced for good. It begins by
 * listening, and is on only in an active profile and while the M7 finds the clock good (can_mode_permit).
 *
 * In an active profile, or where the bit rate is to be found, the car must be heard first as well. Frames heard in
 * CAN_MODE_LOOKS different ticks (cm4/main.h) prove the bit rate; only then the
 * controller may drive the bus: at another rate it would destroy good frames. Without any for CAN_MODE_TRY_MS the other bit rate is tried, if there is one.
 * After a bus-off it recovers (128 times 11 recessive bits, RM0399 59.4.1), after the third it stays silent.
 *
 * A profile without CAN FD cannot know the data rate of FD frames that are there all the same; at another than ours
 * each would be answered with an error frame. With the first error in a data phase it listens, until there
 * were none for CAN_MODE_FORGIVE_MS; twice as long after each time that it took part and met one again.
 */
#define CAN_MODE_LOOKS 10U
#define CAN_MODE_FORGIVE_MS 10000U
#define CAN_MODE_FORGIVE_DOUBLINGS 10U /* three hours */
#define CAN_MODE_TRY_MS 1000U          /* a quiet bus still has a message a second */

/* CCCR and NBTP as configured, while CCCR.CCE is set; INIT stays. */
void can_mode_configure(const struct ipc_can_config *config);

/* Ends INIT. */
enum fault can_mode_start(void) __attribute__((warn_unused_result));

/* Every tick, main loop. `heard`: valid frames came since the last call. */
enum fault can_mode_tick(bool heard) __attribute__((warn_unused_result));

/* The M7 says whether the clock is good enough to drive the bus; the next can_mode_tick() follows. */
void can_mode_permit(bool permitted);

bool can_mode_is_on(void);

#endif
