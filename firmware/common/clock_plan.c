/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "firmware/common/clock_plan.h"

/* Fast HSE: few counts. */
#define HSE_FEWEST (CLOCK_HSE_COUNTS * 1000U / 1009U)
#define HSE_MOST (CLOCK_HSE_COUNTS * 1009U / 1000U)

bool clock_hse_may_feed(uint32_t counts)
{
    return counts >= HSE_FEWEST && counts <= HSE_MOST;
}

uint32_t clock_hse_khz(uint32_t counts)
{
    return (8000U * CLOCK_HSE_COUNTS + counts / 2U) / counts;
}

int32_t clock_off_ppm(uint32_t ticks)
{
    const int32_t off = (int32_t)ticks - (int32_t)CLOCK_LSE_TICKS; /* captures have 16 bits each */
    return off * 8 / 25;                                           /* 10^6 / 3,125,000 */
}

uint32_t clock_steer(uint32_t multiplier, uint32_t ticks)
{
    const uint32_t tenth = multiplier / 10U;
    const double wanted = (double)multiplier * (double)CLOCK_LSE_TICKS / (double)ticks + 0.5;
    if (wanted > (double)(multiplier + tenth)) {
        return multiplier + tenth;
    }
    if (wanted < (double)(multiplier - tenth)) {
        return multiplier - tenth;
    }
    return (uint32_t)wanted;
}
