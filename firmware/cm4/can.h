/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM4_CAN_H
#define CM4_CAN_H

#include <stdbool.h>

#include "core/ipc.h"
#include "firmware/common/fault.h"

/*
 * FDCAN1, receiving: what passes the hardware filter goes into ring A, with the time of the interrupt.
 * FD operation is always on: a controller that knows only classic frames would destroy FD frames on
 * the car's bus. Transmitting does not exist here.
 */

/* Sets up and starts. Without IPC_CAN_ACTIVE in bus monitoring mode: not one dominant bit. */
enum fault can_start(const struct ipc_can_config *config) __attribute__((warn_unused_result));

/* Every millisecond, main loop: copies PSR and ECR into the shared block, reports changes. */
void can_watch(void);

/* Changes to bus monitoring mode for good: the clock is not to be trusted any more. */
enum fault can_fall_silent(void) __attribute__((warn_unused_result));

#endif
