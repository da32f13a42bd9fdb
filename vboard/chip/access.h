/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_ACCESS_H
#define VBOARD_CHIP_ACCESS_H

/* The two cores, and the bus access under way. */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/kernel/findings.h"

#define CORE_COUNT 2
enum core { CORE_CM7, CORE_CM4 };

/* Who accesses now; set by the CPU (or debugger) around each access. */
struct access {
    enum master master;
    uint32_t pc; /* of the accessing instruction, or the start of its basic block */
    uint32_t address;
    uint32_t lanes; /* byte mask of the write, expanded to 32 bits */
    uint32_t value; /* what a register write carries; 0 for all else */
    uint8_t size;   /* bytes of a register access */
    bool
        steady; /* a read of a register that only writes and events change (struct reg), or a write that
                     * has left all as it was, and nothing to be told: again, it would do the same */
    bool forgiven;  /* a bus fault will be ignored (CCR.BFHFNMIGN), so it is no finding */
    bool bus_fault; /* a model or the bus refuses the access: the core takes a bus fault */
};

#endif
