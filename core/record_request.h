/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_RECORD_REQUEST_H
#define CORE_RECORD_REQUEST_H

/* The sources of a record that are asked for; between core/record*.c only. */
#include <stdbool.h>
#include <stddef.h>

#include "core/record.h"

/* record.c */
bool record_is_zero(const uint8_t *bytes, size_t size);

int record_parse_obd2(struct source_obd2 *source, const uint8_t *bytes);
int record_parse_uds(struct source_uds *source, const uint8_t *bytes);
void record_build_obd2(const struct source_obd2 *source, uint8_t *bytes);
void record_build_uds(const struct source_uds *source, uint8_t *bytes);
int record_check_obd2(const struct record *record, const struct source_obd2 *source);
int record_check_uds(const struct source_uds *source);

/* What broadcast and UDS have in common. */
int record_check_invalid(const struct source_range *ranges, unsigned count);
int record_check_factors(double scale, double offset);

#endif
