/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "vboard/periph/cryp/cipher.h"

#define SCHEDULE_MAX 60u
#define BYTES 16u

/* FIPS 197 5.1.1. */
static const uint8_t sbox[256] = {
    0x63, 0x7C, 0x77, 0x7B, 0xF2, 0x6B, 0x6F, 0xC5, 0x30, 0x01, 0x67, 0x2B, 0xFE, 0xD7, 0xAB, 0x76,
    0xCA, 0x82, 0xC9, 0x7D, 0xFA, 0x59, 0x47, 0xF0, 0xAD, 0xD4, 0xA2, 0xAF, 0x9C, 0xA4, 0x72, 0xC0,
    0xB7, 0xFD, 0x93, 0x26, 0x36, 0x3F, 0xF7, 0xCC, 0x34, 0xA5, 0xE5, 0xF1, 0x71, 0xD8, 0x31, 0x15,
    0x04, 0xC7, 0x23, 0xC3, 0x18, 0x96, 0x05, 0x9A, 0x07, 0x12, 0x80, 0xE2, 0xEB, 0x27, 0xB2, 0x75,
    0x09, 0x83, 0x2C, 0x1A, 0x1B, 0x6E, 0x5A, 0xA0, 0x52, 0x3B, 0xD6, 0xB3, 0x29, 0xE3, 0x2F, 0x84,
    0x53, 0xD1, 0x00, 0xED, 0x20, 0xFC, 0xB1, 0x5B, 0x6A, 0xCB, 0xBE, 0x39, 0x4A, 0x4C, 0x58, 0xCF,
    0xD0, 0xEF, 0xAA, 0xFB, 0x43, 0x4D, 0x33, 0x85, 0x45, 0xF9, 0x02, 0x7F, 0x50, 0x3C, 0x9F, 0xA8,
    0x51, 0xA3, 0x40, 0x8F, 0x92, 0x9D, 0x38, 0xF5, 0xBC, 0xB6, 0xDA, 0x21, 0x10, 0xFF, 0xF3, 0xD2,
    0xCD, 0x0C, 0x13, 0xEC, 0x5F, 0x97, 0x44, 0x17, 0xC4, 0xA7, 0x7E, 0x3D, 0x64, 0x5D, 0x19, 0x73,
    0x60, 0x81, 0x4F, 0xDC, 0x22, 0x2A, 0x90, 0x88, 0x46, 0xEE, 0xB8, 0x14, 0xDE, 0x5E, 0x0B, 0xDB,
    0xE0, 0x32, 0x3A, 0x0A, 0x49, 0x06, 0x24, 0x5C, 0xC2, 0xD3, 0xAC, 0x62, 0x91, 0x95, 0xE4, 0x79,
    0xE7, 0xC8, 0x37, 0x6D, 0x8D, 0xD5, 0x4E, 0xA9, 0x6C, 0x56, 0xF4, 0xEA, 0x65, 0x7A, 0xAE, 0x08,
    0xBA, 0x78, 0x25, 0x2E, 0x1C, 0xA6, 0xB4, 0xC6, 0xE8, 0xDD, 0x74, 0x1F, 0x4B, 0xBD, 0x8B, 0x8A,
    0x70, 0x3E, 0xB5, 0x66, 0x48, 0x03, 0xF6, 0x0E, 0x61, 0x35, 0x57, 0xB9, 0x86, 0xC1, 0x1D, 0x9E,
    0xE1, 0xF8, 0x98, 0x11, 0x69, 0xD9, 0x8E, 0x94, 0x9B, 0x1E, 0x87, 0xE9, 0xCE, 0x55, 0x28, 0xDF,
    0x8C, 0xA1, 0x89, 0x0D, 0xBF, 0xE6, 0x42, 0x68, 0x41, 0x99, 0x2D, 0x0F, 0xB0, 0x54, 0xBB, 0x16};

static uint8_t twice(uint8_t x)
{
    return (uint8_t)((unsigned)x << 1 ^ ((x & 0x80u) != 0 ? 0x1Bu : 0));
}

/* In the field of FIPS 197 4.2. */
static uint8_t product(uint8_t x, unsigned by)
{
    uint8_t sum = 0;
    for (; by != 0; by >>= 1) {
        sum ^= (by & 1u) != 0 ? x : 0;
        x = twice(x);
    }
    return sum;
}

/* ---- keys: 5.2 ---- */

static unsigned schedule_words(unsigned key_words)
{
    return AES_WORDS * (key_words + 7);
}

static uint32_t substitute(uint32_t w)
{
    return (uint32_t)sbox[w >> 24] << 24 | (uint32_t)sbox[w >> 16 & 0xFFu] << 16 |
           (uint32_t)sbox[w >> 8 & 0xFFu] << 8 | sbox[w & 0xFFu];
}

