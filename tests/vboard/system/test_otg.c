/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* USB1 OTG_HS and USB2 OTG_FS in the whole chip (RM0399 60): clocks, resets, mode, and as a host without a device. */
#include "tests/vboard/system/otg_bench.h"

#include "vboard/periph/rcc/rcc.h"

/* ---- what reads as what ---- */

static void says_who_it_is(void **state)
{
    struct whole *w = *state;
    clocked(w);
    for (uint32_t base = HS; base <= FS; base += FS - HS) {
        assert_int_equal(get(w, base + CID), 0x2300);
        assert_int_equal(get(w, base + GSNPSID), 0x4F54330A);
        assert_int_equal(get(w, base + GINTSTS), EMPTY);
        assert_int_equal(get(w, base + DIEPTXF(8)), 0x02001200);
    }
}

static void needs_its_bus_clock(void **state)
{
    struct whole *w = *state;
    assert_int_equal(reg(w, CID), 0);
    assert_int_equal(take_findings(w, FINDING_UNCLOCKED), 1);
}

/* ---- the PHY's clock ---- */

static void resets_and_flushes_take_clocks_of_the_phy(void **state)
{
    struct whole *w = *state;
    clocked(w);
    set_bits(w, FS + GUSBCFG, PHYSEL);
    set(w, GRSTCTL, CSRST);
    assert_int_equal(reg(w, GRSTCTL), AHBIDL | CSRST);
    run_for(w, VTIME_NS(200)); /* 8 of 48 MHz: 167 ns; of the bus's 64 MHz less */
    assert_int_equal(reg(w, GRSTCTL), AHBIDL);
    set(w, GRSTCTL, TXFFLSH | ALL_TX);
    run_for(w, VTIME_NS(150));
    assert_int_equal(reg(w, GRSTCTL), AHBIDL | TXFFLSH | ALL_TX);
    run_for(w, VTIME_NS(50));
    assert_int_equal(reg(w, GRSTCTL), AHBIDL | ALL_TX);
    set(w, GRSTCTL, RXFFLSH);
    run_for(w, VTIME_NS(200));
    assert_int_equal(reg(w, GRSTCTL), AHBIDL);
    set(w, GRSTCTL, 6); /* PSRST, FCRST */
    assert_int_equal(reg(w, GRSTCTL), AHBIDL);
}

static void never_end_without_48_mhz(void **state)
{
    struct whole *w = *state;
    set_bits(w, RCC_AHB1ENR, GATE_FS);
    set_bits(w, FS + GUSBCFG, PHYSEL);
    set(w, GRSTCTL, CSRST);
    assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), 1);
    run_for(w, VTIME_MS(100));
    assert_int_equal(reg(w, GRSTCTL), AHBIDL | CSRST);
    assert_int_equal(reg(w, GINTSTS), EMPTY); /* nor does the mode change */
    clocked(w);
    run_for(w, VTIME_US(1));
    assert_int_equal(reg(w, GRSTCTL), AHBIDL);
}

static void waits_for_an_ulpi_phy(void **state)
{
    struct whole *w = *state;
    clocked(w);
    put(w, HS + GRSTCTL, CSRST); /* PHYSEL is 0 */
    assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), 1);
    run_for(w, VTIME_MS(1));
    assert_int_equal(get(w, HS + GRSTCTL), AHBIDL | CSRST);
    w->soc.chip.ulpi_phy = true;
    assert_int_equal(get(w, HS + GRSTCTL), AHBIDL | CSRST);
    set_bits(w, RCC_AHB1ENR, GATE_HS_ULPI);
    assert_int_equal(get(w, HS + GRSTCTL), AHBIDL | CSRST);
    run_for(w, VTIME_US(1));
    assert_int_equal(get(w, HS + GRSTCTL), AHBIDL);
}

