/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* SPI1 as a master, SPI4 as its slave: RM0399 chapter 53. Kernel clock 64 MHz, 8 MHz on PA5, PA7 (MOSI), PA6 (MISO). */
#include "tests/vboard/system/whole_chip.h"

#include "vboard/parts/jumper.h"

#define SPI1 0x40013000u
#define CR1 (SPI1 + 0x00)
#define CR2 (SPI1 + 0x04)
#define CFG1 (SPI1 + 0x08)
#define CFG2 (SPI1 + 0x0C)
#define IER (SPI1 + 0x10)
#define SR (SPI1 + 0x14)
#define IFCR (SPI1 + 0x18)
#define TXDR (SPI1 + 0x20)
#define RXDR (SPI1 + 0x30)
#define SPE 1u
#define CSTART (1u << 9)
#define CSUSP (1u << 10)
#define SSI (1u << 12)
#define MASTER (1u << 22)
#define SSM (1u << 26)
#define RXP 1u
#define TXP 2u
#define EOT 8u
#define TXTF 16u
#define MODF (1u << 9)
#define SUSP (1u << 11)
#define TXC (1u << 12)
#define FRAME VTIME_US(1) /* eight bits */

static struct signal_listener wire;
static char sent[32];
static unsigned sent_count;

/* MOSI and MISO in one: what goes out comes back. */
static void loop_back(void *ctx, struct signal *s, const struct symbol *sym)
{
    (void)s;
    sent[sent_count++ % sizeof(sent)] = (char)sym->data;
    if (ctx != NULL) {
        signal_send_symbol(ctx, sym);
    }
}

static void start(struct whole *w, uint32_t cfg1, uint32_t frames, bool looped)
{
    struct chip *c = &w->soc.chip;
    sent_count = 0;
    set_bits(w, RCC_APB2ENR, 1u << 12);
    set_bits(w, 0x58024450, 4u << 12); /* D2CCIP1R.SPI123SEL: per_ck */
    for (unsigned pin = 5; pin <= 7; pin++) {
        pin_af(w, 'A', pin, 5);
    }
    wire =
        (struct signal_listener){.symbol = loop_back, .ctx = looped ? chip_pin(c, 'A', 6) : NULL};
    signal_listen(chip_pin(c, 'A', 7), &wire);
    put(w, CFG1, 2u << 28 | cfg1);
    put(w, CFG2, SSM | MASTER);
    put(w, CR2, frames);
    put(w, CR1, SSI);
    assert_int_equal(get(w, SR), TXC | TXP);
    put(w, CR1, SSI | SPE);
}

static void put_byte(struct whole *w, char c)
{
    chip_mmio_write(&w->soc.chip, TXDR, 1, (uint8_t)c);
}

static uint32_t get_byte(struct whole *w)
{
    return chip_mmio_read(&w->soc.chip, RXDR, 1);
}

static void exchanges_bytes(void **state)
{
    struct whole *w = *state;
    start(w, 7, 3, true);
    put_byte(w, 'a');
    put_byte(w, 'b');
    run_for(w, VTIME_MS(1));
    assert_int_equal(sent_count, 0); /* no CSTART */
    put(w, CR1, SSI | SPE | CSTART);
    put_byte(w, 'c');
    assert_int_equal(get(w, SR) & TXTF, TXTF);
    assert_int_equal(get(w, SR) >> 16, 3);
    run_for(w, FRAME + 1);
    assert_int_equal(get(w, SR) & (RXP | EOT), RXP);
    assert_int_equal(get(w, SR) >> 16, 2);
    run_for(w, 2 * FRAME);
    assert_int_equal(get(w, SR) & (EOT | TXC), EOT | TXC);
    assert_int_equal(get(w, CR1) & CSTART, 0);
    assert_memory_equal(sent, "abc", 3);
    assert_int_equal(get_byte(w), 'a');
    assert_int_equal(get_byte(w), 'b');
    assert_int_equal(get_byte(w), 'c');
    assert_int_equal(get(w, SR) & RXP, 0);
    put(w, IFCR, EOT | TXTF);
    assert_int_equal(get(w, SR) & (EOT | TXTF), 0);
}

/* A word carries four bytes, the lowest first; packets of four. */
static void packs_frames(void **state)
{
    struct whole *w = *state;
    start(w, 7 | 3u << 5, 4, true);
    put(w, IER, 1);
    put(w, CR1, SSI | SPE | CSTART);
    put(w, TXDR, 0x64636261);
    run_for(w, 3 * FRAME + 1);
    assert_false(w->line[35]);
    run_for(w, FRAME);
    assert_true(w->line[35]);
    assert_memory_equal(sent, "abcd", 4);
    assert_int_equal(get(w, RXDR), 0x64636261);
    assert_false(w->line[35]);
}

