/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_MEM_REGION_H
#define VBOARD_CHIP_MEM_REGION_H

#include <stdbool.h>
#include <stdint.h>

#include "vboard/chip/periph.h"

enum {
    MEM_ASKS = 1,    /* reads must be asked for by read_faults */
    MEM_NO_FETCH = 2 /* code that lies there cannot be fetched */
};

/* A memory region of the address map. RAM and flash only; peripherals are in the periph list. */
struct mem_region {
    const char *name;
    uint32_t base, size;
    uint8_t *host;
    bool executable, writable;
    uint8_t masters;   /* bit 0 CM7, bit 1 CM4 */
    struct gate *gate; /* NULL: always on */
    /* Writes to a region that is not writable (flash): NULL = bus fault. size 1, 2, 4 or 8. */
    void (*write)(void *ctx, uint32_t address, unsigned size, uint64_t value);
    /* Called before a read if set by its owner (torn flash words ...): true = bus fault. */
    bool (*read_faults)(void *ctx, uint32_t address, unsigned size);
    void *ctx;
    bool guarded; /* read_faults must be asked: the core may not read host memory directly */
    /* Of a guarded region: what of [address, address + size) is: MEM_... ; NULL: MEM_ASKS. */
    unsigned (*guard)(void *ctx, uint32_t address, uint32_t size);
    unsigned guard_changes; /* counted up whenever guard() may say something else */
    /* Until when a read or fetch has to wait (flash at work); NULL: never. 0: not now. */
    vtime_ps (*busy_until)(void *ctx);
};

#endif
