/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/dma2d/pixel.h"

#define OPAQUE 0xFF000000u

unsigned pixel_bits(enum pixel_format format)
{
    static const uint8_t bits[PIXEL_FORMATS] = {
        [PIXEL_ARGB8888] = 32, [PIXEL_RGB888] = 24, [PIXEL_RGB565] = 16, [PIXEL_ARGB1555] = 16,
        [PIXEL_ARGB4444] = 16, [PIXEL_L8] = 8,      [PIXEL_AL44] = 8,    [PIXEL_AL88] = 16,
        [PIXEL_L4] = 4,        [PIXEL_A8] = 8,      [PIXEL_A4] = 4,      [PIXEL_YCBCR] = 8};
    return format < PIXEL_FORMATS ? bits[format] : 8;
}

bool pixel_is_indirect(enum pixel_format format)
{
    return format >= PIXEL_L8 && format <= PIXEL_L4;
}

/* "Performed by copying the MSBs into the LSBs" (19.3.5). */
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

/* Little-endian, as Table 138 orders the bytes. */
static uint32_t raw(const uint8_t *from, unsigned index, unsigned bits)
{
    if (bits == 4) {
        return (uint32_t)from[index / 2] >> (index % 2 * 4) & 0xFu;
    }
    uint32_t value = 0;
    for (unsigned i = 0; i < bits / 8; i++) {
        value |= (uint32_t)from[index * (bits / 8) + i] << (8 * i);
    }
    return value;
}

static uint32_t look_up(const struct pixel_source *s, uint32_t index)
{
    return s->clut_is_opaque ? s->clut[index] | OPAQUE : s->clut[index];
}

static uint32_t with_alpha(uint32_t argb, uint32_t alpha)
{
    return (argb & ~OPAQUE) | alpha << 24;
}

static uint32_t decode(const struct pixel_source *s, uint32_t v)
{
    switch (s->format) {
    case PIXEL_RGB888:
        return v | OPAQUE;
    case PIXEL_RGB565:
        return join(0xFF, widen(v >> 11 & 0x1F, 5), widen(v >> 5 & 0x3F, 6), widen(v & 0x1F, 5));
    case PIXEL_ARGB1555:
        return join(widen(v >> 15, 1), widen(v >> 10 & 0x1F, 5), widen(v >> 5 & 0x1F, 5),
                    widen(v & 0x1F, 5));
    case PIXEL_ARGB4444:
        return join(widen(v >> 12, 4), widen(v >> 8 & 0xF, 4), widen(v >> 4 & 0xF, 4),
                    widen(v & 0xF, 4));
    case PIXEL_L8:
    case PIXEL_L4:
        return look_up(s, v);
    case PIXEL_AL44:
        return with_alpha(look_up(s, v & 0xF), widen(v >> 4, 4));
    case PIXEL_AL88:
        return with_alpha(look_up(s, v & 0xFF), v >> 8);
    case PIXEL_A8:
        return with_alpha(s->color, v);
    case PIXEL_A4:
        return with_alpha(s->color, widen(v, 4));
    default:
        return v; /* ARGB8888 */
    }
}

static uint32_t swap(uint32_t argb)
{
    return (argb & 0xFF00FF00u) | (argb & 0xFFu) << 16 | (argb >> 16 & 0xFFu);
}

/* Table 139; AI "applies also to the alpha value stored in" PFCCR. */
static uint32_t modify(const struct pixel_source *s, uint32_t argb)
{
    uint32_t flip = s->inverts ? 0xFFu : 0;
    uint32_t own = argb >> 24 ^ flip;
    uint32_t given = s->alpha ^ flip;
    uint32_t alpha = s->alpha_mode == 1 ? given : s->alpha_mode == 2 ? own * given / 255 : own;
    return with_alpha(s->swaps ? swap(argb) : argb, alpha);
}

uint32_t pixel_read(const struct pixel_source *s, const uint8_t *from, unsigned index)
{
    return modify(s, decode(s, raw(from, index, pixel_bits(s->format))));
}

uint32_t pixel_fixed(const struct pixel_source *s)
{
    return modify(s, s->color | OPAQUE);
}

/* 19.3.13: "division are rounded to the nearest lower integer". */
uint32_t pixel_blend(uint32_t foreground, uint32_t background)
{
    uint32_t fg = foreground >> 24, bg = background >> 24;
    uint32_t both = fg * bg / 255;
    uint32_t alpha = fg + bg - both;
    uint32_t blended = alpha << 24;
    for (unsigned shift = 0; shift < 24 && alpha != 0; shift += 8) {
        uint32_t front = foreground >> shift & 0xFFu, behind = background >> shift & 0xFFu;
        blended |= (front * fg + behind * bg - behind * both) / alpha << shift;
    }
    return blended;
}

uint32_t pixel_encode(enum pixel_format format, bool inverts, bool swaps, uint32_t argb)
{
    uint32_t v = (swaps ? swap(argb) : argb) ^ (inverts ? OPAQUE : 0);
    switch (format) {
    case PIXEL_RGB565:
        return (v >> 8 & 0xF800u) | (v >> 5 & 0x07E0u) | (v >> 3 & 0x1Fu);
    case PIXEL_ARGB1555:
        return (v >> 16 & 0x8000u) | (v >> 9 & 0x7C00u) | (v >> 6 & 0x03E0u) | (v >> 3 & 0x1Fu);
    case PIXEL_ARGB4444:
        return (v >> 16 & 0xF000u) | (v >> 12 & 0x0F00u) | (v >> 8 & 0x00F0u) | (v >> 4 & 0xFu);
    default:
        return v; /* ARGB8888, RGB888 */
    }
}
