/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The other core's part: wakes the first by SEV, by an interrupt line, and by an event. */
#include "prog.h"

static void pause(uint32_t ns)
{
    uint32_t start = TIME;
    while (TIME - start < ns) {
    }
}

void program(void)
{
    pause(5000);
    LOG = 0x700;
    SEV();
    pause(5000);
    LOG = 0x701;
    SET = 2;
    pause(5000);
    LOG = 0x702;
    EVENT = (REG(0xE000ED00) & 0xF0) == 0x70; /* to the other core */
    pause(5000);
    LOG = 0x703;
}
