/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/cpu/blocks.h"

#include <stddef.h>

#include "vboard/cpu/thumb.h"

void block_fill(struct engine_block *b, uint32_t address, uint32_t size, const uint8_t *code)
{
    struct thumb_scan scan = {1, 0};
    if (code != NULL) {
        scan = thumb_scan(code, size);
    }
    b->address = address;
    b->size = (uint16_t)size;
    b->count = scan.count;
    b->flags = scan.flags;
}

uint32_t block_first_fp(const struct engine_block *b, const uint8_t *code)
{
    uint32_t at = 0;
    while (code != NULL && at < b->size) {
        uint16_t first = (uint16_t)(code[at] | code[at + 1] << 8);
        if (thumb_is_fp(first)) {
            return at;
        }
        at += thumb_length(first);
    }
    return b->size;
}
