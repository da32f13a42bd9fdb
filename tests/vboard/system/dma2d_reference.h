/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_VBOARD_SYSTEM_DMA2D_REFERENCE_H
#define TESTS_VBOARD_SYSTEM_DMA2D_REFERENCE_H

/*
 * What a DMA2D transfer leaves in memory (RM0399 Rev 4, 19.3), written a second time: a pixel at a time, bits by their
 * number, colors as numbers of their own. Addresses are indices of `memory`.
 */
#include <stdbool.h>
#include <stdint.h>

struct reference_plane {
    unsigned cm, am, alpha, address, offset;
    bool ai, rbs, ccm;
    uint32_t color;
    uint32_t clut[256];
};

struct reference {
    unsigned mode, pl, nl;
    bool lom;
    struct reference_plane plane[2]; /* foreground, background */
    unsigned out_cm, out_address, out_offset;
    bool out_ai, out_rbs, out_sb;
    uint32_t ocolr;
    uint8_t *memory;
};

/* Bits of a pixel. */
unsigned reference_bits(unsigned cm);
void reference_run(struct reference *r);

#endif