/* Nobody answers: MISO's level. 16 bits. */
static void nobody_answers(void **state)
{
    struct whole *w = *state;
    struct signal_driver high = {0};
    start(w, 15, 2, false);
    put(w, CR1, SSI | SPE | CSTART);
    chip_mmio_write(&w->soc.chip, TXDR, 2, 0x1234);
    run_for(w, 2 * FRAME + 1);
    assert_int_equal(chip_mmio_read(&w->soc.chip, RXDR, 2), 0);
    signal_attach(chip_pin(&w->soc.chip, 'A', 6), &high);
    signal_drive(&high, DRIVE_PULL_UP, w->soc.chip.sched.now);
    chip_mmio_write(&w->soc.chip, TXDR, 2, 0x1234);
    run_for(w, 2 * FRAME + 1);
    assert_int_equal(chip_mmio_read(&w->soc.chip, RXDR, 2), 0xFFFF);
    signal_detach(&high, w->soc.chip.sched.now);
}

/* DMA1: stream 0 fetches (request 37), stream 1 feeds (38). */
static void by_dma(void **state)
{
    struct whole *w = *state;
    set_bits(w, RCC_AHB1ENR, 1);
    set_bits(w, RCC_AHB2ENR, 7u << 29);
    memcpy(ram_at(w, 0x30000000), "full duplex", 11);
    start(w, 7, 11, true);
    put(w, 0x40020800, 37);
    put(w, 0x40020804, 38);
    put(w, 0x40020018, RXDR);
    put(w, 0x4002001C, 0x30000100);
    put(w, 0x40020014, 11);
    put(w, 0x40020010, 1u << 10 | 1);
    put(w, 0x40020030, TXDR);
    put(w, 0x40020034, 0x30000000);
    put(w, 0x4002002C, 11);
    put(w, 0x40020028, 1u << 10 | 1u << 6 | 1);
    put(w, CFG1, 2u << 28 | 7 | 3u << 14);
    put(w, CR1, SSI | SPE | CSTART);
    run_for(w, 12 * FRAME);
    assert_memory_equal(ram_at(w, 0x30000100), "full duplex", 11);
    assert_int_equal(get(w, SR) & EOT, EOT);
}

static void suspends_and_faults(void **state)
{
    struct whole *w = *state;
    start(w, 7, 0, true);
    put(w, CR1, SSI | SPE | CSTART);
    put_byte(w, 'x');
    put_byte(w, 'y');
    put(w, CR1, SSI | SPE | CSTART | CSUSP);
    run_for(w, 5 * FRAME);
    assert_int_equal(sent_count, 1);
    assert_int_equal(get(w, SR) & SUSP, SUSP);
    put(w, CR1, SPE); /* SSI 0: another master selects this one */
    assert_int_equal(get(w, SR) & MODF, MODF);
    assert_int_equal(get(w, CR1) & SPE, 0);
}

/* SPI4 as a slave on wires: it answers what has been written, then underruns. */
static void slave_answers(void **state)
{
    struct whole *w = *state;
    struct chip *c = &w->soc.chip;
    static struct jumper wires[3];
    const uint32_t spi4 = 0x40013400u;
    set_bits(w, RCC_APB2ENR, 1u << 13);
    for (unsigned pin = 12; pin <= 14; pin++) {
        pin_af(w, 'E', pin, 5);
    }
    start(w, 7, 3, false);
    jumper_init(&wires[0], chip_pin(c, 'A', 5), chip_pin(c, 'E', 12), c->sched.now);
    jumper_init(&wires[1], chip_pin(c, 'A', 6), chip_pin(c, 'E', 13), c->sched.now);
    jumper_init(&wires[2], chip_pin(c, 'A', 7), chip_pin(c, 'E', 14), c->sched.now);
    put(w, spi4 + 0x0C, SSM);
    put(w, spi4 + 0x4C, 'U'); /* UDRDR */
    put(w, spi4 + 0x04, 3);
    put(w, spi4, SPE);
    chip_mmio_write(c, spi4 + 0x20, 1, 'x');
    chip_mmio_write(c, spi4 + 0x20, 1, 'y');
    put(w, CR1, SSI | SPE | CSTART);
    put_byte(w, 'a');
    put_byte(w, 'b');
    put_byte(w, 'c');
    run_for(w, 3 * FRAME + 1);
    assert_int_equal(get_byte(w), 'x');
    assert_int_equal(get_byte(w), 'y');
    assert_int_equal(get_byte(w), 'U');
    assert_int_equal(get(w, spi4 + 0x14) & (EOT | 1u << 5), EOT | 1u << 5);
    assert_int_equal(chip_mmio_read(c, spi4 + 0x30, 1), 'a');
    assert_int_equal(chip_mmio_read(c, spi4 + 0x30, 1), 'b');
    assert_int_equal(chip_mmio_read(c, spi4 + 0x30, 1), 'c');
}

/* 53.11.6: with TSIZE, TXC follows EOT; so no interrupt comes between SPE and CSTART. */
static void nothing_is_complete_before_the_start(void **state)
{
    struct whole *w = *state;
    start(w, 7, 2, true);
    put(w, IER, EOT);
    assert_int_equal(get(w, SR) & TXC, 0);
    assert_false(w->line[35]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WHOLE(exchanges_bytes),
        WHOLE(packs_frames),
        WHOLE(nobody_answers),
        WHOLE(by_dma),
        WHOLE(suspends_and_faults),
        WHOLE(slave_answers),
        WHOLE(nothing_is_complete_before_the_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
