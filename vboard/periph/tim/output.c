/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The timers' pins: OCx and OCxN, polarity, dead time, what they are without MOE, break inputs and LOCK (RM0399
 * Rev 4 40.3.15, 40.3.16, 40.4.11 Table 354, 40.4.20).
 *
 * Dead time is an event a switched output, made only where somebody looks at the pin.
 */
#include <stdio.h>

#include "vboard/periph/tim/parts.h"

#define CC_E 1u
#define CC_P 2u
#define CC_NE 4u
#define CC_NP 8u

/* ---- dead time ---- */

/* 40.4.20 DTG: in steps of tDTS, of 2, 8 and 16 tDTS; tDTS is 1, 2 or 4 kernel clocks by CR1.CKD. */
static uint64_t dead_ticks(const struct tim *t)
{
    uint32_t dtg = t->p.values[R_BDTR] & BDTR_DTG;
    uint64_t dts = UINT64_C(1) << (t->p.values[R_CR1] >> CR1_CKD_POS & 3u);
    if ((dtg & 0x80u) == 0) {
        return dtg * dts;
    }
    if ((dtg & 0x40u) == 0) {
        return (64 + (dtg & 0x3Fu)) * 2 * dts;
    }
    return (32 + (dtg & 0x1Fu)) * ((dtg & 0x20u) == 0 ? 8 : 16) * dts;
}

static void set_pin(struct tim_output *o, enum drive wanted, vtime_ps at)
{
    if (o->pin != NULL && o->pin->wanted != wanted) {
        pinfunc_drive(o->pin, wanted, at);
    }
}

static void dead_time_over(void *ctx, vtime_ps now)
{
    struct tim_output *o = ctx;
    set_pin(o, o->next, now);
}

static bool pin_is_watched(const struct tim *t, const struct tim_output *o)
{
    return o->pin != NULL && o->pin->pin != NULL && o->pin->wanted != DRIVE_NONE &&
           chip_pin_is_watched(t->p.chip, o->pin->pin);
}

/* ---- what a channel's two outputs should be ---- */

struct wanted {
    enum drive now;   /* until the dead time is over */
    enum drive later; /* then */
};

static struct wanted steady(enum drive drive)
{
    return (struct wanted){drive, drive};
}

static enum drive level(bool high)
{
    return high ? DRIVE_HIGH : DRIVE_LOW;
}

/* Both outputs on: what rises to its active level does so after the dead time. */
static struct wanted delayed(bool active, bool inverted)
{
    enum drive off = level(inverted);
    return active ? (struct wanted){off, level(!inverted)} : steady(off);
}

static bool idle_bit(const struct tim *t, unsigned n, bool complement)
{
    return (t->p.values[R_CR2] >> (CR2_OIS_POS + 2 * n + (complement ? 1u : 0u)) & 1u) != 0;
}

/* MOE is 0: off, or (OSSI) inactive and then at the idle level; not both active at once. */
static void idle(const struct tim *t, unsigned n, uint32_t ccer, struct wanted out[2])
{
    bool inverted[2] = {(ccer & CC_P) != 0, (ccer & CC_NP) != 0};
    bool idles[2] = {idle_bit(t, n, false), idle_bit(t, n, true)};
    bool both_active = idles[0] != inverted[0] && idles[1] != inverted[1];
    for (unsigned i = 0; i < 2; i++) {
        enum drive off = level(inverted[i]);
        bool goes = !(both_active && n < t->traits->complements);
        out[i] = (struct wanted){off, goes ? level(idles[i]) : off};
    }
}

/* Table 354 of timers with BDTR. */
static void decide(const struct tim *t, unsigned n, uint32_t ccer, struct wanted out[2])
{
    bool ref = tim_ref(t, n);
    bool e = (ccer & CC_E) != 0, ne = (ccer & CC_NE) != 0;
    bool p = (ccer & CC_P) != 0, np = (ccer & CC_NP) != 0;
    out[0] = out[1] = steady(DRIVE_NONE);
    if (!e && !ne) {
        return;
    }
    if (!tim_has(t, R_BDTR, BDTR_MOE)) {
        if (tim_has(t, R_BDTR, BDTR_OSSI)) {
            idle(t, n, ccer, out);
        }
    } else if (e && ne) {
        out[0] = delayed(ref, p);
        out[1] = delayed(!ref, np);
    } else {
        enum drive off_state[2] = {level(p), level(np)};
        bool ossr = tim_has(t, R_BDTR, BDTR_OSSR);
        out[e ? 0 : 1] = steady(level(ref != (e ? p : np)));
        out[e ? 1 : 0] = steady(ossr ? off_state[e ? 1 : 0] : DRIVE_NONE);
    }
}

