/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Operating modes (RM0399 59.4.1, 59.5.4, 59.5.6): CCCR and TEST, pins and clock, and what they make of
 * this node on the bus.
 */
#include "vboard/periph/fdcan/internal.h"

#include <string.h>

/* CCCR bits that change only while INIT and CCE are set, and those that then may be set, but cleared at
 * any time (59.4.1, Software initialization; ASM: Restricted operation mode). */
#define LOCKED_BITS                                                                                \
    (CCCR_DAR | CCCR_FDOE | CCCR_BRSE | CCCR_PXHD | CCCR_EFBI | CCCR_TXP | CCCR_NISO)
#define SET_LOCKED_BITS (CCCR_TEST | CCCR_MON | CCCR_ASM)
/* INIT crosses into the kernel clock's domain: "there may be a delay" (59.5.6); two flip-flops and back. */
#define SYNC_TICKS 4u

/* ---- CCCR ---- */

/* A write has no effect at all while the kernel clock is stopped, until it runs. */
static void sync_init(struct fdcan *f, vtime_ps now)
{
    bool init = (fdcan_value(f, R_CCCR) & CCCR_INIT) != 0;

    if (init == f->init_target) {
        sched_cancel(&f->base.chip->sched, &f->init_sync);
    } else if (f->clock->uhz != 0 && !event_queued(&f->init_sync)) {
        sched_at(&f->base.chip->sched, &f->init_sync, now + clock_span(f->clock, SYNC_TICKS));
    }
}

void fdcan_init_synced(void *ctx, vtime_ps now)
{
    struct fdcan *f = ctx;
    uint32_t *cccr = &f->base.values[R_CCCR];

    if (f->init_target) {
        *cccr |= CCCR_INIT;
    } else {
        *cccr &= ~(CCCR_INIT | CCCR_CCE);
    }
    fdcan_apply(f, now);
    fdcan_try_clock_stop(f, now);
}

void fdcan_enter_init(struct fdcan *f, vtime_ps now)
{
    f->init_target = true;
    f->base.values[R_CCCR] |= CCCR_INIT;
    sync_init(f, now);
    fdcan_apply(f, now);
}

void fdcan_try_clock_stop(struct fdcan *f, vtime_ps now)
{
    uint32_t *cccr = &f->base.values[R_CCCR];
    bool busy = (*cccr & CCCR_INIT) == 0 && (fdcan_value(f, R_TXBRP) != 0 || f->node.in_frame);

    if ((*cccr & CCCR_CSR) == 0) {
        *cccr &= ~CCCR_CSA;
    } else if (!busy && (*cccr & CCCR_CSA) == 0) {
        fdcan_enter_init(f, now);
        *cccr |= CCCR_CSA;
    }
}

/* What is stored for `want`, INIT left as it is. */
static uint32_t grant(struct fdcan *f, uint32_t old, uint32_t want)
{
    bool unlocked = (old & CCCR_INIT) != 0 && (old & CCCR_CCE) != 0;
    uint32_t next = (old & (CCCR_INIT | CCCR_CSA)) | (want & CCCR_CSR);

    next |= unlocked ? want & LOCKED_BITS : old & LOCKED_BITS;
    next |= want & SET_LOCKED_BITS & (unlocked ? SET_LOCKED_BITS : old);
    if ((old & CCCR_INIT) != 0 && (want & CCCR_INIT) != 0) {
        next |= want & CCCR_CCE;
    }
    uint32_t refused = (next ^ want) & (LOCKED_BITS | SET_LOCKED_BITS | CCCR_CCE);
    if (refused != 0 && !((want & CCCR_INIT) == 0 && refused == CCCR_CCE)) {
        periph_report(&f->base, R_CCCR, FOUND_FDCAN_CCCR, &(struct finding_data){.mask = refused});
    }
    return next;
}

