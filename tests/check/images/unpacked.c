/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Starts well, unpacks code to ITCM and runs it; what of it does not run would take the wait states away. With GOOD it
 * would set those that are there. */
#include "image.h"

#define KEY 0x5A5Au
#define ITCM_CODE 0x100u
#ifdef GOOD
#define LATENCY 4u
#else
#define LATENCY 0u
#endif

/* if (*r0 != 0) { FLASH_ACR = LATENCY; } */
static const uint16_t packed[] = {
    0x6801u ^ KEY,             /* LDR r1, [r0] */
    0xB111u ^ KEY,             /* CBZ r1, to the BX */
    0x4A01u ^ KEY,             /* LDR r2, the word at the end */
    (0x2300u | LATENCY) ^ KEY, /* MOVS r3, # */
    0x6013u ^ KEY,             /* STR r3, [r2] */
    0x4770u ^ KEY,             /* BX lr */
    0x2000u ^ KEY,
    0x5200u ^ KEY,
};
volatile uint32_t never;

int main(void)
{
    start_well();
    volatile uint16_t *code = (volatile uint16_t *)ITCM_CODE;
    for (uint32_t i = 0; i < sizeof packed / sizeof *packed; i++) {
        code[i] = packed[i] ^ KEY;
    }
    __asm__ volatile("dsb\n\tisb");
    for (;;) {
        ((void (*)(volatile uint32_t *))(ITCM_CODE | 1u))(&never);
        spend(1000);
    }
}
