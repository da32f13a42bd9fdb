/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Which instruction accesses? The engine says which block runs and what address is accessed; time and
 * PC of the access follow from the place of the load or store in the block. Its registers are those of
 * this moment: bases change behind the access only.
 *
 * Blocks that access peripherals do so again and again, so their loads and stores are decoded once
 * and kept.
 */
#include "vboard/cpu/core.h"
#include "vboard/cpu/thumb.h"

static uint16_t halfword(const uint8_t *code)
{
    return (uint16_t)(code[0] | code[1] << 8);
}

static uint32_t operand(const struct cpu *c, uint32_t pc, const struct thumb_access *a)
{
    uint32_t base =
        a->base == 15 ? (pc + 4) & ~3u : engine_get(c->engine, (enum engine_reg)a->base);
    if (a->index != THUMB_NO_REG) {
        base += engine_get(c->engine, (enum engine_reg)a->index) << a->shift;
    }
    return base + (uint32_t)a->offset;
}

uint32_t cpu_access_operand(struct cpu *c, uint32_t pc, uint32_t page)
{
    const uint8_t *code = cpu_bus_host(c, pc, 4);
    struct thumb_access a;
    if (code == NULL || !thumb_decode_access(halfword(code), halfword(code + 2), &a)) {
        return page;
    }
    uint32_t address = operand(c, pc, &a);
    return address - page < ENGINE_PAGE_SIZE ? address : page;
}

/* ---- the loads and stores of a block ---- */

/* What is none of the loads before can only be the last one; its operand need not be worked out. */
static void mark_last(const struct engine_block *b, struct cpu_accesses *l)
{
    bool later[2] = {l->end_offset < b->size, l->end_offset < b->size};
    for (unsigned i = l->count; i-- > 0;) {
        struct cpu_access_at *a = &l->at[i];
        a->last = !later[a->access.write];
        later[a->access.write] = true;
    }
}

/* Decodes from `offset` on, which is instruction `index`, until the list is full. */
static void decode(struct cpu *c, const struct engine_block *b, struct cpu_accesses *l)
{
    const uint8_t *code = cpu_bus_host(c, b->address, b->size);
    uint32_t at = l->first_offset;
    unsigned index = l->first_index;
    l->block = code != NULL ? b->id : 0; /* no block that runs has that */
    l->count = 0;
    while (code != NULL && at < b->size && l->count < CPU_ACCESS_ROOM) {
        struct cpu_access_at *a = &l->at[l->count];
        uint16_t first = halfword(code + at);
        uint16_t second = at + 4 <= b->size ? halfword(code + at + 2) : 0;
        if (thumb_decode_access(first, second, &a->access)) {
            a->offset = (uint16_t)at;
            a->index = (uint16_t)index;
            l->count++;
        }
        at += thumb_length(first);
        index++;
    }
    l->end_offset = code != NULL ? at : b->size;
    l->end_index = index;
    mark_last(b, l);
}

/* Those from `offset` on, which is 0 or where the list before ended. */
static const struct cpu_accesses *accesses(struct cpu *c, const struct engine_block *b,
                                           uint32_t offset, unsigned index)
{
    struct cpu_accesses *l = &c->accesses[b->id % CPU_ACCESS_BLOCKS];
    if (l->block != b->id || l->first_offset != offset) {
        l->first_offset = offset;
        l->first_index = index;
        decode(c, b, l);
    }
    return l;
}

/* The first entry from `entry` on that accesses the address; l->count: none. */
static unsigned search(const struct cpu *c, const struct cpu_accesses *l, unsigned entry,
                       uint32_t address, bool write)
{
    uint32_t block = c->meter->block->address;
    for (; entry < l->count; entry++) {
        const struct cpu_access_at *at = &l->at[entry];
        const struct thumb_access *a = &at->access;
        if (a->write == write &&
            (at->last || address - operand(c, block + at->offset, a) < a->bytes)) {
            break;
        }
    }
    return entry;
}

/* A block begins, or a part of one that was refused is executed again. */
static void restart(struct cpu *c, uint64_t instructions)
{
    c->access.instructions = instructions;
    c->access.block = c->meter->block->id;
    c->access.offset = c->access.index = 0;
    c->access.list_offset = c->access.list_index = c->access.next = 0;
}

void cpu_access_locate(struct cpu *c, uint32_t address, unsigned size, bool write)
{
    const struct engine_block *b = c->meter->block;
    uint64_t instructions = cpu_cycles_total(c) - c->time.extra; /* those of the block included */
    if (c->access.instructions != instructions || c->access.block != b->id) {
        restart(c, instructions);
    }
    uint32_t offset = c->access.list_offset;
    unsigned index = c->access.list_index;
    for (unsigned entry = c->access.next; offset < b->size; entry = 0) {
        const struct cpu_accesses *l = accesses(c, b, offset, index);
        entry = search(c, l, entry, address, write);
        if (entry < l->count) {
            const struct cpu_access_at *at = &l->at[entry];
            bool more = at->access.bytes > size; /* LDM, LDRD ...: its other words follow */
            c->access.list_offset = offset;
            c->access.list_index = index;
            c->access.offset = at->offset;
            c->access.index = at->index;
            c->access.next = more ? entry : entry + 1;
            return;
        }
        offset = l->end_offset;
        index = l->end_index;
    }
}

/* ---- IT blocks ---- */

bool cpu_access_in_it_block(struct cpu *c, uint32_t pc)
{
    const struct engine_block *b = c->meter->block;
    const uint8_t *code = cpu_bus_host(c, b->address, b->size);
    unsigned conditional = 0;
    for (uint32_t at = 0; code != NULL && b->address + at < pc;
         at += thumb_length(halfword(code + at))) {
        uint16_t op = halfword(code + at);
        if ((op & 0xFF00u) == 0xBF00u && (op & 0xFu) != 0) {
            conditional = 4u - (unsigned)__builtin_ctz(op & 0xFu);
        } else if (conditional > 0) {
            conditional--;
        }
    }
    return conditional > 0;
}
