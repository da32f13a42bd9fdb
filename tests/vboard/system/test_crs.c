/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* CRS in the whole chip (RM0399 10): with HSI48, as fast as it should be or not, and LSE. */
#include "tests/vboard/system/whole_chip.h"

#include "vboard/periph/rcc/rcc.h"

#define CRS 0x40008400u
#define CR (CRS + 0x0)
#define CFGR (CRS + 0x4)
#define ISR (CRS + 0x8)
#define ICR (CRS + 0xC)
#define SWSYNC (1u << 7)
#define AUTOTRIMEN (1u << 6)
#define CEN (1u << 5)
#define TRIM(n) ((n) << 8)
#define SOURCE_PIN_MS 0x0022BB7Fu /* 48,000 clocks, FELIM 34 */
#define IRQ_CRS 144

static void on(struct whole *w)
{
    set_bits(w, RCC_APB1HENR, 1u << 1);
    set_bits(w, RCC_CR, 1u << 12); /* HSI48ON */
    run_for(w, VTIME_US(10));
}

static void sync_after(struct whole *w, vtime_ps span)
{
    run_for(w, span);
    set_bits(w, CR, SWSYNC);
}

/* FELIM is 34 clocks: 0.7 us; 3 of it 2.1 us; 128 of it 90.7 us. */
static void evaluates_software_syncs(void **state)
{
    struct whole *w = *state;
    on(w);
    put(w, CFGR, SOURCE_PIN_MS);
    put(w, CR, TRIM(32u) | CEN | 1);
    sync_after(w, VTIME_US(100));
    assert_int_equal(get(w, ISR), 0);
    sync_after(w, VTIME_MS(1));
    assert_int_equal(get(w, ISR) & 0xFFFF, 8 | 1); /* ESYNCF, SYNCOKF */
    assert_true(w->line[IRQ_CRS]);
    assert_in_range(get(w, ISR) >> 16, 0, 1);
    put(w, ICR, 9);
    assert_false(w->line[IRQ_CRS]);
    sync_after(w, VTIME_US(990)); /* early by 480 clocks: HSI48 seems slow */
    assert_int_equal(get(w, ISR) & 0xFFFF, 1u << 15 | 2);
    assert_in_range(get(w, ISR) >> 16, 478, 480);
    put(w, ICR, 15);
    sync_after(w, VTIME_US(900));
    assert_int_equal(get(w, ISR) & 0xFFFF, 1u << 15 | 1u << 8 | 4); /* SYNCERR */
    put(w, ICR, 4);
    assert_int_equal(get(w, ISR) & 0x7FFF, 0);
    run_for(w, VTIME_US(1090));
    assert_int_equal(get(w, ISR) & 0x7FFF, 8);
    run_for(w, VTIME_US(2));
    assert_int_equal(get(w, ISR) & 0x7FFF, 1u << 9 | 8 | 4); /* SYNCMISS */
    assert_int_equal(get(w, CR) >> 8, 32);
}

/* 1 % fast, trimmed by LSE / 32: seven steps of 0.14 %. */
static void trims_by_lse(void **state)
{
    struct whole *w = *state;
    on(w);
    start_lse(w);
    rcc_set_drift(&w->soc.chip, CLK_HSI48, 10000);
    put(w, CFGR, 5u << 24 | 1u << 28 | 34u << 16 | (46875 - 1)); /* 48 MHz / 1024 Hz */
    put(w, CR, TRIM(32u) | AUTOTRIMEN | CEN);
    run_for(w, VTIME_MS(20));
    assert_int_equal(get(w, CR) >> 8, 25);
    assert_in_range(clock_hz(&w->soc.chip.clocks[CLK_HSI48]), 47990000, 48010000);
    put(w, ICR, 15);
    run_for(w, VTIME_MS(2));
    assert_int_equal(get(w, ISR) & 7, 1);
    put(w, CR, TRIM(60u) | AUTOTRIMEN | CEN); /* read-only meanwhile */
    assert_int_equal(get(w, CR) >> 8, 25);
}

static void trims_by_hand_and_no_further(void **state)
{
    struct whole *w = *state;
    on(w);
    put(w, CR, TRIM(42u));
    assert_int_equal(clock_hz(&w->soc.chip.clocks[CLK_HSI48]), 48672000);
    put(w, CFGR, SOURCE_PIN_MS);
    put(w, CR, TRIM(63u) | AUTOTRIMEN | CEN);
    sync_after(w, 1);
    sync_after(w, VTIME_US(900));                             /* 46,987 of 48,001 */
    assert_int_equal(get(w, ISR) & 0x7FFF, 1u << 10 | 4 | 2); /* TRIMOVF */
    assert_int_equal(get(w, CR) >> 8, 63);
}

static void what_is_refused_or_never_comes(void **state)
{
    struct whole *w = *state;
    on(w);
    put(w, CR, TRIM(32u) | CEN); /* SYNCSRC after reset: USB, where nothing is plugged in */
    put(w, CFGR, SOURCE_PIN_MS);
    assert_int_equal(take_findings(w, FINDING_READ_ONLY), 1);
    assert_int_equal(get(w, CFGR), 0x2022BB7F);
    run_for(w, VTIME_MS(10));
    assert_int_equal(get(w, ISR), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {WHOLE(evaluates_software_syncs), WHOLE(trims_by_lse),
                                       WHOLE(trims_by_hand_and_no_further),
                                       WHOLE(what_is_refused_or_never_comes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
