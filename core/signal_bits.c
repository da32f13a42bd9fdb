/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/signal_bits.h"

#include "core/err.h"
#include "core/frame.h"

/*
 * Both orders are walked byte by byte, Motorola from the most significant bits of the value down,
 * Intel from the least significant up. `low` and `count` name the bits taken from the current byte.
 */
struct walk {
    unsigned byte;
    unsigned low;
    unsigned count;
    unsigned left; /* bits of the value still to come, including these */
};

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static uint8_t low_bits(unsigned count)
{
    return (uint8_t)((1u << count) - 1u);
}

static void walk_begin(struct walk *walk, const struct signal_bits *layout)
{
    unsigned bit = layout->start_bit % 8u;
    walk->byte = layout->start_bit / 8u;
    walk->left = layout->length_bits;
    if (layout->motorola) {
        walk->count = least(bit + 1u, walk->left);
        walk->low = bit + 1u - walk->count;
    } else {
        walk->count = least(8u - bit, walk->left);
        walk->low = bit;
    }
}

static void walk_on(struct walk *walk, bool motorola)
{
    walk->byte++;
    walk->left -= walk->count;
    walk->count = least(8u, walk->left);
    walk->low = motorola ? 8u - walk->count : 0u;
}

/* Bits of the first byte available from the start bit on, then whole bytes. */
int signal_bits_span(const struct signal_bits *layout)
{
    unsigned bit = layout->start_bit % 8u;
    unsigned first = layout->motorola ? bit + 1u : 8u - bit;
    unsigned length = layout->length_bits;
    if (length < 1u || length > 64u) {
        return GAUGE_ERR_RANGE;
    }
    unsigned more = length > first ? (length - first + 7u) / 8u : 0u;
    unsigned span = layout->start_bit / 8u + 1u + more;
    return span <= CAN_PAYLOAD_MAX ? (int)span : GAUGE_ERR_RANGE;
}

static bool fits(const struct signal_bits *layout, size_t len)
{
    int span = signal_bits_span(layout);
    return span > 0 && (size_t)span <= len;
}

static uint64_t extract_any(const struct signal_bits *layout, const uint8_t *data)
{
    uint64_t value = 0;
    struct walk walk;
    for (walk_begin(&walk, layout); walk.left > 0; walk_on(&walk, layout->motorola)) {
        uint64_t part = (data[walk.byte] >> walk.low) & low_bits(walk.count);
        if (layout->motorola) {
            value = (value << walk.count) | part;
        } else {
            value |= part << (layout->length_bits - walk.left);
        }
    }
    return value;
}

/* Most temperatures are one byte, and this is on the way of each frame to the servo. */
static bool is_byte(const struct signal_bits *layout)
{
    return layout->length_bits == 8 && layout->start_bit % 8u == (layout->motorola ? 7u : 0u);
}

int signal_bits_extract(const struct signal_bits *layout, const uint8_t *data, size_t len,
                        uint64_t *raw)
{
    if (is_byte(layout) && layout->start_bit / 8u < len) {
        *raw = data[layout->start_bit / 8u];
        return GAUGE_OK;
    }
    if (!fits(layout, len)) {
        return GAUGE_ERR_RANGE;
    }
    *raw = extract_any(layout, data);
    return GAUGE_OK;
}

int signal_bits_insert(const struct signal_bits *layout, uint8_t *data, size_t len, uint64_t raw)
{
    if (!fits(layout, len)) {
        return GAUGE_ERR_RANGE;
    }
    struct walk walk;
    for (walk_begin(&walk, layout); walk.left > 0; walk_on(&walk, layout->motorola)) {
        unsigned down = layout->motorola ? walk.left - walk.count : layout->length_bits - walk.left;
        uint8_t mask = (uint8_t)(low_bits(walk.count) << walk.low);
        uint8_t part = (uint8_t)((raw >> down) << walk.low);
        data[walk.byte] = (uint8_t)((data[walk.byte] & ~mask) | (part & mask));
    }
    return GAUGE_OK;
}

int64_t signal_bits_signed(uint64_t raw, unsigned length_bits)
{
    uint64_t sign = 1ull << (length_bits - 1u);
    return (int64_t)((raw ^ sign) - sign);
}
