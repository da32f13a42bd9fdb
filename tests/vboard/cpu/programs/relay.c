/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The M4 counts a word up at each alarm, the M7 waits for it: between alarms both only loop. */
#include "prog.h"

#define COUNT REG(0x38000300)

void irq8_handler(void)
{
    CLEAR = 8;
    COUNT = COUNT + 1;
    ALARM = 20000 + 1001 * COUNT; /* off the grid of either core */
}

void program(void)
{
    if ((REG(0xE000ED00) & 0xF0) == 0x70) {
        for (uint32_t i = 0; i < 30; i++) {
            while (COUNT == i) {
            }
            LOG = COUNT;
            LOG = TIME;
        }
    } else {
        ISER0 = 1 << 8;
        ALARM = 20000;
    }
}
