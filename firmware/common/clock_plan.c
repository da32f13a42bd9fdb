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
    return off * 16 / 45;                                          /* 10^6 / 2,812,500 */
}

#define PPM 1000000

/* Beyond what the counts' last digits and HSI's drift between them may make of two equal distances. */
#define CLEARLY_PPM 500

static int32_t magnitude(int32_t ppm)
{
    return ppm < 0 ? -ppm : ppm;
}

int32_t clock_hse_ppm(uint32_t khz)
{
    return khz > 16000U ? PPM : ((int32_t)khz - 8000) * 125;
}

static double wanted_multiplier(uint32_t multiplier, uint32_t ticks)
{
    const double wanted = (double)multiplier * (double)CLOCK_LSE_TICKS;
    return ticks == 0 ? wanted : wanted / (double)ticks;
}

int32_t clock_lse_ppm(uint32_t multiplier, uint32_t ticks)
{
    const double off = wanted_multiplier(multiplier, ticks) * PPM / CLOCK_HSI_MULTIPLIER - PPM;
    return off > PPM ? PPM : (int32_t)off;
}

uint32_t clock_hse_multiplier(int32_t hse_ppm)
{
    return (uint32_t)((double)(PPM + hse_ppm) * CLOCK_HSI_MULTIPLIER / PPM + 0.5);
}

bool clock_lse_is_right(int32_t lse_ppm, bool has_hse, int32_t hse_ppm)
{
    if (magnitude(lse_ppm) > CLOCK_HSI_PPM) {
        return false;
    }
    return !has_hse || magnitude(hse_ppm - lse_ppm) <= CLOCK_GOOD_PPM ||
           magnitude(lse_ppm) + CLEARLY_PPM < magnitude(hse_ppm);
}

uint32_t clock_steer(uint32_t multiplier, uint32_t ticks)
{
    const double most = (double)clock_hse_multiplier(CLOCK_HSI_PPM);
    const double fewest = (double)clock_hse_multiplier(-CLOCK_HSI_PPM);
    const double wanted = wanted_multiplier(multiplier, ticks) + 0.5;
    return (uint32_t)(wanted > most ? most : wanted < fewest ? fewest : wanted);
}
