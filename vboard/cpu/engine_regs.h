/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ENGINE_REGS_H
#define VBOARD_CPU_ENGINE_REGS_H

/* A core's registers as an engine gives and takes them: by name, or those that belong together. */
#include <stdint.h>

/* The registers an exception pushes and changes. PSR includes IPSR and EPSR. */
struct engine_frame {
    uint32_t r0, r1, r2, r3, r12, sp, lr, pc, xpsr, control;
    uint32_t control_before; /* what CONTROL holds as yet */
};

struct engine_fp {
    _Alignas(8) uint32_t s[16];
    uint32_t fpscr;
};

/* xPSR, CONTROL, PRIMASK, BASEPRI, FAULTMASK; the masks may read 0 while unprivileged. */
struct engine_system {
    uint32_t xpsr, control, primask, basepri, faultmask;
};

/* Names of registers for engine_get and engine_set. */
enum engine_reg {
    ENGINE_R0 = 0, /* ... R15 = 15 */
    ENGINE_XPSR = 16,
    ENGINE_MSP,
    ENGINE_PSP,
    ENGINE_PRIMASK,
    ENGINE_BASEPRI,
    ENGINE_FAULTMASK,
    ENGINE_CONTROL,
    ENGINE_FPSCR,
    ENGINE_S0, /* ... S31 */
    ENGINE_REG_COUNT = ENGINE_S0 + 32
};

#endif