static void apply(struct tim *t, struct tim_output *o, struct wanted w, vtime_ps at)
{
    struct sched *s = &t->p.chip->sched;
    vtime_ps span = w.now != w.later ? clock_span(t->kernel, dead_ticks(t)) : 0;
    bool was_later = o->pin != NULL && o->pin->wanted == w.later;
    if (o->pin == NULL) {
        return;
    }
    if (event_queued(&o->dead) && o->next == w.later && o->pin->wanted == w.now) {
        return; /* its dead time is running already */
    }
    sched_cancel(s, &o->dead);
    if (was_later || span == 0 || !pin_is_watched(t, o)) {
        set_pin(o, w.later, at);
        return;
    }
    set_pin(o, w.now, at);
    o->next = w.later;
    if (span != VTIME_NEVER) {
        sched_at(s, &o->dead, at + span);
    }
}

static void drive_one(struct tim *t, unsigned n, vtime_ps at)
{
    struct tim_channel *c = &t->channels[n];
    uint32_t ccer = tim_is_output(t, n) ? tim_ccer(t, n) : 0;
    struct wanted out[2];
    if (c->oc == NULL) {
        return; /* channels 5 and 6 */
    }
    if (t->traits->advanced) {
        if (n >= t->traits->complements) {
            ccer &= ~CC_NE;
        }
        decide(t, n, ccer, out);
        apply(t, &c->complement, out[1], at);
    } else {
        bool on = (ccer & CC_E) != 0;
        out[0] = steady(on ? level(tim_ref(t, n) != ((ccer & CC_P) != 0)) : DRIVE_NONE);
    }
    apply(t, &c->out, out[0], at);
    if (c->oc->wanted != 0) {
        wire_set(c->oc, out[0].later == DRIVE_HIGH, at);
    }
}

void tim_drive(struct tim *t, unsigned n, vtime_ps at)
{
    drive_one(t, n, at);
    if ((n ^ 1u) < t->traits->channels && t->channels[n ^ 1u].mode >= OC_COMBINED1) {
        drive_one(t, n ^ 1u, at);
    }
    for (unsigned i = 0; n == 4 && i < 3; i++) {
        drive_one(t, i, at);
    }
    tim_follow(t, at);
}

void tim_drive_all(struct tim *t, vtime_ps at)
{
    for (unsigned n = 0; n < t->traits->channels; n++) {
        drive_one(t, n, at);
    }
    tim_follow(t, at);
}

static bool outputs_are_watched(const struct tim *t, unsigned n)
{
    const struct tim_channel *c = &t->channels[n];
    return pin_is_watched(t, &c->out) || pin_is_watched(t, &c->complement) ||
           (c->oc != NULL && c->oc->wanted != 0);
}

bool tim_ref_is_watched(const struct tim *t, unsigned n)
{
    if (outputs_are_watched(t, n) || tim_trgo_wants_ref(t, n)) {
        return true;
    }
    if ((n ^ 1u) < t->traits->channels && t->channels[n ^ 1u].mode >= OC_COMBINED1 &&
        outputs_are_watched(t, n ^ 1u)) {
        return true;
    }
    return n == 4 && (t->p.values[R_CCR5] >> 29) != 0 &&
           (outputs_are_watched(t, 0) || outputs_are_watched(t, 1) || outputs_are_watched(t, 2));
}

/* ---- break ---- */

/* 40.4.26, 40.4.20: the pin, or its inverse (AFx.BKINP), breaks at the level of BKP. A function without a pin
 * does not. */
bool tim_breaks(const struct tim *t, unsigned which)
{
    const struct pinfunc *f = t->break_pin[which];
    uint32_t af = t->p.values[which == 0 ? R_AF1 : R_AF2];
    uint32_t on = which == 0 ? BDTR_BKE : BDTR_BK2E;
    bool polarity = tim_has(t, R_BDTR, which == 0 ? BDTR_BKP : BDTR_BK2P);
    if (f == NULL || f->pin == NULL || (af & AF_BKINE) == 0 || !tim_has(t, R_BDTR, on)) {
        return false;
    }
    return (pinfunc_is_high(f) != ((af & AF_BKINP) != 0)) == polarity;
}

void tim_break(struct tim *t, unsigned which, vtime_ps now)
{
    t->p.values[R_SR] |= which == 0 ? SR_BIF : SR_B2IF;
    t->p.values[R_BDTR] &= ~BDTR_MOE;
    tim_drive_all(t, now);
}

static void break_changed(void *ctx, bool high, vtime_ps now)
{
    struct tim *t = ctx;
    (void)high;
    for (unsigned which = 0; which < 2; which++) {
        if (tim_breaks(t, which)) {
            tim_sync(t, now);
            tim_break(t, which, now);
            tim_update_irq(t);
            tim_reschedule(t);
        }
    }
}

/* ---- LOCK (40.4.20) ---- */

