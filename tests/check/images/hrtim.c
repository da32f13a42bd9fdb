/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Sets up a timer that is not modelled; what it reads back decides about nothing. */
#include "image.h"

int main(void)
{
    start_well();
    HRTIM_MPER = 199;
    HRTIM_MCR |= 1u << 16;
    stay();
}
