/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* DFSDM1: RM0399 chapter 31. Its clock is rcc_pclk2, 64 MHz; CKOUT a 64th of it: a sample is 1 us. */
#include "tests/vboard/system/whole_chip.h"

#include "vboard/chip/pinfunc.h"

#define DFSDM 0x40017000u
#define CFGR1(y) (DFSDM + 0x20u * (y))
#define CFGR2(y) (DFSDM + 0x20u * (y) + 0x04)
#define DATINR(y) (DFSDM + 0x20u * (y) + 0x10)
#define FLT(x) (DFSDM + 0x100u + 0x80u * (x))
#define CR1(x) (FLT(x) + 0x00)
#define CR2(x) (FLT(x) + 0x04)
#define ISR(x) (FLT(x) + 0x08)
#define ICR(x) (FLT(x) + 0x0C)
#define JCHGR(x) (FLT(x) + 0x10)
#define FCR(x) (FLT(x) + 0x14)
#define JDATAR(x) (FLT(x) + 0x18)
#define RDATAR(x) (FLT(x) + 0x1C)
#define AWHTR(x) (FLT(x) + 0x20)
#define AWLTR(x) (FLT(x) + 0x24)
#define AWSR(x) (FLT(x) + 0x28)
#define AWCFR(x) (FLT(x) + 0x2C)
#define EXMAX(x) (FLT(x) + 0x30)
#define EXMIN(x) (FLT(x) + 0x34)
#define CNVTIMR(x) (FLT(x) + 0x38)
#define FLT0_INT 110

#define DFSDMEN (1u << 31)
#define CKOUTDIV (63u << 16)
#define CHEN (1u << 7)
#define CKABEN (1u << 6)
#define BY_CKOUT (1u << 2)
#define FROM_MEMORY (2u << 12)
#define INTERLEAVED (1u << 14)
#define DUAL (2u << 14)
#define DFEN 1u
#define JSWSTART (1u << 1)
#define JSYNC (1u << 3)
#define JSCAN (1u << 4)
#define RSWSTART (1u << 17)
#define RCONT (1u << 18)
#define RSYNC (1u << 19)
#define RDMAEN (1u << 21)
#define RCH(y) ((uint32_t)(y) << 24)
#define FAST (1u << 29)
#define JEOC (1u << 0)
#define REOC (1u << 1)
#define ROVR (1u << 3)
#define AWD (1u << 4)
#define JCIP (1u << 13)
#define RCIP (1u << 14)
#define SINC(ford, fosr, iosr)                                                                     \
    ((uint32_t)(ford) << 29 | ((uint32_t)(fosr)-1) << 16 | ((uint32_t)(iosr)-1))
#define SAMPLE VTIME_US(1)
#define SOON VTIME_NS(300)

static void set_up(struct whole *w, unsigned x, uint32_t fcr, uint32_t cr1)
{
    set_bits(w, RCC_APB2ENR, 1u << 28);
    put(w, CR1(x), 0);
    put(w, FCR(x), fcr);
    put(w, CR1(x), cr1 | DFEN);
}

/* Channels 0 to 2 with CKOUT's clock. */
static void serial(struct whole *w)
{
    set_bits(w, RCC_APB2ENR, 1u << 28);
    put(w, CFGR1(0), CKOUTDIV);
    put(w, CFGR1(0), DFSDMEN | CKOUTDIV);
    put(w, CFGR1(0), DFSDMEN | CKOUTDIV | BY_CKOUT | CHEN);
    put(w, CFGR1(1), BY_CKOUT | CHEN);
    put(w, CFGR1(2), BY_CKOUT | CHEN);
}

static void from_memory(struct whole *w, uint32_t packing)
{
    set_bits(w, RCC_APB2ENR, 1u << 28);
    put(w, CFGR1(0), FROM_MEMORY | packing);
    put(w, CFGR1(0), FROM_MEMORY | packing | CHEN | DFSDMEN);
}

static void start(struct whole *w, unsigned x, uint32_t start_bit)
{
    set_bits(w, CR1(x), start_bit);
}

static void half_word(struct whole *w, unsigned y, uint16_t sample)
{
    chip_mmio_write(&w->soc.chip, DATINR(y), 2, sample);
}

static int32_t value(uint32_t data)
{
    return (int32_t)data >> 8;
}

