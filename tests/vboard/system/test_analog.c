/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What follows voltages, in the whole chip: VREFBUF (RM0399 28), COMP (29), OPAMP (30). */
#include "tests/vboard/system/whole_chip.h"

#define VREFBUF 0x58003C00u
#define DAC1 0x40007400u
#define ENVR 1u
#define HIZ 2u
#define VRR 8u

/* ---- VREFBUF ---- */

/* Nothing but the buffer supplies VREF+: half of the DAC's range is half of 2.048 V. */
static void vrefbuf_supplies_converters(void **state)
{
    struct whole *w = *state;
    w->soc.chip.analog.vref_outside_mv = 0;
    set_bits(w, RCC_APB4ENR, 1u << 15);
    set_bits(w, RCC_APB1LENR, 1u << 29);
    assert_int_equal(get(w, VREFBUF), HIZ);
    put(w, VREFBUF, 1u << 4 | ENVR);
    run_for(w, VTIME_US(400));
    assert_int_equal(get(w, VREFBUF) & VRR, 0);
    run_for(w, VTIME_US(200));
    assert_int_equal(get(w, VREFBUF) & VRR, VRR);
    put(w, DAC1, 1);
    put(w, DAC1 + 8, 2048);
    assert_int_equal(chip_analog_uv(&w->soc.chip, 'A', 4), 1024000);
    put(w, VREFBUF, 1u << 4 | HIZ | ENVR); /* hold */
    assert_int_equal(get(w, VREFBUF) & VRR, VRR);
    assert_int_equal(chip_vref_mv(&w->soc.chip), 2048);
    put(w, VREFBUF, 0);
    assert_int_equal(get(w, VREFBUF), 0);
    assert_int_equal(chip_vref_mv(&w->soc.chip), 0);
}

static void vrefbuf_against_the_board(void **state)
{
    struct whole *w = *state;
    set_bits(w, RCC_APB4ENR, 1u << 15);
    put(w, VREFBUF, ENVR | HIZ);
    assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), 0);
    put(w, VREFBUF, ENVR);
    assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), 1);
    run_for(w, VTIME_MS(1));
    assert_int_equal(get(w, VREFBUF) & VRR, VRR);
    assert_int_equal(chip_vref_mv(&w->soc.chip), 3300);
    put(w, VREFBUF, 2u << 4 | ENVR); /* VRS while it is enabled */
    assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), 1);
}

/* ---- COMP ---- */

#define COMP 0x58003800u
#define SR (COMP + 0x00)
#define ICFR (COMP + 0x04)
#define OR (COMP + 0x08)
#define CFGR1 (COMP + 0x0C)
#define CFGR2 (COMP + 0x10)
#define IRQ_COMP 137
#define INM_HALF_VREF (1u << 16)
#define INM_DAC2 (5u << 16)
#define INM_PIN1 (6u << 16)

static void comp_on(struct whole *w)
{
    set_bits(w, RCC_APB4ENR, 1u << 14);
}

static void volts(struct whole *w, char port, unsigned pin, uint32_t mv)
{
    chip_analog_set(&w->soc.chip, port, pin, mv * 1000);
}

/* PB0 against half of VREFINT (608 mV) with 20 mV of hysteresis; the flag is of rising edges alone. */
static void comp_against_the_scaler(void **state)
{
    struct whole *w = *state;
    comp_on(w);
    volts(w, 'B', 0, 600);
    put(w, CFGR1, INM_HALF_VREF | 2u << 8 | 1u << 6 | 1u << 2 | 1u << 1 | 1);
    assert_int_equal(get(w, SR), 0);
    volts(w, 'B', 0, 609);
    assert_int_equal(get(w, SR), 1u << 16 | 1);
    assert_true(w->line[IRQ_COMP]);
    put(w, ICFR, 1u << 16);
    assert_int_equal(get(w, SR), 1);
    assert_false(w->line[IRQ_COMP]);
    volts(w, 'B', 0, 589);
    assert_int_equal(get(w, SR), 1);
    volts(w, 'B', 0, 588);
    assert_int_equal(get(w, SR), 0);
    put(w, CFGR1,
        INM_HALF_VREF | 1u << 2 | 1); /* without its bridge the scaler gives all of VREFINT */
    volts(w, 'B', 0, 1210);
    assert_int_equal(get(w, SR), 0);
    volts(w, 'B', 0, 1217);
    assert_int_equal(get(w, SR) & 1, 1);
}

