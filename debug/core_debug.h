/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A core's debug registers as a probe has them (DDI 0403 C1.6, C1.8, C1.11; RM0399 63.5, 63.6): DHCSR, DCRSR, DCRDR, DEMCR,
 * DFSR, FPB, the comparators of DWT, and the cross trigger interface. The core is halted as C_HALT does it: the
 * other one, the time and the car go on.
 *
 * FPB: breakpoints only, no remapping; 8 comparators on the M7 (version 2), 6 on the M4 (version 1). DWT: data
 * addresses; not data values, nor cycle counts and PC. CTI: HALTED (input 0), EDBGRQ (output 0) and DBGRESTART (output
 * 7, as Tables 633 and 635 have it; the text below them says 1).
 */
#ifndef DEBUG_CORE_DEBUG_H
#define DEBUG_CORE_DEBUG_H

#include "vboard/boards/board.h"
#include "vboard/chip/access.h"
#include "vboard/cpu/debug.h"

#define FPB_MAX 8u
#define CTI_CHANNELS 4u
#define CTI_TRIGGERS 8u

struct core_cti {
    bool enabled;
    uint32_t in[CTI_TRIGGERS], out[CTI_TRIGGERS]; /* channels, a bit each */
    uint32_t gate;
};

struct core_debug {
    struct board *board;
    struct core_debug *both; /* [CORE_COUNT]: those of a chip */
    enum core core;
    struct cpu_debugger hooks;
    uint32_t dhcsr; /* C_DEBUGEN, C_STEP, C_MASKINTS */
    uint32_t dfsr, dcrdr, demcr;
    bool was_reset; /* S_RESET_ST */
    uint64_t retired;
    bool fpb_on;
    uint32_t fp_comp[FPB_MAX];
    struct {
        uint32_t comp, mask, function;
        bool matched;
    } dwt[CPU_WATCHPOINTS];
    struct core_cti cti;
};

void core_debug_init(struct core_debug both[CORE_COUNT], struct board *board);
void core_debug_close(struct core_debug both[CORE_COUNT]);
/* The chip has been reset: `power`: by power-on, which takes the debugger's settings away. */
void core_debug_reset(struct core_debug *d, bool power);

/* A register of these, as opposed to the rest of the private bus. */
bool core_debug_owns(uint32_t address);
uint32_t core_debug_read(struct core_debug *d, uint32_t address);
void core_debug_write(struct core_debug *d, uint32_t address, uint32_t value);
/* Memory, or other registers; flash as its registers allow. */
bool core_debug_store(struct core_debug *d, struct cpu *cpu, uint32_t address, const void *bytes,
                      unsigned size);

#endif
