/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ACCESS_H
#define VBOARD_CPU_ACCESS_H

/* Which instruction of the running block accesses? For cpu_core.h. */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/cpu/thumb.h"

#define CPU_ACCESS_BLOCKS 256u
#define CPU_ACCESS_ROOM 16u

struct cpu;

/* Loads and stores of a block, or of a part of a long one. */
struct cpu_accesses {
    uint32_t block;        /* its id; 0: none */
    uint32_t first_offset; /* from the block's start, and that instruction's number */
    unsigned first_index;
    uint32_t end_offset; /* what follows has not been decoded */
    unsigned end_index;
    unsigned count;
    struct cpu_access_at {
        uint16_t offset, index;
        bool last; /* no other load (or store) follows in the block */
        struct thumb_access access;
    } at[CPU_ACCESS_ROOM];
};

/* The access found last. */
struct cpu_access {
    uint64_t instructions; /* executed when the block began: tells one execution from the next */
    uint32_t block;        /* its id */
    uint32_t offset;       /* of the instruction that accesses, from the block's start */
    unsigned index;        /* its number in the block */
    uint32_t list_offset;  /* where to look for the next access: start of the list, entry */
    unsigned list_index, next;
    uint64_t to_come; /* instructions of the block from it on, already counted */
};

/* Finds the instruction of the running block that accesses `address` now, from the last one found
 * on: c->access. */
void cpu_access_locate(struct cpu *c, uint32_t address, unsigned size, bool write);
/* The address the instruction at PC accesses, given the present registers. */
uint32_t cpu_access_operand(struct cpu *c, uint32_t pc, uint32_t page);
/* An IT block cannot be left in its middle (its instructions are not checked one by one). */
bool cpu_access_in_it_block(struct cpu *c, uint32_t pc);

#endif