static void comp_inputs_and_polarity(void **state)
{
    struct whole *w = *state;
    comp_on(w);
    set_bits(w, RCC_APB1LENR, 1u << 29);
    put(w, DAC1 + 0x3C, 1u << 16);
    put(w, DAC1, 1u << 16);
    put(w, DAC1 + 0x14, 2048); /* channel 2: 1650 mV */
    volts(w, 'E', 11, 1700);
    volts(w, 'E', 10, 1800);
    put(w, CFGR2, 1u << 20 | INM_DAC2 | 1);
    assert_int_equal(get(w, SR) & 2, 2);
    put(w, DAC1 + 0x14, 2200);
    assert_int_equal(get(w, SR) & 2, 0);
    put(w, CFGR2, 1u << 20 | INM_PIN1 | 1u << 3 | 1);
    assert_int_equal(get(w, SR) & 2, 2);
    volts(w, 'E', 10, 1600);
    assert_int_equal(get(w, SR) & 2, 0);
    put(w, CFGR2, 1u << 20 | INM_PIN1 | 1u << 3); /* off: low, whatever the polarity */
    assert_int_equal(get(w, SR) & 2, 0);
}

/* 29.3.5: both compare PB0; in between the thresholds of PB1 and PE10, one is high. */
static void comp_window(void **state)
{
    struct whole *w = *state;
    comp_on(w);
    volts(w, 'B', 1, 1000);
    volts(w, 'E', 10, 2000);
    volts(w, 'B', 0, 1500);
    put(w, CFGR1, INM_PIN1 | 1);
    put(w, CFGR2, INM_PIN1 | 1u << 4 | 1);
    assert_int_equal(get(w, SR) & 3, 1);
    volts(w, 'B', 0, 2500);
    assert_int_equal(get(w, SR) & 3, 3);
    volts(w, 'B', 0, 500);
    assert_int_equal(get(w, SR) & 3, 0);
}

static void comp_lock(void **state)
{
    struct whole *w = *state;
    comp_on(w);
    put(w, CFGR1, 1u << 31 | INM_PIN1 | 1);
    put(w, CFGR1, 0);
    put(w, OR, 0);
    assert_int_equal(take_findings(w, FINDING_READ_ONLY), 2);
    assert_int_equal(get(w, CFGR1), 1u << 31 | INM_PIN1 | 1);
    put(w, CFGR2, 1);
    assert_int_equal(get(w, CFGR2), 1);
    put(w, 0x5802449C, 1u << 14); /* RCC_APB4RSTR.COMP12RST: the lock stays */
    put(w, 0x5802449C, 0);
    assert_int_equal(get(w, CFGR1), 1u << 31 | INM_PIN1 | 1);
    assert_int_equal(get(w, CFGR2), 0);
}

/* The output is seen on a pin (PC5, AF13), by EXTI 20 (its interrupt is 137, too), and blanked by TIM2's OC3. */
static void comp_output(void **state)
{
    struct whole *w = *state;
    comp_on(w);
    set_bits(w, RCC_APB1LENR, 1);
    pin_af(w, 'C', 5, 13);
    put(w, 0x58000000, 1u << 20); /* EXTI_RTSR1 */
    set_bits(w, 0x58000080, 1u << 20);
    volts(w, 'B', 1, 1000);
    put(w, CFGR1, 2u << 24 | INM_PIN1 | 1);
    volts(w, 'B', 0, 1500);
    assert_true(signal_is_high(chip_pin(&w->soc.chip, 'C', 5)));
    assert_int_equal(get(w, 0x58000088), 1u << 20);
    assert_true(w->line[IRQ_COMP]);
    put(w, 0x58000088, 1u << 20);
    assert_false(w->line[IRQ_COMP]);
    put(w, 0x40000020, 1u << 8); /* TIM2_CCER: CC3E */
    put(w, 0x4000001C, 5u << 4); /* TIM2_CCMR2: OC3M forced active */
    assert_int_equal(get(w, SR) & 1, 0);
    assert_false(signal_is_high(chip_pin(&w->soc.chip, 'C', 5)));
    put(w, 0x4000001C, 4u << 4);
    assert_int_equal(get(w, SR) & 1, 1);
}

/* Of the blanking sources those of channel 5 are missing. */
static void comp_blanking_unmodelled(void **state)
{
    struct whole *w = *state;
    comp_on(w);
    put(w, CFGR1, 1u << 24);
    assert_int_equal(take_findings(w, FINDING_UNMODELLED), 1);
    put(w, CFGR1, 6u << 24);
}

/* A pin without a voltage of its own has its level's: the comparator follows a GPIO output. */
static void comp_follows_a_level(void **state)
{
    struct whole *w = *state;
    comp_on(w);
    set_bits(w, RCC_AHB4ENR, 1u << 1);
    volts(w, 'B', 1, 1000);
    put(w, CFGR1, INM_PIN1 | 1);
    put(w, 0x58020400, 0xFFFFFEBDu);
    put(w, 0x58020418, 1);
    assert_int_equal(get(w, SR) & 1, 1);
    put(w, 0x58020418, 1u << 16);
    assert_int_equal(get(w, SR) & 1, 0);
}

/* ---- OPAMP ---- */

#define OPAMP 0x40009000u
#define OPAEN 1u
#define VM_PGA (2u << 5)
#define VM_FOLLOWER (3u << 5)

