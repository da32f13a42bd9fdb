/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* HASH in the whole chip (RM0399 38), with the examples of FIPS 180, RFC 1321, RFC 4231 and 38.4.7. */
#include "tests/vboard/system/whole_chip.h"

#define HASH 0x48021400u
#define CR (HASH + 0x00)
#define DIN (HASH + 0x04)
#define STR (HASH + 0x08)
#define HRA (HASH + 0x0C)
#define IMR (HASH + 0x20)
#define SR (HASH + 0x24)
#define CSR (HASH + 0xF8)
#define HR (HASH + 0x310)
#define INIT (1u << 2)
#define DMAE (1u << 3)
#define BYTES (2u << 4)
#define HMAC (1u << 6)
#define SHA1 0u
#define MD5 (1u << 7)
#define SHA224 (1u << 18)
#define SHA256 (1u << 18 | 1u << 7)
#define LKEY (1u << 16)
#define DINIS 1u
#define DCIS 2u
#define BUSY 8u
#define IRQ_HASH 80

static const char alphabet[] = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";

static void on(struct whole *w)
{
    set_bits(w, RCC_AHB2ENR, 1u << 5);
}

/* As drivers do: words as they lie in memory, NBLW before, DCAL by read-modify-write. */
static void feed(struct whole *w, const void *data, size_t size)
{
    put(w, STR, (uint32_t)(size % 4 * 8));
    for (size_t i = 0; i < size; i += 4) {
        uint32_t word = 0;
        memcpy(&word, (const uint8_t *)data + i, size - i < 4 ? size - i : 4);
        put(w, DIN, word);
    }
    set_bits(w, STR, 1u << 8);
    run_for(w, VTIME_US(2));
    assert_int_equal(get(w, SR) & BUSY, 0);
}

static void expect(struct whole *w, unsigned words, const uint32_t *digest)
{
    assert_int_equal(get(w, SR), DCIS | DINIS);
    for (unsigned i = 0; i < 8; i++) {
        assert_int_equal(get(w, HR + 4 * i), i < words ? digest[i] : 0);
    }
    for (unsigned i = 0; i < 5; i++) {
        assert_int_equal(get(w, HRA + 4 * i), i < words ? digest[i] : 0);
    }
}

static void digest(struct whole *w, uint32_t algorithm, const char *text, unsigned words,
                   const uint32_t *expected)
{
    put(w, CR, algorithm | BYTES | INIT);
    assert_int_equal(get(w, HR), 0);
    feed(w, text, strlen(text));
    expect(w, words, expected);
}

static void standard_digests(void **state)
{
    struct whole *w = *state;
    on(w);
    digest(w, SHA1, "abc", 5,
           (uint32_t[]){0xA9993E36, 0x4706816A, 0xBA3E2571, 0x7850C26C, 0x9CD0D89D});
    digest(w, SHA1, alphabet, 5,
           (uint32_t[]){0x84983E44, 0x1C3BD26E, 0xBAAE4AA1, 0xF95129E5, 0xE54670F1});
    digest(w, SHA224, "abc", 7,
           (uint32_t[]){0x23097D22, 0x3405D822, 0x8642A477, 0xBDA255B3, 0x2AADBCE4, 0xBDA0B3F7,
                        0xE36C9DA7});
    digest(w, SHA256, "abc", 8,
           (uint32_t[]){0xBA7816BF, 0x8F01CFEA, 0x414140DE, 0x5DAE2223, 0xB00361A3, 0x96177A9C,
                        0xB410FF61, 0xF20015AD});
    digest(w, SHA256, alphabet, 8,
           (uint32_t[]){0x248D6A61, 0xD20638B8, 0xE5C02693, 0x0C3E6039, 0xA33CE459, 0x64FF2167,
                        0xF6ECEDD4, 0x19DB06C1});
    digest(w, MD5, "", 4, (uint32_t[]){0xD41D8CD9, 0x8F00B204, 0xE9800998, 0xECF8427E});
    digest(w, MD5, "abc", 4, (uint32_t[]){0x90015098, 0x3CD24FB0, 0xD6963F7D, 0x28E17F72});
    digest(w, MD5,
           "1234567890123456789012345678901234567890123456789012345678901234567890123456789"
           "0",
           4, (uint32_t[]){0x57EDF4A2, 0x2BE3C955, 0xAC49DA2E, 0x2107B67A});
}

/* The same "abc" as words, halfwords and bits. */
static void data_types(void **state)
{
    struct whole *w = *state;
    static const uint32_t abc[4] = {0x61626300, 0x63006162, 0x00636261, 0x00C64686};
    on(w);
    for (unsigned type = 0; type < 4; type++) {
        put(w, CR, SHA1 | type << 4 | INIT);
        put(w, STR, 24);
        put(w, DIN, abc[type]);
        put(w, STR, 1u << 8);
        run_for(w, VTIME_US(2));
        assert_int_equal(get(w, HR), 0xA9993E36);
    }
}

/* 38.4.7's example: a key of a block. */
static void hmac_of_a_short_key(void **state)
{
    struct whole *w = *state;
    uint8_t key[64];
    on(w);
    for (unsigned i = 0; i < sizeof(key); i++) {
        key[i] = (uint8_t)i;
    }
    put(w, CR, SHA1 | HMAC | BYTES | INIT);
    feed(w, key, sizeof(key));
    assert_int_equal(get(w, SR), DINIS);
    feed(w, "Sample message for keylen=blocklen", 34);
    assert_int_equal(get(w, SR), DINIS);
    feed(w, key, sizeof(key));
    expect(w, 5, (uint32_t[]){0x5FD596EE, 0x78D5553C, 0x8FF4E72D, 0x266DFD19, 0x2366DA29});
    put(w, CR, MD5 | HMAC | BYTES | INIT); /* RFC 2202, test 2 */
    feed(w, "Jefe", 4);
    feed(w, "what do ya want for nothing?", 28);
    feed(w, "Jefe", 4);
    expect(w, 4, (uint32_t[]){0x750C783E, 0x6AB0B503, 0xEAA86E31, 0x0A5DB738});
}

