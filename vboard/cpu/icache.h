/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ICACHE_H
#define VBOARD_CPU_ICACHE_H

/*
 * The Cortex-M7's instruction cache as far as code in RAM can tell: lines of 32 bytes (PM0253 2.2), each a copy
 * from when an instruction of it was first executed. Who writes other code there and does not invalidate
 * executes the old one on silicon. A shadow, as dcache.h is: here the new one runs, and it is a finding.
 *
 * Left out: evictions, speculation, flash (programmed while its code is in the cache).
 */
#include <stdbool.h>
#include <stdint.h>

struct icache;

/* NULL: out of memory. */
struct icache *icache_create(void);
void icache_destroy(struct icache *i);

/* The halfword of an instruction at `physical`, in RAM; `line` is that line's 32 bytes of memory as they are. True:
 * the cache has another one, and is right from now on. */
bool icache_fetch(struct icache *i, uint32_t physical, const uint8_t *line);

/* ICIMVAU, ICIALLU. */
void icache_invalidate(struct icache *i, uint32_t physical);
void icache_invalidate_all(struct icache *i);

#endif
