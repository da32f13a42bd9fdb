/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What has nobody at the other end on this board: CEC (RM0399 chapter 62), SPDIFRX (55), SWPMI (56), MDIOS (57); and
 * GPV (2.2.4), which nothing hangs on.
 */
#include "tests/vboard/system/whole_chip.h"

#define D2CCIP1R 0x58024450u
#define D2CCIP2R 0x58024454u
#define SOON VTIME_US(100) /* some ticks of 32 kHz */

static size_t events(const struct whole *w)
{
    return w->soc.chip.sched.count;
}

/* ---- CEC ---- */

#define CEC_CR 0x40006C00u
#define CEC_CFGR 0x40006C04u
#define CEC_TXDR 0x40006C08u
#define CEC_ISR 0x40006C10u
#define CEC_IER 0x40006C14u
#define CEC_INT 94
#define CECEN 1u
#define TXSOM 2u
#define TXEOM 4u
#define TXBR (1u << 8)
#define TXEND (1u << 9)
#define TXUDR (1u << 10)
#define TXACKE (1u << 12)
#define BIT VTIME_US(2400)
#define START VTIME_US(4500)
#define SAMPLE VTIME_US(1050)

static void cec_on(struct whole *w, uint32_t cfgr)
{
    start_lse(w);
    set_bits(w, RCC_APB1LENR, 1u << 27);
    put(w, CEC_CFGR, cfgr);
    put(w, CEC_IER, 0x1FFF);
    put(w, CEC_CR, CECEN);
}

/* From now until the interrupt, to a tick. */
static void expect_after(struct whole *w, vtime_ps span, uint32_t flags)
{
    run_for(w, span - SOON);
    assert_false(w->line[CEC_INT]);
    run_for(w, 2 * SOON);
    assert_true(w->line[CEC_INT]);
    assert_int_equal(get(w, CEC_ISR), flags);
    put(w, CEC_ISR, flags);
    assert_false(w->line[CEC_INT]);
}

/* Four bits of signal-free time for a new initiator; no TXBR in a message of one byte. */
static void nobody_acknowledges_a_ping(void **state)
{
    struct whole *w = *state;
    cec_on(w, 0);
    put(w, CEC_CR, CECEN | TXEOM);
    put(w, CEC_TXDR, 0x14);
    put(w, CEC_CR, CECEN | TXEOM | TXSOM);
    expect_after(w, 4 * BIT + START + 9 * BIT + SAMPLE, TXACKE);
    assert_int_equal(get(w, CEC_CR), CECEN);
    put(w, CEC_CR, CECEN | TXEOM);
    put(w, CEC_CR, CECEN | TXSOM); /* rs: EOM stays; 2.5 bits after a failure */
    expect_after(w, 5 * BIT / 2 + START + 9 * BIT + SAMPLE - SOON, TXACKE);
}

static void everybody_is_told_byte_by_byte(void **state)
{
    struct whole *w = *state;
    cec_on(w, 1); /* half a bit */
    put(w, CEC_TXDR, 0x1F);
    put(w, CEC_CR, CECEN | TXSOM);
    expect_after(w, BIT / 2 + START + 4 * BIT, TXBR);
    put(w, CEC_TXDR, 0x82);
    expect_after(w, 10 * BIT - SOON, TXBR);
    put(w, CEC_CR, CECEN | TXEOM);
    put(w, CEC_TXDR, 0x10);
    expect_after(w, 6 * BIT + 9 * BIT + VTIME_US(2050) - SOON, TXEND);
    assert_int_equal(get(w, CEC_CR), CECEN);
}

static void a_byte_that_is_late(void **state)
{
    struct whole *w = *state;
    cec_on(w, 1);
    put(w, CEC_TXDR, 0x1F);
    put(w, CEC_CR, CECEN | TXSOM);
    expect_after(w, BIT / 2 + START + 4 * BIT, TXBR);
    expect_after(w, 6 * BIT - SOON, TXUDR);
    assert_int_equal(get(w, CEC_CR), CECEN);
}

