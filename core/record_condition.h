/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_RECORD_CONDITION_H
#define CORE_RECORD_CONDITION_H

#include <stdint.h>

#include "core/condition.h"

/* Private to record*.c: CONDITION_MAX conditions from, and into, SOURCE_CONDITIONS of a source. */

/* Zero or GAUGE_ERR_RESERVED; what the bits say is conditions_are_good()'s to judge. */
int record_parse_conditions(struct condition *conditions, const uint8_t *bytes)
    __attribute__((warn_unused_result));

/* `conditions` are good, `bytes` zero. */
void record_build_conditions(const struct condition *conditions, uint8_t *bytes);

#endif
