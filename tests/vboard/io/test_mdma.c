/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* MDMA and BDMA: RM0399 chapters 15 and 17. */
#include "tests/vboard/io/dma_rig.h"

#define MDMA 0x52000000u
#define ISR (MDMA + 0x40)
#define IFCR (MDMA + 0x44)
#define ESR (MDMA + 0x48)
#define CR (MDMA + 0x4C)
#define TCR (MDMA + 0x50)
#define BNDTR (MDMA + 0x54)
#define SAR (MDMA + 0x58)
#define DAR (MDMA + 0x5C)
#define BRUR (MDMA + 0x60)
#define LAR (MDMA + 0x64)
#define TBR (MDMA + 0x68)
#define MAR (MDMA + 0x70)
#define MDR (MDMA + 0x74)

#define EN (1u << 0)
#define TEIE (1u << 1)
#define CTCIE (1u << 2)
#define BEX (1u << 12)
#define SWRQ (1u << 16)
#define SINC 2u
#define DINC (2u << 2)
#define SSIZE(n) ((n) << 4)
#define DSIZE(n) ((n) << 6)
#define SINCOS(n) ((n) << 8)
#define DINCOS(n) ((n) << 10)
#define TLEN(bytes) (((bytes)-1u) << 18)
#define PKE (1u << 25)
#define SIGNED (1u << 26)
#define TRGM(n) ((uint32_t)(n) << 28)
#define SWRM (1u << 30)
#define TEIF 1u
#define CTCIF 2u
#define BRTIF 4u
#define BTIF 8u
#define TCIF 16u

#define FROM (SRAM1 + 0x000)
#define TO (SRAM1 + 0x400)
#define WORDS (SINC | DINC | SSIZE(2) | DSIZE(2) | SINCOS(2) | DINCOS(2) | TLEN(16) | SWRM)

static void fill(struct dma_rig *r, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++) {
        *ram_at(r, FROM + i) = (uint8_t)(i + 0x7F);
        *ram_at(r, TO + i) = 0;
    }
}

static void set_up(struct dma_rig *r, uint32_t tcr, uint32_t bndtr)
{
    rig_wr(r, TCR, tcr);
    rig_wr(r, BNDTR, bndtr);
    rig_wr(r, SAR, FROM);
    rig_wr(r, DAR, TO);
}

static void go(struct dma_rig *r, uint32_t bits)
{
    rig_wr(r, CR, EN | bits);
    rig_wr(r, CR, EN | bits | SWRQ);
    rig_run(r, VTIME_US(100));
}

static void test_block(void **state)
{
    struct dma_rig *r = *state;
    fill(r, 100);
    set_up(r, WORDS | TRGM(1), 100);
    rig_wr(r, CR, EN | CTCIE);
    rig_run(r, VTIME_US(100));
    assert_int_equal(rig_rd(r, ISR), 0); /* nobody asked */
    go(r, CTCIE);
    assert_memory_equal(ram_at(r, FROM), ram_at(r, TO), 100);
    assert_int_equal(rig_rd(r, ISR), CTCIF | BRTIF | BTIF | TCIF);
    assert_int_equal(rig_rd(r, CR), CTCIE);
    assert_int_equal(rig_rd(r, SAR), FROM + 100);
    assert_true(r->line[122]);
    assert_int_equal(rig_rd(r, MDMA), 1);
    rig_wr(r, IFCR, 0x1F);
    assert_int_equal(rig_rd(r, ISR), 0);
    assert_false(r->line[122]);
}

/* TRGM 0: a buffer a request. */
static void test_buffer_by_buffer(void **state)
{
    struct dma_rig *r = *state;
    fill(r, 40);
    set_up(r, WORDS, 40);
    go(r, 0);
    assert_int_equal(rig_rd(r, BNDTR), 24);
    assert_int_equal(rig_rd(r, ISR), TCIF);
    assert_int_equal(*ram_at(r, TO + 16), 0);
    go(r, 0);
    go(r, 0);
    assert_memory_equal(ram_at(r, FROM), ram_at(r, TO), 40);
    assert_int_equal(rig_rd(r, ISR) & CTCIF, CTCIF);
}

