/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* CRYP in the whole chip (RM0399 37), with the examples of FIPS 197, SP 800-38A, SP 800-67 and FIPS 81. */
#include "tests/vboard/system/whole_chip.h"

#define CRYP 0x48021000u
#define CR (CRYP + 0x00)
#define SR (CRYP + 0x04)
#define DIN (CRYP + 0x08)
#define DOUT (CRYP + 0x0C)
#define DMACR (CRYP + 0x10)
#define IMSCR (CRYP + 0x14)
#define RISR (CRYP + 0x18)
#define MISR (CRYP + 0x1C)
#define K0LR (CRYP + 0x20)
#define IV0LR (CRYP + 0x40)
#define DECRYPT (1u << 2)
#define MODE(n) ((n) << 3)
#define BYTES (2u << 6)
#define KEYSIZE(n) ((n) << 8)
#define FFLUSH (1u << 14)
#define CRYPEN (1u << 15)
#define BUSY 16u
#define IRQ_CRYP 79

enum { TDES_ECB, TDES_CBC, DES_ECB, DES_CBC, AES_ECB, AES_CBC, AES_CTR, AES_KEY };

static void on(struct whole *w)
{
    set_bits(w, RCC_AHB2ENR, 1u << 4);
}

static void put_words(struct whole *w, uint32_t at, const uint32_t *words, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        put(w, at + 4 * i, words[i]);
    }
}

/* A key of 4, 6 or 8 words ends in K3RR; for decryption it is prepared (37.4.7). */
static void set_aes_key(struct whole *w, const uint32_t *key, unsigned words, bool prepare)
{
    uint32_t size = KEYSIZE((words - 4) / 2);
    put(w, CR, MODE(AES_KEY) | size);
    put_words(w, K0LR + 4 * (8 - words), key, words);
    if (prepare) {
        put(w, CR, MODE(AES_KEY) | size | CRYPEN);
        assert_int_equal(get(w, SR) & BUSY, BUSY);
        run_for(w, VTIME_US(1));
        assert_int_equal(get(w, SR) & BUSY, 0);
        assert_int_equal(get(w, CR) & CRYPEN, 0);
    }
}

static void one_block(struct whole *w, uint32_t cr, const uint32_t *in, const uint32_t *out,
                      unsigned words)
{
    put(w, CR, cr | FFLUSH);
    put(w, CR, cr | CRYPEN);
    for (unsigned i = 0; i < words; i++) {
        put(w, DIN, in[i]);
    }
    assert_int_equal(get(w, SR), BUSY | 3);
    run_for(w, VTIME_US(1));
    assert_int_equal(get(w, SR), 7);
    for (unsigned i = 0; i < words; i++) {
        assert_int_equal(get(w, DOUT), out[i]);
    }
    assert_int_equal(get(w, SR), 3);
    put(w, CR, cr);
}

/* FIPS 197, C.1 to C.3. */
static void aes_ecb(void **state)
{
    struct whole *w = *state;
    static const uint32_t key[8] = {0x00010203, 0x04050607, 0x08090A0B, 0x0C0D0E0F,
                                    0x10111213, 0x14151617, 0x18191A1B, 0x1C1D1E1F},
                          plain[4] = {0x00112233, 0x44556677, 0x8899AABB, 0xCCDDEEFF},
                          cipher[3][4] = {{0x69C4E0D8, 0x6A7B0430, 0xD8CDB780, 0x70B4C55A},
                                          {0xDDA97CA4, 0x864CDFE0, 0x6EAF70A0, 0xEC0D7191},
                                          {0x8EA2B7CA, 0x516745BF, 0xEAFC4990, 0x4B496089}};
    on(w);
    for (unsigned size = 0; size < 3; size++) {
        set_aes_key(w, key, 4 + 2 * size, false);
        one_block(w, MODE(AES_ECB) | KEYSIZE(size), plain, cipher[size], 4);
        set_aes_key(w, key, 4 + 2 * size, true);
        one_block(w, MODE(AES_ECB) | KEYSIZE(size) | DECRYPT, cipher[size], plain, 4);
    }
}

static const uint32_t sp_key[4] = {0x2B7E1516, 0x28AED2A6, 0xABF71588, 0x09CF4F3C},
                      sp_plain[8] = {0x6BC1BEE2, 0x2E409F96, 0xE93D7E11, 0x7393172A,
                                     0xAE2D8A57, 0x1E03AC9C, 0x9EB76FAC, 0x45AF8E51};

