/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* DMA1, DMA2 and DMAMUX1: RM0399 chapters 16 and 18. AHB at 200 MHz. */
#include "tests/vboard/io/dma_rig.h"

#define DMA1 0x40020000u
#define DMAMUX1 0x40020800u
#define LISR (DMA1 + 0x00)
#define LIFCR (DMA1 + 0x08)
#define CR(n) (DMA1 + 0x10 + 0x18 * (n))
#define NDTR(n) (DMA1 + 0x14 + 0x18 * (n))
#define PAR(n) (DMA1 + 0x18 + 0x18 * (n))
#define M0AR(n) (DMA1 + 0x1C + 0x18 * (n))
#define M1AR(n) (DMA1 + 0x20 + 0x18 * (n))
#define FCR(n) (DMA1 + 0x24 + 0x18 * (n))

#define EN (1u << 0)
#define TEIE (1u << 2)
#define HTIE (1u << 3)
#define TCIE (1u << 4)
#define TO_PERIPHERAL (1u << 6)
#define MEMORY (2u << 6)
#define CIRC (1u << 8)
#define PINC (1u << 9)
#define MINC (1u << 10)
#define PSIZE_32 (2u << 11)
#define PSIZE_16 (1u << 11)
#define MSIZE_32 (2u << 13)
#define DBM (1u << 18)
#define CT (1u << 19)
#define MBURST_4 (1u << 23)
#define DMDIS (1u << 2)
#define FEIF0 (1u << 0)
#define TEIF0 (1u << 3)
#define HTIF0 (1u << 4)
#define TCIF0 (1u << 5)

#define FROM (SRAM1 + 0x000)
#define TO (SRAM1 + 0x400)

static void fill(struct dma_rig *r, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++) {
        *ram_at(r, FROM + i) = (uint8_t)(i + 1);
        *ram_at(r, TO + i) = 0;
    }
}

static void set_up(struct dma_rig *r, uint32_t from, uint32_t to, unsigned items)
{
    rig_wr(r, PAR(0), from);
    rig_wr(r, M0AR(0), to);
    rig_wr(r, NDTR(0), items);
}

static void test_memory_to_memory(void **state)
{
    struct dma_rig *r = *state;
    fill(r, 400);
    set_up(r, FROM, TO, 100);
    rig_wr(r, CR(0), MEMORY | PINC | MINC | PSIZE_32 | MSIZE_32 | HTIE | TCIE | EN);
    assert_int_equal(*ram_at(r, TO), 0); /* takes its time */
    rig_run(r, VTIME_US(10));
    assert_memory_equal(ram_at(r, FROM), ram_at(r, TO), 400);
    assert_int_equal(rig_rd(r, LISR), TCIF0 | HTIF0);
    assert_int_equal(rig_rd(r, CR(0)) & EN, 0);
    assert_int_equal(rig_rd(r, NDTR(0)), 0);
    assert_true(r->line[11]);
    rig_wr(r, LIFCR, TCIF0 | HTIF0);
    assert_int_equal(rig_rd(r, LISR), 0);
    assert_false(r->line[11]);
}

/* 16.3.12, Table 114: bytes in, words out; NDT counts what passes the peripheral port. */
static void test_packs_bytes_into_words(void **state)
{
    struct dma_rig *r = *state;
    fill(r, 16);
    set_up(r, FROM, TO, 16);
    rig_wr(r, FCR(0), DMDIS | 3);
    rig_wr(r, CR(0), MEMORY | PINC | MINC | MSIZE_32 | MBURST_4 | EN);
    rig_run(r, VTIME_US(10));
    assert_memory_equal(ram_at(r, FROM), ram_at(r, TO), 16);
}

/* 16.3.14, Table 116: a burst of four words does not fit a FIFO threshold of a half. */
static void test_burst_must_fit_the_threshold(void **state)
{
    struct dma_rig *r = *state;
    set_up(r, FROM, TO, 16);
    rig_wr(r, FCR(0), DMDIS | 1);
    rig_wr(r, CR(0), MEMORY | PINC | MINC | PSIZE_32 | MSIZE_32 | MBURST_4 | EN);
    assert_int_equal(rig_rd(r, LISR), FEIF0);
    assert_int_equal(rig_rd(r, CR(0)) & EN, 0);
}

