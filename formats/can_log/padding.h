/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * candump writes 29-bit ids with 8 digits and 11-bit ids with 3, but other loggers pad 11-bit ids to 8
 * digits. Few cars have a 29-bit id up to 7FF, as it would be among the bus's most urgent ones, so padding is taken for
 * padding, unless the file holds real 29-bit ids as well, or ids of 3 digits, which such a logger never writes: then
 * 8 digits mean what candump means. That needs a look at the whole file; of a pipe, at what has come so far.
 */
#ifndef FORMATS_CAN_LOG_PADDING_H
#define FORMATS_CAN_LOG_PADDING_H

#include "formats/can_log/lines.h"

/* Do 8 digits mean a 29-bit id, whatever its value? */
bool can_log_padding_is_extended(const struct can_log_lines *lines);

#endif
