/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Selects no supply, raises the voltage scale, and waits for what cannot come. */
#include "image.h"

int main(void)
{
    voltage_scale_1();
    clock_400_mhz(4);
    stay();
}