/* With its ULPI gate open the core waits for a PHY that no pin leads to, embedded PHY or not. */
static void the_ulpi_gate_must_be_closed(void **state)
{
    struct whole *w = *state;
    clocked(w);
    w->soc.chip.ulpi_phy = true;
    set_bits(w, RCC_AHB1ENR, GATE_FS_ULPI);
    set_bits(w, FS + GUSBCFG, PHYSEL);
    set(w, GRSTCTL, CSRST);
    assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), 1);
    run_for(w, VTIME_MS(1));
    assert_int_equal(reg(w, GRSTCTL), AHBIDL | CSRST);
    put(w, RCC_AHB1ENR, GATE_HS | GATE_FS);
    reg(w, GRSTCTL);
    run_for(w, VTIME_US(1));
    assert_int_equal(reg(w, GRSTCTL), AHBIDL);
}

static void transceiver_wants_its_supply_watched(void **state)
{
    struct whole *w = *state;
    set_bits(w, RCC_AHB1ENR, GATE_FS);
    set(w, GCCFG, PWRDWN);
    assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), 1);
    set(w, GCCFG, 0);
    assert_int_equal(get(w, PWR_CR3) & 1u << 26, 0);
    set_bits(w, PWR_CR3, 1u << 25); /* USBREGEN alone */
    assert_int_equal(get(w, PWR_CR3) & 1u << 26, 0);
    set_bits(w, PWR_CR3, 1u << 24);
    assert_int_equal(get(w, PWR_CR3) & 1u << 26, 1u << 26); /* USB33RDY */
    set(w, GCCFG, PWRDWN);
}

static void transceiver_wants_its_clock(void **state)
{
    struct whole *w = *state;
    clocked(w);
    set_bits(w, FS + GUSBCFG, PHYSEL);
    rcc_set_drift(&w->soc.chip, CLK_HSI48, 3000); /* 0.3 % */
    set(w, GCCFG, PWRDWN);
    assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), 1);
    set(w, GCCFG, PWRDWN | VBDEN);
    set(w, GCCFG, 0);
    rcc_set_drift(&w->soc.chip, CLK_HSI48, 2000);
    set(w, GCCFG, PWRDWN);
    set(w, GCCFG, 0);
    put(w, 0x58024418u, 9); /* RCC_D1CFGR: HPRE 1001, AHB at 16 MHz */
    set(w, GCCFG, PWRDWN);
    assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), 1);
}

/* ---- mode ---- */

static void forced_modes_take_25_ms(void **state)
{
    struct whole *w = *state;
    clocked(w);
    core_init(w);
    put(w, FS + GUSBCFG, PHYSEL | FHMOD);
    run_for(w, VTIME_MS(24));
    assert_int_equal(reg(w, GINTSTS) & CMOD, 0);
    run_for(w, VTIME_MS(2));
    assert_int_equal(reg(w, GINTSTS), EMPTY | CMOD);
    assert_int_equal(reg(w, GOTGCTL), CURMOD | CIDSTS);
    put(w, FS + GUSBCFG, PHYSEL | FDMOD);
    run_for(w, VTIME_MS(24));
    assert_int_equal(reg(w, GINTSTS) & CMOD, CMOD);
    run_for(w, VTIME_MS(2));
    assert_int_equal(reg(w, GINTSTS) & CMOD, 0);
}

/* No function on PA10: the input is low. Then the function with its pull-up, then a wire to ground. */
static void follows_the_id_pin(void **state)
{
    struct whole *w = *state;
    struct signal_driver wire = {.drive = DRIVE_NONE};
    clocked(w);
    core_init(w);
    run_for(w, VTIME_MS(26));
    assert_int_equal(reg(w, GINTSTS), EMPTY | CMOD | CIDSCHG);
    assert_int_equal(reg(w, GOTGCTL), CURMOD);
    set(w, GINTSTS, 0xFFFFFFFF);
    pin_af(w, 'A', 10, 10);
    run_for(w, VTIME_MS(26));
    assert_int_equal(reg(w, GINTSTS), EMPTY | CIDSCHG);
    assert_int_equal(reg(w, GOTGCTL), CIDSTS);
    signal_attach(chip_pin(&w->soc.chip, 'A', 10), &wire);
    signal_drive(&wire, DRIVE_LOW, w->soc.chip.sched.now);
    run_for(w, VTIME_MS(24));
    assert_int_equal(reg(w, GINTSTS) & CMOD, 0);
    run_for(w, VTIME_MS(2));
    assert_int_equal(reg(w, GINTSTS) & CMOD, CMOD);
}

