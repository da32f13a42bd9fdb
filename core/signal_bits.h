/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_SIGNAL_BITS_H
#define CORE_SIGNAL_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A signal's raw value in a payload, as a DBC file numbers bits: bit n is bit n%8 (0 = least
 * significant) of byte n/8.
 *   Intel     start is the least significant bit; the signal grows upwards through the bytes.
 *   Motorola  start is the MOST significant bit; it walks down, and from bit 0 of a byte goes on at
 *             bit 7 of the next ("sawtooth"). A whole byte k therefore starts at 8*k + 7.
 */
struct signal_bits {
    uint16_t start_bit;  /* 0..511 */
    uint8_t length_bits; /* 1..64 */
    bool motorola;
};

/* Payload bytes a frame must have at least (1..64), or GAUGE_ERR_RANGE if no frame can hold it. */
int signal_bits_span(const struct signal_bits *layout) __attribute__((warn_unused_result));

/* Reads the raw value, unsigned, into *raw. GAUGE_ERR_RANGE if it is not all within `len` bytes. */
int signal_bits_extract(const struct signal_bits *layout, const uint8_t *data, size_t len,
                        uint64_t *raw) __attribute__((warn_unused_result));

/* Writes the low length_bits of `raw`, leaves all other bits. GAUGE_ERR_RANGE as above. */
int signal_bits_insert(const struct signal_bits *layout, uint8_t *data, size_t len, uint64_t raw)
    __attribute__((warn_unused_result));

/* Two's complement of length_bits (1..64) to a number. */
int64_t signal_bits_signed(uint64_t raw, unsigned length_bits);

#endif
