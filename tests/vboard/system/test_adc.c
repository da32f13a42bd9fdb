/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* ADC: RM0399 chapter 26. ADC's clock is HCLK / 4, 16 MHz. */
#include "tests/vboard/system/whole_chip.h"

#define ADC1 0x40022000u
#define ADC3 0x58026000u
#define ISR 0x00u
#define IER 0x04u
#define CR 0x08u
#define CFGR 0x0Cu
#define CFGR2 0x10u
#define PCSEL 0x1Cu
#define LTR1 0x20u
#define HTR1 0x24u
#define SQR1 0x30u
#define DR 0x40u
#define JSQR 0x4Cu
#define OFR1 0x60u
#define JDR1 0x80u
#define CCR 0x308u
#define ADRDY 1u
#define EOC 4u
#define EOS 8u
#define OVR 16u
#define JEOS 64u
#define AWD1 128u
#define ADEN 1u
#define ADSTART 4u
#define JADSTART 8u
#define ADSTP 16u
#define ADVREGEN (1u << 28)
#define ADCAL (1u << 31)

/* Regulator, calibration, ADEN; PA3 (channel 15) has 1.65 V, PA6 (3) 0.825 V. */
static void start(struct whole *w, uint32_t base)
{
    set_bits(w, RCC_AHB1ENR, 1u << 5);
    set_bits(w, RCC_AHB4ENR, 1u << 24);
    chip_analog_set(&w->soc.chip, 'A', 3, 1650000);
    chip_analog_set(&w->soc.chip, 'A', 6, 825000);
    put(w, base + CCR, 3u << 16 | 7u << 22);
    put(w, base + CR, ADVREGEN);
    assert_int_equal(get(w, base + ISR), 0);
    run_for(w, VTIME_US(10));
    assert_int_equal(get(w, base + ISR), 1u << 12); /* LDORDY */
    put(w, base + CR, ADVREGEN | ADCAL);
    assert_int_equal(get(w, base + CR) & ADCAL, ADCAL);
    run_for(w, VTIME_US(80)); /* 1,280 cycles */
    assert_int_equal(get(w, base + CR) & ADCAL, 0);
    put(w, base + CR, ADVREGEN | ADEN);
    run_for(w, VTIME_US(1));
    assert_int_equal(get(w, base + ISR) & ADRDY, ADRDY);
    put(w, base + PCSEL, 0xFFFFF);
}

/* 1.5 + 8.5 cycles of 62.5 ns. */
static void single_conversion(void **state)
{
    struct whole *w = *state;
    start(w, ADC1);
    put(w, ADC1 + SQR1, 15u << 6);
    put(w, ADC1 + CR, ADVREGEN | ADSTART);
    run_for(w, VTIME_NS(600));
    assert_int_equal(get(w, ADC1 + ISR) & EOC, 0);
    run_for(w, VTIME_NS(50));
    assert_int_equal(get(w, ADC1 + ISR) & (EOC | EOS), EOC | EOS);
    assert_int_equal(get(w, ADC1 + CR) & ADSTART, 0);
    assert_int_equal(get(w, ADC1 + DR), 0x8000);
    assert_int_equal(get(w, ADC1 + ISR) & EOC, 0);
    put(w, ADC1 + CFGR, 1u << 31 | 2u << 2); /* 12 bits */
    put(w, ADC1 + CR, ADVREGEN | ADSTART);
    run_for(w, VTIME_US(1));
    assert_int_equal(get(w, ADC1 + DR), 0x800);
}

