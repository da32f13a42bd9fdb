/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Sets up the trace output, which is not modelled; what it reads back decides about nothing. */
#include "image.h"

int main(void)
{
    start_well();
    SWO_CODR = 199;
    SWO_SPPR |= 2u;
    stay();
}
