/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_RECORD_PARTS_H
#define CORE_RECORD_PARTS_H

/* Between core/record*.c only. */
#include <stdint.h>

#include "core/record.h"
#include "core/record_layout.h"

/* The dial's DIAL_SIZE bytes, and DIAL_MORE_SIZE behind them; its source is of a known kind, its counts are within their limits. */
void record_build_dial(const struct gauge_config *dial, uint8_t *bytes);

#endif