/* SFTOPT: the time since CECEN counts. */
static void the_line_has_been_free(void **state)
{
    struct whole *w = *state;
    cec_on(w, 1u << 8);
    run_for(w, 10 * BIT);
    put(w, CEC_CR, CECEN | TXEOM);
    put(w, CEC_TXDR, 0x14);
    put(w, CEC_CR, CECEN | TXSOM);
    expect_after(w, START + 9 * BIT + SAMPLE, TXACKE);
}

static void cec_can_be_switched_off(void **state)
{
    struct whole *w = *state;
    size_t before = events(w);
    cec_on(w, 0);
    assert_int_equal(events(w), before);
    put(w, CEC_TXDR, 0x14);
    put(w, CEC_CR, CECEN | TXSOM | TXEOM);
    assert_int_equal(events(w), before + 1);
    run_for(w, 20 * BIT);
    put(w, CEC_CR, 0);
    assert_int_equal(events(w), before);
    assert_int_equal(get(w, CEC_CR), 0);
    put(w, CEC_CR, CECEN);
    put(w, CEC_CFGR, 7);
    assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), 1);
}

/* CECSEL 2: CSI / 122, 32787 Hz. */
static void cec_with_csi(void **state)
{
    struct whole *w = *state;
    set_bits(w, RCC_CR, 1u << 7);
    put(w, D2CCIP2R, 2u << 22);
    set_bits(w, RCC_APB1LENR, 1u << 27);
    run_for(w, VTIME_MS(1));
    put(w, CEC_IER, 0x1FFF);
    put(w, CEC_CR, CECEN);
    put(w, CEC_TXDR, 0x14);
    put(w, CEC_CR, CECEN | TXSOM | TXEOM);
    expect_after(w, 4 * BIT + START + 9 * BIT + SAMPLE, TXACKE);
}

/* ---- SPDIFRX ---- */

#define SPDIFRX_CR 0x40004000u
#define SPDIFRX_IMR 0x40004004u
#define SPDIFRX_SR 0x40004008u
#define SPDIFRX_INT 97
#define TERR (1u << 8)
#define WFA (1u << 14)

/* 8192 periods of 64 MHz: 128 us. */
static void no_signal_times_out(void **state)
{
    struct whole *w = *state;
    size_t before = events(w);
    set_bits(w, D2CCIP1R, 3u << 20); /* HSI */
    set_bits(w, RCC_APB1LENR, 1u << 16);
    put(w, SPDIFRX_IMR, 1u << 6);
    put(w, SPDIFRX_CR, 1);
    run_for(w, VTIME_US(127));
    assert_int_equal(get(w, SPDIFRX_SR), 0);
    run_for(w, VTIME_US(2));
    assert_int_equal(get(w, SPDIFRX_SR), TERR);
    assert_true(w->line[SPDIFRX_INT]);
    assert_int_equal(events(w), before);
    put(w, SPDIFRX_CR, 0);
    assert_int_equal(get(w, SPDIFRX_SR), 0);
    assert_false(w->line[SPDIFRX_INT]);
    put(w, SPDIFRX_CR, WFA);
    put(w, SPDIFRX_CR, WFA | 3);
    run_for(w, VTIME_MS(10));
    assert_int_equal(get(w, SPDIFRX_SR), 0);
}

/* 55.3.13. */
static void what_spdifrx_protects(void **state)
{
    struct whole *w = *state;
    set_bits(w, RCC_APB1LENR, 1u << 16);
    put(w, SPDIFRX_CR, 1u << 16 | 1);
    put(w, SPDIFRX_CR, 2u << 16 | 1u << 4 | 1);
    assert_int_equal(get(w, SPDIFRX_CR), 1u << 16 | 1u << 4 | 1);
    put(w, SPDIFRX_CR, 1u << 16 | 2u << 4 | 3);
    put(w, SPDIFRX_CR, 1u << 16 | 1u << 4 | 1u << 6 | 1);
    assert_int_equal(get(w, SPDIFRX_CR), 1u << 16 | 2u << 4 | 1u << 6 | 3);
    assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), 1); /* of one register and place */
}

