/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The other core, which does nothing. */
#include "image.h"

int main(void)
{
    stay();
}
