/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* HRTIM: what writes of its registers do, and its life. */
#include <stdio.h>

#include "vboard/periph/hrtim/internal.h"

#define OUTPUTS (5u * HRTIM_OUTPUTS)
#define SOFTWARE 1u /* SST, SRT */

static struct hrtim_unit *unit_of(struct periph *p, unsigned slot)
{
    return &((struct hrtim *)p)->units[slot / T_COUNT];
}

static vtime_ps now_of(const struct periph *p)
{
    return p->chip->sched.now;
}

/* OENR's order: TA1, TA2, TB1 ... */
static struct hrtim_output *output_at(struct periph *p, unsigned i)
{
    return &((struct hrtim *)p)->units[1 + i / HRTIM_OUTPUTS].outputs[i % HRTIM_OUTPUTS];
}

/* ---- a timer's registers ---- */

uint32_t hrtim_isr_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct hrtim_unit *u = unit_of(p, slot);
    (void)value;
    hrtim_sync(u, now_of(p));
    uint32_t copies =
        u->number == 0 ? 0 : (u->outputs[0].active ? 1u : 0u) | (u->outputs[1].active ? 2u : 0u);
    return p->values[slot] | copies << ISR_O1CPY_POS;
}

void hrtim_icr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct hrtim_unit *u = unit_of(p, slot);
    (void)old;
    hrtim_sync(u, now_of(p));
    u->values[T_ISR] &= ~written;
    hrtim_update_irq(u);
    hrtim_run_or_stop(u, now_of(p));
}

/* DIER, OUTxR: what happened until now happened with the old ones, or makes no difference. */
void hrtim_change(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct hrtim_unit *u = unit_of(p, slot);
    (void)old;
    (void)written;
    hrtim_sync(u, now_of(p));
    for (unsigned i = 0; i < HRTIM_OUTPUTS && u->number != 0; i++) {
        hrtim_drive(&u->outputs[i], now_of(p));
    }
    hrtim_update_irq(u);
    hrtim_run_or_stop(u, now_of(p));
}

uint32_t hrtim_cnt_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct hrtim_unit *u = unit_of(p, slot);
    (void)value;
    hrtim_sync(u, now_of(p));
    return hrtim_count(u, now_of(p));
}

void hrtim_cnt_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct hrtim_unit *u = unit_of(p, slot);
    (void)old;
    (void)written;
    if (u->enabled) {
        hrtim_restart(u, p->values[slot], now_of(p));
    }
    hrtim_run_or_stop(u, now_of(p));
}

/* PER, CMPx, REP: at once unless preloaded (39.3.10). */
void hrtim_value_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct hrtim_unit *u = unit_of(p, slot);
    (void)old;
    (void)written;
    hrtim_sync(u, now_of(p));
    if (slot % T_COUNT == T_CMP1) {
        u->values[T_CMP1C] = (u->values[T_CMP1C] & 0xFF0000u) | p->values[slot];
    }
    if ((u->values[T_CR] & CR_PREEN) == 0) {
        hrtim_update(u);
    }
    hrtim_run_or_stop(u, now_of(p));
}

/* REP and CMP1 in one. */
void hrtim_cmp1c_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct hrtim_unit *u = unit_of(p, slot);
    u->values[T_REP] = p->values[slot] >> 16;
    u->values[T_CMP1] = p->values[slot] & 0xFFFFu;
    hrtim_value_write(p, slot, old, written);
}

/* SST and SRT force the output, and read 0. */
void hrtim_set_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct hrtim_unit *u = unit_of(p, slot);
    unsigned reg = slot % T_COUNT;
    (void)old;
    hrtim_sync(u, now_of(p));
    p->values[slot] &= ~SOFTWARE;
    if ((written & SOFTWARE) != 0) {
        struct hrtim_output *o = &u->outputs[reg == T_SET1 || reg == T_RST1 ? 0 : 1];
        o->active = reg == T_SET1 || reg == T_SET2;
        hrtim_drive(o, now_of(p));
    }
    hrtim_run_or_stop(u, now_of(p));
}

void hrtim_tim_cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)written;
    struct hrtim_unit *u = unit_of(p, slot);
    if ((old & ~p->values[slot] & CR_PREEN) != 0) {
        hrtim_update(u);
    }
    hrtim_run_or_stop(u, now_of(p));
}

void hrtim_mcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct hrtim *h = (struct hrtim *)p;
    hrtim_tim_cr_write(p, slot, old, written);
    for (unsigned i = 0; i < HRTIM_UNITS; i++) {
        hrtim_enable(&h->units[i], (p->values[slot] >> (MCR_CEN_POS + i) & 1u) != 0, now_of(p));
    }
}

/* ---- common registers ---- */

/* A reset by software starts a single-shot timer that stands, and (RETRIG) one that runs. */
static void software_reset(struct hrtim_unit *u, vtime_ps now)
{
    bool allowed = (u->values[T_CR] & (CR_CONT | CR_RETRIG)) != 0 || !u->counting;
    if (u->enabled && allowed) {
        hrtim_restart(u, 0, now);
        u->values[T_ISR] |= u->number == 0 ? 0 : FLAG_RST;
        hrtim_update_irq(u);
    }
}

