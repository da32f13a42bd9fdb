/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/vboard/system/dma2d_reference.h"

struct color {
    unsigned a, r, g, b;
};

/* Widths of alpha, red, green, blue from the top down; of the indirect ones alpha and index. */
static const struct {
    unsigned a, r, g, b, index;
} layouts[] = {{8, 8, 8, 8, 0}, {0, 8, 8, 8, 0}, {0, 5, 6, 5, 0}, {1, 5, 5, 5, 0},
               {4, 4, 4, 4, 0}, {0, 0, 0, 0, 8}, {4, 0, 0, 0, 4}, {8, 0, 0, 0, 8},
               {0, 0, 0, 0, 4}, {8, 0, 0, 0, 0}, {4, 0, 0, 0, 0}};

unsigned reference_bits(unsigned cm)
{
    return layouts[cm].a + layouts[cm].r + layouts[cm].g + layouts[cm].b + layouts[cm].index;
}

static unsigned get_bits(const uint8_t *memory, unsigned long bit, unsigned count)
{
    unsigned value = 0;
    for (unsigned i = 0; i < count; i++) {
        value |= (unsigned)(memory[(bit + i) / 8] >> (bit + i) % 8 & 1) << i;
    }
    return value;
}

static void put_bits(uint8_t *memory, unsigned long bit, unsigned count, unsigned value)
{
    for (unsigned i = 0; i < count; i++) {
        uint8_t mask = (uint8_t)(1u << (bit + i) % 8);
        uint8_t *byte = &memory[(bit + i) / 8];
        *byte = (uint8_t)((value >> i & 1) != 0 ? *byte | mask : *byte & ~mask);
    }
}

/* Of `count` bits to 8: the most significant ones over and over. */
static unsigned spread(unsigned value, unsigned count)
{
    unsigned wide = 0;
    for (unsigned i = 0; i < 8; i++) {
        unsigned from = count - 1 - i % count;
        wide = wide << 1 | (value >> from & 1);
    }
    return wide;
}

static struct color of_word(uint32_t argb)
{
    return (struct color){argb >> 24, argb >> 16 & 255, argb >> 8 & 255, argb & 255};
}

static struct color modified(const struct reference_plane *p, struct color c)
{
    unsigned alpha = p->ai ? 255 - p->alpha : p->alpha;
    c.a = p->ai ? 255 - c.a : c.a;
    if (p->am == 1) {
        c.a = alpha;
    } else if (p->am == 2) {
        c.a = c.a * alpha / 255;
    }
    return p->rbs ? (struct color){c.a, c.b, c.g, c.r} : c;
}

static struct color fetched(const struct reference *r, const struct reference_plane *p,
                            unsigned long bit)
{
    unsigned a = layouts[p->cm].a, index = layouts[p->cm].index;
    unsigned bits = reference_bits(p->cm);
    struct color c = {255, 0, 0, 0};
    if (index != 0) {
        c = of_word(p->clut[get_bits(r->memory, bit, index)]);
        c.a = p->ccm ? 255 : c.a;
    } else if (layouts[p->cm].r == 0) {
        c = of_word(p->color);
    } else {
        unsigned red = layouts[p->cm].r, green = layouts[p->cm].g, blue = layouts[p->cm].b;
        c.b = spread(get_bits(r->memory, bit, blue), blue);
        c.g = spread(get_bits(r->memory, bit + blue, green), green);
        c.r = spread(get_bits(r->memory, bit + blue + green, red), red);
    }
    if (a != 0) {
        c.a = spread(get_bits(r->memory, bit + bits - a, a), a);
    }
    return modified(p, c);
}

static unsigned mix(unsigned fg, unsigned bg, unsigned af, unsigned ab, unsigned out)
{
    return out == 0 ? 0 : (fg * af + bg * ab - bg * (af * ab / 255)) / out;
}

static struct color blended(struct color f, struct color b)
{
    unsigned out = f.a + b.a - f.a * b.a / 255;
    return (struct color){out, mix(f.r, b.r, f.a, b.a, out), mix(f.g, b.g, f.a, b.a, out),
                          mix(f.b, b.b, f.a, b.a, out)};
}

static void store(struct reference *r, unsigned long bit, struct color c)
{
    unsigned a = layouts[r->out_cm].a, red = layouts[r->out_cm].r;
    unsigned green = layouts[r->out_cm].g, blue = layouts[r->out_cm].b;
    c.a = r->out_ai ? 255 - c.a : c.a;
    if (r->out_rbs) {
        unsigned was = c.r;
        c.r = c.b;
        c.b = was;
    }
    put_bits(r->memory, bit, blue, c.b >> (8 - blue));
    put_bits(r->memory, bit + blue, green, c.g >> (8 - green));
    put_bits(r->memory, bit + blue + green, red, c.r >> (8 - red));
    if (a != 0) {
        put_bits(r->memory, bit + blue + green + red, a, c.a >> (8 - a));
    }
}

/* The bit at which a pixel begins. */
static unsigned long place(const struct reference *r, unsigned address, unsigned offset,
                           unsigned bits, unsigned x, unsigned y)
{
    unsigned long line =
        r->lom ? r->pl * bits + offset * 8ul : (r->pl + offset) * (unsigned long)bits;
    return address * 8ul + y * line + x * bits;
}

static void pixel(struct reference *r, unsigned x, unsigned y)
{
    struct color c[2];
    unsigned out_bits = reference_bits(r->mode == 0 ? r->plane[0].cm : r->out_cm);
    unsigned long to = place(r, r->out_address, r->out_offset, out_bits, x, y);
    for (unsigned i = 0; i < 2; i++) {
        const struct reference_plane *p = &r->plane[i];
        bool is_fixed = r->mode == 4 + i;
        c[i] = of_word(p->color | 0xFF000000u);
        if (is_fixed) {
            c[i] = modified(p, c[i]);
        } else if (r->mode != 3) {
            c[i] = fetched(r, p, place(r, p->address, p->offset, reference_bits(p->cm), x, y));
        }
    }
    if (r->mode == 0) {
        unsigned long from = place(r, r->plane[0].address, r->plane[0].offset, out_bits, x, y);
        put_bits(r->memory, to, out_bits, get_bits(r->memory, from, out_bits));
    } else if (r->mode == 3) {
        put_bits(r->memory, to, out_bits, r->ocolr);
    } else {
        store(r, to, r->mode == 1 ? c[0] : blended(c[0], c[1]));
    }
}

static void swap_line(struct reference *r, unsigned y)
{
    unsigned bits = reference_bits(r->mode == 0 ? r->plane[0].cm : r->out_cm);
    uint8_t *line = r->memory + place(r, r->out_address, r->out_offset, bits, 0, y) / 8;
    for (unsigned i = 0; i < r->pl * bits / 8; i += 2) {
        uint8_t was = line[i];
        line[i] = line[i + 1];
        line[i + 1] = was;
    }
}

void reference_run(struct reference *r)
{
    for (unsigned y = 0; y < r->nl; y++) {
        for (unsigned x = 0; x < r->pl; x++) {
            pixel(r, x, y);
        }
        if (r->out_sb) {
            swap_line(r, y);
        }
    }
}
