/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef FIRMWARE_BOOT_ASM_H
#define FIRMWARE_BOOT_ASM_H

#include <stdint.h>

/*
 * Pieces of the two reset handlers, which are assembly because they may use registers only: until
 * PWR_CSR1.ACTVOSRDY is set, writes to RAM are not permitted (RM0399 7.4.1), so there is no stack.
 */

/* A register's address, or any number, as an operand: "ldr r0, =%c[name]". */
#define BOOT_ADDRESS(name, reg) [name] "i"((uint32_t) & (reg))
#define BOOT_NUMBER(name, value) [name] "i"(value)

/* Copies by 8 bytes to dst..end from src (symbols, 8-byte aligned). Uses r0 to r4. */
#define BOOT_COPY(dst, end, src)                                                                   \
    "ldr r0, =" dst "\n"                                                                           \
    "ldr r1, =" end "\n"                                                                           \
    "ldr r2, =" src "\n"                                                                           \
    "1: cmp r0, r1\n"                                                                              \
    "bhs 2f\n"                                                                                     \
    "ldrd r3, r4, [r2], #8\n"                                                                      \
    "strd r3, r4, [r0], #8\n"                                                                      \
    "b 1b\n"                                                                                       \
    "2:\n"

/* Zeroes dst..end by 8 bytes. Uses r0 to r4. */
#define BOOT_ZERO(dst, end)                                                                        \
    "ldr r0, =" dst "\n"                                                                           \
    "ldr r1, =" end "\n"                                                                           \
    "movs r3, #0\n"                                                                                \
    "movs r4, #0\n"                                                                                \
    "1: cmp r0, r1\n"                                                                              \
    "bhs 2f\n"                                                                                     \
    "strd r3, r4, [r0], #8\n"                                                                      \
    "b 1b\n"                                                                                       \
    "2:\n"

/*
 * Waits for ACTVOSRDY: falls through when it is set, branches to `late` after `polls` readings.
 * A poll is a read over the D3 bus and three instructions, 10 cycles of HSI or more: the bounds below
 * are many times the start-up time of the SMPS (below 1 ms) and still far from a human's patience.
 */
#define BOOT_WAIT_SUPPLY(polls, late)                                                              \
    "ldr r0, =%c[csr1]\n"                                                                          \
    "ldr r2, =" polls "\n"                                                                         \
    "1: ldr r1, [r0]\n"                                                                            \
    "tst r1, #%c[actvosrdy]\n"                                                                     \
    "bne 2f\n"                                                                                     \
    "subs r2, r2, #1\n"                                                                            \
    "bne 1b\n"                                                                                     \
    "b " late "\n"                                                                                 \
    "2:\n"

#define BOOT_WAIT_SUPPLY_OPERANDS                                                                  \
    BOOT_ADDRESS(csr1, PWR->CSR1), BOOT_NUMBER(actvosrdy, PWR_CSR1_ACTVOSRDY)

#endif
