/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/cm4_stub.h"

/*
 * SP, PC, then (Armv7-M, RM0399 9.7.42, 11.4, PM0214 4.4.6):
 *     RCC_AHB4ENR |= HSEMEN; HSEM_C2IER = 1; SEV; WFE        clear the event
 *     SCR = SLEEPDEEP | SEVONPEND; DSB; WFE                  D2 stops: D2CKRDY falls
 *     SCR = 0; for (;;);                                     the M7 has released semaphore 0
 */
static const uint32_t code[] = {
    0x30010000, 0x08100009,                         /* stack in SRAM1, first instruction */
    0x68014809,                                     /* ldr r0, =RCC_AHB4ENR; ldr r1, [r0] */
    0x7100F041,                                     /* orr r1, r1, #1 << 25 */
    0x48086001,                                     /* str r1, [r0]; ldr r0, =HSEM_C2IER */
    0x60012101,                                     /* movs r1, #1; str r1, [r0] */
    0xBF20BF40,                                     /* sev; wfe */
    0x21144806,                                     /* ldr r0, =SCR; movs r1, #0x14 */
    0xF3BF6001, 0xBF208F4F,                         /* str r1, [r0]; dsb; wfe */
    0x60012100,                                     /* movs r1, #0; str r1, [r0] */
    0xBF00E7FE, 0x580244E0, 0x58026510, 0xE000ED10, /* b .; nop; the three addresses */
};

int check_cm4_stub_load(struct board *board)
{
    uint8_t bytes[sizeof code];
    for (unsigned i = 0; i < sizeof code; i++) {
        bytes[i] = (uint8_t)(code[i / 4] >> (8 * (i % 4)));
    }
    return board_load(board, CHECK_CM4_STUB_ADDRESS, bytes, sizeof bytes);
}