/* A rectangle: three lines of eight bytes, sixteen apart, to where they lie side by side. */
static void test_repeated_block(void **state)
{
    struct dma_rig *r = *state;
    fill(r, 64);
    set_up(r, WORDS | TRGM(2), 2u << 20 | 8);
    rig_wr(r, BRUR, 8);
    go(r, 0);
    for (unsigned line = 0; line < 3; line++) {
        assert_memory_equal(ram_at(r, FROM + 16 * line), ram_at(r, TO + 8 * line), 8);
    }
    assert_int_equal(rig_rd(r, ISR), CTCIF | BRTIF | BTIF | TCIF);
}

static void put_word(struct dma_rig *r, uint32_t address, uint32_t value)
{
    memcpy(ram_at(r, address), &value, 4);
}

/* Two blocks: the second is described in memory (15.5.11). */
static void test_linked_list(void **state)
{
    struct dma_rig *r = *state;
    const uint32_t node = SRAM1 + 0x800;
    fill(r, 64);
    set_up(r, WORDS | TRGM(3), 16);
    put_word(r, node + 0x00, WORDS | TRGM(3));
    put_word(r, node + 0x04, 32);
    put_word(r, node + 0x08, FROM + 16);
    put_word(r, node + 0x0C, TO + 0x100);
    put_word(r, node + 0x10, 0);
    put_word(r, node + 0x14, 0);
    put_word(r, node + 0x18, 0);
    put_word(r, node + 0x20, 0);
    put_word(r, node + 0x24, 0);
    rig_wr(r, LAR, node);
    go(r, 0);
    assert_memory_equal(ram_at(r, FROM), ram_at(r, TO), 16);
    assert_memory_equal(ram_at(r, FROM + 16), ram_at(r, TO + 0x100), 32);
    assert_int_equal(rig_rd(r, LAR), 0);
    assert_int_equal(rig_rd(r, CR), 0);
}

/* PKE packs; without it each item is filled up, with its sign if PAM says so. BEX swaps bytes. */
static void test_sizes(void **state)
{
    struct dma_rig *r = *state;
    static const uint8_t extended[] = {0x7F, 0, 0x80, 0xFF, 0x81, 0xFF};
    static const uint8_t swapped[] = {0x80, 0x7F, 0x82, 0x81};
    fill(r, 8);
    set_up(r, SINC | DINC | DSIZE(1) | DINCOS(1) | TLEN(8) | SWRM | SIGNED, 8);
    go(r, 0);
    assert_memory_equal(ram_at(r, TO), extended, sizeof(extended));
    fill(r, 8);
    set_up(r, SINC | DINC | DSIZE(1) | DINCOS(1) | TLEN(8) | SWRM | PKE, 8);
    go(r, BEX);
    assert_memory_equal(ram_at(r, TO), swapped, sizeof(swapped));
}

/* TCM by the AHBS alone (15.5.12): the other bus gets an error. */
static void test_buses(void **state)
{
    struct dma_rig *r = *state;
    fill(r, 16);
    set_up(r, WORDS | TRGM(1), 16);
    rig_wr(r, DAR, DTCM);
    rig_wr(r, TBR, 1u << 17);
    go(r, 0);
    assert_memory_equal(ram_at(r, FROM), ram_at(r, DTCM), 16);
    rig_wr(r, IFCR, 0x1F);
    set_up(r, WORDS | TRGM(1), 16);
    rig_wr(r, DAR, DTCM + 4);
    rig_wr(r, TBR, 0);
    go(r, TEIE);
    assert_int_equal(rig_rd(r, ISR), TEIF);
    assert_int_equal(rig_rd(r, ESR), 1u << 7 | 4);
    assert_true(r->line[122]);
    assert_int_equal(r->chip.findings.count, 1);
    findings_clear(&r->chip.findings);
}

/* 15.3.15: an address that does not fit the size. */
static void test_unaligned(void **state)
{
    struct dma_rig *r = *state;
    set_up(r, WORDS | TRGM(1), 16);
    rig_wr(r, SAR, FROM + 2);
    go(r, 0);
    assert_int_equal(rig_rd(r, ISR), TEIF);
    assert_int_equal(rig_rd(r, ESR), 1u << 10 | 2);
}