/* Registers that CCE resets (59.4.1). */
static void clear_status(struct fdcan *f)
{
    static const enum fdcan_slot cleared[] = {R_HPMS,  R_TXBRP, R_TXBCR, R_TXBTO, R_TXBCF,
                                              R_TTOST, R_TTLGT, R_TTCTC, R_TTCSM};

    for (unsigned i = 0; i < sizeof(cleared) / sizeof(cleared[0]); i++) {
        f->base.values[cleared[i]] = f->base.model->regs[cleared[i]].reset;
    }
    fdcan_rx_reset(f);
    fdcan_tx_reset(f);
}

bool fdcan_cccr_write(struct periph *p, unsigned slot, uint32_t written)
{
    struct fdcan *f = fdcan_of(p);
    uint32_t lanes = p->chip->access.lanes;
    uint32_t old = p->values[slot];
    uint32_t want = (old & ~lanes) | (written & lanes);
    uint32_t next = grant(f, old, want);
    vtime_ps now = fdcan_now(f);

    p->values[slot] = next;
    if ((next & ~old & CCCR_CCE) != 0) {
        clear_status(f);
        fdcan_time_apply(f, now);
    }
    if ((next & CCCR_TEST) == 0) {
        p->values[R_TEST] = 0;
    }
    if ((old & CCCR_CSA) == 0) {
        f->init_target = (want & CCCR_INIT) != 0;
        sync_init(f, now);
    }
    fdcan_apply(f, now);
    fdcan_try_clock_stop(f, now);
    return true;
}

/* ---- TEST ---- */

bool fdcan_test_write(struct periph *p, unsigned slot, uint32_t written)
{
    struct fdcan *f = fdcan_of(p);
    uint32_t lanes = p->chip->access.lanes & 0x70u;

    if ((p->values[R_CCCR] & CCCR_TEST) == 0) {
        periph_report(p, slot, FOUND_FDCAN_TEST, NULL);
        return true;
    }
    p->values[slot] = (p->values[slot] & ~lanes) | (written & lanes);
    if (fdcan_field(p->values[slot], TEST_TX_Pos, 2) == 1) {
        periph_unmodelled(p, slot, 3u << TEST_TX_Pos);
    }
    fdcan_apply(f, fdcan_now(f));
    return true;
}

uint32_t fdcan_test_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct fdcan *f = fdcan_of(p);
    bool high = pinfunc_is_high(f->rx);

    (void)slot;
    if (high && f->transceiver != NULL) {
        high = !can_bus_is_dominant(f->transceiver->bus, fdcan_now(f));
    }
    return (value & ~TEST_RX) | (high ? TEST_RX : 0);
}

/* ---- the node on the bus ---- */

uint64_t fdcan_bit_ticks(const struct fdcan *f)
{
    uint32_t nbtp = fdcan_value(f, R_NBTP);
    uint32_t quanta = fdcan_field(nbtp, 8, 8) + fdcan_field(nbtp, 0, 7) + 3;

    return (uint64_t)quanta * (fdcan_field(nbtp, 16, 9) + 1);
}

/*
 * How far a sender's clock may be off. Between two edges lie at most 10 bits, made up by one jump of SJW;
 * after an error flag 13 bits must still be sampled right (Bosch CAN 2.0, 9.1). SJW, phase segments and
 * bit in time quanta. NTSEG1 holds the propagation segment too: the longer phase segment 1 is an excuse.
 */
static uint32_t tolerance_ppm(uint32_t sjw, uint32_t seg1, uint32_t seg2)
{
    uint32_t bit = 1 + seg1 + seg2;
    uint32_t phase = seg1 < seg2 ? seg1 : seg2;
    uint32_t by_jump = sjw * 100000u / bit;
    uint32_t by_phase = phase * 1000000u / (13 * bit - seg2);

    return by_jump < by_phase ? by_jump : by_phase;
}

