/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_LE_H
#define CORE_LE_H

#include <stdint.h>
#include <string.h>

/*
 * Little-endian bytes to numbers and back, at any alignment, on any machine. The pointer must name
 * as many bytes as the type has. Callable from anywhere.
 */

static inline uint16_t le_get_u16(const uint8_t *p)
{
    return (uint16_t)(p[0] | (p[1] << 8));
}

static inline uint32_t le_get_u32(const uint8_t *p)
{
    return (uint32_t)p[0] | ((uint32_t)p[1] << 8) | ((uint32_t)p[2] << 16) | ((uint32_t)p[3] << 24);
}

static inline uint64_t le_get_u64(const uint8_t *p)
{
    return (uint64_t)le_get_u32(p) | ((uint64_t)le_get_u32(p + 4) << 32);
}

static inline int16_t le_get_i16(const uint8_t *p)
{
    return (int16_t)le_get_u16(p);
}

static inline int32_t le_get_i32(const uint8_t *p)
{
    return (int32_t)le_get_u32(p);
}

/* IEEE 754 binary64; all our machines use it as double. */
static inline double le_get_f64(const uint8_t *p)
{
    uint64_t bits = le_get_u64(p);
    double value;
    memcpy(&value, &bits, sizeof(value));
    return value;
}

static inline void le_put_u16(uint8_t *p, uint16_t value)
{
    p[0] = (uint8_t)value;
    p[1] = (uint8_t)(value >> 8);
}

static inline void le_put_u32(uint8_t *p, uint32_t value)
{
    le_put_u16(p, (uint16_t)value);
    le_put_u16(p + 2, (uint16_t)(value >> 16));
}

static inline void le_put_u64(uint8_t *p, uint64_t value)
{
    le_put_u32(p, (uint32_t)value);
    le_put_u32(p + 4, (uint32_t)(value >> 32));
}

static inline void le_put_i16(uint8_t *p, int16_t value)
{
    le_put_u16(p, (uint16_t)value);
}

static inline void le_put_i32(uint8_t *p, int32_t value)
{
    le_put_u32(p, (uint32_t)value);
}

static inline void le_put_f64(uint8_t *p, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof(bits));
    le_put_u64(p, bits);
}

#endif