/* The M7's TCM is out of reach (2.1, Table 1): a bus error, as so many have found. */
static void test_bus_error(void **state)
{
    struct dma_rig *r = *state;
    set_up(r, 0x20000000u, TO, 4);
    rig_wr(r, CR(0), MEMORY | PINC | MINC | TEIE | EN);
    rig_run(r, VTIME_US(10));
    assert_int_equal(rig_rd(r, LISR), TEIF0);
    assert_int_equal(rig_rd(r, CR(0)) & EN, 0);
    assert_true(r->line[11]);
    assert_int_equal(r->chip.findings.count, 1);
    assert_int_equal(r->chip.findings.list[0].code, FOUND_DMA_BUS_ERROR);
    assert_int_equal(r->chip.findings.list[0].master, MASTER_DMA_CM7);
    assert_int_equal(r->chip.findings.list[0].data.at, 0x20000000u);
    findings_clear(&r->chip.findings);
}

/* ---- requests: USART3 (RX 45, TX 46) ---- */

static void test_sends_a_text(void **state)
{
    struct dma_rig *r = *state;
    memcpy(ram_at(r, FROM), "Hello", 5);
    start_uart(r);
    rig_wr(r, DMAMUX1, 46);
    rig_wr(r, PAR(0), USART3_TDR);
    rig_wr(r, M0AR(0), FROM);
    rig_wr(r, NDTR(0), 5);
    rig_wr(r, CR(0), TO_PERIPHERAL | MINC | TCIE | EN);
    rig_wr(r, USART3_CR3, 1u << 7); /* DMAT */
    rig_run(r, VTIME_MS(2));
    assert_int_equal(r->sent_count, 5);
    assert_memory_equal(r->sent, "Hello", 5);
    assert_int_equal(rig_rd(r, LISR), TCIF0 | HTIF0);
    assert_true(r->line[11]);
}

/* Eight bytes into a ring of four: half, full, half, full. */
static void test_receives_into_a_ring(void **state)
{
    struct dma_rig *r = *state;
    start_uart(r);
    rig_wr(r, DMAMUX1, 45);
    rig_wr(r, PAR(0), USART3_RDR);
    rig_wr(r, M0AR(0), TO);
    rig_wr(r, NDTR(0), 4);
    rig_wr(r, CR(0), MINC | CIRC | HTIE | TCIE | EN);
    rig_wr(r, USART3_CR3, 1u << 6); /* DMAR */
    receive(r, "abcdefgh");
    assert_memory_equal(ram_at(r, TO), "efgh", 4);
    assert_int_equal(r->raised[11], 1);
    assert_int_equal(rig_rd(r, NDTR(0)), 4);
    rig_wr(r, LIFCR, TCIF0 | HTIF0);
    receive(r, "XY");
    assert_memory_equal(ram_at(r, TO), "XYgh", 4);
    assert_int_equal(rig_rd(r, LISR), HTIF0);
    assert_int_equal(rig_rd(r, NDTR(0)), 2);
}

static void test_double_buffer_swaps(void **state)
{
    struct dma_rig *r = *state;
    start_uart(r);
    rig_wr(r, DMAMUX1, 45);
    rig_wr(r, PAR(0), USART3_RDR);
    rig_wr(r, M0AR(0), TO);
    rig_wr(r, M1AR(0), TO + 0x100);
    rig_wr(r, NDTR(0), 2);
    rig_wr(r, CR(0), MINC | DBM | EN);
    rig_wr(r, USART3_CR3, 1u << 6);
    receive(r, "ab");
    assert_int_equal(rig_rd(r, CR(0)) & CT, CT);
    receive(r, "cde");
    assert_memory_equal(ram_at(r, TO), "eb", 2);
    assert_memory_equal(ram_at(r, TO + 0x100), "cd", 2);
    rig_wr(r, M1AR(0), TO + 0x200); /* not in use: may change */
    assert_int_equal(rig_rd(r, M1AR(0)), TO + 0x200);
    rig_wr(r, M0AR(0), TO + 0x300); /* in use: an error (16.3.11) */
    assert_int_equal(rig_rd(r, LISR) & TEIF0, TEIF0);
    assert_int_equal(rig_rd(r, CR(0)) & EN, 0);
}