/* RFC 4231, test 6: 131 bytes of 0xAA. */
static void hmac_of_a_long_key(void **state)
{
    struct whole *w = *state;
    static const char text[] = "Test Using Larger Than Block-Size Key - Hash Key First";
    uint8_t key[131];
    on(w);
    memset(key, 0xAA, sizeof(key));
    put(w, CR, SHA256 | HMAC | LKEY | BYTES | INIT);
    feed(w, key, sizeof(key));
    feed(w, text, strlen(text));
    feed(w, key, sizeof(key));
    expect(w, 8,
           (uint32_t[]){0x60E43159, 0x1EE0B67F, 0x0D8A26AA, 0xCBF5B77F, 0x8E0BC621, 0x3728C514,
                        0x0546040F, 0x0EE37F54});
}

/* Table 321: 82 clocks of 64 MHz are 1.28 us, from the first word of the next block on. */
static void blocks_take_their_time(void **state)
{
    struct whole *w = *state;
    on(w);
    put(w, IMR, 1);
    put(w, CR, SHA1 | INIT);
    assert_true(w->line[IRQ_HASH]);
    for (unsigned i = 0; i < 16; i++) {
        put(w, DIN, i);
        assert_int_equal(get(w, CR) & 0x1F00, 1u << 12 | i << 8);
    }
    assert_int_equal(get(w, SR), 0);
    assert_false(w->line[IRQ_HASH]);
    put(w, DIN, 16);
    assert_int_equal(get(w, CR) & 0x1F00, 1u << 12);
    assert_int_equal(get(w, SR), BUSY);
    run_for(w, VTIME_NS(1270));
    assert_int_equal(get(w, SR), BUSY);
    run_for(w, VTIME_NS(20));
    assert_int_equal(get(w, SR), DINIS);
    assert_true(w->line[IRQ_HASH]);
    put(w, SR, 0);
    assert_int_equal(get(w, SR), 0);
    assert_false(w->line[IRQ_HASH]);
}

/* 38.4.8: another message in between. */
static void suspend_and_resume(void **state)
{
    struct whole *w = *state;
    uint32_t saved[54], cr, str;
    on(w);
    put(w, CR, SHA256 | BYTES | INIT);
    for (unsigned i = 0; i < 17; i++) {
        put(w, DIN, 0x01010101 * i);
    }
    run_for(w, VTIME_US(2));
    cr = get(w, CR);
    str = get(w, STR);
    for (unsigned i = 0; i < 54; i++) {
        saved[i] = get(w, CSR + 4 * i);
    }
    digest(w, MD5, "abc", 4, (uint32_t[]){0x90015098, 0x3CD24FB0, 0xD6963F7D, 0x28E17F72});
    put(w, STR, str);
    put(w, CR, cr & ~0x1F00u);
    set_bits(w, CR, INIT);
    for (unsigned i = 0; i < 54; i++) {
        put(w, CSR + 4 * i, saved[i]);
    }
    set_bits(w, STR, 1u << 8);
    run_for(w, VTIME_US(2));
    uint32_t resumed = get(w, HR);
    put(w, CR, SHA256 | BYTES | INIT);
    for (unsigned i = 0; i < 17; i++) {
        put(w, DIN, 0x01010101 * i);
    }
    put(w, STR, 1u << 8);
    run_for(w, VTIME_US(4));
    assert_int_equal(resumed, get(w, HR));
    assert_int_not_equal(resumed, 0);
}

/* By DMA2's stream 7; the last word ends the message. */
static void by_dma(void **state)
{
    struct whole *w = *state;
    const uint32_t stream = 0x40020410u + 0x18u * 7;
    on(w);
    set_bits(w, RCC_AHB1ENR, 2);
    set_bits(w, RCC_AHB2ENR, 7u << 29);
    memcpy(ram_at(w, 0x30000000), alphabet, 56);
    put(w, 0x40020800u + 4 * 15, 78);
    put(w, stream + 4, 14);
    put(w, stream + 8, DIN);
    put(w, stream + 12, 0x30000000);
    put(w, stream, 2u << 13 | 2u << 11 | 1u << 10 | 1u << 6 | 1);
    put(w, IMR, 2);
    put(w, STR, 0);
    put(w, CR, SHA256 | BYTES | DMAE | INIT);
    assert_int_equal(get(w, SR) & 4, 4);
    run_for(w, VTIME_US(5));
    assert_true(w->line[IRQ_HASH]);
    assert_int_equal(get(w, CR) & DMAE, 0);
    expect(w, 8,
           (uint32_t[]){0x248D6A61, 0xD20638B8, 0xE5C02693, 0x0C3E6039, 0xA33CE459, 0x64FF2167,
                        0xF6ECEDD4, 0x19DB06C1});
}

int main(void)
{
    const struct CMUnitTest tests[] = {WHOLE(standard_digests),
                                       WHOLE(data_types),
                                       WHOLE(hmac_of_a_short_key),
                                       WHOLE(hmac_of_a_long_key),
                                       WHOLE(blocks_take_their_time),
                                       WHOLE(suspend_and_resume),
                                       WHOLE(by_dma)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
