/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* DSIHOST of the STM32H747 (RM0399 34): what a driver waits for comes, what a display would say does not. */
#include "tests/vboard/system/whole_chip.h"

#include "vboard/periph/dsihost/dsihost.h"
#include "vboard/periph/rcc/rcc.h"

#define DSI 0x50000000u
#define CR (DSI + 0x04)
#define LVCIDR (DSI + 0x0C)
#define VMCR (DSI + 0x38)
#define GHCR (DSI + 0x6C)
#define GPDR (DSI + 0x70)
#define GPSR (DSI + 0x74)
#define PCTLR (DSI + 0xA0)
#define PCONFR (DSI + 0xA4)
#define PUCR (DSI + 0xA8)
#define PSR (DSI + 0xB0)
#define ISR0 (DSI + 0xBC)
#define ISR1 (DSI + 0xC0)
#define IER1 (DSI + 0xC8)
#define FIR0 (DSI + 0xD8)
#define FIR1 (DSI + 0xDC)
#define VSCR (DSI + 0x100)
#define LCVCIDR (DSI + 0x10C)
#define VMCCR (DSI + 0x138)
#define WCFGR (DSI + 0x400)
#define WCR (DSI + 0x404)
#define WIER (DSI + 0x408)
#define WISR (DSI + 0x40C)
#define WIFCR (DSI + 0x410)
#define WRPCR (DSI + 0x430)
#define REGEN (1u << 24)
#define PLL_SETTINGS (5u << 11 | 100u << 2) /* 25 MHz / 5 * 100: 500 MHz */
#define PLLEN 1u
#define RRIF (1u << 13)
#define RRS (1u << 12)
#define PLLUIF (1u << 10)
#define PLLLIF (1u << 9)
#define PLLLS (1u << 8)
#define ERIF 2u
#define BUSY 4u
#define NOT_IN_ULPS 0x1528u
#define STOPPED_1 0x14u /* clock lane, lane 0 */
#define STOPPED_2 0x94u /* and lane 1 */
#define EMPTY 0x15u
#define IRQ_DSI 123

static void on(struct whole *w)
{
    const struct rcc_hse hse = {.uhz = CLOCK_UHZ(25000000), .startup = VTIME_MS(2)};
    rcc_set_hse(&w->soc.chip, &hse);
    set_bits(w, RCC_CR, 1u << 16); /* HSEON */
    run_for(w, VTIME_MS(5));
    set_bits(w, RCC_APB3ENR, 1u << 4);
}

/* As 34.14.1 orders it. */
static void start(struct whole *w)
{
    on(w);
    put(w, WRPCR, REGEN);
    run_for(w, VTIME_MS(1));
    put(w, WRPCR, REGEN | PLL_SETTINGS);
    put(w, WRPCR, REGEN | PLL_SETTINGS | PLLEN);
    run_for(w, VTIME_MS(1));
    put(w, WIFCR, 0x2603);
    put(w, CR, 1);
    put(w, PCTLR, 2);
    put(w, PCTLR, 6);
}

static void regulator_and_pll(void **state)
{
    struct whole *w = *state;
    on(w);
    put(w, WIER, RRIF | PLLLIF | PLLUIF);
    put(w, WRPCR, REGEN | PLL_SETTINGS | PLLEN);
    assert_int_equal(get(w, WISR), 0);
    while (!w->line[IRQ_DSI]) {
        run_for(w, VTIME_US(10));
    }
    assert_int_equal(get(w, WISR), RRIF | RRS); /* the PLL comes after */
    put(w, WIFCR, RRIF);
    assert_false(w->line[IRQ_DSI]);
    run_for(w, VTIME_MS(1));
    assert_int_equal(get(w, WISR), RRS | PLLLIF | PLLLS);
    assert_true(w->line[IRQ_DSI]);
    put(w, WIFCR, PLLLIF);
    put(w, WRPCR, REGEN | PLL_SETTINGS);
    assert_int_equal(get(w, WISR), RRS | PLLUIF);
    put(w, WIFCR, PLLUIF);
    put(w, WRPCR, REGEN | PLLEN); /* NDIV 0 is none of the allowed */
    run_for(w, VTIME_MS(1));
    assert_int_equal(get(w, WISR), RRS);
    put(w, WRPCR, 0);
    assert_int_equal(get(w, WISR), 0);
    assert_false(w->line[IRQ_DSI]);
}

