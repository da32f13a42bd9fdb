/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/can_timing.h"

#include <stdbool.h>

/* Limits of a bit timing register's fields, as counts (the fields hold one less). */
struct limits {
    uint32_t prescaler_max;
    uint32_t quanta_max; /* of a whole bit */
    uint32_t seg1_max;
    uint32_t seg2_max;
};

struct timing {
    uint32_t prescaler;
    uint32_t seg1;
    uint32_t seg2;
    uint32_t jump;
};

/* RM0399 59.5.7 and 59.5.3. Data phase: 1 + 32 + 16. */
static const struct limits nominal = {512, 81, 256, 128};
static const struct limits data = {32, 49, 32, 16};

/* At least this many quanta, so that the sample point can be placed. */
#define QUANTA_MIN 8U

static bool find_timing(struct timing *timing, const struct limits *limits, uint32_t kernel_hz,
                        uint32_t bps)
{
    if (bps == 0) {
        return false;
    }
    const uint32_t clocks = (kernel_hz + bps / 2U) / bps; /* of one bit, to the nearest */
    const uint32_t real_bps = clocks == 0 ? 0 : kernel_hz / clocks;
    const uint32_t off = real_bps > bps ? real_bps - bps : bps - real_bps;
    if (off > bps / 1000U) {
        return false;
    }
    /* The smallest prescaler gives the finest quanta. */
    for (uint32_t prescaler = 1; prescaler <= limits->prescaler_max; prescaler++) {
        const uint32_t quanta = clocks / prescaler;
        if (quanta < QUANTA_MIN) {
            return false;
        }
        const uint32_t seg2 = (quanta + 2U) / 5U; /* sample point at 80 % */
        const uint32_t seg1 = quanta - 1U - seg2;
        if (clocks % prescaler == 0 && quanta <= limits->quanta_max && seg1 <= limits->seg1_max &&
            seg2 <= limits->seg2_max) {
            /* NSJW "should be smaller than NTSEG2": wide, since HSI may be the clock. */
            *timing = (struct timing){prescaler, seg1, seg2, seg2 - 1U};
            return true;
        }
    }
    return false;
}

uint32_t can_nominal_timing(uint32_t kernel_hz, uint32_t bps)
{
    struct timing t;
    if (!find_timing(&t, &nominal, kernel_hz, bps)) {
        return 0;
    }
    return ((t.jump - 1U) << 25) | ((t.prescaler - 1U) << 16) | ((t.seg1 - 1U) << 8) |
           (t.seg2 - 1U);
}

uint32_t can_data_timing(uint32_t kernel_hz, uint32_t bps)
{
    struct timing t;
    if (!find_timing(&t, &data, kernel_hz, bps)) {
        return 0;
    }
    return ((t.prescaler - 1U) << 16) | ((t.seg1 - 1U) << 8) | ((t.seg2 - 1U) << 4) | (t.jump - 1U);
}