/* MSWU to TESWU in bits 0 to 5, MRST to TERST in bits 8 to 13; all clear themselves. */
void hrtim_cr2_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct hrtim *h = (struct hrtim *)p;
    vtime_ps now = now_of(p);
    (void)old;
    p->values[slot] = 0;
    for (unsigned i = 0; i < HRTIM_UNITS; i++) {
        struct hrtim_unit *u = &h->units[i];
        hrtim_sync(u, now);
        if ((written >> i & 1u) != 0) {
            hrtim_update(u);
            u->values[T_ISR] |= FLAG_UPD;
            hrtim_update_irq(u);
        }
        if ((written >> (8 + i) & 1u) != 0) {
            software_reset(u, now);
        }
        hrtim_run_or_stop(u, now);
    }
}

static void enable_outputs(struct periph *p, uint32_t bits, bool on)
{
    for (unsigned i = 0; i < OUTPUTS; i++) {
        struct hrtim_output *o = output_at(p, i);
        if ((bits >> i & 1u) != 0) {
            hrtim_sync(o->unit, now_of(p));
            o->enabled = on;
            hrtim_drive(o, now_of(p));
            hrtim_run_or_stop(o->unit, now_of(p));
        }
    }
}

void hrtim_oenr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    enable_outputs(p, written, true);
}

void hrtim_odisr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    p->values[H_OENR] &= ~written;
    enable_outputs(p, written, false);
}

/* ---- clocks, life ---- */

static void before_clock(void *ctx, vtime_ps now)
{
    struct hrtim *h = ctx;
    for (unsigned i = 0; i < HRTIM_UNITS; i++) {
        hrtim_sync(&h->units[i], now);
        ticker_sync(&h->units[i].ticker, now);
    }
}

static void after_clock(void *ctx, vtime_ps now)
{
    struct hrtim *h = ctx;
    for (unsigned i = 0; i < HRTIM_UNITS; i++) {
        hrtim_run_or_stop(&h->units[i], now);
    }
}

static void gated(struct periph *p, bool on)
{
    struct hrtim *h = (struct hrtim *)p;
    (void)on;
    for (unsigned i = 0; i < HRTIM_UNITS; i++) {
        hrtim_follow(&h->units[i], now_of(p));
    }
}

static void due(void *ctx, vtime_ps now)
{
    hrtim_follow(ctx, now);
}

static void settle(void *ctx)
{
    struct hrtim_output *o = ctx;
    hrtim_follow(o->unit, o->unit->timer->p.chip->sched.now);
}

static void routed(void *ctx, bool on, vtime_ps now)
{
    struct hrtim_output *o = ctx;
    (void)on;
    hrtim_follow(o->unit, now);
}

static int init(struct periph *p)
{
    struct hrtim *h = (struct hrtim *)p;
    h->kernel = &p->chip->clocks[p->entry->kernel->output];
    for (unsigned i = 0; i < HRTIM_UNITS; i++) {
        struct hrtim_unit *u = &h->units[i];
        u->timer = h;
        u->number = i;
        u->values = p->values + i * T_COUNT;
        event_init(&u->event, due, u);
        ticker_init(&u->ticker, h->kernel, 1);
    }
    return 0;
}

static void connect_output(struct hrtim_unit *u, unsigned number)
{
    struct hrtim_output *o = &u->outputs[number];
    char name[24];
    snprintf(name, sizeof(name), "HRTIM_CH%c%u", (char)('A' + u->number - 1), number + 1);
    o->unit = u;
    o->number = number;
    o->pin = chip_pinfunc(u->timer->p.chip, name);
    o->late = (struct signal_late){settle, o};
    o->pin->late = &o->late;
    o->pin->routed = routed;
    o->pin->ctx = o;
}

static void connect(struct periph *p)
{
    struct hrtim *h = (struct hrtim *)p;
    for (unsigned i = 1; i < HRTIM_UNITS; i++) {
        connect_output(&h->units[i], 0);
        connect_output(&h->units[i], 1);
    }
    h->listener = (struct clock_listener){.before = before_clock, .after = after_clock, .ctx = h};
    clock_listen(h->kernel, &h->listener);
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct hrtim *h = (struct hrtim *)p;
    (void)kind;
    for (unsigned i = 0; i < HRTIM_UNITS; i++) {
        struct hrtim_unit *u = &h->units[i];
        u->enabled = u->counting = false;
        u->start = 0;
        u->seen = -1;
        hrtim_update(u);
        ticker_set(&u->ticker, 0, now_of(p));
        for (unsigned k = 0; k < HRTIM_OUTPUTS && i != 0; k++) {
            u->outputs[k].active = u->outputs[k].enabled = false;
            hrtim_drive(&u->outputs[k], now_of(p));
        }
        hrtim_update_irq(u);
        hrtim_run_or_stop(u, now_of(p));
    }
}

static void destroy(struct periph *p)
{
    struct hrtim *h = (struct hrtim *)p;
    for (unsigned i = 0; i < HRTIM_UNITS; i++) {
        sched_cancel(&p->chip->sched, &h->units[i].event);
    }
}

static const char *const irq_names[] = {"master", "A", "B", "C", "D", "E", "fault", NULL};

const struct model hrtim_model = {
    .kind = "hrtim",
    .size = sizeof(struct hrtim),
    .regs = hrtim_regs,
    .fields = hrtim_fields,
    .slot_count = H_COUNT,
    .span = 0x400,
    .irq_names = irq_names,
    .init = init,
    .connect = connect,
    .reset = reset,
    .gated = gated,
    .destroy = destroy,
};
