/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM4_CAN_H
#define CM4_CAN_H

#include <stdbool.h>

#include "core/ipc.h"
#include "firmware/common/fault.h"

/*
 * FDCAN1, receiving: what passes the hardware filter goes into m4_events, with the time of the interrupt.
 * FD operation is always on: a controller that knows only classic frames would destroy FD frames on
 * the car's bus. How the controller takes part is can_mode.h's, sending can_tx.h's.
 */

/* Sets up and starts, in bus monitoring mode: not one dominant bit. */
enum fault can_start(const struct ipc_can_config *config) __attribute__((warn_unused_result));

/* Every tick, main loop: copies PSR and ECR into the shared block, hears whether the car is awake, and
 * lets can_mode.h and can_tx.h do what is due. */
enum fault can_watch(void) __attribute__((warn_unused_result));

#endif
