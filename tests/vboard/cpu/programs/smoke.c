/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "prog.h"

static uint32_t initialised = 0x1234;
static uint32_t zeroed;

void program(void)
{
    LOG = 1;
    LOG = initialised + zeroed;
    LOG = REG(0xE000ED00);
    LOG = VTOR;
    uint32_t sum = 0;
    for (uint32_t i = 0; i < 1000; i++) {
        sum += i * i;
    }
    LOG = sum;
    uint32_t before = TIME;
    uint32_t after = TIME;
    LOG = after - before;
}