static void lanes(void **state)
{
    struct whole *w = *state;
    on(w);
    assert_int_equal(get(w, PSR), NOT_IN_ULPS);
    start(w);
    assert_int_equal(get(w, PSR), NOT_IN_ULPS | STOPPED_2);
    put(w, PCONFR, 0);
    assert_int_equal(get(w, PSR), NOT_IN_ULPS | STOPPED_1);
    put(w, PCONFR, 1);
    put(w, PUCR, 5); /* into ULPS, by 34.14.9 */
    assert_int_equal(get(w, PSR) & 0x1FE, 0);
    put(w, WRPCR, REGEN | PLL_SETTINGS);
    run_for(w, VTIME_MS(1));
    put(w, WRPCR, REGEN | PLL_SETTINGS | PLLEN);
    run_for(w, VTIME_MS(1));
    assert_int_equal(get(w, WISR) & PLLLS, PLLLS);
    put(w, PUCR, 0xF);
    assert_int_equal(get(w, PSR), NOT_IN_ULPS);
    put(w, PUCR, 0);
    assert_int_equal(get(w, PSR), NOT_IN_ULPS | STOPPED_2);
    put(w, PCTLR, 2);
    assert_int_equal(get(w, PSR), NOT_IN_ULPS | (STOPPED_2 & ~4u));
}

static void packets(void **state)
{
    struct whole *w = *state;
    struct chip *c = &w->soc.chip;
    start(w);
    assert_int_equal(get(w, GPSR), EMPTY);
    put(w, GHCR, 0x05 | 0x11 << 8); /* DCS: leave sleep mode */
    assert_int_equal(get(w, GPSR), EMPTY);
    assert_int_equal(dsihost_packets(c), 1);
    put(w, GPDR, 0x04030201);
    put(w, GHCR, 0x39 | 4 << 8);
    assert_int_equal(get(w, GPSR), EMPTY);
    assert_int_equal(dsihost_packets(c), 2);
    put(w, PCTLR, 0); /* what is written now waits */
    put(w, GPDR, 1);
    put(w, GHCR, 0x05);
    assert_int_equal(get(w, GPSR), 0x10);
    assert_int_equal(dsihost_packets(c), 2);
    put(w, PCTLR, 6);
    assert_int_equal(get(w, GPSR), EMPTY);
    assert_int_equal(dsihost_packets(c), 3);
    put(w, CR, 0);
    put(w, GHCR, 0x05); /* under reset */
    assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), 1);
    put(w, CR, 1);
    assert_int_equal(dsihost_packets(c), 3);
}

/* Nobody answers: it says so, and no word ever comes. */
static void reads(void **state)
{
    struct whole *w = *state;
    start(w);
    put(w, GHCR, 0x37 | 2 << 8);
    assert_int_equal(take_findings(w, FINDING_UNMODELLED), 0);
    put(w, GHCR, 0x06 | 0xDA << 8);
    assert_int_equal(take_findings(w, FINDING_UNMODELLED), 1);
    run_for(w, VTIME_MS(100));
    assert_int_equal(get(w, GPSR), EMPTY | 0x40);
    assert_int_equal(get(w, GPDR), 0);
    put(w, CR, 0);
    assert_int_equal(get(w, GPSR), EMPTY);
}

