/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What to change in the image's source, in the words of ST's packages. */
#ifndef CHECK_ADVICE_H
#define CHECK_ADVICE_H

#include "check/check.h"

/* HAL's name of what the low byte of PWR_CR3 selects, "PWR_LDO_SUPPLY"; NULL: nothing legal. */
const char *check_supply_name(uint32_t cr3);
/* The one that the wiring needs. */
const char *check_right_supply(unsigned wiring);

/* Fills item->change, if there is something to say. `function` may be NULL. */
void check_advise(struct check_item *item, const struct check_config *config, const char *function);

#endif
