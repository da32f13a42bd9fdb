/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Prints the reference drive as a candump log, for docs/reference-drive.png (docs/needle.md). */
#include "tests/dials/reference_drive.h"

int main(void)
{
    return reference_write(stdout) ? 0 : 1;
}
