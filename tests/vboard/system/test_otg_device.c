/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* USB2 OTG_FS in the whole chip as a device without a host (RM0399 60.6, 60.14.38 and on). */
#include "tests/vboard/system/otg_bench.h"

static void session_comes_by_override_alone(void **state)
{
    struct whole *w = *state;
    device(w);
    set_bits(w, FS + GCCFG, VBDEN); /* VBUS is not there */
    assert_int_equal(reg(w, GOTGCTL) & BSVLD, 0);
    set_bits(w, FS + GOTGCTL, 1u << 6);
    assert_int_equal(reg(w, GOTGCTL) & BSVLD, 0);
    set_bits(w, FS + GOTGCTL, 1u << 7);
    assert_int_equal(reg(w, GOTGCTL) & BSVLD, BSVLD);
    assert_int_equal(reg(w, GINTSTS), EMPTY | SRQINT);
    put(w, FS + GOTGCTL, 1u << 6);
    assert_int_equal(reg(w, GOTGINT), 1u << 2); /* SEDET */
    assert_int_equal(reg(w, GINTSTS), EMPTY | SRQINT | OTGINT);
    set(w, GOTGINT, 0xFFFFFFFF);
    assert_int_equal(reg(w, GINTSTS), EMPTY | SRQINT);
}

/* A charger: volts at PA9, and no host. */
static void session_comes_with_vbus(void **state)
{
    struct whole *w = *state;
    device(w);
    chip_analog_set(&w->soc.chip, 'B', 13, 5000000); /* the other core's */
    set_bits(w, FS + GCCFG, VBDEN);
    assert_int_equal(reg(w, GOTGCTL) & BSVLD, 0);
    put(w, FS + GCCFG, PWRDWN);
    chip_analog_set(&w->soc.chip, 'A', 9, 5000000);
    assert_int_equal(reg(w, GOTGCTL) & BSVLD, 0);
    set_bits(w, FS + GCCFG, VBDEN);
    assert_int_equal(reg(w, GOTGCTL) & BSVLD, BSVLD);
    assert_int_equal(reg(w, GINTSTS), EMPTY | SRQINT);
    put(w, FS + DCTL, 0);
    run_for(w, VTIME_MS(7));
    assert_int_equal(reg(w, GINTSTS), EMPTY | SRQINT | ESUSP | USBSUSP);
    chip_analog_set(&w->soc.chip, 'A', 9, 700000);
    assert_int_equal(reg(w, GOTGCTL) & BSVLD, 0);
    assert_int_equal(reg(w, GOTGINT), 1u << 2);
    assert_int_equal(reg(w, DSTS), 0x10);
    chip_analog_set(&w->soc.chip, 'A', 9, 900000);
    assert_int_equal(reg(w, GOTGCTL) & BSVLD, BSVLD);
    set_bits(w, FS + GOTGCTL, 1u << 6); /* BVALOEN goes before */
    assert_int_equal(reg(w, GOTGCTL) & BSVLD, 0);
}

static void suspends_and_hears_no_reset(void **state)
{
    struct whole *w = *state;
    device(w);
    set_bits(w, FS + GINTMSK, USBSUSP | USBRST);
    set_bits(w, FS + GAHBCFG, 1);
    set_bits(w, FS + GOTGCTL, BVALO);
    run_for(w, VTIME_MS(10));
    assert_int_equal(reg(w, GINTSTS) & (ESUSP | USBSUSP), 0); /* SDIS is set after reset */
    assert_int_equal(reg(w, DSTS), 0x10);
    put(w, FS + DCTL, 0);
    assert_int_equal(reg(w, DSTS), 0x10 | 1u << 23); /* J */
    run_for(w, VTIME_US(3100));
    assert_int_equal(reg(w, GINTSTS) & (ESUSP | USBSUSP), ESUSP);
    assert_false(w->line[IRQ_FS]);
    run_for(w, VTIME_MS(3));
    assert_int_equal(reg(w, GINTSTS) & (ESUSP | USBSUSP), ESUSP | USBSUSP);
    assert_int_equal(reg(w, DSTS) & SUSPSTS, SUSPSTS);
    assert_true(w->line[IRQ_FS]);
    set(w, GINTSTS, ESUSP | USBSUSP);
    assert_false(w->line[IRQ_FS]);
    run_for(w, VTIME_MS(1000));
    assert_int_equal(reg(w, GINTSTS), EMPTY | SRQINT); /* once; and USBRST never */
    put(w, FS + DCTL, SDIS);
    assert_int_equal(reg(w, DSTS), 0x10);
}

static void wakes_itself_and_suspends_again(void **state)
{
    struct whole *w = *state;
    device(w);
    connect(w);
    run_for(w, VTIME_MS(7));
    set(w, GINTSTS, 0xFFFFFFFF);
    put(w, FS + DCTL, 1); /* RWUSIG */
    assert_int_equal(reg(w, DSTS), 0x10);
    run_for(w, VTIME_MS(10));
    assert_int_equal(reg(w, GINTSTS), EMPTY);
    put(w, FS + DCTL, 0);
    run_for(w, VTIME_MS(7));
    assert_int_equal(reg(w, GINTSTS), EMPTY | ESUSP | USBSUSP);
}

