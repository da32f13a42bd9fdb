/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "prog.h"

void hard_fault_handler(void)
{
    LOG = 0x300;
    (void)REG(0x60000000);
    LOG = 0x301;
}

void program(void)
{
    LOG = 1;
    (void)REG(0x60000000);
    LOG = 2;
}
