/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/registers/coverage_cores.h"

#include <stddef.h>

const struct core_row core_rows[] = {
    {"SCB", "SCR.SLEEPDEEP",
     "acted upon: CSleep or CStop; with PWR_CPUnCR.PDDS_Dn it is CStop, too, where the chip goes "
     "to "
     "Standby"},
    {"SCB", "SCR.SLEEPONEXIT, SEVONPEND", "acted upon"},
    {"SCB", "CCR.DIV_0_TRP, UNALIGN_TRP", "kept, without effect: no such fault is ever taken"},
    {"SCB", "CCR.DC, IC, BP", "kept, without effect: caches and branch prediction take no time"},
    {"SCB", "CCR.NONBASETHRDENA, USERSETMPEND", "kept, without effect"},
    {"SCB", "AIRCR.VECTCLRACTIVE, VECTRESET", "without effect"},
    {"SCB", "ACTLR, CACR, ITCMCR, DTCMCR, AHBPCR", "kept or constant, without effect"},
    {"SCB", "CSSELR, CLIDR, CTR, CCSIDR", "constants of the M7's caches; 0 on the M4"},
    {"SCB", "cache maintenance (0xEF50 to 0xEF78)", "nothing to do: memory is always coherent"},
    {"SCB", "AFSR", "reads 0: ST does not use it"},
    {"SCB", "FPCCR.LSPEN, LSPACT; FPCAR", "kept: the FPU's state is always stacked at once"},
    {"SCB", "DHCSR, DCRSR, DCRDR", "to software 0, but for C_DEBUGEN while a debugger is there"},
    {"SCB", "DEMCR", "TRCENA and MON_EN act; VC_*, MON_PEND, MON_STEP and MON_REQ are kept"},
    {"NVIC", "all", "acted upon; an exception's entry is never given up for a more urgent one"},
    {"SysTick", "all", "acted upon; CALIB is a constant"},
    {"MPU", "RASR.TEX, S, C, B", "kept, without effect: memory has no types"},
    {"MPU", "RASR.SIZE, SRD", "in pages of 1 KB: a smaller region decides for its page"},
    {"DWT", "CTRL, CYCCNT", "the cycle counter acts"},
    {"DWT", "CPICNT to FOLDCNT, PCSR, COMPn, MASKn, FUNCTIONn", "read 0: no profiling, no watch"},
    {"ITM, TPIU", "all", "a stimulus port is always ready; what is written goes nowhere"},
    {"FPB, ETM, ROM table", "all", "read 0"},
    {NULL, NULL, NULL},
};