/* What word `i` differs by from that a key's length before it. */
static uint32_t step(uint32_t before, unsigned i, unsigned words)
{
    static const uint8_t rcon[11] = {0, 1, 2, 4, 8, 0x10, 0x20, 0x40, 0x80, 0x1B, 0x36};
    if (i % words == 0) {
        return substitute(before << 8 | before >> 24) ^ (uint32_t)rcon[i / words] << 24;
    }
    return words > 6 && i % words == 4 ? substitute(before) : before;
}

static void expand(const uint32_t *key, unsigned words, uint32_t *w)
{
    memcpy(w, key, words * sizeof(w[0]));
    for (unsigned i = words; i < schedule_words(words); i++) {
        w[i] = w[i - words] ^ step(w[i - 1], i, words);
    }
}

/* The same from its end. */
static void expand_back(const uint32_t *last, unsigned words, uint32_t *w)
{
    unsigned count = schedule_words(words);
    memcpy(w + count - words, last, words * sizeof(w[0]));
    for (unsigned i = count - 1; i >= words; i--) {
        w[i - words] = w[i] ^ step(w[i - 1], i, words);
    }
}

void aes_prepare(uint32_t *key, unsigned words)
{
    uint32_t w[SCHEDULE_MAX];
    expand(key, words, w);
    memcpy(key, w + schedule_words(words) - words, words * sizeof(key[0]));
}

/* ---- rounds ---- */

/* State: 16 bytes, column by column. */
static void load(uint8_t s[BYTES], const uint32_t block[AES_WORDS])
{
    for (unsigned i = 0; i < BYTES; i++) {
        s[i] = (uint8_t)(block[i / 4] >> (24 - 8 * (i % 4)));
    }
}

static void store(uint32_t block[AES_WORDS], const uint8_t s[BYTES])
{
    memset(block, 0, AES_WORDS * sizeof(block[0]));
    for (unsigned i = 0; i < BYTES; i++) {
        block[i / 4] |= (uint32_t)s[i] << (24 - 8 * (i % 4));
    }
}

static void add_key(uint8_t s[BYTES], const uint32_t *w)
{
    for (unsigned i = 0; i < BYTES; i++) {
        s[i] ^= (uint8_t)(w[i / 4] >> (24 - 8 * (i % 4)));
    }
}

/* Each column times the polynomial with these coefficients (5.1.3, 5.3.3). */
static void mix(uint8_t s[BYTES], const uint8_t by[4])
{
    for (unsigned column = 0; column < BYTES; column += 4) {
        uint8_t from[4];
        memcpy(from, s + column, sizeof(from));
        for (unsigned row = 0; row < 4; row++) {
            s[column + row] =
                (uint8_t)(product(from[row], by[0]) ^ product(from[(row + 1) % 4], by[1]) ^
                          product(from[(row + 2) % 4], by[2]) ^
                          product(from[(row + 3) % 4], by[3]));
        }
    }
}

/* Row r is shifted by r places, and each byte replaced by what `box` has for it. */
static void shift(uint8_t s[BYTES], const uint8_t box[256], bool back)
{
    uint8_t from[BYTES];
    memcpy(from, s, sizeof(from));
    for (unsigned i = 0; i < BYTES; i++) {
        unsigned places = 4 * (i % 4);
        s[i] = box[from[(back ? i + BYTES - places : i + places) % BYTES]];
    }
}

void aes_encrypt(const uint32_t *key, unsigned words, uint32_t block[AES_WORDS])
{
    static const uint8_t by[4] = {2, 3, 1, 1};
    uint32_t w[SCHEDULE_MAX];
    uint8_t s[BYTES];
    expand(key, words, w);
    load(s, block);
    add_key(s, w);
    for (unsigned round = 1; round <= words + 6; round++) {
        shift(s, sbox, false);
        if (round < words + 6) {
            mix(s, by);
        }
        add_key(s, w + AES_WORDS * round);
    }
    store(block, s);
}

void aes_decrypt(const uint32_t *prepared, unsigned words, uint32_t block[AES_WORDS])
{
    static const uint8_t by[4] = {14, 11, 13, 9};
    uint32_t w[SCHEDULE_MAX];
    uint8_t s[BYTES], back[256];
    for (unsigned i = 0; i < 256; i++) {
        back[sbox[i]] = (uint8_t)i;
    }
    expand_back(prepared, words, w);
    load(s, block);
    for (unsigned round = words + 6; round >= 1; round--) {
        add_key(s, w + AES_WORDS * round);
        if (round < words + 6) {
            mix(s, by);
        }
        shift(s, back, true);
    }
    add_key(s, w);
    store(block, s);
}
