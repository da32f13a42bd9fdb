/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_FINDING_TEXT_H
#define VBOARD_CHIP_FINDING_TEXT_H

/*
 * A finding in words, for people. Nothing decides by them. To be used like
 *
 *     printf("%s\n", finding_text(chip, f).text);
 */
#include "vboard/kernel/findings.h"

struct chip;

struct finding_text {
    char text[160];
};

/* "USART3.BRR: bus clock is off (RCC+0x0E8 bit 18)" */
struct finding_text finding_text(const struct chip *chip, const struct finding *f);
/* The same without the register, where the chip is no more or the register is named already. */
struct finding_text finding_what(const struct finding *f);

#endif
