/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* LDREX and STREX: success, failure after CLREX and after a store by someone else. */
#include "prog.h"

#define WORD REG(0x38000100)

void program(void)
{
    uint32_t failed, value;
    WORD = 7;
    __asm__ volatile("ldrex %1, [%2]\n add %1, #1\n strex %0, %1, [%2]"
                     : "=&r"(failed), "=&r"(value)
                     : "r"(&WORD)
                     : "memory");
    LOG = failed;
    LOG = WORD;
    __asm__ volatile("ldrex %1, [%2]\n clrex\n strex %0, %1, [%2]"
                     : "=&r"(failed), "=&r"(value)
                     : "r"(&WORD)
                     : "memory");
    LOG = failed;
    __asm__ volatile("ldrex %1, [%2]\n mov r3, #99\n str r3, [%2]\n strex %0, %1, [%2]"
                     : "=&r"(failed), "=&r"(value)
                     : "r"(&WORD)
                     : "r3", "memory");
    LOG = failed;
    LOG = WORD;
    uint32_t me = (REG(0xE000ED00) & 0xF0) == 0x70 ? 0 : 1;
    /* both cores count one word up together */
    for (uint32_t i = 0; i < 2000; i++) {
        do {
            __asm__ volatile("ldrex %1, [%2]\n add %1, #1\n strex %0, %1, [%2]"
                             : "=&r"(failed), "=&r"(value)
                             : "r"(0x38000200)
                             : "memory");
        } while (failed != 0);
    }
    REG(0x38000210 + 4 * me) = 1;
    while (REG(0x38000210 + 4 * (1 - me)) == 0) {
    }
    LOG = REG(0x38000200);
}
