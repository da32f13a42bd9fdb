/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ARMV7M_MEMORY_H
#define VBOARD_CPU_ARMV7M_MEMORY_H

/*
 * Loads and stores. RAM whose page has been asked for is reached in line; everything else (registers,
 * shared and guarded memory, unaligned accesses) in memory.c. False: the access faults or has to wait;
 * the instruction must return `undone` without having changed a register.
 */
#include <string.h>

#include "vboard/cpu/armv7m/core.h"

static inline unsigned page_set(uint32_t address)
{
    /* Multiplicative: stacks, data and registers begin at round addresses. */
    return (address / PAGE * 0x9E3779B1u) >> (32 - FAST_PAGE_BITS);
}

/* The value, or NOT_LOADED. */
uint64_t load_slowly(struct core *c, uint32_t address, unsigned size);
#define NOT_LOADED UINT64_MAX
bool store_slowly(struct core *c, uint32_t address, unsigned size, uint32_t value);
/* `count` words that must be aligned, in order; a fault leaves nothing done but words stored. */
bool load_words(struct core *c, uint32_t address, uint32_t *words, unsigned count);
bool store_words(struct core *c, uint32_t address, const uint32_t *words, unsigned count);
/* Words aligned as STREX and LDREX want: UNALIGNED otherwise. */
bool check_aligned(struct core *c, uint32_t address, unsigned size);
/* All pages must be asked for anew. */
void memory_flush(struct core *c);
/* The physical address of a page that may be read. */
bool physical_of(struct core *c, uint32_t address, uint32_t *physical);

static inline uint8_t *fast(const struct fast_pages *pages, uint32_t address, unsigned size)
{
    const unsigned set = page_set(address);
    if ((address & (~(PAGE - 1u) | (size - 1u))) != pages->page[set]) {
        return NULL;
    }
    uint8_t *host = (uint8_t *)(pages->bias[set] + address);
    if (host == NULL) {
        __builtin_unreachable(); /* saves the callers from asking twice */
    }
    return host;
}

/* Whether an access to memory or registers of both cores may go ahead without asking for its turn. */
static inline bool has_its_turn(const struct core *c)
{
    const struct engine_meter *m = &c->base.meter;
    return m->left + m->aside >= m->asks_below && (m->observe & ENGINE_OBSERVE_ALL) == 0;
}

/* What is known of the page at an aligned address; NULL: something has to be asked. */
static inline const struct slow_page *known_page(const struct core *c, uint32_t address,
                                                 unsigned size, enum engine_access access)
{
    const struct slow_page *p = &c->slow[access][page_set(address)];
    bool hit = (address & (~(PAGE - 1u) | (size - 1u))) == p->page;
    return hit && (!p->asks || (has_its_turn(c) && !p->watched)) ? p : NULL;
}

/* Registers: no host memory, and nothing has to be asked. */
uint64_t load_register(struct core *c, uint32_t physical, unsigned size);
bool store_register(struct core *c, uint32_t physical, unsigned size, uint32_t value);

static inline bool load_value(struct core *c, uint32_t address, unsigned size, uint32_t *value)
{
    uint64_t loaded = load_slowly(c, address, size);
    *value = (uint32_t)loaded;
    return loaded != NOT_LOADED;
}

static inline bool load32(struct core *c, uint32_t address, uint32_t *value)
{
    const uint8_t *host = fast(&c->readable, address, 4);
    if (host == NULL) {
        return load_value(c, address, 4, value);
    }
    memcpy(value, host, 4);
    return true;
}

static inline bool load16(struct core *c, uint32_t address, uint32_t *value)
{
    const uint8_t *host = fast(&c->readable, address, 2);
    if (host == NULL) {
        return load_value(c, address, 2, value);
    }
    uint16_t half;
    memcpy(&half, host, 2);
    *value = half;
    return true;
}

static inline bool load8(struct core *c, uint32_t address, uint32_t *value)
{
    const uint8_t *host = fast(&c->readable, address, 1);
    if (host == NULL) {
        return load_value(c, address, 1, value);
    }
    *value = *host;
    return true;
}

static inline bool store32(struct core *c, uint32_t address, uint32_t value)
{
    uint8_t *host = fast(&c->writable, address, 4);
    if (host == NULL) {
        return store_slowly(c, address, 4, value);
    }
    memcpy(host, &value, 4);
    return true;
}

static inline bool store16(struct core *c, uint32_t address, uint32_t value)
{
    uint8_t *host = fast(&c->writable, address, 2);
    if (host == NULL) {
        return store_slowly(c, address, 2, value);
    }
    uint16_t half = (uint16_t)value;
    memcpy(host, &half, 2);
    return true;
}

static inline bool store8(struct core *c, uint32_t address, uint32_t value)
{
    uint8_t *host = fast(&c->writable, address, 1);
    if (host == NULL) {
        return store_slowly(c, address, 1, value);
    }
    *host = (uint8_t)value;
    return true;
}

#endif