static void the_other_modes_registers_are_ignored(void **state)
{
    struct whole *w = *state;
    device(w);
    set_bits(w, FS + GINTMSK, MMIS);
    set_bits(w, FS + GAHBCFG, 1);
    assert_int_equal(reg(w, HFNUM), 0);
    set(w, HCCHAR(3), 5);
    assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), 2);
    assert_int_equal(reg(w, GINTSTS), EMPTY | MMIS);
    assert_true(w->line[IRQ_FS]);
    set(w, GINTSTS, MMIS);
    assert_false(w->line[IRQ_FS]);
    force(w, FHMOD);
    assert_int_equal(reg(w, HFNUM), 0x3FFF);
    assert_int_equal(reg(w, HCCHAR(3)), 0);
    set(w, DCFG, 3);
    assert_int_equal(reg(w, DSTS), 0);
    assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), 2);
    assert_int_equal(reg(w, GINTSTS) & MMIS, MMIS);
    force(w, FDMOD);
    assert_int_equal(reg(w, DCFG), 0x02200000);
}

static void csrst_keeps_what_the_manual_says(void **state)
{
    struct whole *w = *state;
    device(w);
    set_bits(w, FS + GCCFG, VBDEN);
    set_bits(w, FS + DCFG, 3 | 5u << 4);
    set(w, DIEPTXF0, 0x00100080);
    set(w, DIEPCTL(1), 0x8040);
    set(w, GINTMSK, 0xFE);
    set(w, DFIFO(0), 1);
    connect(w);
    run_for(w, VTIME_MS(7));
    set(w, PCGCCTL, 2);
    set(w, GRSTCTL, CSRST);
    run_for(w, VTIME_US(1));
    assert_int_equal(reg(w, GCCFG), VBDEN | PWRDWN);
    assert_int_equal(reg(w, DCFG), 0x02200003);
    assert_int_equal(reg(w, DCTL), 0);
    assert_int_equal(reg(w, PCGCCTL) & 3, 2);
    assert_int_equal(reg(w, GUSBCFG), 0x1400 | PHYSEL | FDMOD);
    assert_int_equal(reg(w, GINTSTS), EMPTY);
    assert_int_equal(reg(w, GOTGCTL), CIDSTS);
    assert_int_equal(reg(w, GINTMSK), 0);
    assert_int_equal(reg(w, DIEPCTL(1)), 0);
    assert_int_equal(reg(w, DIEPTXF0), 0x02000200);
    assert_int_equal(reg(w, DTXFSTS(0)), 0x200);
    run_for(w, VTIME_MS(30));
    assert_int_equal(reg(w, GINTSTS), EMPTY); /* no session any more: no suspend */
}

/* ---- a host without a device ---- */

static void nobody_comes_to_the_port(void **state)
{
    struct whole *w = *state;
    clocked(w);
    core_init(w);
    force(w, FHMOD);
    set_bits(w, FS + HPRT, 1u << 12);
    run_for(w, VTIME_MS(200));
    assert_int_equal(reg(w, HPRT), 1u << 12);
    assert_int_equal(reg(w, GINTSTS), EMPTY | CMOD);
    set_bits(w, FS + HPRT, 1u << 7);
    assert_int_equal(reg(w, HPRT), 1u << 12 | 1u << 7);
    set_bits(w, FS + HPRT, 1u << 8); /* PRST ends the suspend, and enables nothing */
    run_for(w, VTIME_MS(20));
    put(w, FS + HPRT, 1u << 12);
    run_for(w, VTIME_MS(20));
    assert_int_equal(reg(w, HPRT), 1u << 12);
    assert_int_equal(reg(w, HFNUM), 0x3FFF);
}

