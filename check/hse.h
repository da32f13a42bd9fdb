/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The board's clock on OSC_IN, in words: what an image wants of it, why it does not come. */
#ifndef CHECK_HSE_H
#define CHECK_HSE_H

#include "check/check.h"
#include "vboard/kernel/words.h"

/*
 * " from the ST-LINK, without which ..." if SYSCLK came from HSE in some start and something outside the chip gives it: a
 * NUCLEO that a charger feeds has none (UM2408 7.9.1). Else empty. Returns `text`.
 */
const char *check_need_of_hse(const struct check_report *report, char *text, size_t size);
/* Why HSERDY does not come, in brackets; `cr` is RCC_CR as the core sees it. */
void check_put_why_no_hse(struct line *line, const struct board_options *options, uint32_t cr);

#endif