/* A FIFO of 16 bytes gives to memory when it reaches its threshold, and the rest when it is stopped. */
static void test_fifo_keeps_until_threshold(void **state)
{
    struct dma_rig *r = *state;
    memset(ram_at(r, TO), 0, 16);
    start_uart(r);
    rig_wr(r, DMAMUX1, 45);
    rig_wr(r, PAR(0), USART3_RDR);
    rig_wr(r, M0AR(0), TO);
    rig_wr(r, NDTR(0), 100);
    rig_wr(r, FCR(0), DMDIS | 1); /* half: 8 bytes */
    rig_wr(r, CR(0), MINC | EN);
    rig_wr(r, USART3_CR3, 1u << 6);
    receive(r, "abcdefg");
    assert_int_equal(*ram_at(r, TO), 0);
    assert_int_equal(rig_rd(r, FCR(0)) >> 3 & 7, 1); /* a quarter to a half */
    receive(r, "h");
    assert_memory_equal(ram_at(r, TO), "abcdefgh", 8);
    assert_int_equal(rig_rd(r, FCR(0)) >> 3 & 7, 4); /* empty */
    receive(r, "ij");
    assert_int_equal(*ram_at(r, TO + 8), 0);
    rig_wr(r, CR(0), MINC);
    assert_memory_equal(ram_at(r, TO + 8), "ij", 2);
    assert_int_equal(rig_rd(r, LISR) & TCIF0, TCIF0); /* 16.3.16 */
    assert_int_equal(rig_rd(r, NDTR(0)), 90);
}

/* Settings are protected while EN is 1; without a clock nothing moves. */
static void test_protected_while_enabled(void **state)
{
    struct dma_rig *r = *state;
    fill(r, 64);
    clock_set(&r->chip.clocks[CLK_HCLK1], 0, r->chip.sched.now);
    set_up(r, FROM, TO, 8);
    rig_wr(r, CR(0), MEMORY | PINC | MINC | EN);
    rig_wr(r, PAR(0), 0x12345678);
    rig_wr(r, NDTR(0), 1);
    rig_wr(r, CR(0), MEMORY | PSIZE_16 | EN);
    assert_int_equal(rig_rd(r, PAR(0)), FROM);
    assert_int_equal(rig_rd(r, NDTR(0)), 8);
    assert_int_equal(rig_rd(r, CR(0)), MEMORY | PINC | MINC | EN);
    rig_run(r, VTIME_US(100));
    assert_int_equal(rig_rd(r, NDTR(0)), 8);
    clock_set(&r->chip.clocks[CLK_HCLK1], CLOCK_UHZ(200000000), r->chip.sched.now);
    rig_run(r, VTIME_US(100));
    assert_memory_equal(ram_at(r, FROM), ram_at(r, TO), 8);
}

/* ---- DMAMUX ---- */

#define RG0CR (DMAMUX1 + 0x100)
#define CCR(n) (DMAMUX1 + 4 * (n))
#define GE (1u << 16)
#define RISING (1u << 17)
#define OIE (1u << 8)
#define SE (1u << 16)
#define EGE (1u << 9)

/* Channel 0's event after each request triggers generator 0, whose three requests move memory by stream 1. */
static void test_event_triggers_a_generator(void **state)
{
    struct dma_rig *r = *state;
    fill(r, 16);
    start_uart(r);
    rig_wr(r, CCR(0), 45 | EGE);
    rig_wr(r, CCR(1), 1); /* generator 0 */
    rig_wr(r, RG0CR, 0 | RISING | 2u << 19 | GE | OIE);
    rig_wr(r, PAR(0), USART3_RDR);
    rig_wr(r, M0AR(0), TO + 0x100);
    rig_wr(r, NDTR(0), 10);
    rig_wr(r, CR(0), MINC | EN);
    rig_wr(r, PAR(1), TO);
    rig_wr(r, M0AR(1), FROM);
    rig_wr(r, NDTR(1), 16);
    rig_wr(r, CR(1), TO_PERIPHERAL | PINC | MINC | EN);
    rig_wr(r, USART3_CR3, 1u << 6);
    receive(r, "a");
    assert_int_equal(rig_rd(r, NDTR(1)), 13);
    rig_wr(r, CR(1), TO_PERIPHERAL | PINC | MINC); /* nobody serves */
    receive(r, "bc");
    assert_int_equal(rig_rd(r, DMAMUX1 + 0x140), 1);
    assert_true(r->line[102]);
    rig_wr(r, DMAMUX1 + 0x144, 1);
    assert_false(r->line[102]);
}

