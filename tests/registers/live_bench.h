/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_REGISTERS_LIVE_BENCH_H
#define TESTS_REGISTERS_LIVE_BENCH_H

/*
 * A chip without cores, just powered. Registers are accessed as the CM7 would, or looked at as a
 * debugger does, which has no side effects.
 */
#include "tests/registers/reg_table.h"
#include "vboard/chips/stm32h755.h"
#include "vboard/kernel/supply.h"

struct live_bench {
    struct chip chip;
    struct supply supply;
};

/* With all gates open, or as it comes out of reset. Ends the program when out of memory. */
void live_bench_start(struct live_bench *b, const struct reg_table *t, bool gates_open);
void live_bench_stop(struct live_bench *b);

uint32_t live_read(struct live_bench *b, uint32_t address);
uint32_t live_look(struct live_bench *b, uint32_t address);
void live_write(struct live_bench *b, uint32_t address, uint32_t value);
/* Sets bits in the model's storage, as if its hardware had raised flags. */
void live_poke(struct live_bench *b, const char *instance, uint32_t offset, uint32_t bits);
/* Lets what a write has started come to an end. */
void live_settle(struct live_bench *b);
/* Findings of `kind` since the bench was started or asked last. */
bool live_found(struct live_bench *b, enum finding_kind kind);

/* Opens what must be opened before `reg` can be written: keys, locks, enables. */
void live_unlock(struct live_bench *b, const struct reg_table *t, const char *layout,
                 const char *reg);

#endif
