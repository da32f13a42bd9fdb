/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Start-up for the virtual board (-DBOARD: result to the test device) and for QEMU's mps2-an500. */
#include "workload.h"

extern uint32_t stack_top, bss_start, bss_end;

void reset_handler(void);

#ifdef BOARD
static void finish(uint32_t result)
{
    *(volatile uint32_t *)0x40000000 = result;
    for (;;) {
        __asm__ volatile("wfi");
    }
}
#else
/* Semihosting SYS_EXIT (0x18), ADP_Stopped_ApplicationExit. */
static void finish(uint32_t result)
{
    register uint32_t operation __asm__("r0") = 0x18;
    register uint32_t reason __asm__("r1") = 0x20026;
    (void)result;
    __asm__ volatile("bkpt 0xAB" ::"r"(operation), "r"(reason) : "memory");
}
#endif

void reset_handler(void)
{
    *(volatile uint32_t *)0xE000ED88 |= 0xF00000; /* FPU on */
    __asm__ volatile("dsb\n isb");
    for (uint32_t *to = &bss_start; to < &bss_end; to++) {
        *to = 0;
    }
    finish(workload(ROUNDS));
    for (;;) {
    }
}

typedef void handler(void);
__attribute__((section(".vectors"), used)) static handler *const vectors[] = {(handler *)&stack_top,
                                                                              reset_handler};