static void idleness_is_counted_by_the_phy(void **state)
{
    struct whole *w = *state;
    device(w);
    set(w, PCGCCTL, 1); /* STPPCLK */
    assert_int_equal(reg(w, PCGCCTL) & 0x11, 0x11);
    connect(w);
    run_for(w, VTIME_MS(10));
    assert_int_equal(reg(w, GINTSTS), EMPTY | SRQINT);
    set(w, PCGCCTL, 0);
    assert_int_equal(reg(w, PCGCCTL) & 0x11, 0);
    run_for(w, VTIME_MS(7));
    assert_int_equal(reg(w, GINTSTS), EMPTY | SRQINT | ESUSP | USBSUSP);
}

static void no_pull_up_without_the_transceiver(void **state)
{
    struct whole *w = *state;
    device(w);
    set(w, GCCFG, 0);
    connect(w);
    run_for(w, VTIME_MS(10));
    assert_int_equal(reg(w, DSTS), 0x10);
    assert_int_equal(reg(w, GINTSTS), EMPTY | SRQINT);
}

static void global_naks_become_effective(void **state)
{
    struct whole *w = *state;
    device(w);
    set_bits(w, FS + DCTL, 1u << 7); /* SGINAK */
    assert_int_equal(reg(w, GINTSTS), EMPTY | GINAKEFF);
    assert_int_equal(reg(w, DCTL), SDIS | 1u << 2);
    set_bits(w, FS + DCTL, 1u << 8);
    assert_int_equal(reg(w, GINTSTS), EMPTY);
    set_bits(w, FS + DCTL, 1u << 9); /* SGONAK: through the receive FIFO */
    assert_int_equal(reg(w, DCTL), SDIS | 1u << 3);
    assert_int_equal(reg(w, GINTSTS), EMPTY | RXFLVL);
    assert_int_equal(reg(w, GRXSTSR), 1u << 17);
    assert_int_equal(reg(w, GINTSTS), EMPTY | RXFLVL);
    assert_int_equal(reg(w, GRXSTSP), 1u << 17);
    assert_int_equal(reg(w, GINTSTS), EMPTY | GONAKEFF);
    assert_int_equal(reg(w, GRXSTSP), 0);
    set_bits(w, FS + DCTL, 1u << 10);
    assert_int_equal(reg(w, GINTSTS), EMPTY);
    assert_int_equal(reg(w, DCTL), SDIS);
    set_bits(w, FS + DCTL, 1u << 9);
    set(w, GRSTCTL, RXFFLSH);
    run_for(w, VTIME_US(1));
    assert_int_equal(reg(w, GINTSTS), EMPTY);
}

static void what_is_pushed_stays_until_flushed(void **state)
{
    struct whole *w = *state;
    device(w);
    set(w, DIEPTXF(2), 4u << 16 | 0x100);
    assert_int_equal(reg(w, DTXFSTS(2)), 4);
    set(w, DFIFO(2), 1);
    set(w, DFIFO(2) + 0xFFC, 2); /* anywhere in the window */
    assert_int_equal(reg(w, DTXFSTS(2)), 2);
    assert_int_equal(reg(w, DIEPINT(2)), 0x80); /* TXFE: half empty */
    set_bits(w, FS + GAHBCFG, 1u << 7);
    assert_int_equal(reg(w, DIEPINT(2)), 0); /* completely */
    for (unsigned i = 0; i < 3; i++) {
        set(w, DFIFO(2), 3);
    }
    assert_int_equal(reg(w, DTXFSTS(2)), 0);
    assert_int_equal(reg(w, DTXFSTS(1)), 0x200);
    set(w, GRSTCTL, TXFFLSH | 1u << 6);
    run_for(w, VTIME_US(1));
    assert_int_equal(reg(w, DTXFSTS(2)), 0);
    set(w, GRSTCTL, TXFFLSH | 2u << 6);
    run_for(w, VTIME_US(1));
    assert_int_equal(reg(w, DTXFSTS(2)), 4);
    assert_int_equal(reg(w, DIEPINT(2)), 0x80);
    assert_int_equal(reg(w, DFIFO(2)), 0);
}

