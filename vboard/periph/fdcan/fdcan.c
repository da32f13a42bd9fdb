/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Life of an FDCAN and its interrupt lines (RM0399 59.4, 59.5.15 to 59.5.18). */
#include "vboard/periph/fdcan/internal.h"

#include <stdlib.h>
#include <string.h>

const struct can_node *fdcan_node(const struct periph *p)
{
    return &((const struct fdcan *)p)->node;
}

uint64_t fdcan_frames_lost(const struct periph *p)
{
    return ((const struct fdcan *)p)->lost;
}

uint64_t fdcan_frames_stored(const struct periph *p)
{
    return ((const struct fdcan *)p)->stored;
}

uint64_t fdcan_frames_rejected(const struct periph *p, bool extended)
{
    return ((const struct fdcan *)p)->rejected[extended];
}

/* ---- interrupts ---- */

void fdcan_update_irq(struct fdcan *f)
{
    uint32_t active = fdcan_value(f, R_IR) & fdcan_value(f, R_IE);
    uint32_t line1 = fdcan_value(f, R_ILS);
    uint32_t enabled = fdcan_value(f, R_ILE);

    irq_set(&f->base.irq[FDCAN_IRQ_IT0], (enabled & 1u) != 0 && (active & ~line1) != 0);
    irq_set(&f->base.irq[FDCAN_IRQ_IT1], (enabled & 2u) != 0 && (active & line1) != 0);
}

void fdcan_raise(struct fdcan *f, uint32_t flags)
{
    f->base.values[R_IR] |= flags;
    fdcan_update_irq(f);
}

/* ---- clock and pins ---- */

static void clock_before(void *ctx, vtime_ps now)
{
    fdcan_time_hold(ctx, now);
}

static void clock_after(void *ctx, vtime_ps now)
{
    fdcan_apply(ctx, now);
}

static void pin_routed(void *ctx, bool routed, vtime_ps now)
{
    (void)routed;
    fdcan_apply(ctx, now);
}

static void pin_changed(void *ctx, bool high, vtime_ps now)
{
    (void)high;
    fdcan_apply(ctx, now);
}

void fdcan_gated(struct periph *p, bool on)
{
    (void)on;
    fdcan_apply(fdcan_of(p), p->chip->sched.now);
}

/* ---- life ---- */

int fdcan_init(struct periph *p)
{
    struct fdcan *f = fdcan_of(p);
    const struct can_node_config off = {.bit_ps = VTIME_US(1), .unseeing = true, .undriving = true};

    f->instance = (unsigned)p->entry->param;
    can_node_init(&f->node, p->name, &fdcan_node_ops, f, &off);
    can_bus_init(&f->alone, &p->chip->sched);
    can_node_attach(&f->node, &f->alone, 0);
    event_init(&f->init_sync, fdcan_init_synced, f);
    f->clock = &p->chip->clocks[CLK_FDCAN];
    fdcan_time_init(f);
    return f->instance == 1 ? fdcan_ram_init(f) : 0;
}

static struct pinfunc *claim_pin(struct fdcan *f, const char *suffix)
{
    char name[24];

    name[0] = '\0';
    strncat(name, f->base.name, sizeof(name) - 1);
    strncat(name, suffix, sizeof(name) - 1 - strlen(name));
    struct pinfunc *pin = chip_pinfunc(f->base.chip, name);
    pin->routed = pin_routed;
    pin->ctx = f;
    return pin;
}

void fdcan_connect(struct periph *p)
{
    struct fdcan *f = fdcan_of(p);
    struct periph *first = chip_periph(p->chip, "FDCAN1");

    if (!f->owns_ram && first != NULL) {
        f->ram = fdcan_of(first)->ram;
    }
    f->tim3 = chip_periph(p->chip, "TIM3");
    f->rx = claim_pin(f, "_RX");
    f->rx->changed = pin_changed;
    f->tx = claim_pin(f, "_TX");
    f->clock_listener =
        (struct clock_listener){.before = clock_before, .after = clock_after, .ctx = f};
    clock_listen(f->clock, &f->clock_listener);
}

void fdcan_reset(struct periph *p, enum reset_kind kind)
{
    struct fdcan *f = fdcan_of(p);
    vtime_ps now = p->chip->sched.now;

    sched_cancel(&p->chip->sched, &f->init_sync);
    f->init_target = true;
    can_node_reset(&f->node, now);
    f->lec = 7;
    f->dlec = 7;
    f->cel = 0;
    f->redl = f->rbrs = f->resi = false;
    f->was_passive = f->was_warned = f->was_off = false;
    f->tdcv = 0;
    fdcan_rx_reset(f);
    fdcan_tx_reset(f);
    fdcan_time_reset(f, now);
    if (kind == RESET_POWER_ON) {
        fdcan_ram_power_on(f);
    }
    fdcan_update_irq(f);
    if (f->tx != NULL) {
        fdcan_apply(f, now);
    }
}

/* The event queue may hold events of peripherals that are gone already: it is left alone. */
void fdcan_destroy(struct periph *p)
{
    struct fdcan *f = fdcan_of(p);

    can_node_forget(&f->node);
    if (f->owns_ram) {
        free(f->ram);
    }
}
