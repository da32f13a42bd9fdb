/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_CODE_H
#define VBOARD_CPU_CODE_H

/* Which pages a core has fetched code from, and which of them are stale (code.c). */
#include "vboard/cpu/core.h"

int cpu_code_init(struct cpu *c);
void cpu_code_destroy(struct cpu *c);
/* Aliases of one memory share the addresses of the first: where the engine has it. */
uint32_t cpu_code_physical(const struct cpu *c, const struct mem_region *r, uint32_t address);
/* This core fetches from that physical page; has it ever? */
void cpu_code_fetched(struct cpu *c, uint32_t physical);
bool cpu_code_is(const struct cpu *c, uint32_t physical);
/* This core loads from or stores to that physical page of RAM: does the other one, too? */
bool cpu_data_is_shared(struct cpu *c, uint32_t physical);
/* Has this core ever loaded from there or stored to there? */
bool cpu_data_is_known(const struct cpu *c, uint32_t physical);
/* A store to `address` would change what the other core executes. */
bool cpu_code_of_other(const struct cpu *c, uint32_t address);
/* What lies in [address, address + size), or (size 0) everything, is stale. */
void cpu_code_stale(struct cpu *c, uint32_t address, uint32_t size);
/* Between runs: translates stale code anew. */
void cpu_code_forget(struct cpu *c);

#endif