/* The identification of the display that a board may have, and of nothing else of it. */
static void display(void **state)
{
    struct whole *w = *state;
    w->soc.chip.dsi_id = 0x00C0FFEE;
    start(w);
    put(w, GHCR, 0x06 | 0xDB << 8);
    assert_int_equal(get(w, GPSR), 0x05);
    w->soc.chip.access.master = MASTER_DEBUG;
    assert_int_equal(get(w, GPDR), 0xFF); /* a debugger does not take it */
    w->soc.chip.access.master = MASTER_CM7;
    assert_int_equal(get(w, GPDR), 0xFF);
    assert_int_equal(get(w, GPSR), EMPTY);
    put(w, GHCR, 0x06 | 0xDC << 8);
    assert_int_equal(get(w, GPDR), 0xC0);
    assert_int_equal(take_findings(w, FINDING_UNMODELLED), 0);
    put(w, GHCR, 0x06 | 0x0A << 8); /* get_power_mode */
    assert_int_equal(take_findings(w, FINDING_UNMODELLED), 1);
}

static void errors_by_force(void **state)
{
    struct whole *w = *state;
    on(w);
    put(w, IER1, 0x80);
    put(w, FIR0, 1u << 20);
    assert_false(w->line[IRQ_DSI]);
    put(w, FIR1, 0x81);
    assert_true(w->line[IRQ_DSI]);
    w->soc.chip.access.master = MASTER_DEBUG;
    assert_int_equal(get(w, ISR1), 0x81); /* a debugger does not clear it */
    w->soc.chip.access.master = MASTER_CM7;
    assert_int_equal(get(w, ISR1), 0x81);
    assert_false(w->line[IRQ_DSI]);
    assert_int_equal(get(w, ISR1), 0);
    assert_int_equal(get(w, ISR0), 1u << 20);
    assert_int_equal(get(w, ISR0), 0);
}

static void shadowed_video(void **state)
{
    struct whole *w = *state;
    on(w);
    put(w, LVCIDR, 2);
    put(w, VMCR, 0x8102);
    assert_int_equal(get(w, LCVCIDR), 2);
    assert_int_equal(get(w, VMCCR), 0x206); /* LPCE, LPVSAE, VMT */
    put(w, VSCR, 0x101);
    assert_int_equal(get(w, VSCR), 1);
    put(w, LVCIDR, 3);
    assert_int_equal(get(w, LCVCIDR), 2);
    put(w, VSCR, 0x101);
    assert_int_equal(get(w, LCVCIDR), 3);
    put(w, LVCIDR, 1);
    put(w, VSCR, 0);
    assert_int_equal(get(w, LCVCIDR), 1);
}

/* 100 by 100 pixels at 8 MHz: 1.25 ms. */
static void start_ltdc(struct whole *w)
{
    put(w, 0x58024428, 32u << 20);
    put(w, 0x5802442C, 1u << 24 | 2u << 8);
    put(w, 0x58024440, 19u << 24 | 79u);
    set_bits(w, RCC_CR, 1u << 28);
    run_for(w, VTIME_MS(1));
    set_bits(w, RCC_APB3ENR, 1u << 3);
    put(w, 0x50001014, 99u << 16 | 99);
    put(w, 0x50001018, 0x2221);
}

static void refresh(void **state)
{
    struct whole *w = *state;
    start(w);
    put(w, WCFGR, 1); /* adapted command mode */
    put(w, WIER, ERIF);
    put(w, WCR, 8 | 4);
    run_for(w, VTIME_MS(10));
    assert_int_equal(get(w, WCR), 8 | 4); /* LTDC does not run */
    start_ltdc(w);
    assert_int_equal(get(w, WISR) & (BUSY | ERIF), BUSY);
    run_for(w, VTIME_US(1200));
    assert_int_equal(get(w, WISR) & (BUSY | ERIF), BUSY);
    run_for(w, VTIME_US(100));
    assert_true(w->line[IRQ_DSI]);
    assert_int_equal(get(w, WISR) & (BUSY | ERIF), ERIF);
    assert_int_equal(get(w, WCR), 8);
    put(w, WIFCR, ERIF);
    run_for(w, VTIME_MS(10));
    assert_int_equal(w->raised[IRQ_DSI], 1);
}

#define H747(f) cmocka_unit_test_setup_teardown(f, whole_h747_setup, whole_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        H747(regulator_and_pll), H747(lanes),           H747(packets),        H747(reads),
        H747(display),           H747(errors_by_force), H747(shadowed_video), H747(refresh)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
