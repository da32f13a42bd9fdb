/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM4_PRIORITY_H
#define CM4_PRIORITY_H

/* Of interrupts; 0 is the most urgent, 15 the least. FDCAN1, TIM2 and HSEM2 must have the same. */
#define PRIORITY_DATA 4U
#define PRIORITY_TICK 15U

#endif
