/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_DWT_H
#define VBOARD_CPU_DWT_H

/*
 * The DWT's cycle counter (DDI 0403 C1.8): counts the cycles the core executes, not those it
 * sleeps. The Cortex-M7's is locked for software until the key is written to LAR (DDI 0403 C1.1;
 * users of the STM32F7 saw CYCCNT stand still without; the H755 was not measured). The comparators and the profiling counters are left out; their registers read 0.
 */
#include <stdbool.h>
#include <stdint.h>

struct dwt {
    uint32_t ctrl;
    bool lockable, locked;
    bool trace_enabled; /* DEMCR.TRCENA */
    bool counting;
    uint64_t origin; /* cycle number at which CYCCNT was 0, while counting */
    uint32_t stopped_at;
};

void dwt_reset(struct dwt *d, bool lockable);
/* Offsets from 0xE0001000; `cycle` counts the core's cycles. */
uint32_t dwt_read(const struct dwt *d, uint32_t offset, uint64_t cycle);
void dwt_write(struct dwt *d, uint32_t offset, uint32_t value, uint64_t cycle);
void dwt_trace_enable(struct dwt *d, bool on, uint64_t cycle);

#endif
