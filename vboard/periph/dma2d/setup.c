/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* DMA2D: what a transfer is asked to do, and whether it may (RM0399 Rev 4, 19.3.13). */
#include "vboard/periph/dma2d/internal.h"

bool dma2d_fetches(const struct dma2d *d, enum plane plane)
{
    static const bool fetches[MODES][PLANES] = {
        [MODE_COPY] = {true, false},           [MODE_CONVERT] = {true, false},
        [MODE_BLEND] = {true, true},           [MODE_FILL] = {false, false},
        [MODE_BLEND_FIXED_FG] = {false, true}, [MODE_BLEND_FIXED_BG] = {true, false}};
    return fetches[dma2d_mode(d)][plane];
}

enum pixel_format dma2d_output(const struct dma2d *d)
{
    return dma2d_mode(d) == MODE_COPY ? dma2d_format(d, FOREGROUND)
                                      : (enum pixel_format)(d->p.values[R_OPFCCR] & OPFCCR_CM);
}

/* "In pixels when LOM = 0. Only LO[13:0] bits are considered" (19.5.5). */
static bool counts_bytes(const struct dma2d *d)
{
    return (d->p.values[R_CR] & CR_LOM) != 0;
}

static uint32_t offset_pixels(const struct dma2d *d, unsigned offset_reg)
{
    return d->p.values[offset_reg] & 0x3FFFu;
}

uint32_t dma2d_pitch(const struct dma2d *d, unsigned offset_reg, enum pixel_format format)
{
    uint32_t bits = pixel_bits(format);
    if (counts_bytes(d)) {
        return dma2d_pixels(d) * bits / 8 + d->p.values[offset_reg];
    }
    return (dma2d_pixels(d) + offset_pixels(d, offset_reg)) * bits / 8;
}

static bool is_unaligned(uint32_t address, enum pixel_format format)
{
    uint32_t bytes = pixel_bits(format) == 32 ? 4 : pixel_bits(format) == 16 ? 2 : 1;
    return (address & (bytes - 1)) != 0;
}

/* Half bytes come in pairs. */
static bool breaks_pairs(const struct dma2d *d, unsigned offset_reg, enum pixel_format format)
{
    bool odd_offset = !counts_bytes(d) && (offset_pixels(d, offset_reg) & 1) != 0;
    return pixel_bits(format) == 4 && ((dma2d_pixels(d) & 1) != 0 || odd_offset);
}

/* Blocks of 8 by 8, of which one or two share their chrominance. */
static bool breaks_blocks(const struct dma2d *d)
{
    uint32_t width = dma2d_pixels(d) + offset_pixels(d, R_FGOR);
    bool whole = (d->p.values[R_FGPFCCR] >> 18 & 3u) == 0;
    return dma2d_mode(d) == MODE_COPY || width % (whole ? 8 : 16) != 0;
}

static bool foreground_is_wrong(const struct dma2d *d)
{
    enum pixel_format format = dma2d_format(d, FOREGROUND);
    return format >= PIXEL_FORMATS || is_unaligned(d->p.values[R_FGMAR], format) ||
           breaks_pairs(d, R_FGOR, format) || (format == PIXEL_YCBCR && breaks_blocks(d));
}

/* The manual leaves the address out where the foreground is fixed, and checks the rest there: taken as a slip. */
static bool background_is_wrong(const struct dma2d *d)
{
    enum pixel_format format = dma2d_format(d, BACKGROUND);
    return format >= PIXEL_YCBCR || is_unaligned(d->p.values[R_BGMAR], format) ||
           breaks_pairs(d, R_BGOR, format);
}

static bool output_is_wrong(const struct dma2d *d)
{
    enum pixel_format format = dma2d_output(d);
    if (dma2d_mode(d) != MODE_COPY &&
        (format > PIXEL_ARGB4444 || is_unaligned(d->p.values[R_OMAR], format))) {
        return true;
    }
    if ((d->p.values[R_OPFCCR] & OPFCCR_SB) == 0) {
        return false;
    }
    uint32_t offset =
        counts_bytes(d) ? d->p.values[R_OOR] : offset_pixels(d, R_OOR) * pixel_bits(format) / 8;
    return ((dma2d_pixels(d) | d->p.values[R_OMAR] | offset) & 1) != 0;
}

bool dma2d_transfer_is_wrong(const struct dma2d *d)
{
    uint32_t nlr = d->p.values[R_NLR];
    if (dma2d_mode(d) >= MODES || (nlr & NLR_NL) == 0 || nlr >> NLR_PL_POS == 0) {
        return true;
    }
    return (dma2d_fetches(d, FOREGROUND) && foreground_is_wrong(d)) ||
           (dma2d_fetches(d, BACKGROUND) && background_is_wrong(d)) || output_is_wrong(d);
}

bool dma2d_loading_is_wrong(const struct dma2d *d, enum plane plane)
{
    uint32_t address = d->p.values[plane == FOREGROUND ? R_FGCMAR : R_BGCMAR];
    bool words = (dma2d_pfccr(d, plane) & PFCCR_CCM) == 0;
    return (words && (address & 3u) != 0) ||
           (plane == FOREGROUND && dma2d_format(d, plane) == PIXEL_YCBCR);
}
