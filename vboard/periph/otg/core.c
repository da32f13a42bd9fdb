/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The OTG core: clocks, resets, mode, session, interrupts (RM0399 60.4 to 60.6, 60.12). */
#include "vboard/periph/otg/internal.h"

#define MODE_TAKES VTIME_MS(25) /* 60.14.4, FDMOD */
#define CLEAR_CLOCKS 8u         /* 60.14.5, TXFFLSH */
#define ULPI_UHZ CLOCK_UHZ(60000000)
#define ENR_AHB1 0x0D8u    /* 9.7.40 */
#define SESSION_UV 800000u /* below it a session ends (60.14.2, SEDET) */

static vtime_ps now_of(const struct otg *o)
{
    return o->p.chip->sched.now;
}

/* ---- the PHY and its clock ---- */

static bool wants_ulpi(const struct otg *o)
{
    return !otg_has(o, R_GUSBCFG, GUSBCFG_PHYSEL) || o->ulpi_gate->any;
}

/* Only USB1's ULPI is on pins (Table 530). */
static bool has_ulpi(const struct otg *o)
{
    return o->p.entry->param == 1 && o->p.chip->ulpi_phy && o->ulpi_gate->any;
}

static struct clock *kernel_clock(const struct otg *o)
{
    return &o->p.chip->clocks[CLK_USB];
}

static bool phy_has_clock(const struct otg *o)
{
    return wants_ulpi(o) ? has_ulpi(o) : kernel_clock(o)->uhz != 0;
}

static bool is_gated(const struct otg *o)
{
    return o->p.gate != NULL && !o->p.gate->any;
}

bool otg_phy_runs(const struct otg *o)
{
    return !is_gated(o) && phy_has_clock(o) && !otg_has(o, R_PCGCCTL, PCGCCTL_STPPCLK);
}

bool otg_phy_is_on(const struct otg *o)
{
    return wants_ulpi(o) ? has_ulpi(o) : otg_has(o, R_GCCFG, GCCFG_PWRDWN);
}

/* ---- CSRST, TXFFLSH, RXFFLSH (60.14.5) ---- */

/* "Eight clocks to clear, using the slower clock of phy_clk or hclk." */
static vtime_ps clearing_takes(const struct otg *o)
{
    vtime_ps bus = clock_span(&o->p.chip->clocks[CLK_HCLK1], CLEAR_CLOCKS);
    vtime_ps phy = clock_span(kernel_clock(o), CLEAR_CLOCKS);
    if (wants_ulpi(o)) {
        phy = VTIME_NS(8 * 1000 / 60 + 1);
    }
    return bus > phy ? bus : phy;
}

static void follow_clearing(struct otg *o)
{
    struct sched *s = &o->p.chip->sched;
    if (!otg_has(o, R_GRSTCTL, GRSTCTL_ENDS) || is_gated(o) || !phy_has_clock(o)) {
        sched_cancel(s, &o->cleared);
    } else if (!event_queued(&o->cleared)) {
        sched_at(s, &o->cleared, s->now + clearing_takes(o));
    }
}

static void cleared(void *ctx, vtime_ps now)
{
    struct otg *o = ctx;
    uint32_t *grstctl = &o->p.values[R_GRSTCTL];
    (void)now;
    if ((*grstctl & GRSTCTL_TXFFLSH) != 0) {
        otg_fifo_flush(o, *grstctl >> 6 & 31u);
    }
    if ((*grstctl & GRSTCTL_RXFFLSH) != 0) {
        o->nak_pattern = false;
    }
    *grstctl &= ~GRSTCTL_ENDS;
    otg_follow(o);
}

static void report_no_clock(struct otg *o, uint32_t bits)
{
    const struct finding_data data = {
        .mask = bits, .model = o->p.model, .offset = (uint16_t)otg_regs[R_GRSTCTL].offset};
    periph_report(&o->p, R_GRSTCTL,
                  wants_ulpi(o) ? FOUND_OTG_NO_ULPI_CLOCK : FOUND_OTG_NO_KERNEL_CLOCK, &data);
}

