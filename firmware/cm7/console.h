/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_CONSOLE_H
#define CM7_CONSOLE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/bus_words.h"
#include "core/ipc.h"
#include "firmware/cm7/clock_watch.h"
#include "firmware/cm7/settings.h"
#include "firmware/common/crash.h"
#include "firmware/common/fault.h"

/* What the banner tells; docs/SPEC.md fixes the lines. */
struct console_boot {
    const struct clock_state *clock;
    bool cm4_running;
    uint32_t cm7_rsr; /* RCC_C1_RSR and RCC_C2_RSR as found at start */
    uint32_t cm4_rsr;
    const struct settings *settings;
    const struct ipc_can_config *can;
};

/* The banner's lines as they are now, but for the first: for `status`. */
void console_state(void);
/* Why the chip was reset last, and its crash if that was why: for `errors`. */
void console_past(void);

/* All of these only queue (cm7/uart.h). */
void console_banner(const struct console_boot *boot);
void console_clock(const struct clock_state *clock);
/* "can RATE active" or "... listen-only" */
void console_can(const struct ipc_can_config *can, const struct record *record, bool active);
void console_cm4(bool running);
/* "bit rate RATE": found by listening. */
void console_rate(uint32_t bps);
/* "dial NUMBER: TROUBLE" */
void console_dial(uint32_t dial, const char *trouble);
/* "asking dial NUMBER: STATE" */
void console_asking(uint32_t dial, const char *state);
/* "bus: SENTENCE" (core/bus_words.h) */
void console_bus(enum bus_state state);
/* "error NUMBER NAME" */
void console_fault(enum fault fault);
/* "crash cm7 exception ...": of a core (0 M7, 1 M4), if the backup SRAM has one. */
void console_crash(unsigned core);

#endif
