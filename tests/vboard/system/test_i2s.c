/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* SPI1 as an I2S master: RM0399 53.9. Kernel clock 64 MHz; CK on PA5, SDO PA7, SDI PA6, WS PA4, MCK PC4. */
#include "tests/vboard/system/whole_chip.h"

#include "vboard/chip/pinfunc.h"

#define SPI1 0x40013000u
#define CR1 (SPI1 + 0x00)
#define CFG1 (SPI1 + 0x08)
#define SR (SPI1 + 0x14)
#define IFCR (SPI1 + 0x18)
#define TXDR (SPI1 + 0x20)
#define RXDR (SPI1 + 0x30)
#define I2SCFGR (SPI1 + 0x50)
#define SPE 1u
#define CSTART (1u << 9)
#define CSUSP (1u << 10)
#define RXP 1u
#define TXP 2u
#define UDR (1u << 5)
#define OVR (1u << 6)
#define SUSP (1u << 11)
#define I2SMOD 1u
#define TRANSMIT (2u << 1)
#define BOTH (5u << 1)
#define MCKOE (1u << 25)
#define DIVIDER_5 (1u << 24 | 2u << 16) /* I2SDIV 2, ODD */
#define SAMPLE VTIME_US(10)             /* 64 MHz / 5 / 128 */

static struct signal_listener wire;
static struct {
    uint32_t data;
    bool right;
    vtime_ps bit_ps;
} sent[16];
static unsigned sent_count;

/* What goes out comes back; with it the level of WS. */
static void heard(void *ctx, struct signal *s, const struct symbol *sym)
{
    struct whole *w = ctx;
    (void)s;
    if (sent_count < 16) {
        sent[sent_count].data = sym->data;
        sent[sent_count].right = signal_is_high(chip_pin(&w->soc.chip, 'A', 4));
        sent[sent_count++].bit_ps = sym->bit_ps;
    }
    signal_send_symbol(chip_pin(&w->soc.chip, 'A', 6), sym);
}

static void start(struct whole *w, uint32_t i2scfgr)
{
    sent_count = 0;
    set_bits(w, RCC_APB2ENR, 1u << 12);
    set_bits(w, 0x58024450, 4u << 12); /* D2CCIP1R.SPI123SEL: per_ck */
    for (unsigned pin = 4; pin <= 7; pin++) {
        pin_af(w, 'A', pin, 5);
    }
    wire = (struct signal_listener){.symbol = heard, .ctx = w};
    signal_listen(chip_pin(&w->soc.chip, 'A', 7), &wire);
    put(w, CFG1, 0x00070007);
    put(w, I2SCFGR, i2scfgr | I2SMOD);
    put(w, CR1, SPE);
}

static void sends_left_and_right(void **state)
{
    struct whole *w = *state;
    start(w, TRANSMIT | DIVIDER_5 | MCKOE);
    assert_int_equal(get(w, SR) & TXP, TXP);
    put(w, CR1, SPE | CSTART);
    run_for(w, VTIME_MS(1));
    assert_int_equal(sent_count, 0); /* it waits for data */
    put(w, TXDR, 0x22221111);        /* a word is two samples */
    put(w, TXDR, 0x44443333);
    run_for(w, SAMPLE - 1);
    assert_int_equal(sent_count, 0);
    run_for(w, 3 * SAMPLE + 2);
    assert_int_equal(sent_count, 4);
    for (unsigned i = 0; i < 4; i++) {
        assert_int_equal(sent[i].data, 0x1111 * (i + 1));
        assert_int_equal(sent[i].right, i % 2 == 1);
        assert_int_equal(sent[i].bit_ps, SAMPLE / 16);
    }
}

/* 53.9.9: 64 MHz / 5, whether SPE is set or not; without MCK a sample has 16 of CK's clocks, each of 5. */
static void clocks(void **state)
{
    struct whole *w = *state;
    struct pinfunc *mck = chip_pinfunc(&w->soc.chip, "I2S1_MCK");
    start(w, TRANSMIT | DIVIDER_5 | MCKOE);
    assert_int_equal(mck->clock_uhz, CLOCK_UHZ(12800000));
    put(w, CR1, 0);
    assert_int_equal(mck->clock_uhz, CLOCK_UHZ(12800000));
    put(w, I2SCFGR, TRANSMIT | DIVIDER_5 | I2SMOD);
    assert_int_equal(mck->clock_uhz, 0);
    put(w, CR1, SPE | CSTART);
    put(w, TXDR, 0x22221111);
    run_for(w, 2 * 16 * 5 * VTIME_NS(16));
    assert_int_equal(sent_count, 2);
    put(w, CR1, 0);
    put(w, I2SCFGR, TRANSMIT | I2SMOD | 1u << 10); /* channels of 32 bits, I2SDIV 0 */
    put(w, CR1, SPE | CSTART);
    put(w, TXDR, 0x22221111);
    sent_count = 0;
    run_for(w, 2 * 32 * VTIME_NS(16));
    assert_int_equal(sent_count, 2);
}

