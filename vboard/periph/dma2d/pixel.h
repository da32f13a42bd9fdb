/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_DMA2D_PIXEL_H
#define VBOARD_PERIPH_DMA2D_PIXEL_H

/*
 * Pixels: formats, alpha and blending (RM0399 Rev 4, 19.3.5, 19.3.7 to 19.3.10, 19.3.13). A pixel between the stages is
 * ARGB8888 in a word: alpha in the highest byte, blue in the lowest.
 */
#include <stdbool.h>
#include <stdint.h>

/* CM of FGPFCCR and BGPFCCR (Table 137); those up to ARGB4444 are OPFCCR's, too (Table 142). */
enum pixel_format {
    PIXEL_ARGB8888,
    PIXEL_RGB888,
    PIXEL_RGB565,
    PIXEL_ARGB1555,
    PIXEL_ARGB4444,
    PIXEL_L8,
    PIXEL_AL44,
    PIXEL_AL88,
    PIXEL_L4,
    PIXEL_A8,
    PIXEL_A4,
    PIXEL_YCBCR,
    PIXEL_FORMATS
};

/* What a pixel format converter makes of a pixel besides its format. */
struct pixel_source {
    enum pixel_format format;
    const uint32_t *clut; /* for the indirect ones */
    bool clut_is_opaque;  /* of 24 bits: no alpha of its own */
    uint32_t color;       /* of A8 and A4: RGB */
    unsigned alpha_mode;  /* AM: 0 keeps, 1 replaces, 2 multiplies */
    uint32_t alpha;       /* ALPHA */
    bool inverts, swaps;  /* AI, RBS */
};

/* Bits in memory; 8 for YCbCr's luminance. */
unsigned pixel_bits(enum pixel_format format);
/* L8, AL44, AL88 and L4 look into a CLUT. */
bool pixel_is_indirect(enum pixel_format format);

/* The pixel number `index` of those that begin at `from`, converted. */
uint32_t pixel_read(const struct pixel_source *s, const uint8_t *from, unsigned index);
/* A pixel of a fixed color: opaque, then as AM and AI say. */
uint32_t pixel_fixed(const struct pixel_source *s);
/* What is in front of what is behind. */
uint32_t pixel_blend(uint32_t foreground, uint32_t background);
/* The bits of a pixel in one of the output formats, after AI and RBS. */
uint32_t pixel_encode(enum pixel_format format, bool inverts, bool swaps, uint32_t argb);

#endif
