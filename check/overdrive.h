/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* VOS0 asked for while SYSCFG has no clock, on a board on which VOS0 is right. Here the write is lost (RM0399
 * 9.5.10); whether silicon drops it is not known. So what is too fast without it may be right with it. */
#ifndef CHECK_OVERDRIVE_H
#define CHECK_OVERDRIVE_H

#include "check/check.h"

/* Marks the starts (`overdrive_decides`) that ran too fast only if that write had no effect. */
void check_overdrive(struct check_report *report);

/* Is it a store of SYSCFG_PWRCR.ODEN = 1 without SYSCFG's clock? */
bool check_asks_for_overdrive(const struct finding *finding);

#endif
