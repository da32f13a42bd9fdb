/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/hash/digest.h"

#include <string.h>

/* FIPS 180-4 4.2.2: of the cube roots of the first 64 primes the first 32 bits behind the point. */
static const uint32_t k256[64] = {
    0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
    0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
    0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
    0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
    0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
    0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
    0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
    0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2};
/* RFC 1321 3.4: 2^32 times the absolute value of sin(1), sin(2) ... */
static const uint32_t t_md5[64] = {
    0xD76AA478, 0xE8C7B756, 0x242070DB, 0xC1BDCEEE, 0xF57C0FAF, 0x4787C62A, 0xA8304613, 0xFD469501,
    0x698098D8, 0x8B44F7AF, 0xFFFF5BB1, 0x895CD7BE, 0x6B901122, 0xFD987193, 0xA679438E, 0x49B40821,
    0xF61E2562, 0xC040B340, 0x265E5A51, 0xE9B6C7AA, 0xD62F105D, 0x02441453, 0xD8A1E681, 0xE7D3FBC8,
    0x21E1CDE6, 0xC33707D6, 0xF4D50D87, 0x455A14ED, 0xA9E3E905, 0xFCEFA3F8, 0x676F02D9, 0x8D2A4C8A,
    0xFFFA3942, 0x8771F681, 0x6D9D6122, 0xFDE5380C, 0xA4BEEA44, 0x4BDECFA9, 0xF6BB4B60, 0xBEBFBC70,
    0x289B7EC6, 0xEAA127FA, 0xD4EF3085, 0x04881D05, 0xD9D4D039, 0xE6DB99E5, 0x1FA27CF8, 0xC4AC5665,
    0xF4292244, 0x432AFF97, 0xAB9423A7, 0xFC93A039, 0x655B59C3, 0x8F0CCC92, 0xFFEFF47D, 0x85845DD1,
    0x6FA87E4F, 0xFE2CE6E0, 0xA3014314, 0x4E0811A1, 0xF7537E82, 0xBD3AF235, 0x2AD7D2BB, 0xEB86D391};

static uint32_t rol(uint32_t x, unsigned n)
{
    return x << n | x >> (32 - n);
}

static uint32_t ror(uint32_t x, unsigned n)
{
    return x >> n | x << (32 - n);
}

static uint32_t swap(uint32_t x)
{
    return x << 24 | (x & 0xFF00u) << 8 | (x >> 8 & 0xFF00u) | x >> 24;
}

/* ---- one block ---- */

