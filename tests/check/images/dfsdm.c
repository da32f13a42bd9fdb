/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Sets up a filter that is not modelled; what it reads back decides about nothing. */
#include "image.h"

int main(void)
{
    start_well();
    DFSDM_CH0CFGR2 = 199;
    DFSDM_CH0CFGR1 |= 1u << 16;
    stay();
}