/* Synchronized to channel 1's event: two requests after each. */
static void test_synchronized_requests(void **state)
{
    struct dma_rig *r = *state;
    start_uart(r);
    rig_wr(r, CCR(0), 46 | 1u << 24 | 1u << 19 | RISING);
    rig_wr(r, CCR(0), 46 | 1u << 24 | 1u << 19 | RISING | SE);
    memcpy(ram_at(r, FROM), "12345678", 8);
    rig_wr(r, PAR(0), USART3_TDR);
    rig_wr(r, M0AR(0), FROM);
    rig_wr(r, NDTR(0), 8);
    rig_wr(r, CR(0), TO_PERIPHERAL | MINC | EN);
    rig_wr(r, USART3_CR3, 1u << 7);
    rig_run(r, VTIME_MS(2));
    assert_int_equal(r->sent_count, 0);
    wire_pulse(chip_wire(&r->chip, "DMAMUX1_EVT1"), r->chip.sched.now);
    rig_run(r, VTIME_MS(2));
    assert_int_equal(r->sent_count, 2);
    wire_pulse(chip_wire(&r->chip, "DMAMUX1_EVT1"), r->chip.sched.now);
    rig_run(r, VTIME_MS(2));
    assert_int_equal(r->sent_count, 4);
}

/* ---- timers ---- */

#define TIM3 0x40000400u

/* A request an update; and with DCR a burst of three registers an update, through DMAR (40.4.22). */
static void test_timer_bursts(void **state)
{
    struct dma_rig *r = *state;
    static const uint16_t values[] = {11, 12, 13, 21, 22, 23};
    memcpy(ram_at(r, FROM), values, sizeof(values));
    rig_wr(r, DMAMUX1, 27); /* TIM3_UP */
    rig_wr(r, PAR(0), TIM3 + 0x4C);
    rig_wr(r, M0AR(0), FROM);
    rig_wr(r, NDTR(0), 6);
    rig_wr(r, CR(0), TO_PERIPHERAL | MINC | PSIZE_16 | 1u << 13 | EN);
    rig_wr(r, TIM3 + 0x48, 2u << 8 | 13); /* DCR: three from CCR1 on */
    rig_wr(r, TIM3 + 0x2C, 199);
    rig_wr(r, TIM3 + 0x0C, 1u << 8); /* UDE */
    rig_wr(r, TIM3, 1);
    rig_run(r, VTIME_US(1) + VTIME_NS(500));
    assert_int_equal(rig_rd(r, TIM3 + 0x34), 11);
    assert_int_equal(rig_rd(r, TIM3 + 0x3C), 13);
    assert_int_equal(rig_rd(r, NDTR(0)), 3);
    rig_run(r, VTIME_US(1));
    assert_int_equal(rig_rd(r, TIM3 + 0x38), 22);
    assert_int_equal(rig_rd(r, LISR) & TCIF0, TCIF0);
}

/* CC1DE at each match; CCDS moves it to the update. */
static void test_timer_compare_requests(void **state)
{
    struct dma_rig *r = *state;
    fill(r, 64);
    rig_wr(r, DMAMUX1, 23); /* TIM3_CH1 */
    rig_wr(r, PAR(0), TO);
    rig_wr(r, M0AR(0), FROM);
    rig_wr(r, NDTR(0), 10);
    rig_wr(r, CR(0), TO_PERIPHERAL | MINC | PINC | EN);
    rig_wr(r, TIM3 + 0x2C, 199);
    rig_wr(r, TIM3 + 0x34, 100);
    rig_wr(r, TIM3 + 0x0C, 1u << 9);
    rig_wr(r, TIM3, 1);
    rig_run(r, VTIME_NS(700));
    assert_int_equal(rig_rd(r, NDTR(0)), 9);
    rig_wr(r, TIM3 + 0x04, 1u << 3);
    rig_run(r, VTIME_NS(200));
    assert_int_equal(rig_rd(r, NDTR(0)), 9);
    rig_run(r, VTIME_NS(200));
    assert_int_equal(rig_rd(r, NDTR(0)), 8);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, dma_rig_setup, dma_rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_memory_to_memory),
        TEST(test_packs_bytes_into_words),
        TEST(test_burst_must_fit_the_threshold),
        TEST(test_bus_error),
        TEST(test_sends_a_text),
        TEST(test_receives_into_a_ring),
        TEST(test_double_buffer_swaps),
        TEST(test_fifo_keeps_until_threshold),
        TEST(test_protected_while_enabled),
        TEST(test_event_triggers_a_generator),
        TEST(test_synchronized_requests),
        TEST(test_timer_bursts),
        TEST(test_timer_compare_requests),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
