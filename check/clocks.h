/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Clocks that are too fast, in one sentence and under the names that users give them. */
#ifndef CHECK_CLOCKS_H
#define CHECK_CLOCKS_H

#include "check/check.h"
#include "vboard/kernel/words.h"

/* "CM7 at 480 MHz, VOS1 allows 400; AXI/AHB and CM4 240, not 200; APB 120, not 100", of all members. */
void check_put_clocks(struct line *l, const struct check_item *item);

#endif
