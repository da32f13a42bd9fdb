/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_NVIC_H
#define VBOARD_CPU_NVIC_H

/*
 * Pending, enabled and active exceptions of one core and their priorities: pure bookkeeping,
 * without registers of the CPU and without time. PM0253 2.4 and 4.2; DDI 0403 B1.5.4, B3.4.
 *
 * Exceptions are numbered as in IPSR: 2 NMI, 3 HardFault ... 15 SysTick, 16 = interrupt 0.
 * Priorities: smaller is more urgent; -2 NMI, -1 HardFault, 0 to 240 in steps of 16 (4 bits).
 */
#include <stdbool.h>
#include <stdint.h>

enum {
    EXC_NONE = 0,
    EXC_RESET = 1,
    EXC_NMI = 2,
    EXC_HARD_FAULT = 3,
    EXC_MEM_MANAGE = 4,
    EXC_BUS_FAULT = 5,
    EXC_USAGE_FAULT = 6,
    EXC_SVC = 11,
    EXC_DEBUG = 12,
    EXC_PENDSV = 14,
    EXC_SYSTICK = 15,
    EXC_IRQ0 = 16
};

#define NVIC_IRQS 150u
#define NVIC_EXCEPTIONS (EXC_IRQ0 + NVIC_IRQS)
#define NVIC_WORDS ((NVIC_EXCEPTIONS + 63u) / 64u)
#define NVIC_IDLE 256 /* execution priority of a thread with nothing masked */

/* PRIMASK, BASEPRI and FAULTMASK of the core. */
struct nvic_masks {
    bool primask;
    uint8_t basepri;
    bool faultmask;
};

struct nvic {
    uint64_t pending[NVIC_WORDS];
    uint64_t enabled[NVIC_WORDS];
    uint64_t active[NVIC_WORDS];
    uint64_t level[NVIC_WORDS]; /* interrupt inputs that are high */
    uint8_t priority[NVIC_EXCEPTIONS];
    unsigned prigroup; /* AIRCR.PRIGROUP */
    unsigned active_count;
    unsigned best; /* most urgent pending and enabled exception, EXC_NONE if none */
    bool best_known;
};

void nvic_reset(struct nvic *n);

/* An interrupt input changes; true if the exception has become pending by it. */
bool nvic_line(struct nvic *n, unsigned exception, bool level);
/* True if it was not pending before. */
bool nvic_pend(struct nvic *n, unsigned exception);
/* Clears pending; an input that is still high stays pending (PM0253 4.2.9). */
void nvic_unpend(struct nvic *n, unsigned exception);
void nvic_enable(struct nvic *n, unsigned exception, bool on);
void nvic_set_priority(struct nvic *n, unsigned exception, uint8_t priority);
void nvic_set_group(struct nvic *n, unsigned prigroup);
bool nvic_is_pending(const struct nvic *n, unsigned exception);
bool nvic_is_enabled(const struct nvic *n, unsigned exception);
bool nvic_is_active(const struct nvic *n, unsigned exception);

/* Pending -> active, as the exception is entered. */
void nvic_activate(struct nvic *n, unsigned exception);
/* Active -> inactive at its return; a high input makes it pending again. */
void nvic_deactivate(struct nvic *n, unsigned exception);
/* SHCSR writes active bits directly. */
void nvic_force_active(struct nvic *n, unsigned exception, bool on);

/* The priority of an exception, and the part of it that decides on preemption. */
int nvic_priority(const struct nvic *n, unsigned exception);
int nvic_group_priority(const struct nvic *n, unsigned exception);
/* Priority of what runs now; without the masks, or with them. */
int nvic_active_priority(const struct nvic *n);
int nvic_execution_priority(const struct nvic *n, const struct nvic_masks *m);
/* Whether the latter is below 0: NMI, HardFault or FAULTMASK. */
bool nvic_is_negative(const struct nvic *n, const struct nvic_masks *m);
/* The most urgent exception that is pending and enabled, EXC_NONE if none. */
unsigned nvic_best(struct nvic *n);
/* What must be entered now, EXC_NONE if nothing. */
unsigned nvic_ready(struct nvic *n, const struct nvic_masks *m);
/* ICSR.RETTOBASE: at most one exception is active. */
bool nvic_at_base(const struct nvic *n);

#endif
