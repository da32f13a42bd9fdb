/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Settings come in a struct on the caller's stack, as HAL has them; two callers, each its own. */
#include "flow_image.h"

#define RCC_PLL1DIVR REG(0x58024430u)

struct pll {
    uint32_t source, m, n, p;
};

NOINLINE static void set_pll(const struct pll *pll)
{
    if (pll->source == 2) {
        RCC_PLL1DIVR = (pll->n - 1) | (pll->p - 1) << 9;
    } else {
        PWR->CR3 = 2;
    }
}

NOINLINE static void other(void)
{
    struct pll pll;
    pll.source = 2;
    pll.m = 8;
    pll.n = 50;
    pll.p = 4;
    set_pll(&pll);
}

int main(void)
{
    struct pll pll;
    if (BUTTON) {
        other();
    }
    pll.source = 2;
    pll.m = 8;
    pll.n = 120;
    pll.p = 2;
    set_pll(&pll);
    for (;;) {
    }
}