/* 31.4.4: 32 * (1 - 1 + 3) + 3 samples; all are -1. */
static void a_serial_conversion(void **state)
{
    struct whole *w = *state;
    serial(w);
    assert_int_equal(chip_pinfunc(&w->soc.chip, "DFSDM1_CKOUT")->clock_uhz, CLOCK_UHZ(1000000));
    set_up(w, 0, SINC(3, 32, 1), RCH(1));
    put(w, CR2(0), REOC);
    start(w, 0, RSWSTART);
    assert_int_equal(get(w, ISR(0)) & (RCIP | REOC), RCIP);
    run_for(w, 99 * SAMPLE - SOON);
    assert_false(w->line[FLT0_INT]);
    run_for(w, 2 * SOON);
    assert_true(w->line[FLT0_INT]);
    assert_int_equal(get(w, ISR(0)) & (RCIP | REOC), REOC);
    uint32_t data = get(w, RDATAR(0));
    assert_int_equal(value(data), -32768);
    assert_int_equal(data & 0xFF, 1);
    assert_false(w->line[FLT0_INT]);
    assert_int_equal(get(w, CNVTIMR(0)) >> 4, 99 * 64);
}

/* CFGR2: shifted with rounding, then the offset is subtracted. */
static void shift_and_offset(void **state)
{
    struct whole *w = *state;
    from_memory(w, 0);
    put(w, CFGR1(0), FROM_MEMORY | DFSDMEN);
    put(w, CFGR2(0), 10u << 8 | 2u << 3);
    put(w, CFGR1(0), FROM_MEMORY | DFSDMEN | CHEN);
    set_up(w, 0, SINC(1, 1, 1), 0);
    start(w, 0, RSWSTART);
    half_word(w, 0, 46); /* 11.5 is 12 */
    assert_int_equal(value(get(w, RDATAR(0))), 2);
    put(w, CFGR2(0), 10u << 8 | 3u << 3);
    assert_int_equal(get(w, CFGR2(0)), 10u << 8 | 2u << 3);
    assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), 1);
}

/* A sample more between two conversions; with FAST none, and no filling of the filter. */
static void continuous_conversions(void **state)
{
    struct whole *w = *state;
    serial(w);
    set_up(w, 0, SINC(3, 32, 1), 0);
    start(w, 0, RSWSTART | RCONT);
    run_for(w, 99 * SAMPLE + SOON);
    get(w, RDATAR(0));
    run_for(w, 100 * SAMPLE - 2 * SOON);
    assert_int_equal(get(w, ISR(0)) & (RCIP | REOC), RCIP);
    run_for(w, 2 * SOON);
    assert_int_equal(get(w, ISR(0)) & (RCIP | REOC), RCIP | REOC);
    put(w, CR1(0), DFEN); /* RCONT: at once */
    assert_int_equal(get(w, ISR(0)) & RCIP, 0);
    set_up(w, 0, SINC(3, 32, 1), FAST);
    start(w, 0, RSWSTART | RCONT);
    put(w, CR1(0), FAST | RCONT | DFEN | RSWSTART); /* the next one is a first one again */
    run_for(w, 99 * SAMPLE + SOON);
    get(w, RDATAR(0));
    run_for(w, 100 * SAMPLE);
    get(w, RDATAR(0));
    run_for(w, 32 * SAMPLE - 2 * SOON);
    assert_int_equal(get(w, ISR(0)) & REOC, 0);
    run_for(w, 2 * SOON);
    assert_int_equal(get(w, ISR(0)) & REOC, REOC);
}

/* Nobody reads: one overrun, and no events from then on; the beat goes on. */
static void unread_results_cost_nothing(void **state)
{
    struct whole *w = *state;
    serial(w);
    size_t before = w->soc.chip.sched.count;
    set_up(w, 0, SINC(1, 9, 1), 0);
    start(w, 0, RSWSTART | RCONT);
    assert_int_equal(w->soc.chip.sched.count, before + 1);
    run_for(w, 21 * SAMPLE + SOON); /* 10 samples, and 11 */
    assert_int_equal(get(w, ISR(0)) & (REOC | ROVR), REOC | ROVR);
    assert_int_equal(w->soc.chip.sched.count, before);
    run_for(w, 110 * SAMPLE - SAMPLE);
    get(w, RDATAR(0));
    put(w, ICR(0), ROVR);
    assert_int_equal(get(w, ISR(0)) & (REOC | ROVR), 0);
    run_for(w, SAMPLE - 2 * SOON);
    assert_int_equal(get(w, ISR(0)) & REOC, 0);
    run_for(w, 2 * SOON);
    assert_int_equal(get(w, ISR(0)) & REOC, REOC);
}

