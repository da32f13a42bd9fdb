/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A core that waits for its own cycle counter or SysTick, which stands still. */
#ifndef CHECK_COUNTER_H
#define CHECK_COUNTER_H

#include "check/check.h"

struct cpu;

/* Of a core in CHECK_WAITS: why what it asks does not count; CHECK_COUNTS if it asks something else. */
enum check_stands check_why_it_stands(struct cpu *cpu, const struct check_poll *poll);

/* The core never gets on, and what comes behind the wait was not seen. */
bool check_waits_for_counter(const struct check_core *core);
void check_judge_counter(struct check_report *report, const struct check_boot *boot,
                         enum core core);

#endif
