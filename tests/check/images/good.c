/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Does everything right. */
#include "image.h"

int main(void)
{
    start_well();
    stay();
}
