/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "host/fixed.h"

#include <stdbool.h>
#include <stdio.h>

static uint64_t power_of_ten(int exponent)
{
    uint64_t power = 1;
    while (exponent-- > 0) {
        power *= 10;
    }
    return power;
}

struct fixed_text fixed(int64_t value, int exponent, int decimals)
{
    struct fixed_text out;
    bool negative = value < 0;
    uint64_t magnitude = negative ? 0 - (uint64_t)value : (uint64_t)value;
    uint64_t drop = power_of_ten(exponent - decimals);
    uint64_t unit = power_of_ten(decimals);
    uint64_t rounded = magnitude / drop + (magnitude % drop >= drop - drop / 2 && drop > 1);
    const char *sign = negative && rounded != 0 ? "-" : "";
    if (decimals == 0) {
        snprintf(out.text, sizeof out.text, "%s%llu", sign, (unsigned long long)rounded);
    } else {
        snprintf(out.text, sizeof out.text, "%s%llu.%0*llu", sign,
                 (unsigned long long)(rounded / unit), decimals,
                 (unsigned long long)(rounded % unit));
    }
    return out;
}