/* 31.4.17. */
static void injected_before_regular(void **state)
{
    struct whole *w = *state;
    serial(w);
    set_up(w, 0, SINC(1, 9, 1), JSCAN);
    put(w, JCHGR(0), 6);
    start(w, 0, RSWSTART);
    run_for(w, 5 * SAMPLE);
    start(w, 0, JSWSTART);
    run_for(w, 10 * SAMPLE + SOON);
    assert_int_equal(get(w, ISR(0)) & (JCIP | JEOC | RCIP | REOC), JCIP | JEOC | RCIP);
    assert_int_equal(get(w, JDATAR(0)) & 0xFF, 1);
    run_for(w, 10 * SAMPLE);
    assert_int_equal(get(w, ISR(0)) & (JCIP | JEOC | RCIP | REOC), JEOC | RCIP);
    assert_int_equal(get(w, JDATAR(0)) & 0xFF, 2);
    run_for(w, 10 * SAMPLE);
    assert_int_equal(get(w, ISR(0)) & (RCIP | REOC), REOC);
    assert_int_equal(get(w, RDATAR(0)) & 0xFF, 1u << 4); /* RPEND */
}

/* One channel a request, in turn, by a timer or with filter 0. */
static void injected_one_by_one(void **state)
{
    struct whole *w = *state;
    serial(w);
    set_bits(w, RCC_APB1LENR, 1u << 4);
    set_up(w, 0, SINC(1, 9, 1), 0);
    set_up(w, 1, SINC(1, 9, 1), JSYNC | RSYNC);
    set_up(w, 2, SINC(1, 9, 1), 1u << 13 | 7u << 8); /* TIM6_TRGO, rising */
    put(w, JCHGR(0), 5);
    start(w, 0, JSWSTART);
    run_for(w, 11 * SAMPLE);
    assert_int_equal(get(w, JDATAR(0)) & 7, 0);
    assert_int_equal(get(w, ISR(1)) & JEOC, JEOC);
    start(w, 0, JSWSTART | RSWSTART);
    run_for(w, 11 * SAMPLE);
    assert_int_equal(get(w, JDATAR(0)) & 7, 2);
    assert_int_equal(get(w, ISR(2)) & JEOC, 0);
    put(w, 0x40001004, 2u << 4); /* TIM6: MMS update, UG */
    put(w, 0x40001014, 1);
    run_for(w, 11 * SAMPLE);
    assert_int_equal(get(w, ISR(2)) & JEOC, JEOC);
    assert_int_equal(get(w, ISR(1)) & REOC, REOC);
}

static void filters_of_written_samples(void **state)
{
    static const uint16_t x[] = {1, 10, 100, 1000, 2000, 3000, 4000, 5000, 7, 7};
    struct whole *w = *state;
    from_memory(w, 0);
    set_up(w, 0, SINC(2, 2, 1), 0); /* 4 samples and 2 more: x4 + 2 x3 + x2 */
    half_word(w, 0, 9999);          /* before the start: lost */
    start(w, 0, RSWSTART);
    for (unsigned i = 0; i < 5; i++) {
        half_word(w, 0, x[i]);
    }
    assert_int_equal(get(w, ISR(0)) & REOC, 0);
    half_word(w, 0, x[5]);
    assert_int_equal(value(get(w, RDATAR(0))), 1000 + 2 * 100 + 10);
    set_up(w, 0, SINC(0, 2, 1), 0); /* FastSinc */
    start(w, 0, RSWSTART);
    for (unsigned i = 0; i < 10; i++) {
        half_word(w, 0, x[i]);
    }
    assert_int_equal(get(w, ISR(0)) & REOC, REOC);
    assert_int_equal(value(get(w, RDATAR(0))), (5000 + 2 * 4000 + 3000) + (1000 + 2 * 100 + 10));
    set_up(w, 0, SINC(5, 3, 2), 0);
    start(w, 0, RSWSTART);
    for (unsigned i = 0; i < 3 * (2 - 1 + 5) + 5; i++) {
        half_word(w, 0, (uint16_t)-7);
    }
    assert_int_equal(value(get(w, RDATAR(0))), -7 * 3 * 3 * 3 * 3 * 3 * 2);
}

/* 31.4.6: two samples a word, for the channel or one for the next. */
static void packed_samples(void **state)
{
    struct whole *w = *state;
    from_memory(w, INTERLEAVED);
    set_up(w, 0, SINC(1, 1, 2), 0);
    start(w, 0, RSWSTART);
    put(w, DATINR(0), 300u << 16 | 40u);
    assert_int_equal(value(get(w, RDATAR(0))), 340);
    put(w, CFGR1(0), 0);
    put(w, CFGR1(1), FROM_MEMORY);
    put(w, CFGR1(1), FROM_MEMORY | CHEN);
    from_memory(w, DUAL);
    set_up(w, 0, SINC(1, 1, 1), 0);
    set_up(w, 1, SINC(1, 1, 1), RCH(1));
    start(w, 0, RSWSTART);
    start(w, 1, RSWSTART);
    put(w, DATINR(0), 300u << 16 | 40u);
    assert_int_equal(value(get(w, RDATAR(0))), 40);
    assert_int_equal(value(get(w, RDATAR(1))), 300);
    assert_int_equal(get(w, DATINR(1)), 300);
    put(w, DATINR(2), 5); /* DATMPX is 0 */
    assert_int_equal(get(w, DATINR(2)), 0);
    assert_int_equal(take_findings(w, FINDING_READ_ONLY), 1);
}

