/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What the lines of Lawicel's adapters ("slcan") begin with, and their digits: for files (slcan.c) and live lines (link/slcan.h). */
#ifndef FORMATS_CAN_LOG_SLCAN_KINDS_H
#define FORMATS_CAN_LOG_SLCAN_KINDS_H

#include <stdbool.h>
#include <stdint.h>

struct slcan_kind {
    char letter;
    bool extended, remote, fd, brs;
};

/* One for each frame that there can be. */
#define SLCAN_KINDS 8u
extern const struct slcan_kind slcan_kinds[SLCAN_KINDS];

/* NULL: no frame begins so. */
const struct slcan_kind *slcan_find_kind(char letter);
/* `count` hexadecimal digits; moves *text on. */
bool slcan_read_hex(const char **text, unsigned count, uint32_t *value);

#endif
