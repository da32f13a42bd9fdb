/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * RCC: the clock outputs MCO1 and MCO2 (RM0399 Rev 4, 9.5.2 "Clock output capability", 9.7.7). Their edges are too many
 * for events: the pin's function says which frequency it gives out (chip/pinfunc.h).
 */
#include "vboard/periph/rcc/internal.h"

#define OFF CLK_COUNT

static const struct output {
    const char *name;
    uint8_t prescaler, select; /* first bits in CFGR */
    uint8_t inputs[8];
} outputs[RCC_MCOS] = {
    {"MCO1", 18, 22, {CLK_HSI, CLK_LSE, CLK_HSE, CLK_PLL1Q, CLK_HSI48, OFF, OFF, OFF}},
    {"MCO2", 25, 29, {CLK_SYS, CLK_PLL2P, CLK_HSE, CLK_PLL1P, CLK_CSI, CLK_LSI, OFF, OFF}},
};

/* Prescaler 0: disabled, and the pin low. */
static uint64_t output_uhz(const struct rcc *r, const struct output *o)
{
    uint32_t cfgr = r->base.values[R_CFGR];
    uint32_t prescaler = cfgr >> o->prescaler & 15u;
    uint8_t input = o->inputs[cfgr >> o->select & 7u];
    return prescaler == 0 || input == OFF ? 0 : r->base.chip->clocks[input].uhz / prescaler;
}

void rcc_mco_update(struct rcc *r)
{
    for (unsigned i = 0; i < RCC_MCOS; i++) {
        r->mco[i]->clock_uhz = output_uhz(r, &outputs[i]);
    }
}

void rcc_mco_connect(struct rcc *r)
{
    for (unsigned i = 0; i < RCC_MCOS; i++) {
        r->mco[i] = chip_pinfunc(r->base.chip, outputs[i].name);
        pinfunc_drive(r->mco[i], DRIVE_LOW, 0);
    }
}
