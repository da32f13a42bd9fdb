/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A serial NOR flash by the instructions that all makers share (JESD216 names them); the rest reads 0xFF. */
#include "vboard/periph/quadspi/internal.h"

enum {
    NOR_READ_STATUS = 0x05,
    NOR_WRITE_ENABLE = 0x06,
    NOR_READ_ID = 0x9F,
};
#define STATUS_WEL 2u

void nor_select(struct nor *n, uint8_t instruction)
{
    n->instruction = instruction;
}

uint8_t nor_read(const struct nor *n, uint32_t id, uint32_t at)
{
    if (id == 0) {
        return 0xFF;
    }
    switch (n->instruction) {
    case NOR_READ_STATUS:
        return (uint8_t)(n->may_write ? STATUS_WEL : 0);
    case NOR_READ_ID:
        return (uint8_t)(at < 3 ? id >> (16 - 8 * at) : 0xFF);
    default:
        return 0xFF;
    }
}

/* Whatever is not WREN or a read has used up WEL. */
void nor_deselect(struct nor *n)
{
    switch (n->instruction) {
    case NOR_WRITE_ENABLE:
        n->may_write = true;
        break;
    case NOR_READ_STATUS:
    case NOR_READ_ID:
        break;
    default:
        n->may_write = false;
        break;
    }
}
