/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Loops that store: calls that push registers (harmless), and loops that change memory although the
 * registers are the same each time (not to be skipped; that which counts may be added up). An interrupt moves on to the next. */
#include "prog.h"

volatile uint32_t tick; /* the assembly code names it */
static volatile uint32_t work[4];

void systick_handler(void)
{
    tick++;
}

__attribute__((noinline, naked)) static void busy_call(void)
{
    ASM("push {r4, r5, lr}\n sub sp, #8\n str r4, [sp, #4]\n bl 1f\n add sp, #8\n pop {r4, r5, "
        "pc}\n"
        "1: push {r7}\n add r7, sp, #0\n mov sp, r7\n pop {r7}\n bx lr");
}

static void calls(uint32_t end)
{
    while (tick < end) {
        busy_call();
    }
}

/* Registers are the same at each turn of these loops. */
__attribute__((noinline, naked)) static void count_in_memory(volatile uint32_t *p, uint32_t end)
{
    (void)p;
    (void)end;
    ASM("1: ldr r2, [r0]\n add r2, #1\n str r2, [r0]\n mov r2, #0\n ldr r3, =tick\n ldr r3, [r3]\n"
        "cmp r3, r1\n mov r3, #0\n blo 1b\n bx lr");
}

__attribute__((noinline, naked)) static void toggle_in_memory(volatile uint32_t *p, uint32_t end)
{
    (void)p;
    (void)end;
    ASM("1: ldr r2, [r0]\n eor r2, #1\n str r2, [r0]\n mov r2, #0\n ldr r3, =tick\n ldr r3, [r3]\n"
        "cmp r3, r1\n mov r3, #0\n blo 1b\n bx lr");
}

/* The same value over and over: harmless. */
__attribute__((noinline, naked)) static void store_in_memory(volatile uint32_t *p, uint32_t end)
{
    (void)p;
    (void)end;
    ASM("1: mov r2, #5\n str r2, [r0]\n ldr r3, =tick\n ldr r3, [r3]\n"
        "cmp r3, r1\n mov r3, #0\n blo 1b\n bx lr");
}

void program(void)
{
    SYST_RVR = 99999;
    SYST_CVR = 0;
    SYST_CSR = 7;
    for (uint32_t round = 1; round < 4; round++) {
        calls(4 * round - 3);
        LOG = tick;
        count_in_memory(&work[0], 4 * round - 2);
        LOG = work[0];
        toggle_in_memory(&work[1], 4 * round - 1);
        LOG = work[1];
        store_in_memory(&work[2], 4 * round);
        LOG = work[2];
    }
    for (;;) {
        busy_call();
    }
}
