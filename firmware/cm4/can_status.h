/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM4_CAN_STATUS_H
#define CM4_CAN_STATUS_H

#include <stdbool.h>

/*
 * PSR and ECR, copied into the shared block. Reading PSR changes it, LEC becomes "no change" (RM0399 59.5.13), so it is
 * read here and nowhere else. PRIORITY_DATA, or with interrupts masked.
 */
void can_status_copy(void);

/* The same, and the answer to: is the controller receiving a frame just now (PSR.ACT)? */
bool can_status_is_receiving(void);

#endif
