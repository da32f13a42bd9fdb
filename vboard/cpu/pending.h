/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_PENDING_H
#define VBOARD_CPU_PENDING_H

/* What becomes of a pending exception in a core that sleeps, stands in CStop, or runs (run.c). */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/kernel/vtime.h"

struct cpu;

/* NVIC inputs or software have made something pending: stop or wake if it matters. */
void cpu_pending_changed(struct cpu *c);
/* The same, and something is that was not: with SEVONPEND an event, unless the core is in CStop. */
void cpu_pended(struct cpu *c);
/* Makes an exception pending, with SEVONPEND. */
void cpu_pend(struct cpu *c, unsigned exception);
/* SVC, BKPT and faults: entered at once, escalated, or lockup. `cfsr`: bits to set. */
void cpu_raise(struct cpu *c, unsigned exception, uint32_t cfsr);
/* An asynchronous bus fault: pends, and never locks up (PM0253 2.5.3). */
void cpu_pend_late_fault(struct cpu *c);
/* WFI or WFE (`for_event`), unless there is already something to wake for. */
void cpu_sleep(struct cpu *c, bool for_event);
/* The memory that stalled the core is ready (an event's callback). */
void cpu_stall_over(void *ctx, vtime_ps now);
/* EXTI asks the core to leave CStop. */
void cpu_wake_line(struct cpu *c);

#endif
