/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_DMA2D_INTERNAL_H
#define VBOARD_PERIPH_DMA2D_INTERNAL_H

/* DMA2D's registers and state, for the files of this folder. */
#include "vboard/chip/transfer.h"
#include "vboard/periph/dma2d/dma2d.h"
#include "vboard/periph/dma2d/pixel.h"

#define CLUT_ENTRIES 256u

enum {
    R_CR,
    R_ISR,
    R_IFCR,
    R_FGMAR,
    R_FGOR,
    R_BGMAR,
    R_BGOR,
    R_FGPFCCR,
    R_FGCOLR,
    R_BGPFCCR,
    R_BGCOLR,
    R_FGCMAR,
    R_BGCMAR,
    R_OPFCCR,
    R_OCOLR,
    R_OMAR,
    R_OOR,
    R_NLR,
    R_LWR,
    R_AMTCR,
    R_FGCLUT,
    R_BGCLUT = R_FGCLUT + CLUT_ENTRIES,
    R_COUNT = R_BGCLUT + CLUT_ENTRIES
};

#define CR_START (1u << 0)
#define CR_SUSP (1u << 1)
#define CR_ABORT (1u << 2)
#define CR_LOM (1u << 6)
#define CR_MODE_POS 16u
#define CR_MODE (7u << CR_MODE_POS)
#define ISR_TEIF (1u << 0)
#define ISR_TCIF (1u << 1)
#define ISR_TWIF (1u << 2)
#define ISR_CAEIF (1u << 3)
#define ISR_CTCIF (1u << 4)
#define ISR_CEIF (1u << 5)
#define PFCCR_CM 0xFu
#define PFCCR_CCM (1u << 4)
#define PFCCR_START (1u << 5)
#define PFCCR_CS_POS 8u
#define PFCCR_AM_POS 16u
#define PFCCR_AI (1u << 20)
#define PFCCR_RBS (1u << 21)
#define PFCCR_ALPHA_POS 24u
#define OPFCCR_CM 7u
#define OPFCCR_SB (1u << 8)
#define NLR_NL 0xFFFFu
#define NLR_PL_POS 16u

enum dma2d_mode {
    MODE_COPY,    /* memory to memory, as it is */
    MODE_CONVERT, /* ... with pixel format conversion */
    MODE_BLEND,   /* ... of two sources */
    MODE_FILL,    /* register to memory */
    MODE_BLEND_FIXED_FG,
    MODE_BLEND_FIXED_BG,
    MODES
};

/* Foreground and background: the same registers, once each. */
enum plane { FOREGROUND, BACKGROUND, PLANES };

/* Flags that MDMA takes for requests, as they are in ISR (14.3, Table 105). */
enum dma2d_wire { WIRE_TC, WIRE_TW, WIRE_CTC, WIRES };

struct dma2d {
    struct periph p;
    struct clock_listener listener;
    struct transfer transfer;
    struct wire *done[WIRES];  /* to MDMA */
    struct event event;        /* the end of the line, or of the CLUT's loading */
    uint32_t line, x;          /* lines done, pixels done of the one under way */
    uint32_t from[PLANES], to; /* where the line begins */
};

static inline enum dma2d_mode dma2d_mode(const struct dma2d *d)
{
    return (enum dma2d_mode)((d->p.values[R_CR] & CR_MODE) >> CR_MODE_POS);
}

static inline uint32_t dma2d_pfccr(const struct dma2d *d, enum plane plane)
{
    return d->p.values[plane == FOREGROUND ? R_FGPFCCR : R_BGPFCCR];
}

static inline enum pixel_format dma2d_format(const struct dma2d *d, enum plane plane)
{
    return (enum pixel_format)(dma2d_pfccr(d, plane) & PFCCR_CM);
}

static inline uint32_t dma2d_pixels(const struct dma2d *d)
{
    return d->p.values[R_NLR] >> NLR_PL_POS;
}

/* ---- setup.c ---- */

/* Does the mode fetch that plane's pixels from memory? */
bool dma2d_fetches(const struct dma2d *d, enum plane plane);
/* The format of what is written: copies keep the foreground's. */
enum pixel_format dma2d_output(const struct dma2d *d);
/* Bytes from one line's beginning to the next one's. */
uint32_t dma2d_pitch(const struct dma2d *d, unsigned offset_reg, enum pixel_format format);
/* 19.3.13, configuration error detection. */
bool dma2d_transfer_is_wrong(const struct dma2d *d);
bool dma2d_loading_is_wrong(const struct dma2d *d, enum plane plane);

/* ---- move.c ---- */

/* The line under way, from its pixel x on. */
enum transfer_result dma2d_move_line(struct dma2d *d, vtime_ps *ready);
/* All of a CLUT. */
enum transfer_result dma2d_load_clut(struct dma2d *d, enum plane plane, vtime_ps *ready);

#endif
