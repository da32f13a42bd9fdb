/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ARMV7M_ROUND_VALUE_H
#define VBOARD_CPU_ARMV7M_ROUND_VALUE_H

/* Shared by round.c, which follows, and round_sum.c, which judges. Nobody else includes this. */
#include "vboard/cpu/armv7m/core.h"
#include "vboard/cpu/armv7m/memory.h"

#define ROUND_NONE ROUND_SOURCES

static inline uint64_t round_bit(unsigned source)
{
    return source < ROUND_NONE ? UINT64_C(1) << source : 0;
}

/* All that it is made from. */
static inline uint64_t round_sources(struct round_value v)
{
    return v.rest | round_bit(v.of);
}

static inline uint32_t round_flags(const struct core *c)
{
    return (c->n >> 31) << 3 | (uint32_t)(c->z == 0) << 2 | c->c << 1 | c->v >> 31;
}

/* What is there, of RAM that only this core uses. */
static inline bool round_look(const struct core *c, uint32_t address, unsigned size,
                              uint32_t *value)
{
    const uint8_t *host = fast(&c->readable, address, size);
    *value = 0;
    if (host != NULL) {
        memcpy(value, host, size);
    }
    return host != NULL;
}

#endif
