/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_PULSE_H
#define CORE_PULSE_H

#include <stdint.h>

#include "core/curve.h"

/*
 * Needle angle to servo pulse to timer ticks. The servo curve maps millidegrees to nanoseconds; its
 * ends are the pulse limits. The inline functions are integer only: the M4 uses them too.
 */

/* High time in ns, within the smallest and largest pulse of the servo's points. */
uint32_t pulse_ns(const struct curve *servo, int32_t needle_mdeg);

/* ns to ticks of a timer that counts ticks_per_us (200 MHz: 200), rounded; ns up to 21 ms at 200. */
static inline uint32_t pulse_ticks(uint32_t ns, uint32_t ticks_per_us)
{
    return (ns * ticks_per_us + 500u) / 1000u;
}

/* Ticks to ns, rounded: what the pin really does. ticks up to 4.2 million. */
static inline uint32_t pulse_ticks_ns(uint32_t ticks, uint32_t ticks_per_us)
{
    return (ticks * 1000u + ticks_per_us / 2u) / ticks_per_us;
}

/* 0 stays 0 (no pulse), nothing exceeds max_ticks. */
static inline uint32_t pulse_clamp_ticks(uint32_t ticks, uint32_t max_ticks)
{
    return ticks > max_ticks ? max_ticks : ticks;
}

/*
 * The last guard before a compare register: within step_ticks of `from`, the pulse on the pin; above all within the
 * bounds. `from` and step_ticks at most PULSE_STEP_ANY.
 */
#define PULSE_STEP_ANY 0x3FFFFFFFu

static inline uint32_t pulse_guard_ticks(uint32_t ticks, uint32_t from, uint32_t step_ticks,
                                         uint32_t min_ticks, uint32_t max_ticks)
{
    if (ticks > from + step_ticks) {
        ticks = from + step_ticks;
    } else if (ticks + step_ticks < from) { /* not beyond the step above, so it does not wrap */
        ticks = from - step_ticks;
    }
    return pulse_clamp_ticks(ticks < min_ticks ? min_ticks : ticks, max_ticks);
}

#endif