/* SP 800-38A, F.2.1 and F.2.2: two blocks. */
static void aes_cbc(void **state)
{
    struct whole *w = *state;
    static const uint32_t iv[4] = {0x00010203, 0x04050607, 0x08090A0B, 0x0C0D0E0F},
                          cipher[8] = {0x7649ABAC, 0x8119B246, 0xCEE98E9B, 0x12E9197D,
                                       0x5086CB9B, 0x507219EE, 0x95DB113A, 0x917678B2};
    on(w);
    set_aes_key(w, sp_key, 4, false);
    put_words(w, IV0LR, iv, 4);
    one_block(w, MODE(AES_CBC), sp_plain, cipher, 4);
    assert_int_equal(get(w, IV0LR), cipher[0]);
    one_block(w, MODE(AES_CBC), sp_plain + 4, cipher + 4, 4);
    set_aes_key(w, sp_key, 4, true);
    put_words(w, IV0LR, iv, 4);
    one_block(w, MODE(AES_CBC) | DECRYPT, cipher, sp_plain, 4);
    one_block(w, MODE(AES_CBC) | DECRYPT, cipher + 4, sp_plain + 4, 4);
}

/* F.5.1: two blocks. ALGODIR does not matter, and no key is prepared. */
static void aes_ctr(void **state)
{
    struct whole *w = *state;
    static const uint32_t iv[4] = {0xF0F1F2F3, 0xF4F5F6F7, 0xF8F9FAFB, 0xFCFDFEFF},
                          cipher[8] = {0x874D6191, 0xB620E326, 0x1BEF6864, 0x990DB6CE,
                                       0x9806F66B, 0x7970FDFF, 0x8617187B, 0xB9FFFDFF};
    on(w);
    set_aes_key(w, sp_key, 4, false);
    put_words(w, IV0LR, iv, 4);
    one_block(w, MODE(AES_CTR), sp_plain, cipher, 4);
    assert_int_equal(get(w, IV0LR + 12), 0xFCFDFF00);
    one_block(w, MODE(AES_CTR) | DECRYPT, sp_plain + 4, cipher + 4, 4);
}

/* SP 800-67, B.1: three keys; of one key three times DES is left, here with FIPS 81's "Now is t". */
static void des_and_tdes(void **state)
{
    struct whole *w = *state;
    static const uint32_t keys[6] = {0x01234567, 0x89ABCDEF, 0x23456789,
                                     0xABCDEF01, 0x456789AB, 0xCDEF0123},
                          plain[2] = {0x54686520, 0x71756663}, cipher[2] = {0xA826FD8C, 0xE53B855F},
                          now[2] = {0x4E6F7720, 0x69732074}, one[2] = {0x3FA40E8A, 0x984D4815};
    on(w);
    put_words(w, K0LR + 8, keys, 6);
    one_block(w, MODE(TDES_ECB), plain, cipher, 2);
    one_block(w, MODE(TDES_ECB) | DECRYPT, cipher, plain, 2);
    one_block(w, MODE(DES_ECB), now, one, 2);
    one_block(w, MODE(DES_ECB) | DECRYPT, one, now, 2);
}

/* FIPS 81, CBC: "Now is the time for". */
static void des_cbc(void **state)
{
    struct whole *w = *state;
    static const uint32_t key[2] = {0x01234567, 0x89ABCDEF}, iv[2] = {0x12345678, 0x90ABCDEF},
                          plain[4] = {0x4E6F7720, 0x69732074, 0x68652074, 0x696D6520},
                          cipher[4] = {0xE5C7CDDE, 0x872BF27C, 0x43E93400, 0x8C389C0F};
    on(w);
    put_words(w, K0LR + 8, key, 2);
    put_words(w, IV0LR, iv, 2);
    one_block(w, MODE(DES_CBC), plain, cipher, 2);
    one_block(w, MODE(DES_CBC), plain + 2, cipher + 2, 2);
    put_words(w, IV0LR, iv, 2);
    one_block(w, MODE(DES_CBC) | DECRYPT, cipher, plain, 2);
    one_block(w, MODE(DES_CBC) | DECRYPT, cipher + 2, plain + 2, 2);
}

