/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_SCB_H
#define VBOARD_CPU_SCB_H

/*
 * System control block (PM0253 4.3, 4.5, 4.7, 4.8; PM0214 4.4, 4.6): the registers from 0xE000ED00
 * that are not the MPU's, and those of the FPU and the caches.
 */
#include <stdbool.h>
#include <stdint.h>

struct cpu;

struct scb {
    uint32_t vtor, scr, ccr, shcsr_enables, cfsr, hfsr, dfsr, mmfar, bfar, cpacr, csselr, demcr;
    uint32_t fpccr, fpcar, fpdscr;
    uint32_t tcm[3]; /* ITCMCR, DTCMCR, AHBPCR */
    uint32_t cacr, actlr;
};

enum {
    SCR_SLEEPONEXIT = 1 << 1,
    SCR_SLEEPDEEP = 1 << 2,
    SCR_SEVONPEND = 1 << 4,
    CCR_NONBASETHRDENA = 1 << 0,
    CCR_USERSETMPEND = 1 << 1,
    CCR_UNALIGN_TRP = 1 << 3,
    CCR_DIV_0_TRP = 1 << 4,
    CCR_BFHFNMIGN = 1 << 8,
    CCR_STKALIGN = 1 << 9,
    CCR_DC = 1 << 16,
    CCR_IC = 1 << 17
};

/* CFSR: MMFSR in bits 0 to 7, BFSR 8 to 15, UFSR 16 to 31. */
enum {
    CFSR_IACCVIOL = 1 << 0,
    CFSR_DACCVIOL = 1 << 1,
    CFSR_MUNSTKERR = 1 << 3,
    CFSR_MSTKERR = 1 << 4,
    CFSR_MLSPERR = 1 << 5,
    CFSR_MMARVALID = 1 << 7,
    CFSR_IBUSERR = 1 << 8,
    CFSR_PRECISERR = 1 << 9,
    CFSR_IMPRECISERR = 1 << 10,
    CFSR_UNSTKERR = 1 << 11,
    CFSR_STKERR = 1 << 12,
    CFSR_LSPERR = 1 << 13,
    CFSR_BFARVALID = 1 << 15,
    CFSR_UNDEFINSTR = 1 << 16,
    CFSR_INVSTATE = 1 << 17,
    CFSR_INVPC = 1 << 18,
    CFSR_NOCP = 1 << 19,
    CFSR_UNALIGNED = 1 << 24,
    CFSR_DIVBYZERO = 1 << 25
};

#define DFSR_BKPT (1u << 1)
#define HFSR_VECTTBL (1u << 1)
#define HFSR_FORCED (1u << 30)
#define HFSR_DEBUGEVT (1u << 31)

/* FPCCR (DDI 0403 B3.2.21). */
#define FPCCR_ASPEN (1u << 31)
#define FPCCR_LSPEN (1u << 30)
#define FPCCR_BFRDY (1u << 6)
#define FPCCR_MMRDY (1u << 5)
#define FPCCR_HFRDY (1u << 4)
#define FPCCR_THREAD (1u << 3)
#define FPCCR_USER (1u << 1)
#define FPCCR_LSPACT (1u << 0)

void scb_reset(struct cpu *c, uint32_t vector_table);
/* Whole words at offsets from 0xE000E000: 0x008 and from 0xD00. Lanes of a byte or halfword write
 * are given in `lanes`, the rest of `value` is 0. */
uint32_t scb_read(struct cpu *c, uint32_t offset);
void scb_write(struct cpu *c, uint32_t offset, uint32_t value, uint32_t lanes);

#endif
