/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Items and outcomes in words. This comes last: whoever decides looks at the data. */
#ifndef CHECK_SAY_H
#define CHECK_SAY_H

#include "check/check.h"

#define CHECK_WORDS 480u

struct check_words {
    char text[CHECK_WORDS];
};

/* What it is, without register and place. */
struct check_words check_say_text(const struct check_report *report, const struct check_item *item);
/* What to do about it; empty: nothing to say. */
struct check_words check_say_change(const struct check_report *report,
                                    const struct check_item *item);
/* "ExitRun0Mode+0xC (system_stm32h7xx.c:337)" */
struct check_words check_say_where(const struct check_report *report,
                                   const struct check_item *item);
struct check_words check_say_caller(const struct check_report *report,
                                    const struct check_item *item);
/* What is done in a start: "if the user button is pressed". */
struct check_words check_say_stimulus(const struct check_stimulus *stimulus);
/* What was done last before it: "the user button is pressed 1.200 s after power-on". */
struct check_words check_say_nudge(const struct check_item *item);
/* For programs: "button", "bytes USART3", "pin-high PA5". */
struct check_words check_stimulus_id(const struct check_stimulus *stimulus);
struct check_words check_say_outcome(const struct check_boot *boot);

#endif