/* 14 clocks of 64 MHz a block; two wait in the FIFO until there is room for what they give. */
static void fifos_and_interrupt(void **state)
{
    struct whole *w = *state;
    on(w);
    set_aes_key(w, sp_key, 4, false);
    put(w, IMSCR, 3);
    assert_int_equal(get(w, RISR), 1);
    assert_int_equal(get(w, MISR), 0); /* disabled */
    put(w, CR, MODE(AES_ECB) | CRYPEN);
    assert_int_equal(get(w, MISR), 1);
    assert_true(w->line[IRQ_CRYP]);
    for (unsigned i = 0; i < 12; i++) {
        put(w, DIN, i);
        assert_int_equal(get(w, RISR), i < 7 ? 1 : 0);
    }
    assert_int_equal(get(w, SR), BUSY);
    assert_false(w->line[IRQ_CRYP]);
    put(w, IV0LR, 1);
    assert_int_equal(take_findings(w, FINDING_READ_ONLY), 1);
    run_for(w, VTIME_NS(210)); /* 14 are 219 ns */
    assert_int_equal(get(w, SR), BUSY);
    run_for(w, VTIME_NS(10));
    assert_int_equal(get(w, SR), BUSY | 4 | 2);
    run_for(w, VTIME_US(1));
    assert_int_equal(get(w, SR), 8 | 4 | 2);
    assert_true(w->line[IRQ_CRYP]);
    for (unsigned i = 0; i < 4; i++) {
        (void)get(w, DOUT);
    }
    assert_int_equal(get(w, SR), BUSY | 4 | 3);
    run_for(w, VTIME_US(1));
    assert_int_equal(get(w, SR), 8 | 4 | 3);
    put(w, CR, MODE(AES_ECB));
    put(w, CR, MODE(AES_ECB) | FFLUSH);
    assert_int_equal(get(w, SR), 3);
}

/* Bytes as they lie in memory, through two streams: out before in, as 37.4.19 wants. */
static void by_dma(void **state)
{
    struct whole *w = *state;
    static const uint8_t text[32] = "two blocks of text, 32 in bytes";
    const uint32_t in = 0x40020010u, out = 0x40020028u;
    on(w);
    set_bits(w, RCC_AHB1ENR, 1);
    set_bits(w, RCC_AHB2ENR, 7u << 29);
    memcpy(ram_at(w, 0x30000000), text, 32);
    for (unsigned pass = 0; pass < 2; pass++) {
        uint32_t from = 0x30000000 + 0x100 * pass;
        set_aes_key(w, sp_key, 4, pass == 1);
        put(w, CR, MODE(AES_ECB) | BYTES | (pass == 1 ? DECRYPT : 0) | FFLUSH);
        put(w, 0x40020800, 76);
        put(w, 0x40020804, 77);
        put(w, 0x40020008, 0x00000F7D); /* LIFCR: streams 0 and 1 */
        put(w, in + 4, 8);
        put(w, in + 8, DIN);
        put(w, in + 12, from);
        put(w, in, 2u << 13 | 2u << 11 | 1u << 10 | 1u << 6 | 1);
        put(w, out + 4, 8);
        put(w, out + 8, DOUT);
        put(w, out + 12, from + 0x100);
        put(w, out, 3u << 16 | 2u << 13 | 2u << 11 | 1u << 10 | 1);
        set_bits(w, CR, CRYPEN);
        put(w, DMACR, 3);
        run_for(w, VTIME_US(10));
        put(w, DMACR, 0);
        put(w, CR, 0);
        assert_int_equal(get(w, in) & 1, 0);
        assert_int_equal(get(w, out) & 1, 0);
    }
    assert_memory_not_equal(ram_at(w, 0x30000100), text, 32);
    assert_memory_equal(ram_at(w, 0x30000200), text, 32);
}

static void gcm_is_not_modelled(void **state)
{
    struct whole *w = *state;
    on(w);
    put(w, CR, 1u << 19);
    assert_int_equal(take_findings(w, FINDING_UNMODELLED), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {WHOLE(aes_ecb), WHOLE(aes_cbc),
                                       WHOLE(aes_ctr), WHOLE(des_and_tdes),
                                       WHOLE(des_cbc), WHOLE(fifos_and_interrupt),
                                       WHOLE(by_dma),  WHOLE(gcm_is_not_modelled)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