/* What CSRST leaves alone (60.14.5), and of GUSBCFG what otg.h says. */
static uint32_t kept_by_csrst(unsigned slot)
{
    switch (slot) {
    case R_GUSBCFG:
        return GUSBCFG_PHYSEL | GUSBCFG_FHMOD | GUSBCFG_FDMOD | BIT(15) | BITS(25, 17);
    case R_GRSTCTL:
        return GRSTCTL_CSRST;
    case R_GCCFG:
        return ~0u;
    case R_HCFG: /* FSLSPCS */
    case R_DCFG: /* DSPD */
        return BITS(1, 0);
    case R_DCTL:
        return DCTL_SDIS;
    case R_PCGCCTL: /* GATEHCLK, STPPCLK */
        return BITS(1, 0);
    default:
        return 0;
    }
}

static void forget(struct otg *o)
{
    struct sched *s = &o->p.chip->sched;
    sched_cancel(s, &o->cleared);
    sched_cancel(s, &o->mode);
    sched_cancel(s, &o->idle);
    o->host = false;
    o->session = false;
    o->idle_said = 0;
    o->nak_pattern = false;
    o->out_nak = false;
    otg_fifo_flush(o, OTG_ALL_FIFOS);
}

static void core_reset(struct otg *o)
{
    for (unsigned slot = 0; slot < R_COUNT; slot++) {
        const struct reg *r = &otg_regs[slot];
        for (unsigned i = 0; r->name != NULL && (i == 0 || i < r->count); i++) {
            uint32_t kept = kept_by_csrst(slot);
            o->p.values[slot + i] = (o->p.values[slot + i] & kept) | (r->reset & ~kept);
        }
    }
    forget(o);
}

void otg_grstctl_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct otg *o = otg_of(p);
    (void)old;
    p->values[slot] &= ~(GRSTCTL_PSRST | GRSTCTL_FCRST); /* a few clocks: nobody sees them set */
    if ((written & GRSTCTL_CSRST) != 0) {
        core_reset(o);
    }
    if ((written & GRSTCTL_ENDS) != 0) {
        sched_cancel(&p->chip->sched, &o->cleared);
        if (!phy_has_clock(o)) {
            report_no_clock(o, written & GRSTCTL_ENDS);
        }
    }
    otg_follow(o);
}

/* Who waits looks here: the ULPI gate may have been closed since, of which nobody tells. */
uint32_t otg_grstctl_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)slot;
    if (p->chip->access.master != MASTER_DEBUG) {
        follow_clearing(otg_of(p));
    }
    return value;
}

/* ---- mode (60.5, 60.14.4) ---- */

static bool is_forced(const struct otg *o)
{
    return otg_has(o, R_GUSBCFG, GUSBCFG_FDMOD | GUSBCFG_FHMOD);
}

/* The ID input; an ULPI PHY has its own, with no plug in. */
static bool id_is_high(const struct otg *o)
{
    return wants_ulpi(o) || pinfunc_is_high(o->id);
}

static bool wants_host(const struct otg *o)
{
    if (is_forced(o)) {
        return !otg_has(o, R_GUSBCFG, GUSBCFG_FDMOD);
    }
    return !id_is_high(o);
}

static void follow_mode(struct otg *o)
{
    struct sched *s = &o->p.chip->sched;
    bool stands = wants_host(o) == o->host || otg_has(o, R_GRSTCTL, GRSTCTL_CSRST);
    if (stands || !otg_phy_runs(o)) {
        sched_cancel(s, &o->mode);
    } else if (!event_queued(&o->mode)) {
        sched_at(s, &o->mode, s->now + MODE_TAKES);
    }
}

static void mode_changes(void *ctx, vtime_ps now)
{
    struct otg *o = ctx;
    (void)now;
    o->host = wants_host(o);
    o->p.values[R_GINTSTS] |= is_forced(o) ? 0 : GINTSTS_CIDSCHG;
    otg_follow(o);
}

static bool is_foreign(const struct otg *o, unsigned slot)
{
    bool hosts = (slot >= R_HCFG && slot < R_HPRT) || (slot >= R_HCCHAR && slot < R_DCFG);
    bool devices = slot >= R_DCFG && slot < R_PCGCCTL;
    return o->host ? devices : hosts;
}

/* "Completed with an OKAY response, but ignored by the core" (60.14.6, MMIS). */
static bool ends_here(struct otg *o, unsigned slot)
{
    if (!is_foreign(o, slot)) {
        return false;
    }
    if (o->p.chip->access.master != MASTER_DEBUG) {
        periph_report(&o->p, slot, FOUND_OTG_OTHER_MODE, NULL);
        o->p.values[R_GINTSTS] |= GINTSTS_MMIS;
        o->p.chip->access.steady = false;
        otg_follow(o);
    }
    return true;
}

