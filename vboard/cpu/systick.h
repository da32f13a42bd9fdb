/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_SYSTICK_H
#define VBOARD_CPU_SYSTICK_H

/*
 * SysTick (PM0253 4.4): a 24-bit down counter of the core's clock or of the external reference
 * (core clock / 8, RM0399 9.5.8). Its value is computed when read; an event exists only while it
 * interrupts.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/kernel/clock.h"
#include "vboard/kernel/sched.h"

struct systick {
    struct sched *sched;
    struct clock *core_clock, *reference_clock;
    struct clock_listener core_listener, reference_listener;
    void (*pend)(void *ctx, vtime_ps now); /* the counter reached 0 with TICKINT set */
    void *ctx;
    struct event zero;
    struct ticker ticker;
    uint32_t ctrl, load;
    uint32_t value_at; /* counter's value at tick number `base` */
    uint64_t base;
    uint64_t wraps_read; /* times it had reached 0 since `base` when COUNTFLAG was last read */
    bool count_flag;     /* reached 0 before `base` and not read since */
};

void systick_init(struct systick *s, struct sched *sched, struct clock *core_clock,
                  struct clock *reference_clock, void (*pend)(void *ctx, vtime_ps now), void *ctx);
void systick_destroy(struct systick *s);
void systick_reset(struct systick *s);
/* Offsets 0x10 CTRL, 0x14 LOAD, 0x18 VAL, 0x1C CALIB from 0xE000E000. `peek`: no side effect. */
uint32_t systick_read(struct systick *s, uint32_t offset, vtime_ps now, bool peek);
/* Off, with COUNTFLAG clear: what is read changes by writes only. */
bool systick_stands(const struct systick *s);
void systick_write(struct systick *s, uint32_t offset, uint32_t value, vtime_ps now);

#endif
