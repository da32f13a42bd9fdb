/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_LTDC_INTERNAL_H
#define VBOARD_PERIPH_LTDC_INTERNAL_H

/* LTDC's registers and state, for the files of this folder. */
#include "vboard/periph/ltdc/ltdc.h"

#define LAYERS 2u
#define CLUT_ENTRIES 256u

enum {
    R_SSCR,
    R_BPCR,
    R_AWCR,
    R_TWCR,
    R_GCR,
    R_SRCR,
    R_BCCR,
    R_IER,
    R_ISR,
    R_ICR,
    R_LIPCR,
    R_CPSR,
    R_CDSR,
    R_LAYER, /* from here on each register twice, for layer 1 and 2 */
    R_CR = R_LAYER,
    R_WHPCR = R_CR + LAYERS,
    R_WVPCR = R_WHPCR + LAYERS,
    R_CKCR = R_WVPCR + LAYERS,
    R_PFCR = R_CKCR + LAYERS,
    R_CACR = R_PFCR + LAYERS,
    R_DCCR = R_CACR + LAYERS,
    R_BFCR = R_DCCR + LAYERS,
    R_CFBAR = R_BFCR + LAYERS,
    R_CFBLR = R_CFBAR + LAYERS,
    R_CFBLNR = R_CFBLR + LAYERS,
    R_CLUTWR = R_CFBLNR + LAYERS,
    R_COUNT = R_CLUTWR + LAYERS
};

#define GCR_LTDCEN (1u << 0)
#define SRCR_IMR (1u << 0)
#define SRCR_VBR (1u << 1)
#define ISR_LIF (1u << 0)
#define ISR_FUIF (1u << 1)
#define ISR_TERRIF (1u << 2)
#define ISR_RRIF (1u << 3)
#define CDSR_VDES (1u << 0)
#define CDSR_HDES (1u << 1)
#define CDSR_VSYNCS (1u << 2)
#define CDSR_HSYNCS (1u << 3)

struct ltdc {
    struct periph p;
    struct clock_listener listener;
    struct ticker pixels; /* since LTDCEN was set */
    struct event event;   /* the next interrupt that is enabled, or the line that MDMA waits for */
    struct wire *line;    /* LIF, to MDMA */
    uint64_t seen;        /* the first pixel that the flags do not know of yet */
    uint32_t shadow[R_COUNT];
    uint32_t clut[LAYERS][CLUT_ENTRIES];
};

/* Horizontal and vertical halves of the timing registers. */
static inline uint32_t ltdc_h(const struct ltdc *l, unsigned reg)
{
    return l->p.values[reg] >> 16;
}

static inline uint32_t ltdc_v(const struct ltdc *l, unsigned reg)
{
    return l->p.values[reg] & 0x7FFu;
}

/* ---- timing.c ---- */

/* Blanking included. */
uint32_t ltdc_frame_pixels(const struct ltdc *l);
/* Where the beam is: the place of the pixel number `pixel` in its frame. */
struct ltdc_place {
    uint32_t x, y;
};
struct ltdc_place ltdc_place(const struct ltdc *l, uint64_t pixel);
/* The first pixel not before `from` that begins line `line`; UINT64_MAX if no frame has that line. */
uint64_t ltdc_line_start(const struct ltdc *l, uint64_t from, uint32_t line);
/* The line at whose beginning VBR reloads. */
uint32_t ltdc_blanking_line(const struct ltdc *l);
/* What CDSR says of a place. */
uint32_t ltdc_phases(const struct ltdc *l, struct ltdc_place place);

/* ---- picture.c: vboard/chip/screen.h ---- */

bool ltdc_picture_size(void *ctx, unsigned *width, unsigned *height);
void ltdc_picture_draw(void *ctx, uint32_t *pixels);

#endif