/* A stream of DMA1 that is complete starts a block, whose acknowledge clears the stream's flag. */
static void test_follows_a_stream(void **state)
{
    struct dma_rig *r = *state;
    fill(r, 16);
    set_up(r, (WORDS & ~SWRM) | TRGM(1), 16);
    rig_wr(r, SAR, TO + 0x100);
    rig_wr(r, MAR, 0x40020008); /* DMA1_LIFCR */
    rig_wr(r, MDR, 1u << 5);
    rig_wr(r, CR, EN);
    rig_wr(r, 0x40020018, FROM);
    rig_wr(r, 0x4002001C, TO + 0x100);
    rig_wr(r, 0x40020014, 16);
    rig_wr(r, 0x40020010, 2u << 6 | 1u << 9 | 1u << 10 | 1);
    rig_run(r, VTIME_US(100));
    assert_memory_equal(ram_at(r, FROM), ram_at(r, TO), 16);
    assert_int_equal(rig_rd(r, 0x40020000) & 1u << 5, 0);
    assert_int_equal(rig_rd(r, ISR) & CTCIF, CTCIF);
}

/* ---- BDMA ---- */

#define BDMA 0x58025400u
#define B_CCR (BDMA + 0x08)
#define B_CNDTR (BDMA + 0x0C)
#define B_CPAR (BDMA + 0x10)
#define B_CM0AR (BDMA + 0x14)
#define B_MEM2MEM (1u << 14)

static void bdma_copy(struct dma_rig *r, uint32_t from, uint32_t to, uint32_t sizes)
{
    rig_wr(r, B_CPAR, from);
    rig_wr(r, B_CM0AR, to);
    rig_wr(r, B_CNDTR, 4);
    rig_wr(r, B_CCR, B_MEM2MEM | sizes | 1u << 7 | 1u << 6 | 0xF);
    rig_run(r, VTIME_US(10));
}

/* 17.4.6, Table 122: bytes become half-words. */
static void test_bdma_in_d3(void **state)
{
    struct dma_rig *r = *state;
    static const uint8_t wide[] = {1, 0, 2, 0, 3, 0, 4, 0};
    memcpy(ram_at(r, SRAM4), "\1\2\3\4", 4);
    bdma_copy(r, SRAM4, SRAM4 + 0x100, 1u << 10);
    assert_memory_equal(ram_at(r, SRAM4 + 0x100), wide, sizeof(wide));
    assert_int_equal(rig_rd(r, BDMA), 7);      /* HT, TC, GI */
    assert_int_equal(rig_rd(r, B_CCR) & 1, 1); /* EN stays */
    assert_true(r->line[129]);
    rig_wr(r, BDMA + 4, 2 | 4);
    assert_int_equal(rig_rd(r, BDMA), 0);
    assert_false(r->line[129]);
}

static void test_bdma_sees_d3_only(void **state)
{
    struct dma_rig *r = *state;
    bdma_copy(r, SRAM4, SRAM1, 0);
    assert_int_equal(rig_rd(r, BDMA), 9); /* TE, GI */
    assert_int_equal(rig_rd(r, B_CCR) & 1, 0);
    rig_wr(r, B_CCR, 1);
    assert_int_equal(rig_rd(r, B_CCR) & 1, 0); /* not before CTEIF (17.4.7) */
    assert_int_equal(r->chip.findings.count, 1);
    findings_clear(&r->chip.findings);
    rig_wr(r, BDMA + 4, 8);
    rig_wr(r, B_CCR, 1);
    assert_int_equal(rig_rd(r, B_CCR) & 1, 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, dma_rig_setup, dma_rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_block),          TEST(test_buffer_by_buffer),
        TEST(test_repeated_block), TEST(test_linked_list),
        TEST(test_sizes),          TEST(test_buses),
        TEST(test_unaligned),      TEST(test_follows_a_stream),
        TEST(test_bdma_in_d3),     TEST(test_bdma_sees_d3_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
