/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The M7 changes a word for 0.1 us (40 cycles at 400 MHz); the M4, which looks at it, must see that. */
#include "prog.h"

#define FLAG REG(0x38000100)
#define READY REG(0x38000104)
#define SEEN REG(0x38000108)
#define ROUNDS 100u

static void blink(void)
{
    for (uint32_t i = 1; i <= ROUNDS; i++) {
        while (READY != i) {
        }
        for (volatile uint32_t k = 0; k < 20 + i; k++) {
        }
        FLAG = i;
        ASM(".rept 38\n nop\n .endr");
        FLAG = 0;
        while (SEEN != i) {
        }
    }
    LOG = ROUNDS;
}

static void look(void)
{
    for (uint32_t i = 1; i <= ROUNDS; i++) {
        READY = i;
        while (FLAG != i) {
        }
        SEEN = i;
    }
    LOG = ROUNDS;
}

void program(void)
{
    if ((REG(0xE000ED00) & 0xF0) == 0x70) {
        blink();
    } else {
        look();
    }
}