static void set_timing(const struct fdcan *f, struct can_node_config *c)
{
    uint32_t nbtp = fdcan_value(f, R_NBTP);
    uint32_t dbtp = fdcan_value(f, R_DBTP);
    uint32_t data_quanta = fdcan_field(dbtp, 8, 5) + fdcan_field(dbtp, 4, 4) + 3;

    c->bit_ps = clock_span(f->clock, fdcan_bit_ticks(f));
    c->data_bit_ps = clock_span(f->clock, (uint64_t)data_quanta * (fdcan_field(dbtp, 16, 5) + 1));
    c->tolerance_ppm = tolerance_ppm(fdcan_field(nbtp, 25, 7) + 1, fdcan_field(nbtp, 8, 8) + 1,
                                     fdcan_field(nbtp, 0, 7) + 1);
    c->data_tolerance_ppm = tolerance_ppm(fdcan_field(dbtp, 0, 4) + 1, fdcan_field(dbtp, 8, 5) + 1,
                                          fdcan_field(dbtp, 4, 4) + 1);
}

static bool loops_back(const struct fdcan *f)
{
    return (fdcan_value(f, R_TEST) & TEST_LBCK) != 0;
}

static struct can_node_config wanted_config(const struct fdcan *f)
{
    uint32_t cccr = fdcan_value(f, R_CCCR);
    struct can_transceiver *t = f->transceiver;
    struct can_node_config c;

    memset(&c, 0, sizeof(c)); /* padding too: it is compared */
    set_timing(f, &c);
    c.recovery_runs = 129; /* 59.5.13: 129 occurrences of 11 recessive bits, not 128 */
    c.classic = (cccr & CCCR_FDOE) == 0;
    c.restricted = (cccr & CCCR_ASM) != 0;
    if (loops_back(f)) {
        c.loopback = true;
        return c;
    }
    c.silent = (cccr & CCCR_MON) != 0;
    c.unseeing = !pinfunc_is_high(f->rx) && t == NULL;
    c.undriving = t == NULL || can_transceiver_at_tx(f->tx->pin) != t || t->silent;
    return c;
}

static bool may_run(const struct fdcan *f)
{
    const struct periph *p = &f->base;

    return (fdcan_value(f, R_CCCR) & CCCR_INIT) == 0 && f->clock->uhz != 0 &&
           p->chip->resets.powered && (p->gate == NULL || p->gate->any);
}

static void transceiver_changed(void *ctx, vtime_ps now)
{
    fdcan_apply(ctx, now);
}

/* Finds the transceiver at the RX pin and the bus to be on. */
static struct can_bus *find_bus(struct fdcan *f)
{
    struct can_transceiver *t = can_transceiver_at_rx(f->rx->pin);

    if (f->transceiver != t) {
        f->transceiver = t;
        if (t != NULL) {
            t->changed = transceiver_changed;
            t->changed_ctx = f;
        }
    }
    return t != NULL && !loops_back(f) ? t->bus : &f->alone;
}

/* The TX pin outside frames: recessive, or as TEST.TX says (59.5.4). */
static void drive_tx(struct fdcan *f, vtime_ps now)
{
    uint32_t test = fdcan_field(fdcan_value(f, R_TEST), TEST_TX_Pos, 2);
    enum drive drive = test == TEST_TX_DOMINANT ? DRIVE_LOW : DRIVE_HIGH;

    pinfunc_drive(f->tx, f->base.chip->resets.powered ? drive : DRIVE_NONE, now);
}

void fdcan_apply(struct fdcan *f, vtime_ps now)
{
    struct can_bus *bus = find_bus(f);
    bool run = may_run(f);

    drive_tx(f, now);
    sync_init(f, now);
    fdcan_time_apply(f, now);
    if (!run) {
        can_node_stop(&f->node, now);
    }
    if (f->node.bus != bus) {
        can_node_detach(&f->node, now);
        can_node_attach(&f->node, bus, now);
    }
    if (f->clock->uhz != 0) {
        struct can_node_config config = wanted_config(f);
        if (memcmp(&config, &f->applied, sizeof(config)) != 0) {
            memcpy(&f->applied, &config, sizeof(config));
            can_node_configure(&f->node, &config, now);
        }
    }
    if (run) {
        can_node_start(&f->node, now);
        fdcan_tx_kick(f, now);
    }
}