static uint32_t out_mv(struct whole *w, char port, unsigned pin)
{
    return chip_analog_uv(&w->soc.chip, port, pin) / 1000;
}

static void opamp_gains(void **state)
{
    struct whole *w = *state;
    set_bits(w, RCC_APB1HENR, 1u << 4);
    volts(w, 'B', 0, 200);
    put(w, OPAMP, VM_FOLLOWER | OPAEN);
    assert_int_equal(out_mv(w, 'C', 4), 200);
    for (unsigned i = 0; i < 4; i++) {
        put(w, OPAMP, i << 14 | VM_PGA | OPAEN);
        assert_int_equal(out_mv(w, 'C', 4), 400 << i);
        volts(w, 'B', 0, 100);
        assert_int_equal(out_mv(w, 'C', 4), 200 << i);
        volts(w, 'B', 0, 200);
    }
    put(w, OPAMP, 1u << 12 | VM_FOLLOWER | 2 | OPAEN); /* FORCE_VP: a tenth of VDDA */
    assert_int_equal(out_mv(w, 'C', 4), 330);
    put(w, OPAMP, 3u << 14 | VM_PGA | OPAEN);
    volts(w, 'B', 0, 600); /* 30.3.4: saturates */
    assert_int_equal(out_mv(w, 'C', 4), 3300);
    put(w, OPAMP, 0);
    assert_int_equal(out_mv(w, 'C', 4), 0);
}

/* Biased with 1 V, -3 for what is at INM0 (PE8): 4 * 1000 - 3 * 900. */
static void opamp_inverts(void **state)
{
    struct whole *w = *state;
    set_bits(w, RCC_APB1HENR, 1u << 4);
    volts(w, 'E', 9, 1000);
    volts(w, 'E', 8, 900);
    put(w, OPAMP + 0x10, 9u << 14 | VM_PGA | OPAEN);
    assert_int_equal(out_mv(w, 'E', 7), 1300);
    volts(w, 'E', 8, 800);
    assert_int_equal(out_mv(w, 'E', 7), 1600);
    volts(w, 'E', 8, 1500);
    assert_int_equal(out_mv(w, 'E', 7), 0);
}

/* ADC1's channel 4 is PC4; the comparator's INM2, too. The input is DAC1's channel 1. */
static void opamp_to_others(void **state)
{
    struct whole *w = *state;
    comp_on(w);
    set_bits(w, RCC_APB1HENR, 1u << 4);
    set_bits(w, RCC_APB1LENR, 1u << 29);
    put(w, DAC1 + 0x3C, 1);
    put(w, DAC1, 1);
    put(w, DAC1 + 8, 512); /* 412.5 mV */
    put(w, OPAMP, 1u << 14 | VM_PGA | 1u << 2 | OPAEN);
    assert_int_equal(out_mv(w, 'C', 4), 1650);
    volts(w, 'B', 2, 1700);
    put(w, CFGR1, 1u << 20 | 7u << 16 | 1);
    assert_int_equal(get(w, SR) & 1, 1);
    put(w, DAC1 + 8, 600);
    assert_int_equal(get(w, SR) & 1, 0);
}

static void opamp_feedback_outside(void **state)
{
    struct whole *w = *state;
    set_bits(w, RCC_APB1HENR, 1u << 4);
    put(w, OPAMP, OPAEN);
    assert_int_equal(take_findings(w, FINDING_UNMODELLED), 1);
}

/* 30.3.5: from 0 up to the first value with CALOUT = 0. */
static void opamp_calibration(void **state)
{
    struct whole *w = *state;
    set_bits(w, RCC_APB1HENR, 1u << 4);
    put(w, OPAMP, 1u << 18 | 3u << 12 | 1u << 11 | OPAEN);
    unsigned trim = 0;
    put(w, OPAMP + 4, 0);
    while (trim < 31 && (get(w, OPAMP) >> 30 & 1u) != 0) {
        put(w, OPAMP + 4, ++trim);
    }
    assert_int_equal(trim, 16);
    put(w, OPAMP, 1u << 18 | 1u << 12 | 1u << 11 | OPAEN);
    assert_int_equal(get(w, OPAMP) >> 30, 1); /* of P: 0 still */
}

int main(void)
{
    const struct CMUnitTest tests[] = {WHOLE(vrefbuf_supplies_converters),
                                       WHOLE(vrefbuf_against_the_board),
                                       WHOLE(comp_against_the_scaler),
                                       WHOLE(comp_inputs_and_polarity),
                                       WHOLE(comp_window),
                                       WHOLE(comp_lock),
                                       WHOLE(comp_output),
                                       WHOLE(comp_blanking_unmodelled),
                                       WHOLE(comp_follows_a_level),
                                       WHOLE(opamp_gains),
                                       WHOLE(opamp_inverts),
                                       WHOLE(opamp_to_others),
                                       WHOLE(opamp_feedback_outside),
                                       WHOLE(opamp_calibration)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
