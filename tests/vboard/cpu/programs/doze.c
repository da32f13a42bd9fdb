/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The other core has something to do. */
#include "prog.h"

void program(void)
{
    for (;;) {
        WFI();
    }
}
