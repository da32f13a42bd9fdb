/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_THUMB_H
#define VBOARD_CPU_THUMB_H

/*
 * What the run loop must know of Thumb code (DDI 0403, A5 and A7): how many instructions a basic
 * block has, whether it can have an effect outside of r0-r15 and the flags, and which address a
 * load or store uses.
 */
#include <stdbool.h>
#include <stdint.h>

/* What a basic block does beside changing registers. */
enum {
    THUMB_STORES = 1 << 0, /* stores, pushes, exclusives */
    THUMB_FP = 1 << 1,     /* floating point or other coprocessor instructions */
    THUMB_SYSTEM = 1 << 2, /* MSR, CPS f: masks and stack pointers may change */
    THUMB_SEV = 1 << 3,    /* SEV */
    THUMB_PRIMASK = 1 << 4 /* CPS i: PRIMASK may change, and nothing else */
};

struct thumb_scan {
    uint16_t count; /* instructions */
    uint16_t flags; /* THUMB_... */
};

/* Scans `size` bytes of code. */
struct thumb_scan thumb_scan(const uint8_t *code, uint32_t size);
/* Instructions in the first `size` bytes. */
unsigned thumb_count(const uint8_t *code, uint32_t size);
/* 2 or 4: length of the instruction that begins with `first`. */
unsigned thumb_length(uint16_t first);

#define THUMB_NO_REG 0xFF

/* A load or store: address = base + index << shift + offset, `bytes` long. */
struct thumb_access {
    uint8_t base;  /* 15: PC, aligned to 4 */
    uint8_t index; /* THUMB_NO_REG: none */
    uint8_t shift;
    uint8_t bytes; /* of all words together: LDM has up to 60 */
    bool write;
    int32_t offset; /* 0 for post-indexed */
};

/* False: the instruction accesses no memory. `second` is ignored for short ones. */
bool thumb_decode_access(uint16_t first, uint16_t second, struct thumb_access *a);

/* Whether it is a coprocessor instruction (CP10, CP11: the FPU). */
bool thumb_is_fp(uint16_t first);

#endif
