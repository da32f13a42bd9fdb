/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_CRYP_CIPHER_H
#define VBOARD_PERIPH_CRYP_CIPHER_H

/*
 * Block ciphers: AES (FIPS 197) and DES (FIPS 46-3), a block at a time. Blocks and keys are words, their highest bit
 * first.
 */
#include <stdbool.h>
#include <stdint.h>

#define AES_WORDS 4u
#define AES_KEY_WORDS_MAX 8u
#define DES_WORDS 2u

/* Replaces a key of `words` (4, 6 or 8) by the end of its schedule, with which decryption begins. */
void aes_prepare(uint32_t *key, unsigned words);
void aes_encrypt(const uint32_t *key, unsigned words, uint32_t block[AES_WORDS]);
/* With a key that has been prepared. */
void aes_decrypt(const uint32_t *prepared, unsigned words, uint32_t block[AES_WORDS]);
/* The key's parity bits do not count. */
void des_block(const uint32_t key[DES_WORDS], bool decrypts, uint32_t block[DES_WORDS]);

#endif