/* FIPS 180-4 6.1.2. */
static void sha1_block(uint32_t h[DIGEST_WORDS], const uint32_t block[DIGEST_BLOCK])
{
    static const uint32_t k[4] = {0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC, 0xCA62C1D6};
    uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    for (unsigned t = 0; t < 80; t++) {
        w[t] = t < 16 ? block[t] : rol(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
        uint32_t f = t < 20              ? (b & c) ^ (~b & d)
                     : t >= 40 && t < 60 ? (b & c) ^ (b & d) ^ (c & d)
                                         : b ^ c ^ d;
        uint32_t next = rol(a, 5) + f + e + k[t / 20] + w[t];
        e = d;
        d = c;
        c = rol(b, 30);
        b = a;
        a = next;
    }
    h[0] += a;
    h[1] += b;
    h[2] += c;
    h[3] += d;
    h[4] += e;
}

/* FIPS 180-4 6.2.2; v[] are a to h. */
static void sha256_block(uint32_t h[DIGEST_WORDS], const uint32_t block[DIGEST_BLOCK])
{
    uint32_t w[64], v[DIGEST_WORDS];
    memcpy(v, h, sizeof(v));
    for (unsigned t = 0; t < 64; t++) {
        if (t < 16) {
            w[t] = block[t];
        } else {
            uint32_t x = w[t - 15], y = w[t - 2];
            w[t] = (ror(y, 17) ^ ror(y, 19) ^ y >> 10) + w[t - 7] +
                   (ror(x, 7) ^ ror(x, 18) ^ x >> 3) + w[t - 16];
        }
        uint32_t t1 = v[7] + (ror(v[4], 6) ^ ror(v[4], 11) ^ ror(v[4], 25)) +
                      ((v[4] & v[5]) ^ (~v[4] & v[6])) + k256[t] + w[t];
        uint32_t t2 = (ror(v[0], 2) ^ ror(v[0], 13) ^ ror(v[0], 22)) +
                      ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
        memmove(v + 1, v, 7 * sizeof(v[0]));
        v[4] += t1;
        v[0] = t1 + t2;
    }
    for (unsigned i = 0; i < DIGEST_WORDS; i++) {
        h[i] += v[i];
    }
}

/* RFC 1321 3.4: four rounds of sixteen; its words are little-endian. */
static void md5_block(uint32_t h[DIGEST_WORDS], const uint32_t block[DIGEST_BLOCK])
{
    static const uint8_t shift[4][4] = {
        {7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
    static const uint8_t step[4] = {1, 5, 3, 7}, start[4] = {0, 1, 5, 0};
    uint32_t a = h[0], b = h[1], c = h[2], d = h[3];
    for (unsigned i = 0; i < 64; i++) {
        unsigned round = i / 16;
        uint32_t f = round == 0   ? (b & c) | (~b & d)
                     : round == 1 ? (b & d) | (c & ~d)
                     : round == 2 ? b ^ c ^ d
                                  : c ^ (b | ~d);
        uint32_t word = swap(block[(start[round] + step[round] * i) % 16]);
        uint32_t next = b + rol(a + f + word + t_md5[i], shift[round][i % 4]);
        a = d;
        d = c;
        c = b;
        b = next;
    }
    h[0] += a;
    h[1] += b;
    h[2] += c;
    h[3] += d;
}

static void process(struct digest *d, enum digest_algorithm a)
{
    if (a == DIGEST_SHA1) {
        sha1_block(d->h, d->block);
    } else if (a == DIGEST_MD5) {
        md5_block(d->h, d->block);
    } else {
        sha256_block(d->h, d->block);
    }
}

/* ---- a message ---- */

unsigned digest_words(enum digest_algorithm a)
{
    static const uint8_t words[4] = {5, 4, 7, 8};
    return words[a];
}

/* FIPS 180-4 5.3, RFC 1321 3.3. */
void digest_begin(struct digest *d, enum digest_algorithm a)
{
    static const uint32_t start[4][DIGEST_WORDS] = {
        [DIGEST_SHA1] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0},
        [DIGEST_MD5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476},
        [DIGEST_SHA224] = {0xC1059ED8, 0x367CD507, 0x3070DD17, 0xF70E5939, 0xFFC00B31, 0x68581511,
                           0x64F98FA7, 0xBEFA4FA4},
        [DIGEST_SHA256] = {0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C,
                           0x1F83D9AB, 0x5BE0CD19}};
    memset(d, 0, sizeof(*d));
    memcpy(d->h, start[a], sizeof(d->h));
}

/* Where the next word goes. */
static unsigned place(const struct digest *d)
{
    return d->bits_low / 32 % DIGEST_BLOCK;
}

static void count(struct digest *d, unsigned bits)
{
    d->bits_low += bits;
    d->bits_high += d->bits_low < bits ? 1u : 0u;
}

void digest_word(struct digest *d, enum digest_algorithm a, uint32_t word)
{
    d->block[place(d)] = word;
    count(d, 32);
    if (place(d) == 0) {
        process(d, a);
    }
}

/* A one behind the message, zeros, and the message's length in the block's last two words. */
void digest_end(struct digest *d, enum digest_algorithm a, uint32_t word, unsigned bits)
{
    bool whole = bits == 32;
    if (whole) {
        digest_word(d, a, word);
    }
    unsigned at = place(d);
    uint32_t kept = whole || bits == 0 ? 0 : word >> (32 - bits) << (32 - bits);
    d->block[at++] = kept | 0x80000000u >> (whole ? 0 : bits);
    count(d, whole ? 0 : bits);
    if (at > DIGEST_BLOCK - 2) {
        memset(d->block + at, 0, (DIGEST_BLOCK - at) * sizeof(d->block[0]));
        process(d, a);
        at = 0;
    }
    memset(d->block + at, 0, (DIGEST_BLOCK - at) * sizeof(d->block[0]));
    d->block[14] = a == DIGEST_MD5 ? swap(d->bits_low) : d->bits_high;
    d->block[15] = a == DIGEST_MD5 ? swap(d->bits_high) : d->bits_low;
    process(d, a);
    for (unsigned i = 0; i < DIGEST_WORDS; i++) {
        uint32_t h = a == DIGEST_MD5 ? swap(d->h[i]) : d->h[i];
        d->h[i] = i < digest_words(a) ? h : 0;
    }
}