bool otg_foreign_write(struct periph *p, unsigned slot, uint32_t written)
{
    (void)written;
    return ends_here(otg_of(p), slot);
}

uint32_t otg_foreign_read(struct periph *p, unsigned slot, uint32_t value)
{
    bool looks = p->chip->access.master == MASTER_DEBUG;
    return looks || !ends_here(otg_of(p), slot) ? value : 0;
}

/* ---- session, and all that is computed ---- */

/* The comparators at PA9 or PB13, which HNP and SRP switch on, too (60.14.15): only of a voltage that somebody has put
 * there, as the pins serve others as well. */
static bool senses_vbus(const struct otg *o)
{
    const struct chip_analog *a = &o->p.chip->analog;
    unsigned port = o->p.entry->param == 1 ? 'B' - 'A' : 0;
    unsigned pin = o->p.entry->param == 1 ? 13 : 9;
    bool on = otg_has(o, R_GCCFG, GCCFG_VBDEN) || otg_has(o, R_GUSBCFG, GUSBCFG_CAPABLE);
    return on && a->known[port][pin] && a->uv[port][pin] >= SESSION_UV;
}

static bool b_session(const struct otg *o)
{
    bool overridden = otg_has(o, R_GOTGCTL, GOTGCTL_BVALOEN);
    return !o->host && (overridden ? otg_has(o, R_GOTGCTL, GOTGCTL_BVALOVAL) : senses_vbus(o));
}

static bool a_session(const struct otg *o)
{
    bool overridden = otg_has(o, R_GOTGCTL, GOTGCTL_AVALOEN);
    return o->host && (overridden ? otg_has(o, R_GOTGCTL, GOTGCTL_AVALOVAL) : senses_vbus(o));
}

static void follow_session(struct otg *o)
{
    bool session = b_session(o);
    if (session && !o->session) {
        o->p.values[R_GINTSTS] |= GINTSTS_SRQINT;
    } else if (!session && o->session) {
        o->p.values[R_GOTGINT] |= GOTGINT_SEDET;
    }
    o->session = session;
}

static void put_bits(struct otg *o, enum otg_slot slot, uint32_t bits, bool on)
{
    o->p.values[slot] = (o->p.values[slot] & ~bits) | (on ? bits : 0);
}

static void follow_status(struct otg *o)
{
    put_bits(o, R_GOTGCTL, GOTGCTL_CURMOD, o->host);
    put_bits(o, R_GOTGCTL, GOTGCTL_CIDSTS, !o->host || is_forced(o));
    put_bits(o, R_GOTGCTL, GOTGCTL_BSVLD, b_session(o));
    put_bits(o, R_GOTGCTL, GOTGCTL_ASVLD, a_session(o));
    put_bits(o, R_PCGCCTL, PCGCCTL_PHYSUSP, otg_has(o, R_PCGCCTL, PCGCCTL_STPPCLK));
    put_bits(o, R_GINTSTS, GINTSTS_CMOD, o->host);
    put_bits(o, R_GINTSTS, GINTSTS_OTGINT, o->p.values[R_GOTGINT] != 0);
    put_bits(o, R_GINTSTS, GINTSTS_RXFLVL, o->nak_pattern);
    put_bits(o, R_GINTSTS, GINTSTS_GINAKEFF, otg_has(o, R_DCTL, DCTL_GINSTS));
    put_bits(o, R_GINTSTS, GINTSTS_GONAKEFF, o->out_nak);
    put_bits(o, R_GINTSTS, GINTSTS_HPRTINT, o->host && otg_has(o, R_HPRT, HPRT_CHANGES));
}

static void follow_lines(struct otg *o)
{
    const uint32_t *v = o->p.values;
    bool on = otg_has(o, R_GAHBCFG, GAHBCFG_GINTMSK);
    uint32_t each = v[R_DEACHINT] & v[R_DEACHINTMSK];
    irq_set(&o->p.irq[OTG_IRQ_GLOBAL], on && (v[R_GINTSTS] & v[R_GINTMSK]) != 0);
    irq_set(&o->p.irq[OTG_IRQ_EP1_IN], on && (each & BIT(1)) != 0);
    irq_set(&o->p.irq[OTG_IRQ_EP1_OUT], on && (each & BIT(17)) != 0);
}

