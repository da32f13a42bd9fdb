/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/pulse.h"

uint32_t pulse_ns(const struct curve *servo, int32_t needle_mdeg)
{
    return (uint32_t)curve_at(servo, needle_mdeg); /* at its ends the curve clamps */
}
