/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Faults, and faults again in the handler. */
#include "image.h"

void hard_fault(void)
{
    __asm__ volatile("udf #0");
}

int main(void)
{
    start_well();
    __asm__ volatile("udf #0");
    stay();
}
