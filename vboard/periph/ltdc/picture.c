/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* LTDC: the picture that its two layers make of the frame buffers (RM0399 Rev 4, 33.4.1, 33.4.2). */
#include "vboard/periph/ltdc/internal.h"

#include <string.h>

#define LINE_BYTES 0x2000u /* CFBLL has 13 bits */
#define CR_LEN (1u << 0)
#define CR_COLKEN (1u << 1)
#define CR_CLUTEN (1u << 4)
#define BF1_PIXEL_ALPHA 6u
#define BF2_PIXEL_ALPHA 7u

enum format { ARGB8888, RGB888, RGB565, ARGB1555, ARGB4444, L8, AL44, AL88 };

/* A layer, and one line of its frame buffer. */
struct layer {
    const struct ltdc *ltdc;
    unsigned number;
    uint8_t line[LINE_BYTES];
    uint32_t bytes; /* 0: this line has none */
};

static uint32_t reg(const struct layer *y, unsigned slot)
{
    return y->ltdc->p.values[slot + y->number];
}

static enum format format_of(const struct layer *y)
{
    return (enum format)(reg(y, R_PFCR) & 7u);
}

static unsigned bytes_per_pixel(enum format format)
{
    static const uint8_t bytes[] = {4, 3, 2, 2, 2, 1, 1, 2};
    return bytes[format];
}

/* ---- pixels ---- */

/* "Components having a width of less than 8 bits get expanded to 8 bits by bit replication." */
static uint32_t widen(uint32_t value, unsigned bits)
{
    uint32_t top = value << (8 - bits);
    uint32_t all = top;
    for (unsigned have = bits; have < 8; have += bits) {
        all |= top >> have;
    }
    return all & 0xFFu;
}

static uint32_t join(uint32_t a, uint32_t r, uint32_t g, uint32_t b)
{
    return a << 24 | r << 16 | g << 8 | b;
}

/* An index into the CLUT, or a grey. */
static uint32_t luminance(const struct layer *y, uint32_t alpha, uint32_t value)
{
    bool clut = (reg(y, R_CR) & CR_CLUTEN) != 0;
    uint32_t rgb = clut ? y->ltdc->clut[y->number][value] : value * 0x010101u;
    return alpha << 24 | rgb;
}

static uint32_t decode(const struct layer *y, uint32_t v)
{
    switch (format_of(y)) {
    case RGB888:
        return v | 0xFF000000u;
    case RGB565:
        return join(0xFF, widen(v >> 11, 5), widen(v >> 5 & 0x3F, 6), widen(v & 0x1F, 5));
    case ARGB1555:
        return join(widen(v >> 15, 1), widen(v >> 10 & 0x1F, 5), widen(v >> 5 & 0x1F, 5),
                    widen(v & 0x1F, 5));
    case ARGB4444:
        return join(widen(v >> 12, 4), widen(v >> 8 & 0xF, 4), widen(v >> 4 & 0xF, 4),
                    widen(v & 0xF, 4));
    case L8:
        return luminance(y, 0xFF, v);
    case AL44:
        return luminance(y, widen(v >> 4, 4), widen(v & 0xF, 4));
    case AL88:
        return luminance(y, v >> 8, v & 0xFF);
    default:
        return v;
    }
}

/* "If they match for the programmed RGB value, all channels (ARGB) of that pixel are set to 0." */
static uint32_t keyed(const struct layer *y, uint32_t argb)
{
    bool is_key = ((argb ^ reg(y, R_CKCR)) & 0xFFFFFFu) == 0;
    return (reg(y, R_CR) & CR_COLKEN) != 0 && is_key ? 0 : argb;
}

/* ---- windows ---- */

static bool is_inside(uint32_t at, uint32_t first, uint32_t last)
{
    return at >= first && at <= last;
}