void otg_follow(struct otg *o)
{
    follow_clearing(o);
    follow_mode(o);
    follow_session(o);
    otg_device_follow(o);
    follow_status(o);
    otg_fifo_follow(o);
    otg_endpoints_follow(o);
    otg_host_follow(o);
    follow_lines(o);
}

/* ---- hooks ---- */

void otg_changed(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    otg_follow(otg_of(p));
}

/* Full speed is 12 Mb/s within 0.25 % (USB 2.0, 7.1.11); "the AHB frequency should be higher than 30 MHz" (60.4.3). */
static void check_clocks(struct otg *o)
{
    struct clock *const clocks = o->p.chip->clocks;
    uint64_t hz = clock_hz(&clocks[CLK_USB]);
    bool is_48_mhz = hz >= 47880000 && hz <= 48120000;
    bool is_fast = clock_hz(&clocks[CLK_HCLK1]) > 30000000;
    if (wants_ulpi(o) || hz == 0 || (is_48_mhz && is_fast)) {
        return; /* without a clock CSRST has said so */
    }
    enum clock_id id = is_48_mhz ? CLK_HCLK1 : CLK_USB;
    const struct finding_data data = {.subject = id,
                                      .khz = (uint32_t)(clock_hz(&clocks[id]) / 1000)};
    periph_report(&o->p, R_GCCFG, FOUND_OTG_CLOCK, &data);
}

/* "VDD33USB's level detector must be enabled before using the USB transceivers" (7.4.7). */
void otg_gccfg_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)written;
    bool turned_on = (~old & p->values[slot] & GCCFG_PWRDWN) != 0;
    if (turned_on && !p->chip->power.usb_watched) {
        periph_report(p, slot, FOUND_OTG_UNSUPPLIED, NULL);
    }
    if (turned_on) {
        check_clocks(otg_of(p));
    }
    otg_follow(otg_of(p));
}

/* ---- life ---- */

static void after_clock(void *ctx, vtime_ps now)
{
    (void)now;
    otg_follow(ctx);
}

static void voltage_changed(void *ctx)
{
    otg_follow(ctx);
}

static void id_changed(void *ctx, bool high, vtime_ps now)
{
    (void)high;
    (void)now;
    otg_follow(ctx);
}

static void gated(struct periph *p, bool on)
{
    (void)on;
    otg_follow(otg_of(p));
}

static int init(struct periph *p)
{
    struct otg *o = otg_of(p);
    event_init(&o->cleared, cleared, o);
    event_init(&o->mode, mode_changes, o);
    event_init(&o->idle, otg_idle_for_3_ms, o);
    o->clock_listener = (struct clock_listener){.after = after_clock, .ctx = o};
    return 0;
}

/* ID has a pull-up of its own (60.4.5). */
static void connect(struct periph *p)
{
    struct otg *o = otg_of(p);
    o->ulpi_gate = chip_gate(p->chip, ENR_AHB1, p->entry->enr_bit + 1u);
    clock_listen(kernel_clock(o), &o->clock_listener);
    o->vbus_listener = (struct analog_listener){.changed = voltage_changed, .ctx = o};
    chip_analog_listen(p->chip, &o->vbus_listener);
    o->id = chip_pinfunc(p->chip, p->entry->param == 1 ? "USB_OTG_HS_ID" : "USB_OTG_FS_ID");
    o->id->changed = id_changed;
    o->id->routed = id_changed;
    o->id->ctx = o;
    pinfunc_drive(o->id, DRIVE_PULL_UP, now_of(o));
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct otg *o = otg_of(p);
    (void)kind;
    forget(o);
    otg_follow(o);
}

static void destroy(struct periph *p)
{
    forget(otg_of(p));
}

static const char *const irq_names[] = {
    [OTG_IRQ_GLOBAL] = "global", [OTG_IRQ_EP1_IN] = "EP1_IN", [OTG_IRQ_EP1_OUT] = "EP1_OUT", NULL};

const struct model otg_model = {
    .kind = "otg",
    .size = sizeof(struct otg),
    .regs = otg_regs,
    .fields = otg_fields,
    .slot_count = R_COUNT,
    .span = 0x40000,
    .irq_names = irq_names,
    .init = init,
    .connect = connect,
    .reset = reset,
    .gated = gated,
    .destroy = destroy,
};