static void watchdog_and_extremes(void **state)
{
    struct whole *w = *state;
    from_memory(w, 0);
    set_up(w, 0, SINC(1, 1, 1), 0);
    put(w, CR2(0), AWD | 1u << 8 | 1u << 16);
    put(w, AWHTR(0), 100u << 8);
    put(w, AWLTR(0), (uint32_t)-100 << 8);
    start(w, 0, RSWSTART | RCONT);
    half_word(w, 0, 99);
    half_word(w, 0, (uint16_t)-99);
    assert_false(w->line[FLT0_INT]);
    assert_int_equal(value(get(w, EXMAX(0))), 99);
    assert_int_equal(value(get(w, EXMIN(0))), -99);
    assert_int_equal(get(w, EXMAX(0)), 0x80000000u);
    assert_int_equal(get(w, EXMIN(0)), 0x7FFFFF00u);
    half_word(w, 0, 100);
    assert_int_equal(get(w, AWSR(0)), 1u << 8);
    half_word(w, 0, (uint16_t)-100);
    assert_int_equal(get(w, AWSR(0)), 1u << 8 | 1u);
    assert_true(w->line[FLT0_INT]);
    put(w, AWCFR(0), 1u << 8);
    assert_int_equal(get(w, ISR(0)) & AWD, AWD);
    put(w, AWCFR(0), 1u);
    assert_int_equal(get(w, ISR(0)) & AWD, 0);
    assert_false(w->line[FLT0_INT]);
}

/* CKIN and Manchester code: no clock, no end. */
static void nobody_sends(void **state)
{
    struct whole *w = *state;
    serial(w);
    assert_int_equal(get(w, ISR(0)) >> 16, 0xFF);
    put(w, ICR(0), 0xFFu << 16);
    assert_int_equal(get(w, ISR(0)) >> 16, 0xF8); /* 0 to 2 beat with CKOUT */
    put(w, CFGR1(3), CHEN);
    put(w, CFGR1(4), CHEN | BY_CKOUT | 2u);
    put(w, ICR(0), 0xFFu << 16);
    assert_int_equal(get(w, ISR(0)) >> 16, 0xF8);
    put(w, CR2(0), 1u << 6);
    assert_false(w->line[FLT0_INT]);
    set_bits(w, CFGR1(3), CKABEN);
    assert_true(w->line[FLT0_INT]);
    set_up(w, 0, SINC(3, 32, 1), RCH(3));
    start(w, 0, RSWSTART);
    run_for(w, VTIME_S(1));
    assert_int_equal(get(w, ISR(0)) & (RCIP | REOC), RCIP);
    put(w, CR1(0), 0);
    assert_int_equal(get(w, ISR(0)) & RCIP, 0);
    put(w, CFGR1(5), 1u << 12);
    assert_int_equal(take_findings(w, FINDING_UNMODELLED), 1); /* from an ADC */
    put(w, CFGR1(0), 0);
    assert_int_equal(get(w, ISR(0)), 0xFFu << 16);
}

#define BUFFER 0x24000000u

static void results_by_dma(void **state)
{
    struct whole *w = *state;
    set_bits(w, RCC_AHB1ENR, 1);
    serial(w);
    set_up(w, 0, SINC(1, 9, 1), RDMAEN | FAST);
    put(w, 0x40020800, 101);
    put(w, 0x40020014, 4);
    put(w, 0x40020018, RDATAR(0));
    put(w, 0x4002001C, BUFFER);
    put(w, 0x40020010, 2u << 13 | 2u << 11 | 1u << 10 | 1u);
    start(w, 0, RSWSTART | RCONT);
    run_for(w, (10 + 3 * 9) * SAMPLE - SOON);
    assert_int_equal(get(w, 0x40020014), 1);
    run_for(w, 2 * SOON);
    assert_int_equal(get(w, 0x40020014), 0);
    assert_int_equal(ram_at(w, BUFFER)[13], 0xF7); /* -9 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WHOLE(a_serial_conversion),
        WHOLE(shift_and_offset),
        WHOLE(continuous_conversions),
        WHOLE(unread_results_cost_nothing),
        WHOLE(injected_before_regular),
        WHOLE(injected_one_by_one),
        WHOLE(filters_of_written_samples),
        WHOLE(packed_samples),
        WHOLE(watchdog_and_extremes),
        WHOLE(nobody_sends),
        WHOLE(results_by_dma),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
