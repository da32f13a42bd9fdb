/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_SYSTEM_H
#define CM7_SYSTEM_H

#include <stdint.h>

#include "core/ipc.h"

/* What the console's commands need of the chip. */

/* VERSION BUILD */
const char *system_version(void);

/* Resets the chip. */
void system_reboot(void) __attribute__((noreturn));

/* The block both cores share. */
const struct ipc_block *system_block(void);

/*
 * How near the limits it has been. Cycles are the CPU's own: those it sleeps through do not count.
 */
struct system_use {
    uint32_t load_percent100[2]; /* M7 and M4 awake in the last second, 0.01 % */
    uint32_t stack_used[2];      /* most bytes ever */
    uint32_t stack_size[2];
    uint32_t m4_events_max; /* most events that waited */
};
void system_use(struct system_use *use);

/* Early in main, and every second. */
void system_start(void);
void system_second(void);
/* Before events are taken from m4_events. */
void system_note_ring_a(void);
/* WFI, with the time awake counted. Interrupts are masked. */
void system_sleep(void);

#endif