/* 53.9.12: the last frame again, and again from the channel that was missing. */
static void replays_after_an_underrun(void **state)
{
    struct whole *w = *state;
    static const uint32_t expected[] = {0x1111, 0x2222, 0x3333, 0x2222, 0x3333,
                                        0x2222, 0x3333, 0x4444, 0x5555};
    start(w, TRANSMIT | DIVIDER_5 | MCKOE);
    put(w, CR1, SPE | CSTART);
    put(w, TXDR, 0x22221111);
    chip_mmio_write(&w->soc.chip, TXDR, 2, 0x3333);
    run_for(w, 3 * SAMPLE + 3);
    assert_int_equal(get(w, SR) & UDR, UDR);
    put(w, TXDR, 0x55554444);
    run_for(w, 2 * SAMPLE);
    put(w, IFCR, UDR);
    run_for(w, 4 * SAMPLE);
    assert_true(sent_count >= 9);
    for (unsigned i = 0; i < 9; i++) {
        assert_int_equal(sent[i].data, expected[i]);
    }
}

/* CSUSP ends at the end of the right sample (53.9.8). */
static void suspends_after_a_frame(void **state)
{
    struct whole *w = *state;
    start(w, TRANSMIT | DIVIDER_5 | MCKOE);
    put(w, CR1, SPE | CSTART);
    put(w, TXDR, 0x22221111);
    put(w, TXDR, 0x44443333);
    run_for(w, SAMPLE / 2);
    put(w, CR1, SPE | CSUSP);
    run_for(w, SAMPLE);
    assert_int_equal(get(w, CR1) & CSTART, CSTART);
    run_for(w, SAMPLE);
    assert_int_equal(get(w, CR1) & CSTART, 0);
    assert_int_equal(get(w, SR) & SUSP, SUSP);
    assert_int_equal(sent_count, 2);
}

/* Both ways, 24 bits on the left of the register; five samples fill the FIFO of 16 bytes. */
static void receives_and_overruns(void **state)
{
    struct whole *w = *state;
    start(w, BOTH | DIVIDER_5 | MCKOE | 1u << 14 | 1u << 10 | 1u << 8);
    for (unsigned i = 0; i < 5; i++) {
        assert_int_equal(get(w, SR) & TXP, TXP);
        put(w, TXDR, 0xABCD0000 + 0x100 * i);
    }
    assert_int_equal(get(w, SR) & TXP, 0);
    put(w, CR1, SPE | CSTART);
    run_for(w, 5 * SAMPLE + 5);
    assert_int_equal(get(w, SR) & (OVR | RXP), RXP);
    run_for(w, SAMPLE);
    assert_int_equal(get(w, SR) & (OVR | RXP), OVR | RXP);
    for (unsigned i = 0; i < 5; i++) {
        assert_int_equal(get(w, RXDR), 0xABCD0000 + 0x100 * i);
    }
    assert_int_equal(get(w, SR) & RXP, 0);
    put(w, IFCR, OVR);
    run_for(w, SAMPLE); /* that is the left channel's turn: the overrun was the right one's */
    assert_int_equal(get(w, SR) & RXP, 0);
    run_for(w, SAMPLE);
    assert_int_equal(get(w, SR) & RXP, RXP);
}

static void what_is_missing(void **state)
{
    struct whole *w = *state;
    start(w, 0); /* a slave */
    assert_int_equal(take_findings(w, FINDING_UNMODELLED), 1);
    put(w, CR1, 0);
    put(w, I2SCFGR, TRANSMIT | 3u << 4 | I2SMOD); /* PCM */
    put(w, CR1, SPE);
    assert_int_equal(take_findings(w, FINDING_UNMODELLED), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WHOLE(sends_left_and_right),      WHOLE(clocks),
        WHOLE(replays_after_an_underrun), WHOLE(suspends_after_a_frame),
        WHOLE(receives_and_overruns),     WHOLE(what_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