/* ---- SWPMI ---- */

#define SWPMI_CR 0x40008800u
#define SWPMI_BRR 0x40008804u
#define SWPMI_ISR 0x4000880Cu
#define SWPMI_ICR 0x40008810u
#define SWPMI_IER 0x40008814u
#define SWPMI_TDR 0x4000881Cu
#define SWPMI_INT 115
#define TXDMA (1u << 1)
#define SWPACT (1u << 5)
#define DEACT (1u << 10)
#define SWPTEN (1u << 11)
#define TXBEF (1u << 1)
#define TXUNRF (1u << 4)
#define TXE (1u << 6)
#define TCF (1u << 7)
#define SUSP (1u << 9)
#define DEACTF (1u << 10)
#define RDYF (1u << 11)
#define SWP_BIT VTIME_US(1) /* 64 MHz / 16 / 4 */

static void swpmi_on(struct whole *w)
{
    set_bits(w, RCC_APB1HENR, 1u << 2);
    put(w, SWPMI_ICR, 0x99F);
    put(w, SWPMI_BRR, 15);
    put(w, SWPMI_CR, SWPTEN);
    run_for(w, VTIME_US(299));
    assert_int_equal(get(w, SWPMI_ISR) & RDYF, 0);
    run_for(w, VTIME_US(2));
    assert_int_equal(get(w, SWPMI_ISR) & RDYF, RDYF);
    put(w, SWPMI_CR, SWPTEN | SWPACT);
}

/* 56.3.8: resume 9 bits, SOF 8, the payload, CRC and EOF 24, and 7 until it is suspended. */
static void a_frame_to_no_card(void **state)
{
    struct whole *w = *state;
    swpmi_on(w);
    put(w, SWPMI_IER, TCF);
    put(w, SWPMI_TDR, 0x11111105); /* five bytes: three here */
    assert_int_equal(get(w, SWPMI_ISR) & (TXE | TXBEF | TCF | SUSP), 0);
    run_for(w, 17 * SWP_BIT + SWP_BIT / 2);
    assert_int_equal(get(w, SWPMI_ISR) & (TXE | TXBEF), TXE);
    put(w, SWPMI_TDR, 0x2222);
    assert_int_equal(get(w, SWPMI_ISR) & (TXE | TXBEF), 0);
    run_for(w, 24 * SWP_BIT);
    assert_int_equal(get(w, SWPMI_ISR) & (TXE | TXBEF), TXE | TXBEF);
    run_for(w, (16 + 24 + 7 - 1) * SWP_BIT);
    assert_false(w->line[SWPMI_INT]);
    run_for(w, SWP_BIT);
    assert_true(w->line[SWPMI_INT]);
    assert_int_equal(get(w, SWPMI_ISR) & (TCF | SUSP), TCF | SUSP);
}

static void frames_that_run_dry_or_never_begin(void **state)
{
    struct whole *w = *state;
    swpmi_on(w);
    put(w, SWPMI_TDR, 31);
    assert_int_equal(get(w, SWPMI_ISR) & (TXE | SUSP), TXE | SUSP);
    put(w, SWPMI_TDR, 4);
    run_for(w, (17 + 24) * SWP_BIT + SWP_BIT / 2);
    assert_int_equal(get(w, SWPMI_ISR) & (TXE | TXBEF | TXUNRF), TXE | TXUNRF);
    put(w, SWPMI_TDR, 0x22); /* ignored */
    run_for(w, VTIME_MS(1));
    assert_int_equal(get(w, SWPMI_ISR) & (TXE | TCF | SUSP), TXE | TCF | SUSP);
}

