/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Both cores count in AXI SRAM, each from its own flash bank: the CM7 at 0x24000000, the CM4 at 0x24000004.
 * The CM7 erases sector 7 of bank 2 when the test writes 2 to 0x24000008, of bank 1 when it writes 1, and
 * reads the sector's first word into 0x2400000C at once. Sections: one image for each bank.
 */
    .syntax unified
    .thumb
    .cpu cortex-m4

    .section .cm7, "ax"
    .word 0x24010000, cm7_start + 1
cm7_start:
    ldr r0, =0x24000000
    movs r1, #0
    str r1, [r0]
    str r1, [r0, #4]
    str r1, [r0, #8]
    str r1, [r0, #12]
cm7_loop:
    adds r1, #1
    str r1, [r0]
    ldr r2, [r0, #8]
    cmp r2, #0
    beq cm7_loop
    movs r3, #0
    str r3, [r0, #8]
    ldr r4, =0x52002000
    ldr r5, =0x080E0000
    cmp r2, #1
    beq cm7_erase
    adds r4, #0x100
    ldr r5, =0x081E0000
cm7_erase:
    ldr r6, =0x45670123
    str r6, [r4, #4]
    ldr r6, =0xCDEF89AB
    str r6, [r4, #4]
    ldr r6, =0x7B4              /* START, sector 7, PSIZE 64, SER */
    str r6, [r4, #12]
    b cm7_read
cm7_read:
    ldr r6, [r5]
    str r6, [r0, #12]
    movs r6, #0x31
    str r6, [r4, #12]
    b cm7_loop
    .ltorg

    .section .cm4, "ax"
    .word 0x30010000, cm4_start + 1
cm4_start:
    ldr r0, =0x24000004
    ldr r1, =0x10000000
cm4_loop:
    adds r1, #1
    str r1, [r0]
    b cm4_loop
    .ltorg
