/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Polls a register; logs how often now and then. */
#include "prog.h"

void program(void)
{
    for (uint32_t i = 1;; i++) {
        while (LINE8 != 0) {
        }
        if ((i & 0xFFFF) == 0) {
            LOG = i;
        }
    }
}
