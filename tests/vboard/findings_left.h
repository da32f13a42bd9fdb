/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_VBOARD_FINDINGS_LEFT_H
#define TESTS_VBOARD_FINDINGS_LEFT_H

#include "vboard/chip/chip.h"

/* What a test did not take: printed. 0: nothing; -1: what a teardown fails with. */
int findings_left(struct chip *chip);

#endif
