/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_QUADSPI_INTERNAL_H
#define VBOARD_PERIPH_QUADSPI_INTERNAL_H

/* Shared by quadspi.c and memory.c. Nobody else includes this. */
#include "vboard/periph/quadspi/quadspi.h"

/* A serial NOR flash, erased for ever: it takes writes, and forgets them. */
struct nor {
    bool may_write; /* WEL */
    uint8_t instruction;
};

/* A command begins. */
void nor_select(struct nor *n, uint8_t instruction);
/* Byte number `at` of what it answers. `id`: JEDEC's three bytes, the maker's first; 0: no memory there. */
uint8_t nor_read(const struct nor *n, uint32_t id, uint32_t at);
/* The command is over. */
void nor_deselect(struct nor *n);

#endif
