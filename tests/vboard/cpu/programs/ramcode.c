/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Code in RAM: run it, change it, run it again; also through the RAM's other address. */
#include "prog.h"

static const uint16_t returns_n[] = {0x2001, 0x4770}; /* movs r0, #1; bx lr */

static uint32_t call(uint32_t address)
{
    return ((uint32_t(*)(void))(address | 1u))();
}

void program(void)
{
    volatile uint16_t *code = (uint16_t *)0x30008000;
    volatile uint16_t *alias = (uint16_t *)0x10008000;
    code[0] = returns_n[0];
    code[1] = returns_n[1];
    BARRIER();
    LOG = call(0x30008000);
    LOG = call(0x10008000);
    code[0] = 0x2002;
    BARRIER();
    LOG = call(0x30008000);
    LOG = call(0x10008000);
    alias[0] = 0x2003;
    BARRIER();
    LOG = call(0x30008000);
    LOG = call(0x10008000);
    /* as many bytes, but other numbers of instructions */
    for (uint32_t i = 0; i < 4; i++) {
        code[0] = (i & 1) != 0 ? 0xF04F : 0x2001; /* mov.w r0, #1, or movs r0, #1 and nop */
        code[1] = (i & 1) != 0 ? 0x0001 : 0xBF00;
        code[2] = 0x4770;
        BARRIER();
        uint32_t start = TIME;
        for (uint32_t n = 0; n < 400; n++) {
            call(0x30008000);
        }
        LOG = TIME - start;
    }
    code[1] = 0x4770;
    for (uint32_t i = 0; i < 3; i++) {
        code[0] = (uint16_t)(0x2010 + i);
        BARRIER();
        LOG = call(0x30008000);
    }
}