/* Outside the window, without data, or disabled: the default color. */
static uint32_t pixel_at(const struct layer *y, uint32_t x)
{
    uint32_t first = reg(y, R_WHPCR) & 0xFFFu, last = reg(y, R_WHPCR) >> 16;
    uint32_t size = bytes_per_pixel(format_of(y));
    uint32_t at = (x - first) * size;
    uint32_t value = 0;
    if (!is_inside(x, first, last) || at + size > y->bytes) {
        return reg(y, R_DCCR);
    }
    memcpy(&value, y->line + at, size);
    return keyed(y, decode(y, value));
}

static void fetch(const struct layer *y, uint32_t address, uint8_t *to, uint32_t bytes)
{
    const struct mem_region *r = chip_region(y->ltdc->p.chip, address, MASTER_DEBUG);
    memset(to, 0, bytes);
    if (r != NULL && r->host != NULL && bytes <= r->size - (address - r->base)) {
        memcpy(to, r->host + (address - r->base), bytes);
    }
}

/* "CFBLL: the length of one line of pixels in bytes + 7" (33.7.23). */
static void fetch_line(struct layer *y, uint32_t at)
{
    uint32_t first = reg(y, R_WVPCR) & 0x7FFu, last = reg(y, R_WVPCR) >> 16;
    uint32_t length = reg(y, R_CFBLR) & 0x1FFFu;
    bool has_line =
        (reg(y, R_CR) & CR_LEN) != 0 && is_inside(at, first, last) && at - first < reg(y, R_CFBLNR);
    y->bytes = has_line && length > 7 ? length - 7 : 0;
    fetch(y, reg(y, R_CFBAR) + (at - first) * (reg(y, R_CFBLR) >> 16), y->line, y->bytes);
}

/* ---- blending: BC = BF1 * C + BF2 * Cs (33.7.21) ---- */

static uint32_t blend(const struct layer *y, uint32_t argb, uint32_t below)
{
    uint32_t constant = reg(y, R_CACR);
    uint32_t both = (argb >> 24) * constant / 255;
    uint32_t front = (reg(y, R_BFCR) >> 8 & 7u) == BF1_PIXEL_ALPHA ? both : constant;
    uint32_t back = 255 - ((reg(y, R_BFCR) & 7u) == BF2_PIXEL_ALPHA ? both : constant);
    uint32_t blended = 0;
    for (unsigned shift = 0; shift < 24; shift += 8) {
        uint32_t c = ((argb >> shift & 0xFFu) * front + (below >> shift & 0xFFu) * back) / 255;
        blended |= (c < 255 ? c : 255) << shift;
    }
    return blended;
}

bool ltdc_picture_size(void *ctx, unsigned *width, unsigned *height)
{
    const struct ltdc *l = ctx;
    *width = ltdc_h(l, R_AWCR) - ltdc_h(l, R_BPCR);
    *height = ltdc_v(l, R_AWCR) - ltdc_v(l, R_BPCR);
    return (l->p.values[R_GCR] & GCR_LTDCEN) != 0 && l->pixels.clock->uhz != 0 &&
           ltdc_h(l, R_AWCR) > ltdc_h(l, R_BPCR) && ltdc_v(l, R_AWCR) > ltdc_v(l, R_BPCR);
}

void ltdc_picture_draw(void *ctx, uint32_t *pixels)
{
    const struct ltdc *l = ctx;
    struct layer layers[LAYERS] = {{.ltdc = l, .number = 0}, {.ltdc = l, .number = 1}};
    for (uint32_t y = ltdc_v(l, R_BPCR) + 1; y <= ltdc_v(l, R_AWCR); y++) {
        fetch_line(&layers[0], y);
        fetch_line(&layers[1], y);
        for (uint32_t x = ltdc_h(l, R_BPCR) + 1; x <= ltdc_h(l, R_AWCR); x++) {
            uint32_t rgb = l->p.values[R_BCCR];
            rgb = blend(&layers[0], pixel_at(&layers[0], x), rgb);
            *pixels++ = blend(&layers[1], pixel_at(&layers[1], x), rgb);
        }
    }
}