static void endpoints_are_disabled_and_say_so(void **state)
{
    struct whole *w = *state;
    device(w);
    set_bits(w, FS + GAHBCFG, 1);
    set_bits(w, FS + GINTMSK, IEPINT | OEPINT);
    set(w, DIEPMSK, 2);
    set(w, DOEPMSK, 2);
    set(w, DAINTMSK, 1u << 1 | 1u << 18);
    set(w, DIEPCTL(1), EPENA | 0x8040);
    assert_int_equal(reg(w, DIEPCTL(1)), EPENA | 0x8040); /* nobody asks for it */
    set_bits(w, FS + DIEPCTL(1), SNAK);
    assert_int_equal(reg(w, DIEPCTL(1)), EPENA | 1u << 17 | 0x8040);
    assert_int_equal(reg(w, DIEPINT(1)), 0x80 | 1u << 6); /* INEPNE */
    set_bits(w, FS + DIEPCTL(1), EPDIS);
    assert_int_equal(reg(w, DIEPCTL(1)), 1u << 17 | 0x8040);
    assert_int_equal(reg(w, DIEPINT(1)), 0x80 | 1u << 6 | 2);
    assert_int_equal(reg(w, DAINT), 1u << 1);
    assert_int_equal(reg(w, GINTSTS), EMPTY | IEPINT);
    assert_true(w->line[IRQ_FS]);
    set(w, DIEPINT(1), 0xFB7F); /* as ST's HAL does, reserved bits and all */
    assert_false(w->line[IRQ_FS]);
    set_bits(w, FS + DIEPCTL(1), CNAK);
    assert_int_equal(reg(w, DIEPCTL(1)), 0x8040);
    set(w, DOEPCTL(2), EPENA | 0x8040);
    set_bits(w, FS + DOEPCTL(2), EPDIS);
    assert_int_equal(reg(w, DOEPINT(2)), 0x80 | 2);
    assert_int_equal(reg(w, DAINT), 1u << 18);
    assert_int_equal(reg(w, GINTSTS), EMPTY | OEPINT);
    set(w, DAINTMSK, 0);
    assert_int_equal(reg(w, GINTSTS), EMPTY);
    set(w, DIEPEMPMSK, 1u << 3);
    assert_int_equal(reg(w, DAINT), 1u << 18 | 1u << 3); /* TXFE */
}

static void endpoint_1_has_lines_of_its_own(void **state)
{
    struct whole *w = *state;
    device(w);
    set_bits(w, FS + GAHBCFG, 1);
    set(w, DIEPEACHMSK1, 2);
    set(w, DOEPEACHMSK1, 2);
    set(w, DEACHINTMSK, 1u << 1);
    set(w, DIEPCTL(1), EPENA | EPDIS);
    set(w, DOEPCTL(1), EPENA | EPDIS);
    assert_int_equal(reg(w, DEACHINT), 1u << 17 | 1u << 1);
    assert_true(w->line[IRQ_FS_EP1_IN]);
    assert_false(w->line[IRQ_FS_EP1_OUT]);
    set(w, DEACHINTMSK, 1u << 17);
    assert_false(w->line[IRQ_FS_EP1_IN]);
    assert_true(w->line[IRQ_FS_EP1_OUT]);
    assert_false(w->line[IRQ_FS]);
    set(w, DOEPINT(1), 2);
    assert_false(w->line[IRQ_FS_EP1_OUT]);
}

/* What the core's DMA would fetch ahead is left out, and said. */
static void dma_of_an_in_endpoint_is_a_finding(void **state)
{
    struct whole *w = *state;
    device(w);
    set_bits(w, FS + GAHBCFG, 1u << 5);
    set(w, DOEPCTL(0), EPENA);
    set(w, DIEPCTL(1), EPENA);
    assert_int_equal(take_findings(w, FINDING_UNMODELLED), 1);
    set_bits(w, FS + DCTL, 1u << 9); /* nobody need pop the pattern */
    assert_int_equal(reg(w, GINTSTS), EMPTY | GONAKEFF);
}

/* What ST's HAL writes to a core with 9 endpoints: sizes of 15 FIFOs, flags of 15 endpoints. */
static void what_drivers_write_beyond_is_dropped(void **state)
{
    struct whole *w = *state;
    device(w);
    for (unsigned i = 1; i <= 15; i++) {
        set(w, DIEPTXF(i), 0);
    }
    for (unsigned i = 0; i < 15; i++) {
        set(w, DIEPINT(i), 0xFB7F);
        set(w, DOEPINT(i), 0xFB7F);
    }
    set(w, GINTSTS, 0xBFFFFFFF);
    set(w, DAINT, 0xFFFFFFFF);
    assert_int_equal(reg(w, DIEPTXF(9)), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WHOLE(session_comes_by_override_alone),    WHOLE(session_comes_with_vbus),
        WHOLE(suspends_and_hears_no_reset),        WHOLE(wakes_itself_and_suspends_again),
        WHOLE(idleness_is_counted_by_the_phy),     WHOLE(no_pull_up_without_the_transceiver),
        WHOLE(global_naks_become_effective),       WHOLE(what_is_pushed_stays_until_flushed),
        WHOLE(endpoints_are_disabled_and_say_so),  WHOLE(endpoint_1_has_lines_of_its_own),
        WHOLE(dma_of_an_in_endpoint_is_a_finding), WHOLE(what_drivers_write_beyond_is_dropped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