/* A scan of two into memory, circular, by DMA1 and request 9; the interrupt of the sequence's end. */
static void scan_by_dma(void **state)
{
    struct whole *w = *state;
    start(w, ADC1);
    set_bits(w, RCC_AHB1ENR, 1);
    put(w, 0x40020800, 9);
    put(w, 0x40020018, ADC1 + DR);
    put(w, 0x4002001C, 0x30000000);
    put(w, 0x40020014, 4);
    set_bits(w, RCC_AHB2ENR, 7u << 29);
    put(w, 0x40020010, 1u << 13 | 1u << 11 | 1u << 10 | 1u << 8 | 1);
    put(w, ADC1 + SQR1, 3u << 12 | 15u << 6 | 1);
    put(w, ADC1 + CFGR, 1u << 31 | 1u << 13 | 3);
    put(w, ADC1 + IER, EOS);
    put(w, ADC1 + CR, ADVREGEN | ADSTART);
    run_for(w, VTIME_US(20));
    assert_true(w->line[18]);
    uint16_t got[4];
    memcpy(got, ram_at(w, 0x30000000), sizeof(got));
    assert_int_equal(got[0], 0x8000);
    assert_int_equal(got[1], 0x4000);
    assert_int_equal(got[3], 0x4000);
    assert_int_equal(get(w, ADC1 + ISR) & OVR, 0);
    put(w, ADC1 + CR, ADVREGEN | ADSTP);
    assert_int_equal(get(w, ADC1 + CR), ADVREGEN | ADEN);
}

/* TIM6's update (EXTSEL 13) every 100 us; nobody reads: the third is an overrun that keeps the first. */
static void triggered_by_a_timer(void **state)
{
    struct whole *w = *state;
    start(w, ADC1);
    set_bits(w, RCC_APB1LENR, 1u << 4);
    put(w, ADC1 + SQR1, 15u << 6);
    put(w, ADC1 + CFGR, 1u << 31 | 1u << 10 | 13u << 5);
    put(w, ADC1 + CR, ADVREGEN | ADSTART);
    put(w, 0x4000102C, 6399);
    put(w, 0x40001004, 2u << 4);
    put(w, 0x40001000, 1);
    run_for(w, VTIME_US(99));
    assert_int_equal(get(w, ADC1 + ISR) & EOC, 0);
    run_for(w, VTIME_US(3));
    assert_int_equal(get(w, ADC1 + ISR) & EOC, EOC);
    chip_analog_set(&w->soc.chip, 'A', 3, 0);
    run_for(w, VTIME_US(100));
    assert_int_equal(get(w, ADC1 + ISR) & OVR, OVR);
    assert_int_equal(get(w, ADC1 + DR), 0x8000);
}

/* VREFINT and the temperature sensor agree with the calibration words in system memory. */
static void internal_channels(void **state)
{
    struct whole *w = *state;
    uint16_t vrefint, ts30, ts110;
    start(w, ADC3);
    put(w, ADC3 + SQR1, 18u << 12 | 19u << 6 | 1);
    put(w, ADC3 + CFGR, 1u << 31 | 1u << 14); /* AUTDLY: one by one */
    put(w, ADC3 + CR, ADVREGEN | ADSTART);
    memcpy(&vrefint, ram_at(w, 0x1FF1E860), 2);
    memcpy(&ts30, ram_at(w, 0x1FF1E820), 2);
    memcpy(&ts110, ram_at(w, 0x1FF1E840), 2);
    run_for(w, VTIME_US(5));
    assert_int_equal(get(w, ADC3 + DR), vrefint);
    run_for(w, VTIME_US(5));
    int32_t raw = (int32_t)get(w, ADC3 + DR);
    assert_int_equal((raw - ts30) * 80 / (ts110 - ts30) + 30, 26); /* 25, rounded towards 30 */
}

static void watchdog_offset_oversampling(void **state)
{
    struct whole *w = *state;
    start(w, ADC1);
    put(w, ADC1 + SQR1, 15u << 6);
    put(w, ADC1 + HTR1, 0x7FFF);
    put(w, ADC1 + CFGR, 1u << 31 | 1u << 23);
    put(w, ADC1 + OFR1, 15u << 26 | 0x100);
    put(w, ADC1 + CR, ADVREGEN | ADSTART);
    run_for(w, VTIME_US(2));
    assert_int_equal(get(w, ADC1 + ISR) & AWD1, 0);
    assert_int_equal(get(w, ADC1 + DR), 0x7F00);
    put(w, ADC1 + OFR1, 0);
    put(w, ADC1 + CFGR2, 15u << 16 | 2u << 5 | 1); /* 16 of them, / 4 */
    put(w, ADC1 + CR, ADVREGEN | ADSTART);
    run_for(w, VTIME_US(9));
    assert_int_equal(get(w, ADC1 + ISR) & EOC, 0);
    run_for(w, VTIME_US(2));
    assert_int_equal(get(w, ADC1 + ISR) & AWD1, AWD1);
    assert_int_equal(get(w, ADC1 + DR), 0x20000);
}

