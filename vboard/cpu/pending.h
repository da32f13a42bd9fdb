/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_PENDING_H
#define VBOARD_CPU_PENDING_H

/* What becomes of a pending exception in a core that sleeps, stands in CStop, or runs (run.c). */
struct cpu;

/* NVIC inputs or software have made something pending: stop or wake if it matters. */
void cpu_pending_changed(struct cpu *c);
/* The same, and something is that was not: with SEVONPEND an event, unless the core is in CStop. */
void cpu_pended(struct cpu *c);
/* Makes an exception pending, with SEVONPEND. */
void cpu_pend(struct cpu *c, unsigned exception);
/* EXTI asks the core to leave CStop. */
void cpu_wake_line(struct cpu *c);

#endif
