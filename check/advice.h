/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What to change in the image's source about its supply, in the words of ST's packages. */
#ifndef CHECK_ADVICE_H
#define CHECK_ADVICE_H

#include "check/check.h"
#include "vboard/kernel/words.h"

/* HAL's name of what the low byte of PWR_CR3 selects, "PWR_LDO_SUPPLY"; NULL: nothing legal. */
const char *check_supply_name(uint32_t cr3);
/* The one that the wiring needs. */
const char *check_right_supply(unsigned wiring);
/* The same as the low byte of PWR_CR3. */
uint32_t check_right_selection(unsigned wiring);

/* "define USE_PWR_DIRECT_SMPS_SUPPLY instead of USE_PWR_LDO_SUPPLY ...", for an item that comes from a
 * finding about the selection in PWR_CR3. */
void check_advise_supply(struct line *l, const struct check_config *config,
                         const struct check_item *item);

#endif
