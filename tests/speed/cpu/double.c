/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Double precision: polynomials and a small filter. */
#include "workload.h"

uint32_t workload(uint32_t rounds)
{
    double y = 0.5;
    double state[4] = {0.1, 0.2, 0.3, 0.4};
    for (uint32_t r = 0; r < rounds; r++) {
        for (uint32_t i = 0; i < 64; i++) {
            double x = y * 0.999 + 1e-3 * (double)i;
            y = ((((1.1e-4 * x - 1.9e-3) * x + 8.3e-3) * x - 0.16) * x + 0.99) * x;
            state[0] = 0.9 * state[0] + 0.1 * y;
            state[1] = 0.8 * state[1] + 0.2 * state[0];
            state[2] = state[1] * state[0] + 0.5 * state[2];
            state[3] = state[3] * 0.25 + state[2] - y;
            y = y - state[3] * 1e-3;
        }
    }
    return (uint32_t)(int32_t)((y + state[0] + state[1] + state[2] + state[3]) * 1e6);
}