static void channels_halt_when_asked(void **state)
{
    struct whole *w = *state;
    clocked(w);
    core_init(w);
    force(w, FHMOD);
    set_bits(w, FS + GAHBCFG, 1);
    set(w, GINTMSK, HCINT_ANY);
    set(w, HAINTMSK, 1u << 15);
    set(w, HCINTMSK(15), 2);
    set(w, HCCHAR(15), 1u << 30); /* CHDIS alone */
    assert_int_equal(reg(w, HCINT(15)), 0);
    set(w, HCCHAR(15), 3u << 30);
    assert_int_equal(reg(w, HCCHAR(15)), 0);
    assert_int_equal(reg(w, HAINT), 1u << 15);
    assert_int_equal(reg(w, GINTSTS), EMPTY | CMOD | HCINT_ANY);
    assert_true(w->line[IRQ_FS]);
    set(w, HCINT(15), 0xFFFFFFFF);
    set(w, HAINT, 0xFFFFFFFF);
    assert_false(w->line[IRQ_FS]);
    set(w, DIEPTXF0, 8u << 16 | 0x200);
    set(w, HPTXFSIZ, 4u << 16 | 0x300);
    set(w, DFIFO(15), 1);
    set(w, HCCHAR(14), 1u << 18); /* isochronous */
    set(w, DFIFO(14), 1);
    assert_int_equal(reg(w, HNPTXSTS), 8u << 16 | 7);
    assert_int_equal(reg(w, HPTXSTS), 8u << 16 | 3);
}

/* ---- idle costs nothing ---- */

static void idle_queues_no_event(void **state)
{
    struct whole *w = *state;
    vtime_ps next = sched_next(&w->soc.chip.sched);
    clocked(w);
    core_init(w);
    force(w, FDMOD);
    connect(w);
    run_for(w, VTIME_MS(10));
    assert_true(next == VTIME_NEVER);
    assert_true(sched_next(&w->soc.chip.sched) == VTIME_NEVER);
    set_bits(w, HS + GUSBCFG, PHYSEL | FDMOD);
    assert_true(sched_next(&w->soc.chip.sched) == VTIME_NEVER);
}

static void goes_with_its_gate_and_its_reset(void **state)
{
    struct whole *w = *state;
    device(w);
    connect(w);
    run_for(w, VTIME_MS(2));
    put(w, RCC_AHB1ENR, 0);
    run_for(w, VTIME_MS(10));
    set_bits(w, RCC_AHB1ENR, GATE_FS);
    assert_int_equal(reg(w, GINTSTS), EMPTY | SRQINT);
    run_for(w, VTIME_MS(7));
    assert_int_equal(reg(w, GINTSTS), EMPTY | SRQINT | ESUSP | USBSUSP);
    set_bits(w, 0x58024480u, 1u << 27); /* RCC_AHB1RSTR */
    put(w, 0x58024480u, 0);
    assert_int_equal(reg(w, GINTSTS), EMPTY);
    assert_int_equal(reg(w, GCCFG), 0);
    run_for(w, VTIME_MS(30));
    assert_int_equal(reg(w, GINTSTS), EMPTY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WHOLE(says_who_it_is),
        WHOLE(needs_its_bus_clock),
        WHOLE(resets_and_flushes_take_clocks_of_the_phy),
        WHOLE(never_end_without_48_mhz),
        WHOLE(waits_for_an_ulpi_phy),
        WHOLE(the_ulpi_gate_must_be_closed),
        WHOLE(transceiver_wants_its_supply_watched),
        WHOLE(transceiver_wants_its_clock),
        WHOLE(forced_modes_take_25_ms),
        WHOLE(follows_the_id_pin),
        WHOLE(the_other_modes_registers_are_ignored),
        WHOLE(csrst_keeps_what_the_manual_says),
        WHOLE(nobody_comes_to_the_port),
        WHOLE(channels_halt_when_asked),
        WHOLE(idle_queues_no_event),
        WHOLE(goes_with_its_gate_and_its_reset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
