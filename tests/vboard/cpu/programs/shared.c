/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Both cores hand a number to and fro in SRAM4, polling: neither loop may be jumped over. */
#include "prog.h"

#define BALL REG(0x38000000)

void program(void)
{
    uint32_t me = (REG(0xE000ED00) & 0xF0) == 0x70 ? 0 : 1;
    for (uint32_t i = 0; i < 100; i++) {
        while ((BALL & 1) != me) {
        }
        LOG = BALL;
        LOG = TIME;
        BALL = BALL + 1;
    }
    LOG = 0x900;
}
