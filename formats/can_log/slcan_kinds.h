/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Frames in the lines of Lawicel's adapters ("slcan"): for files (slcan.c) and live lines (link/slcan.h). */
#ifndef FORMATS_CAN_LOG_SLCAN_KINDS_H
#define FORMATS_CAN_LOG_SLCAN_KINDS_H

#include "formats/can_log/can_log.h"

#include <stdbool.h>
#include <stdint.h>

struct slcan_kind {
    char letter;
    bool extended, remote, fd, brs;
};

/* One for each frame that there can be. */
#define SLCAN_KINDS 8u
extern const struct slcan_kind slcan_kinds[SLCAN_KINDS];

/* `count` hexadecimal digits; moves *text on. */
bool slcan_read_hex(const char **text, unsigned count, uint32_t *value);

/*
 * A frame with its letter; moves *text behind its data, where a time may stand. NULL, or what is wrong with it. A length
 * above 8 in a classic frame means 8 bytes on a bus (ISO 11898-1), but in a log that something is damaged: `any_length`.
 * Leaves frame->time_ns and channel as they are.
 */
const char *slcan_read_frame(const char **text, bool any_length, struct can_log_frame *frame);

#endif
