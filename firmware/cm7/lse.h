/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_LSE_H
#define CM7_LSE_H

#include <stdbool.h>

/*
 * LSE, the 32,768 Hz crystal, in the backup domain. RCC_BDCR outlives every reset (RM0399 9.7.25), so it may hold what
 * another program has set: an RTC, or clock security, that runs from LSI makes LSI unsteady, and with it the watchdogs
 * (docs/errata.md). Anything but LSE alone is not ours, and the domain is reset; the backup SRAM keeps what it holds
 * (9.4.6). DBP stays set: the crash record and others lie in the domain, too.
 */
void lse_start(void);

bool lse_is_ready(void);

/* It does not come: once more, driven as hard as can be. The two steps between are swapped on some revisions of this
 * family (docs/errata.md); the lowest and the highest mean the same on all. */
void lse_drive_harder(void);

#endif
