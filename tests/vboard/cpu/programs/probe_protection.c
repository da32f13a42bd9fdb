/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Regions, subregions, the background; what unprivileged code may do. */
#include "probe.h"

static void set_region(uint32_t number, uint32_t base, uint32_t rasr)
{
    MPU_RNR = number;
    MPU_RBAR = base;
    MPU_RASR = rasr;
    MPU_CTRL = 5; /* PRIVDEFENA */
    BARRIER();
}

__attribute__((naked)) void svc_handler(void)
{
    ASM("mrs r0, control\n bic r0, #1\n msr control, r0\n isb\n bx lr"); /* privileged again */
}

static uint32_t primask_of_nobody(void)
{
    MSR("control", MRS("control") | 1);
    BARRIER();
    CPSID_I();
    (void)REG(0xE000ED00);
    STIR = 0;
    ASM("svc 0");
    return MRS("primask");
}

void program(void)
{
    enable_faults();
    /* 32 KB without access at 0x38008000; of eight subregions the second (4 KB at 0x38009000) is off */
    set_region(7, 0x38008000, 1u << 28 | 2u << 8 | 14u << 1 | 1);
    OUTCOME(REG(0x38008FFC) = 1);
    OUTCOME(REG(0x38009000) = 1);
    OUTCOME(REG(0x38009FFC) = 1);
    OUTCOME(REG(0x3800A000) = 1);
    set_region(6, 0x38004120, 1u << 28 | 4u << 1 | 1); /* 32 bytes */
    OUTCOME(REG(0x38004124) = 1);
    OUTCOME(REG(0x38004140) = 1);
    MPU_CTRL = 0;
    BARRIER();
    fault_count = fault_status = 0;
    LOG = primask_of_nobody();
    LOG = fault_count;
    LOG = fault_status & 0x8200;
    /* Aliases of bits: bit 3 of SET means line 8, whose level is bit 0 of LINE8 */
    OUTCOME(REG(0x42000000 + 0x08 * 32 + 3 * 4) = 0xFF; settle());
    LOG = LINE8;
    LOG = CORE_IS_M4 ? REG(0x42000000 + 0x24 * 32) : 0;
    LOG = CORE_IS_M4 ? REG(0x42000000 + 0x24 * 32 + 4) : 0;
    OUTCOME((void)REG(0x22000000));
}
