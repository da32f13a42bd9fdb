/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM4_STARTUP_H
#define CM4_STARTUP_H

void Reset_Handler(void);
void cm4_main(void) __attribute__((noreturn));

#endif