/* An injected pair in the middle of a continuous regular conversion. */
static void injected_group(void **state)
{
    struct whole *w = *state;
    start(w, ADC1);
    put(w, ADC1 + SQR1, 15u << 6);
    put(w, ADC1 + CFGR, 1u << 31 | 1u << 13 | 1u << 12);
    put(w, ADC1 + JSQR, 15u << 15 | 3u << 9 | 1);
    put(w, ADC1 + CR, ADVREGEN | ADSTART);
    run_for(w, VTIME_NS(900));
    put(w, ADC1 + CR, ADVREGEN | JADSTART);
    run_for(w, VTIME_US(2));
    assert_int_equal(get(w, ADC1 + ISR) & JEOS, JEOS);
    assert_int_equal(get(w, ADC1 + JDR1), 0x4000);
    assert_int_equal(get(w, ADC1 + JDR1 + 4), 0x8000);
    (void)get(w, ADC1 + DR);
    run_for(w, VTIME_US(2));
    assert_int_equal(get(w, ADC1 + ISR) & EOC, EOC); /* it has gone on */
    assert_int_equal(get(w, ADC1 + CR) & JADSTART, 0);
}

/* 26.4.32: interleaved, continuous, packed: the slave samples 1.5 + 1.5 cycles later, one DMA request for both. */
static void dual_interleaved(void **state)
{
    struct whole *w = *state;
    const uint32_t adc2 = ADC1 + 0x100;
    start(w, ADC1);
    put(w, adc2 + CR, ADVREGEN);
    run_for(w, VTIME_US(10));
    put(w, ADC1 + CR, ADVREGEN);
    put(w, ADC1 + CCR, 3u << 16 | 7u | 2u << 14);
    put(w, ADC1 + CR, ADVREGEN | ADEN);
    put(w, adc2 + CR, ADVREGEN | ADEN);
    run_for(w, VTIME_US(1));
    put(w, adc2 + PCSEL, 0xFFFFF);
    put(w, ADC1 + SQR1, 15u << 6); /* 1.65 V */
    put(w, adc2 + SQR1, 3u << 6);  /* 0.825 V */
    put(w, ADC1 + CR, ADVREGEN | ADEN | ADSTART);
    assert_int_equal(get(w, adc2 + CR) & ADSTART, ADSTART);
    run_for(w, VTIME_NS(650)); /* 10 cycles */
    assert_int_equal(get(w, ADC1 + ISR) & EOC, EOC);
    assert_int_equal(get(w, adc2 + ISR) & EOC, 0);
    run_for(w, VTIME_NS(190)); /* and three more */
    assert_int_equal(get(w, adc2 + ISR) & EOC, EOC);
    assert_int_equal(get(w, ADC1 + 0x30C), 0x40008000u);
    assert_int_equal(get(w, ADC1 + ISR) & EOC, 0);
    assert_int_equal(get(w, adc2 + ISR) & EOC, 0);
    put(w, ADC1 + CFGR, 1u << 31 | 1u << 13 | 1);
    put(w, adc2 + CFGR, 1u << 31 | 1);
    set_bits(w, RCC_AHB1ENR, 1);
    set_bits(w, RCC_AHB2ENR, 7u << 29);
    put(w, 0x40020800, 9);
    put(w, 0x40020018, ADC1 + 0x30C);
    put(w, 0x4002001C, 0x30000000);
    put(w, 0x40020014, 4);
    put(w, 0x40020010, 2u << 13 | 2u << 11 | 1u << 10 | 1);
    put(w, ADC1 + CR, ADVREGEN | ADEN | ADSTART);
    run_for(w, VTIME_US(10));
    for (unsigned i = 0; i < 4; i++) {
        assert_memory_equal(ram_at(w, 0x30000000 + 4 * i), "\x00\x80\x00\x40", 4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WHOLE(single_conversion),
        WHOLE(scan_by_dma),
        WHOLE(triggered_by_a_timer),
        WHOLE(internal_channels),
        WHOLE(watchdog_offset_oversampling),
        WHOLE(injected_group),
        WHOLE(dual_interleaved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
