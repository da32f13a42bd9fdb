/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/crc/crc.h"

#include "vboard/chip/fields.h"

enum { R_DR, R_IDR, R_CR, R_INIT, R_POL, R_COUNT };

#define CR_RESET (1u << 0)
#define CR_POLYSIZE_POS 3u
#define CR_REV_IN_POS 5u
#define CR_REV_OUT (1u << 7)

struct crc {
    struct periph base;
    uint32_t crc;
};

static unsigned poly_bits(const struct crc *c)
{
    static const uint8_t bits[4] = {32, 16, 8, 7};
    return bits[c->base.values[R_CR] >> CR_POLYSIZE_POS & 3u];
}

static uint32_t reverse(uint32_t value, unsigned bits)
{
    uint32_t out = 0;
    for (unsigned i = 0; i < bits; i++) {
        out = out << 1 | (value >> i & 1u);
    }
    return out;
}

/* 22.3.3 REV_IN: by byte, half-word or word; no wider than what was written. */
static uint32_t reverse_input(uint32_t value, unsigned bits, unsigned how)
{
    unsigned piece = how == 0 ? 1 : 4u << how;
    uint32_t out = 0;
    piece = piece < bits ? piece : bits;
    for (unsigned at = 0; at < bits; at += piece) {
        uint32_t mask = piece == 32 ? ~0u : (1u << piece) - 1u;
        out |= reverse(value >> at & mask, piece) << at;
    }
    return out;
}

static uint32_t divide(uint32_t crc, uint32_t data, unsigned data_bits, uint32_t poly,
                       unsigned size)
{
    const uint32_t top = 1u << (size - 1);
    for (unsigned i = data_bits; i > 0; i--) {
        bool bit = (data >> (i - 1) & 1u) != 0;
        bool out = (crc & top) != 0;
        crc <<= 1;
        crc ^= bit != out ? poly : 0;
    }
    return size == 32 ? crc : crc & ((1u << size) - 1u);
}

static unsigned written_bits(const struct chip *chip)
{
    return chip->access.lanes == ~0u ? 32 : (chip->access.lanes & 0xFFFFu) == 0xFFFFu ? 16 : 8;
}

static bool dr_write(struct periph *p, unsigned slot, uint32_t written)
{
    struct crc *c = (struct crc *)p;
    unsigned bits = written_bits(p->chip);
    uint32_t data = reverse_input(written, bits, p->values[R_CR] >> CR_REV_IN_POS & 3u);
    (void)slot;
    c->crc = divide(c->crc, data, bits, p->values[R_POL], poly_bits(c));
    return true;
}

static uint32_t dr_read(struct periph *p, unsigned slot, uint32_t value)
{
    const struct crc *c = (const struct crc *)p;
    (void)slot;
    (void)value;
    bool reversed = (p->values[R_CR] & CR_REV_OUT) != 0;
    return reversed ? reverse(c->crc, poly_bits(c)) : c->crc;
}

static void start(struct crc *c)
{
    unsigned bits = poly_bits(c);
    uint32_t init = c->base.values[R_INIT];
    c->crc = bits == 32 ? init : init & ((1u << bits) - 1u);
}

/* RESET is cleared by hardware; a new value of INIT is there at once, too (22.4.4). */
static void cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    p->values[slot] &= ~CR_RESET;
    if ((written & CR_RESET) != 0) {
        start((struct crc *)p);
    }
}

static void init_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    start((struct crc *)p);
}

static void reset(struct periph *p, enum reset_kind kind)
{
    (void)kind;
    start((struct crc *)p);
}

/* clang-format off */
static const struct reg regs[R_COUNT] = {
    [R_DR] = {.offset = 0x00, .name = "DR", .reset = ~0u, .rw = ~0u, .steady = true, .read = dr_read,
              .intercept = dr_write},
    [R_IDR] = {.offset = 0x04, .name = "IDR", .rw = ~0u},
    [R_CR] = {.offset = 0x08, .name = "CR", .rw = 0xF8u, .w1s = CR_RESET, .write = cr_write},
    [R_INIT] = {.offset = 0x10, .name = "INIT", .reset = ~0u, .rw = ~0u, .write = init_write},
    [R_POL] = {.offset = 0x14, .name = "POL", .reset = 0x04C11DB7u, .rw = ~0u},
};
/* clang-format on */

static const struct field dr[] = {ACTS("DR", BITS(31, 0)), FIELDS_END};
static const struct field idr[] = {ACTS("IDR", BITS(31, 0)), FIELDS_END};
static const struct field cr[] = {ACTS("REV_OUT", BIT(7)), ACTS("REV_IN", BITS(6, 5)),
                                  ACTS("POLYSIZE", BITS(4, 3)), ACTS("RESET", BIT(0)), FIELDS_END};
static const struct field init[] = {ACTS("CRC_INIT", BITS(31, 0)), FIELDS_END};
static const struct field pol[] = {ACTS("POL", BITS(31, 0)), FIELDS_END};

static const struct reg_fields fields[] = {{0x00, 1, 0, dr},   {0x04, 1, 0, idr}, {0x08, 1, 0, cr},
                                           {0x10, 1, 0, init}, {0x14, 1, 0, pol}, REG_FIELDS_END};

const struct model crc_model = {
    .kind = "crc",
    .size = sizeof(struct crc),
    .regs = regs,
    .fields = fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .reset = reset,
};
