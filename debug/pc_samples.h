/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Periodic PC samples as the DWT gives them out (DDI 0403 C1.8.3, D4.3.3; RM0399 63.6.2): with DEMCR.TRCENA, DWT_CTRL's
 * CYCCNTENA and PCSAMPLENA, and ITM_TCR's ITMENA and TXENA, one whenever POSTCNT has run down. The line carries no
 * more than one each PC_SAMPLES_STEP_PS, a packet of five bytes at 2 Mbit/s; what comes faster is lost, as on
 * the line. CYCCNT does not count while the core sleeps, so that there are no samples of that.
 */
#ifndef DEBUG_PC_SAMPLES_H
#define DEBUG_PC_SAMPLES_H

#include "vboard/cpu/cpu.h"

#include <stdbool.h>
#include <stdint.h>

#define PC_SAMPLES_STEP_PS (25 * UINT64_C(1000000))

struct pc_samples {
    uint32_t period_cycles; /* 0: not switched on */
    uint32_t last;          /* periods that CYCCNT has seen */
};

/* After each piece of the board's time. True: a sample is due, and the core's PC is in *pc. */
bool pc_samples_look(struct pc_samples *s, struct cpu *cpu, uint32_t *pc);

#endif
