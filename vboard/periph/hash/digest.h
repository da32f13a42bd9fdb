/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_HASH_DIGEST_H
#define VBOARD_PERIPH_HASH_DIGEST_H

/*
 * Message digests: SHA-1, SHA-224 and SHA-256 (FIPS 180-4), MD5 (RFC 1321). A message comes as words whose highest
 * bit is the first one of the message; only the last word may be less than whole. All state is in words, so that
 * HASH can show it in its context swap registers.
 */
#include <stdbool.h>
#include <stdint.h>

#define DIGEST_WORDS 8u
#define DIGEST_BLOCK 16u /* words */

enum digest_algorithm {
    DIGEST_SHA1,
    DIGEST_MD5,
    DIGEST_SHA224,
    DIGEST_SHA256
}; /* as HASH_CR.ALGO */

struct digest {
    uint32_t h[DIGEST_WORDS];
    uint32_t block[DIGEST_BLOCK];
    uint32_t bits_low, bits_high; /* of the message so far */
};

/* Words of a digest: 5, 4, 7, 8. */
unsigned digest_words(enum digest_algorithm a);
void digest_begin(struct digest *d, enum digest_algorithm a);
/* Takes a whole word; a block that is full is processed. */
void digest_word(struct digest *d, enum digest_algorithm a, uint32_t word);
/* Takes the first `bits` (0 to 32) of the last word and ends the message: `d->h` are the words of the digest, their
 * highest bit first, 0 beyond. */
void digest_end(struct digest *d, enum digest_algorithm a, uint32_t word, unsigned bits);

#endif
