/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_STARTUP_H
#define CM7_STARTUP_H

/* From reset to cm7_main: see startup.c. Not to be called, but by the vectors and each other. */
void Reset_Handler(void);
void boot_run(void);
void boot_rescue(void);
void boot_locked(void);
void boot_invalid(void);
void boot_crash(void);
void boot_red(void);
void boot_signal(void);
void boot_delay(void);

/* The program; in ITCM. */
void cm7_main(void) __attribute__((noreturn));

#endif
