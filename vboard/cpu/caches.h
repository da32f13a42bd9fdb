/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_CACHES_H
#define VBOARD_CPU_CACHES_H

/* What a core and a DMA controller have to do with the M7's D-cache (dcache.h) and I-cache (icache.h); nothing
 * at all if it is not asked for, or off (CCR.DC, CCR.IC). */
#include "vboard/cpu/core.h"

/* After all regions are there; the M7's only. 0 or -1. */
int cpu_caches_init(struct cpu *c);
void cpu_caches_destroy(struct cpu *c);
void cpu_caches_reset(struct cpu *c);
/* Must this core's accesses to that page of RAM be shown? */
bool cpu_caches_watch(const struct cpu *c, uint32_t physical);
/* Must each access to RAM of both cores be shown (cpu_caches_access)? */
bool cpu_caches_are_on(const struct cpu *c);
/* A load or store to a page that is shared or watched, before it happens. */
void cpu_caches_access(struct cpu *c, uint32_t address, uint32_t physical, unsigned size,
                       bool write);
/* An instruction is fetched for the first time since its bytes were written, or the I-cache invalidated. */
void cpu_caches_fetch(struct cpu *c, uint32_t address, uint32_t size);
/* A store to a page that the other core executes, before it happens; exact engines. */
void cpu_caches_store_to_code(struct cpu *c, uint32_t address, unsigned size);
/* CCR has been written. */
void cpu_caches_switch(struct cpu *c, uint32_t before);
/* A write to offset 0xF50 to 0xF78 from 0xE000E000 (PM0253 4.8). */
void cpu_caches_maintain(struct cpu *c, uint32_t offset, uint32_t value);

#endif