static void the_bus_is_deactivated(void **state)
{
    struct whole *w = *state;
    swpmi_on(w);
    put(w, SWPMI_TDR, 1);
    run_for(w, SWP_BIT);
    put(w, SWPMI_CR, SWPTEN | SWPACT | DEACT);
    assert_int_equal(get(w, SWPMI_ISR) & DEACTF, 0); /* the frame first */
    run_for(w, VTIME_MS(1));
    assert_int_equal(get(w, SWPMI_ISR) & DEACTF, DEACTF);
    assert_int_equal(get(w, SWPMI_CR), SWPTEN | DEACT);
    put(w, SWPMI_CR, SWPTEN | DEACT | SWPACT);
    assert_int_equal(get(w, SWPMI_CR), SWPTEN | DEACT);
    put(w, SWPMI_CR, SWPTEN);
    put(w, SWPMI_CR, SWPTEN | SWPACT);
    assert_int_equal(get(w, SWPMI_CR), SWPTEN | SWPACT);
    assert_int_equal(get(w, SWPMI_ISR) & DEACTF, 0);
    put(w, SWPMI_BRR, 3);
    assert_int_equal(get(w, SWPMI_BRR), 15);
    assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), 1);
}

#define BUFFER 0x24000000u

static void dma_feeds_a_frame(void **state)
{
    struct whole *w = *state;
    set_bits(w, RCC_AHB1ENR, 1);
    swpmi_on(w);
    *ram_at(w, BUFFER) = 12;
    put(w, 0x40020800, 92);
    put(w, 0x40020014, 4);
    put(w, 0x40020018, SWPMI_TDR);
    put(w, 0x4002001C, BUFFER);
    put(w, 0x40020010, 2u << 13 | 2u << 11 | 1u << 10 | 1u << 6 | 1u);
    put(w, SWPMI_CR, SWPTEN | SWPACT | TXDMA);
    run_for(w, VTIME_MS(1));
    assert_int_equal(get(w, 0x40020014), 0);
    assert_int_equal(get(w, SWPMI_ISR) & (TXBEF | TXUNRF | TCF), TXBEF | TCF);
}

/* ---- MDIOS, GPV ---- */

#define MDIOS_CR 0x40009400u

static void mdios_from_inside(void **state)
{
    struct whole *w = *state;
    set_bits(w, RCC_APB1HENR, 1u << 5);
    put(w, MDIOS_CR, 0x0F8F);
    put(w, MDIOS_CR, 0x010F);
    assert_int_equal(get(w, MDIOS_CR), 0x0F8F);
    assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), 1);
    put(w, MDIOS_CR, 0x0100);
    assert_int_equal(get(w, MDIOS_CR), 0x0100);
    put(w, MDIOS_CR + 0x1FC, 0x1234);
    assert_int_equal(get(w, MDIOS_CR + 0x1FC), 0x1234);
    assert_int_equal(get(w, MDIOS_CR + 0x17C), 0);
}

#define TARG7_FN_MOD 0x51008108u

/* 2.2.3: "only accessible by the Cortex-M7 CPU". */
static void the_interconnect(void **state)
{
    struct whole *w = *state;
    put(w, TARG7_FN_MOD, 1);
    assert_int_equal(get(w, TARG7_FN_MOD), 1);
    assert_int_equal(get(w, 0x51001FE4), 0xB4);
    w->soc.chip.access.master = MASTER_CM4;
    put(w, TARG7_FN_MOD, 2);
    assert_int_equal(get(w, TARG7_FN_MOD), 0);
    w->soc.chip.access.master = MASTER_CM7;
    assert_int_equal(get(w, TARG7_FN_MOD), 1);
    assert_int_equal(take_findings(w, FINDING_RESERVED_REG), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WHOLE(nobody_acknowledges_a_ping), WHOLE(everybody_is_told_byte_by_byte),
        WHOLE(a_byte_that_is_late),        WHOLE(the_line_has_been_free),
        WHOLE(cec_can_be_switched_off),    WHOLE(cec_with_csi),
        WHOLE(no_signal_times_out),        WHOLE(what_spdifrx_protects),
        WHOLE(a_frame_to_no_card),         WHOLE(frames_that_run_dry_or_never_begin),
        WHOLE(the_bus_is_deactivated),     WHOLE(dma_feeds_a_frame),
        WHOLE(mdios_from_inside),          WHOLE(the_interconnect),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
