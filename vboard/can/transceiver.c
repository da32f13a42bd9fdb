/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/can/transceiver.h"

#include <string.h>

/* Dominant time-out of TXD: 0.3 to 5 ms in the data sheets. */
#define DOMINANT_TIMEOUT VTIME_MS(2)
/* Only for counting bits while TX is held: the bus has no rate of its own. */
#define COUNTED_BIT_PS VTIME_US(2)

static void held(void *ctx, bool dominant, vtime_ps now)
{
    struct can_transceiver *t = ctx;

    signal_drive(&t->rx_driver, dominant ? DRIVE_LOW : DRIVE_HIGH, now);
}

static void follow_tx(struct can_transceiver *t, vtime_ps now)
{
    bool low = t->tx->level == LEVEL_LOW && !t->silent;

    can_node_hold(&t->node, low, now);
    if (low) {
        sched_at(t->bus->sched, &t->timeout, now + DOMINANT_TIMEOUT);
    } else {
        sched_cancel(t->bus->sched, &t->timeout);
    }
}

static void tx_changed(void *ctx, struct signal *s, vtime_ps now)
{
    (void)s;
    follow_tx(ctx, now);
}

/* RX is an output; listening marks the pin as ours (can_transceiver_at_rx). */
static void rx_changed(void *ctx, struct signal *s, vtime_ps now)
{
    (void)ctx;
    (void)s;
    (void)now;
}

static void on_timeout(void *ctx, vtime_ps now)
{
    struct can_transceiver *t = ctx;

    can_node_hold(&t->node, false, now);
}

static bool pending(void *ctx, vtime_ps now, struct bus_frame *f)
{
    (void)ctx;
    (void)now;
    (void)f;
    return false;
}

static const struct can_node_ops ops = {.pending = pending};

void can_transceiver_init(struct can_transceiver *t, struct can_bus *bus, struct signal *rx,
                          struct signal *tx)
{
    const struct can_node_config config = {.bit_ps = COUNTED_BIT_PS, .silent = true};
    vtime_ps now = bus->sched->now;

    memset(t, 0, sizeof(*t));
    t->bus = bus;
    t->rx = rx;
    t->tx = tx;
    event_init(&t->timeout, on_timeout, t);
    can_node_init(&t->node, "TX pin", &ops, t, &config);
    can_node_attach(&t->node, bus, now);
    t->tx_listener = (struct signal_listener){.changed = tx_changed, .ctx = t};
    t->rx_listener = (struct signal_listener){.changed = rx_changed, .ctx = t};
    signal_attach(rx, &t->rx_driver);
    signal_attach(tx, &t->tx_pull);
    signal_drive(&t->tx_pull, DRIVE_PULL_UP, now);
    signal_listen(tx, &t->tx_listener);
    signal_listen(rx, &t->rx_listener);
    t->bus_listener = (struct can_listener){.held = held, .ctx = t};
    can_bus_listen(bus, &t->bus_listener);
    held(t, bus->holders > 0, now);
    follow_tx(t, now);
}

static void unlisten(struct signal *s, struct signal_listener *l)
{
    struct signal_listener **link = &s->listeners;

    while (*link != l) {
        link = &(*link)->next;
    }
    *link = l->next;
}

void can_transceiver_destroy(struct can_transceiver *t)
{
    vtime_ps now = t->bus->sched->now;

    sched_cancel(t->bus->sched, &t->timeout);
    can_node_detach(&t->node, now);
    can_bus_unlisten(t->bus, &t->bus_listener);
    unlisten(t->tx, &t->tx_listener);
    unlisten(t->rx, &t->rx_listener);
    signal_detach(&t->rx_driver, now);
    signal_detach(&t->tx_pull, now);
    if (t->changed != NULL) {
        t->changed(t->changed_ctx, now); /* no longer found at its pins */
    }
}

void can_transceiver_set_silent(struct can_transceiver *t, bool silent, vtime_ps now)
{
    if (t->silent == silent) {
        return;
    }
    t->silent = silent;
    follow_tx(t, now);
    if (t->changed != NULL) {
        t->changed(t->changed_ctx, now);
    }
}

uint64_t can_transceiver_held_bits(const struct can_transceiver *t)
{
    return t->node.dominant_bits;
}

static struct can_transceiver *find(const struct signal *pin,
                                    void (*changed)(void *ctx, struct signal *s, vtime_ps now))
{
    if (pin == NULL) {
        return NULL;
    }
    for (struct signal_listener *l = pin->listeners; l != NULL; l = l->next) {
        if (l->changed == changed) {
            return l->ctx;
        }
    }
    return NULL;
}

struct can_transceiver *can_transceiver_at_rx(const struct signal *pin)
{
    return find(pin, rx_changed);
}

struct can_transceiver *can_transceiver_at_tx(const struct signal *pin)
{
    return find(pin, tx_changed);
}
