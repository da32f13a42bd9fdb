/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/vboard/findings_left.h"

#include <stdio.h>

#include "vboard/chip/finding_text.h"

int findings_left(struct chip *chip)
{
    const size_t left = chip->findings.count;
    for (size_t i = 0; i < left; i++) {
        fprintf(stderr, "finding left: %s\n", finding_text(chip, &chip->findings.list[i]).text);
    }
    return left == 0 ? 0 : -1;
}
