/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_DCACHE_H
#define VBOARD_CPU_DCACHE_H

/*
 * The Cortex-M7's data cache as far as others can tell: 16 KB, 4 ways of 128 sets, lines of 32 bytes
 * (PM0253 2.2, 4.5.3). What is looked for is incoherency: the M7 reads a copy that is older than what the M4 or
 * a DMA controller has written since, or these read what the M7 has not written back.
 *
 * It is a shadow: RAM holds the newest bytes, and each line knows which of them one side does not see on
 * silicon, and what it sees instead. So a program goes on as its author meant, and what it would have got is a
 * finding. Only lines that another master has to do with cost anything: pages that nobody else ever touched
 * are not watched.
 *
 * Left out: which line has to make room for another one (a line stays until it is cleaned or invalidated),
 * linefills by speculation, streams of stores that do not allocate (ACTLR.DISRAMODE), the time it all takes;
 * frames of exceptions, TCMs (never cached), flash and external memories. docs/caches.md.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/chip/chip.h"
#include "vboard/cpu/cached_ram.h"

#define DCACHE_SETS 128u

/* Which pages are watched. */
enum dcache_scope {
    DCACHE_OFF,
    DCACHE_SHARED, /* of those that another master has touched, from then on (resets included) */
    DCACHE_ALL     /* all: a buffer's first use by a DMA controller is seen, too; slower */
};

/* How an access goes through the cache (PM0253 Tables 91 and 92). */
enum dcache_policy {
    DCACHE_BYPASS,    /* not cached: non-cacheable, shareable, Device, or the cache is off */
    DCACHE_THROUGH,   /* write-through, no write allocate */
    DCACHE_BACK,      /* write-back, no write allocate */
    DCACHE_BACK_ALLOC /* write-back, write and read allocate */
};

/* Maintenance operations (PM0253 4.8). */
enum dcache_op { DCACHE_INVALIDATE = 1, DCACHE_CLEAN = 2, DCACHE_CLEAN_INVALIDATE = 3 };

/* An access that lies within a line, told of before it happens. */
struct dcache_access {
    enum master master;
    uint32_t pc; /* of the instruction, or of the one that gave a DMA controller its order */
    uint32_t physical;
    unsigned size; /* up to 8 bytes */
    bool write;
    enum dcache_policy policy; /* of the M7's */
};

/* What is wrong with an access, at which byte: `at` is the place of the other one, by `other`. */
struct dcache_owner {
    void (*found)(void *ctx, enum finding_code code, const struct dcache_access *a,
                  uint32_t address, enum master other, uint32_t at);
    void *ctx;
};

struct dcache;

/* NULL: out of memory. */
struct dcache *dcache_create(struct chip *chip, enum dcache_scope scope,
                             const struct dcache_owner *owner);
void dcache_destroy(struct dcache *d);

/* All lines are invalid, as after the reset's DCISW loop. */
void dcache_reset(struct dcache *d);
/* Must the M7's accesses to this page of 1 KB be shown? */
bool dcache_watches(const struct dcache *d, uint32_t physical);
/* Another master has touched that page; true if it is the first time. */
bool dcache_touch(struct dcache *d, uint32_t physical);

/* Of any master. */
void dcache_access(struct dcache *d, const struct dcache_access *a);

/* A halfword of code is fetched, by either core: from memory, not from the D-cache. */
void dcache_fetch(struct dcache *d, const struct dcache_access *a);

/* By address, by set and way (of which all count as the one); `a` tells of the M7's instruction. */
void dcache_line(struct dcache *d, enum dcache_op op, const struct dcache_access *a);
void dcache_set(struct dcache *d, enum dcache_op op, uint32_t set_way,
                const struct dcache_access *a);

#endif
