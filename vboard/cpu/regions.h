/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_REGIONS_H
#define VBOARD_CPU_REGIONS_H

/* What a core keeps of its address map (bus.c). */
#include <stdbool.h>
#include <stdint.h>

struct mem_region;

/* A region of the chip as this core sees it. */
struct cpu_region {
    struct mem_region *region;
    uint32_t window;        /* physical address of its image as I/O: guarded reads, hooked writes */
    unsigned guard_changes; /* of the region, when the pages were last asked for */
    bool by_io;             /* guarded, busy or without clock when the pages were last asked for */
};

/* What lies in a page (cpu_bus.c). */
struct cpu_page {
    bool known;
    bool peripheral; /* or a blank */
    uint32_t address;
    struct cpu_region *region; /* NULL: none */
    uint32_t physical;         /* where the engine has it: cpu_code_physical */
};

#endif