static const struct {
    uint8_t level, slot;
    uint32_t bits;
} locks[] = {{1, R_BDTR, 0x03FF70FF}, /* BK2x, BKF, AOE, BKP, BKE, DTG */
             {1, R_CR2, 0x00057F00},  /* OISx, OISxN */
             {2, R_BDTR, BDTR_OSSR | BDTR_OSSI},
             {2, R_CCER, 0x0022AAAA}}; /* CCxP, CCxNP */

/* Level 3: OCxM and OCxPE of channels that are outputs. */
static uint32_t locked_modes(const struct tim *t, unsigned slot)
{
    uint32_t bits = 0;
    for (unsigned n = 2 * (slot - R_CCMR1); n < 2 * (slot - R_CCMR1) + 2; n++) {
        bits |= tim_is_output(t, n) ? 0x00010078u << (8 * (n & 1u)) : 0;
    }
    return bits;
}

void tim_keep_locked(struct tim *t, unsigned slot, uint32_t old)
{
    uint32_t bdtr = slot == R_BDTR ? old : t->p.values[R_BDTR];
    unsigned lock = bdtr >> BDTR_LOCK_POS & 3u;
    uint32_t kept = 0;
    if (!t->traits->advanced || lock == 0) {
        return; /* "The LOCK bits can be written only once after the reset" */
    }
    for (unsigned i = 0; i < sizeof(locks) / sizeof(locks[0]); i++) {
        kept |= locks[i].slot == slot && lock >= locks[i].level ? locks[i].bits : 0;
    }
    if (slot == R_BDTR) {
        kept |= 3u << BDTR_LOCK_POS;
    }
    if (lock == 3 && slot >= R_CCMR1 && slot <= R_CCMR3) {
        kept |= locked_modes(t, slot);
    }
    t->p.values[slot] = (t->p.values[slot] & ~kept) | (old & kept);
}

/* ---- life ---- */

void tim_output_init(struct tim *t)
{
    for (unsigned n = 0; n < TIM_CHANNELS; n++) {
        struct tim_channel *c = &t->channels[n];
        c->tim = t;
        c->number = n;
        c->out.channel = c;
        c->complement.channel = c;
        event_init(&c->out.dead, dead_time_over, &c->out);
        event_init(&c->complement.dead, dead_time_over, &c->complement);
    }
}

/* Somebody looks at the pin, or begins to. */
static void pin_settle(void *ctx)
{
    struct tim_channel *c = ctx;
    tim_sync(c->tim, c->tim->p.chip->sched.now);
    tim_reschedule(c->tim);
}

static void pin_routed(void *ctx, bool routed, vtime_ps now)
{
    struct tim_channel *c = ctx;
    (void)routed;
    tim_sync(c->tim, now);
    tim_reschedule(c->tim);
}

static struct pinfunc *connect_pin(struct tim_channel *c, const char *suffix)
{
    char name[24];
    snprintf(name, sizeof(name), "%s_CH%u%s", c->tim->p.name, c->number + 1, suffix);
    struct pinfunc *f = chip_pinfunc(c->tim->p.chip, name);
    f->routed = pin_routed;
    f->ctx = c;
    c->late = (struct signal_late){pin_settle, c};
    f->late = &c->late;
    return f;
}

static void oc_wanted(void *ctx, vtime_ps now)
{
    struct tim_channel *c = ctx;
    tim_sync(c->tim, now);
    tim_drive_all(c->tim, now);
    tim_reschedule(c->tim);
}

void tim_output_connect(struct tim *t)
{
    static const char *const names[2] = {"BKIN", "BKIN2"};
    char name[24];
    for (unsigned n = 0; n < t->traits->channels && n < TIM_PINS; n++) {
        struct tim_channel *c = &t->channels[n];
        c->out.pin = connect_pin(c, "");
        c->out.pin->changed = tim_pin_changed;
        if (n < t->traits->complements) {
            c->complement.pin = connect_pin(c, "N");
        }
        snprintf(name, sizeof(name), "%s_OC%u", t->p.name, n + 1);
        c->oc = chip_wire_source(t->p.chip, name, oc_wanted, c);
    }
    for (unsigned i = 0; t->traits->advanced && i < (t->traits->four_irqs ? 2u : 1u); i++) {
        snprintf(name, sizeof(name), "%s_%s", t->p.name, names[i]);
        t->break_pin[i] = chip_pinfunc(t->p.chip, name);
        t->break_pin[i]->changed = break_changed;
        t->break_pin[i]->ctx = t;
    }
}

void tim_output_reset(struct tim *t)
{
    for (unsigned n = 0; n < t->traits->channels; n++) {
        struct tim_channel *c = &t->channels[n];
        c->ref = false;
        c->cleared = false;
        c->edges = 0;
        sched_cancel(&t->p.chip->sched, &c->out.dead);
        sched_cancel(&t->p.chip->sched, &c->complement.dead);
    }
    tim_take_controls(t, true);
    tim_drive_all(t, t->p.chip->sched.now);
}
