/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Loops that write a register, or the masks: with what is there already (harmless), and with something else
 * although r0 to r14 are the same each time (not to be skipped). An interrupt moves on to the next. */
#include "prog.h"

volatile uint32_t tick; /* the assembly code names it */

void systick_handler(void)
{
    tick++;
}

#define UNTIL_TICK "ldr r3, =tick\n ldr r3, [r3]\n cmp r3, r1\n mov r3, #0\n blo 1b\n"

/* The same value over and over, by a function that pushes registers. */
__attribute__((noinline, naked)) static void drive(volatile uint32_t *p, uint32_t end)
{
    (void)p;
    (void)end;
    ASM("push {r4, lr}\n 1: bl 2f\n" UNTIL_TICK "pop {r4, pc}\n"
        "2: push {r2, lr}\n mov r2, #5\n str r2, [r0]\n pop {r2, pc}");
}

__attribute__((noinline, naked)) static void toggle(volatile uint32_t *p, uint32_t end)
{
    (void)p;
    (void)end;
    ASM("1: ldr r2, [r0]\n eor r2, #1\n str r2, [r0]\n mov r2, #0\n" UNTIL_TICK "bx lr");
}

/* As critical sections do. */
__attribute__((noinline, naked)) static void mask(volatile uint32_t *p, uint32_t end)
{
    (void)p;
    (void)end;
    ASM("1: mrs r2, basepri\n mov r3, #0x50\n msr basepri, r3\n str r3, [r0]\n msr basepri, r2\n"
        "cpsid i\n nop\n cpsie i\n" UNTIL_TICK "bx lr");
}

/* Masked in every other turn. */
__attribute__((noinline, naked)) static void mask_in_turns(volatile uint32_t *p, uint32_t end)
{
    (void)p;
    (void)end;
    ASM("1: mrs r2, primask\n eor r2, #1\n msr primask, r2\n mov r2, #0\n" UNTIL_TICK
        "cpsie i\n bx lr");
}

__attribute__((noinline, naked)) static void mask_higher(volatile uint32_t *p, uint32_t end)
{
    (void)p;
    (void)end;
    ASM("1: mrs r2, basepri\n eor r2, #0x50\n msr basepri, r2\n mov r2, #0\n" UNTIL_TICK
        "msr basepri, r2\n bx lr");
}

void program(void)
{
    SHPR(15) = 0x60; /* SysTick: BASEPRI 0x50 keeps it off */
    SYST_RVR = 99999;
    SYST_CVR = 0;
    SYST_CSR = 7;
    for (uint32_t round = 1; round < 3; round++) {
        drive(&PLAIN, 5 * round - 4);
        LOG = tick;
        toggle(&PLAIN, 5 * round - 3);
        LOG = PLAIN;
        mask(&PLAIN, 5 * round - 2);
        LOG = PLAIN;
        mask_in_turns(&PLAIN, 5 * round - 1);
        LOG = tick;
        mask_higher(&PLAIN, 5 * round);
        LOG = tick;
    }
    drive(&PLAIN, ~0u);
}
