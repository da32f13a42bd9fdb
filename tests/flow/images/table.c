/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Addresses from a table in flash, index unknown; a function from a table of functions. */
#include "flow_image.h"

static volatile uint32_t *const registers[] = {&REG(0x58020014u), &REG(0x58020414u),
                                               &REG(0x5802480Cu), &REG(0x58020814u)};

NOINLINE static void idle(void)
{
    REG(0x58020018u) = 1;
}

NOINLINE static void overdrive(void)
{
    SYSCFG_PWRCR = 1;
}

static void (*const actions[])(void) = {idle, overdrive, idle};

int main(void)
{
    uint32_t which = REG(0x58020010u);
    *registers[which & 3] = 0x26;
    actions[which >> 2 & 1]();
    for (;;) {
    }
}
