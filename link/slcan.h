/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The lines of Lawicel's adapters ("slcan"), each ended by CR: frames as t1232AABB, T18FEEE008..., r, R, and CAN FD
 * as d, D, b, B, whose length is a DLC. What formats/can_log reads from files, to and from a live line.
 */
#ifndef LINK_SLCAN_H
#define LINK_SLCAN_H

#include "formats/can_log/can_log.h"

#include <stdbool.h>
#include <stddef.h>

/* Letter, 8 digits, length, 64 bytes, CR, NUL. */
#define SLCAN_LINE_MAX 144u

/* Writes the frame with its CR and a NUL; the length. */
size_t slcan_write(const struct can_log_frame *frame, char text[SLCAN_LINE_MAX]);

/* Reads a line without its CR; false: it is no frame. A time stamp behind it is passed over. */
bool slcan_read(const char *line, struct can_log_frame *frame) __attribute__((warn_unused_result));

/* The command that sets a bit rate, "S6" for 500 kbit/s; NULL: adapters know none for it. */
const char *slcan_speed(uint32_t bitrate_bps);

#endif
