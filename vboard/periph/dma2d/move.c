/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* DMA2D: pixels and CLUTs through the bus (RM0399 Rev 4, 19.3.6 to 19.3.13). */
#include "vboard/periph/dma2d/internal.h"

#include <string.h>

/* As many pixels as are fetched before the first of them is written: an even number, and whole words of any format. */
#define CHUNK 64u
#define CHUNK_BYTES (CHUNK * 4)

/* ---- the bus: 64 bits wide, and never beyond what was asked for ---- */

static unsigned widest(uint32_t address, uint32_t left)
{
    unsigned size = 8;
    while ((address & (size - 1)) != 0 || size > left) {
        size /= 2;
    }
    return size;
}

static enum transfer_result fetch(struct dma2d *d, uint32_t from, uint8_t *to, uint32_t bytes,
                                  vtime_ps *ready)
{
    enum transfer_result result = TRANSFER_DONE;
    for (uint32_t done = 0; done < bytes && result == TRANSFER_DONE;) {
        uint64_t value;
        unsigned size = widest(from + done, bytes - done);
        result = transfer_read(d->p.chip, &d->transfer, from + done, size, &value, ready);
        memcpy(to + done, &value, size);
        done += size;
    }
    return result;
}

static enum transfer_result put(struct dma2d *d, uint32_t to, const uint8_t *from, uint32_t bytes,
                                vtime_ps *ready)
{
    enum transfer_result result = TRANSFER_DONE;
    for (uint32_t done = 0; done < bytes && result == TRANSFER_DONE;) {
        uint64_t value = 0;
        unsigned size = widest(to + done, bytes - done);
        memcpy(&value, from + done, size);
        result = transfer_write(d->p.chip, &d->transfer, to + done, size, value, ready);
        done += size;
    }
    return result;
}

/* ---- a chunk of a line ---- */

struct chunk {
    uint8_t source[PLANES][CHUNK_BYTES];
    uint8_t out[CHUNK_BYTES];
    unsigned pixels;
    uint32_t out_bytes;
};

static struct pixel_source source_of(const struct dma2d *d, enum plane plane)
{
    uint32_t pfccr = dma2d_pfccr(d, plane);
    bool fg = plane == FOREGROUND;
    return (struct pixel_source){.format = dma2d_format(d, plane),
                                 .clut = &d->p.values[fg ? R_FGCLUT : R_BGCLUT],
                                 .clut_is_opaque = (pfccr & PFCCR_CCM) != 0,
                                 .color = d->p.values[fg ? R_FGCOLR : R_BGCOLR],
                                 .alpha_mode = pfccr >> PFCCR_AM_POS & 3u,
                                 .alpha = pfccr >> PFCCR_ALPHA_POS,
                                 .inverts = (pfccr & PFCCR_AI) != 0,
                                 .swaps = (pfccr & PFCCR_RBS) != 0};
}

static enum transfer_result fetch_chunk(struct dma2d *d, struct chunk *c, vtime_ps *ready)
{
    enum transfer_result result = TRANSFER_DONE;
    for (enum plane p = FOREGROUND; p < PLANES && result == TRANSFER_DONE; p++) {
        if (dma2d_fetches(d, p)) {
            uint32_t bits = pixel_bits(dma2d_format(d, p));
            result = fetch(d, d->from[p] + d->x * bits / 8, c->source[p],
                           (c->pixels * bits + 7) / 8, ready);
        }
    }
    return result;
}

static uint32_t make_pixel(const struct dma2d *d, const struct pixel_source s[PLANES],
                           const struct chunk *c, unsigned index)
{
    uint32_t argb[PLANES] = {0};
    for (enum plane p = FOREGROUND; p < PLANES; p++) {
        argb[p] = dma2d_fetches(d, p) ? pixel_read(&s[p], c->source[p], index) : pixel_fixed(&s[p]);
    }
    return dma2d_mode(d) == MODE_CONVERT ? argb[FOREGROUND]
                                         : pixel_blend(argb[FOREGROUND], argb[BACKGROUND]);
}

static void make_chunk(const struct dma2d *d, struct chunk *c)
{
    const struct pixel_source s[PLANES] = {source_of(d, FOREGROUND), source_of(d, BACKGROUND)};
    uint32_t opfccr = d->p.values[R_OPFCCR];
    enum pixel_format format = dma2d_output(d);
    unsigned size = pixel_bits(format) / 8;
    for (unsigned i = 0; i < c->pixels; i++) {
        uint32_t bits = d->p.values[R_OCOLR];
        if (dma2d_mode(d) != MODE_FILL) {
            bits = pixel_encode(format, (opfccr & PFCCR_AI) != 0, (opfccr & PFCCR_RBS) != 0,
                                make_pixel(d, s, c, i));
        }
        memcpy(c->out + i * size, &bits, size);
    }
}

/* 19.3.10, Table 145. */
static void swap_bytes(struct chunk *c)
{
    for (uint32_t i = 0; i + 1 < c->out_bytes; i += 2) {
        uint8_t first = c->out[i];
        c->out[i] = c->out[i + 1];
        c->out[i + 1] = first;
    }
}

static enum transfer_result move_chunk(struct dma2d *d, struct chunk *c, vtime_ps *ready)
{
    uint32_t bits = pixel_bits(dma2d_output(d));
    enum transfer_result result = fetch_chunk(d, c, ready);
    if (result != TRANSFER_DONE) {
        return result;
    }
    c->out_bytes = (c->pixels * bits + 7) / 8;
    if (dma2d_mode(d) == MODE_COPY) {
        memcpy(c->out, c->source[FOREGROUND], c->out_bytes);
    } else {
        make_chunk(d, c);
    }
    if ((d->p.values[R_OPFCCR] & OPFCCR_SB) != 0) {
        swap_bytes(c);
    }
    return put(d, d->to + d->x * bits / 8, c->out, c->out_bytes, ready);
}

static bool is_left_out(const struct dma2d *d)
{
    return dma2d_fetches(d, FOREGROUND) && dma2d_format(d, FOREGROUND) == PIXEL_YCBCR;
}

enum transfer_result dma2d_move_line(struct dma2d *d, vtime_ps *ready)
{
    enum transfer_result result = TRANSFER_DONE;
    while (d->x < dma2d_pixels(d) && result == TRANSFER_DONE && !is_left_out(d)) {
        struct chunk c;
        uint32_t left = dma2d_pixels(d) - d->x;
        c.pixels = left < CHUNK ? left : CHUNK;
        result = move_chunk(d, &c, ready);
        d->x += result == TRANSFER_DONE ? c.pixels : 0;
    }
    return result;
}

/* Table 141. */
enum transfer_result dma2d_load_clut(struct dma2d *d, enum plane plane, vtime_ps *ready)
{
    uint8_t bytes[CLUT_ENTRIES * 4];
    uint32_t pfccr = dma2d_pfccr(d, plane);
    uint32_t entries = (pfccr >> PFCCR_CS_POS & 0xFFu) + 1;
    unsigned size = (pfccr & PFCCR_CCM) != 0 ? 3 : 4;
    uint32_t *clut = &d->p.values[plane == FOREGROUND ? R_FGCLUT : R_BGCLUT];
    enum transfer_result result = fetch(d, d->p.values[plane == FOREGROUND ? R_FGCMAR : R_BGCMAR],
                                        bytes, entries * size, ready);
    for (uint32_t i = 0; i < entries && result == TRANSFER_DONE; i++) {
        uint32_t entry = 0xFFFFFFFFu;
        memcpy(&entry, bytes + i * size, size);
        clut[i] = entry;
    }
    return result;
}
