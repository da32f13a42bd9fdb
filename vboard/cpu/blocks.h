/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_BLOCKS_H
#define VBOARD_CPU_BLOCKS_H

/*
 * What is known of the basic blocks executed so far, by address: a direct-mapped cache that the
 * engine's block hook looks into each time, so its look-up is here in the open.
 */
#include <stdint.h>

#define CPU_BLOCKS 8192u

/* A basic block that has been executed at least once. */
struct engine_block {
    uint32_t address;
    uint16_t size;  /* bytes; 0: unused */
    uint16_t count; /* instructions */
    uint16_t flags; /* THUMB_... */
    uint32_t id;    /* another one each time it is described anew; 0: never yet */
};

static inline struct engine_block *block_slot(struct engine_block *blocks, uint32_t address)
{
    return &blocks[address / 2 % CPU_BLOCKS];
}

/* Describes the block at `address`; `code` NULL: it cannot be read (one instruction is assumed). */
void block_fill(struct engine_block *b, uint32_t address, uint32_t size, const uint8_t *code);
/* Offset of the first FPU instruction; b->size if there is none. */
uint32_t block_first_fp(const struct engine_block *b, const uint8_t *code);

#endif
