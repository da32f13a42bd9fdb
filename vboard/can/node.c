/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A node's life: fault confinement (ISO 11898-1:2015, 12.1.4), synchronisation, recovery from bus-off.
 */
#include "vboard/can/bus.h"

#include <string.h>

#include "vboard/can/bus_internal.h"

#define PASSIVE_LIMIT 128u
#define BUS_OFF_LIMIT 256u
#define ERROR_STEP 8u
/* After a valid frame a passive receiver's counter is set to a value from 119 to 127. */
#define REC_AFTER_PASSIVE 119u
#define DEFAULT_RECOVERY_RUNS 128u

/* ---- error counters ---- */

bool can_node_error_passive(const struct can_node *n)
{
    return n->tec >= PASSIVE_LIMIT || n->rec >= PASSIVE_LIMIT;
}

static bool keeps_counters(const struct can_node *n)
{
    return !n->config.whole_bus && !n->config.restricted && !n->config.loopback;
}

static void raise_rec(struct can_node *n, unsigned by)
{
    n->rec = n->rec + by < PASSIVE_LIMIT ? n->rec + by : PASSIVE_LIMIT;
}

static void go_bus_off(struct can_node *n, vtime_ps now)
{
    n->state = CAN_NODE_BUS_OFF;
    n->bus_off = true;
    n->in_frame = false;
    n->transmitting = false;
    n->sync_left = n->config.recovery_runs != 0 ? n->config.recovery_runs : DEFAULT_RECOVERY_RUNS;
    if (n->ops->bus_off != NULL) {
        n->ops->bus_off(n->ctx, now);
    }
    if (n->config.recovers) {
        can_node_start(n, now);
    }
}

void can_count_error(struct can_node *n, enum can_error kind, bool extra, vtime_ps now)
{
    bool transmitting = n->transmitting;
    /* A passive sender alone on the bus would go bus-off for want of an acknowledge: rule c, exception. */
    bool excused = transmitting && kind == CAN_ERROR_ACK && can_node_error_passive(n);

    n->errors++;
    if (keeps_counters(n) && !excused) {
        if (transmitting) {
            n->tec += ERROR_STEP + (extra ? ERROR_STEP : 0);
        } else {
            raise_rec(n, 1 + (extra ? ERROR_STEP : 0));
        }
    }
    if (n->ops->error != NULL) {
        n->ops->error(n->ctx, kind, n->fails_in_data, transmitting, now);
    }
    if (n->tec >= BUS_OFF_LIMIT) {
        go_bus_off(n, now);
    }
}

void can_count_stuck(struct can_node *n, vtime_ps now)
{
    if (!keeps_counters(n)) {
        return;
    }
    if (n->transmitting) {
        n->tec += ERROR_STEP;
    } else {
        raise_rec(n, ERROR_STEP);
    }
    if (n->ops->changed != NULL) {
        n->ops->changed(n->ctx, now);
    }
    if (n->tec >= BUS_OFF_LIMIT) {
        go_bus_off(n, now);
    }
}

void can_count_valid(struct can_node *n)
{
    if (!keeps_counters(n)) {
        return;
    }
    if (n->transmitting) {
        n->tec -= n->tec > 0 ? 1 : 0;
    } else if (n->rec >= PASSIVE_LIMIT) {
        n->rec = REC_AFTER_PASSIVE;
    } else {
        n->rec -= n->rec > 0 ? 1 : 0;
    }
}

/* ---- synchronisation ---- */

static bool bus_is_recessive(const struct can_bus *bus)
{
    return bus->phase == CAN_IDLE && bus->holders == 0;
}

static void await_run(struct can_node *n)
{
    sched_at(n->bus->sched, &n->sync, n->sync_from + CAN_SYNC_BITS * n->config.bit_ps);
}

void can_begin_sync(struct can_node *n, vtime_ps from)
{
    n->sync_from = from > n->bus->recessive_since ? from : n->bus->recessive_since;
    if (!n->config.unseeing && bus_is_recessive(n->bus)) {
        await_run(n);
    }
}

void can_resume_sync(struct can_bus *bus)
{
    for (struct can_node *n = bus->nodes; n != NULL; n = n->next) {
        if (n->state == CAN_NODE_SYNCHRONIZING) {
            can_begin_sync(n, n->sync_from);
        }
    }
}

void can_suspend_sync(struct can_bus *bus)
{
    for (struct can_node *n = bus->nodes; n != NULL; n = n->next) {
        if (n->state == CAN_NODE_SYNCHRONIZING) {
            sched_cancel(bus->sched, &n->sync);
        }
    }
}

static void on_sync(void *ctx, vtime_ps now)
{
    struct can_node *n = ctx;

    n->sync_left -= n->sync_left > 0 ? 1 : 0;
    if (n->bus_off && n->ops->recovering != NULL) {
        n->ops->recovering(n->ctx, now);
    }
    if (n->state != CAN_NODE_SYNCHRONIZING) {
        return; /* the owner has stopped it */
    }
    if (n->sync_left > 0) {
        n->sync_from = now;
        await_run(n);
        return;
    }
    n->state = CAN_NODE_ON;
    if (n->bus_off) {
        n->bus_off = false;
        n->tec = 0;
        n->rec = 0;
    }
    if (n->ops->changed != NULL) {
        n->ops->changed(n->ctx, now);
    }
    can_schedule(n->bus);
}

/* ---- what the owner asks for ---- */

/* The frame on the wire may end otherwise now. */
static void reconsider(struct can_bus *bus, vtime_ps now)
{
    if (bus->lock > 0) {
        return;
    }
    if (bus->phase == CAN_IN_FRAME) {
        can_plan(bus, now);
    } else {
        can_schedule(bus);
    }
}

void can_node_init(struct can_node *n, const char *name, const struct can_node_ops *ops, void *ctx,
                   const struct can_node_config *config)
{
    memset(n, 0, sizeof(*n));
    n->name = name;
    n->ops = ops;
    n->ctx = ctx;
    n->config = *config;
    n->ready_at = VTIME_NEVER;
    event_init(&n->sync, on_sync, n);
}

void can_node_attach(struct can_node *n, struct can_bus *bus, vtime_ps now)
{
    struct can_node **end = &bus->nodes;

    (void)now;
    while (*end != NULL) {
        end = &(*end)->next;
    }
    *end = n;
    n->next = NULL;
    n->bus = bus;
}

void can_node_forget(struct can_node *n)
{
    if (n->bus == NULL) {
        return;
    }
    struct can_node **link = &n->bus->nodes;
    while (*link != n) {
        link = &(*link)->next;
    }
    *link = n->next;
    n->next = NULL;
    n->bus = NULL;
}

void can_node_detach(struct can_node *n, vtime_ps now)
{
    struct can_bus *bus = n->bus;

    if (bus == NULL) {
        return;
    }
    can_node_hold(n, false, now);
    can_node_stop(n, now);
    can_node_forget(n);
    reconsider(bus, now);
}

void can_node_configure(struct can_node *n, const struct can_node_config *config, vtime_ps now)
{
    n->config = *config;
    if (n->bus == NULL) {
        return;
    }
    if (n->state == CAN_NODE_ON && config->unseeing) {
        can_node_stop(n, now);
        can_node_start(n, now);
    } else if (n->state == CAN_NODE_SYNCHRONIZING) {
        sched_cancel(n->bus->sched, &n->sync);
        can_begin_sync(n, now);
    }
    reconsider(n->bus, now);
}

void can_node_start(struct can_node *n, vtime_ps now)
{
    if (n->bus == NULL || n->state == CAN_NODE_ON || n->state == CAN_NODE_SYNCHRONIZING) {
        return;
    }
    n->state = CAN_NODE_SYNCHRONIZING;
    if (!n->bus_off) {
        n->sync_left = 1;
    }
    can_begin_sync(n, now);
}

/* Its frame breaks off; the bits sent so far were driven. */
static void leave_frame(struct can_node *n, vtime_ps now)
{
    struct can_bus *bus = n->bus;

    if (n->transmitting && bus->phase == CAN_IN_FRAME && bus->sender != NULL && bus->lock == 0) {
        n->dominant_bits += n->config.undriving ? 0 : can_dominant_until(bus, now);
        if (bus->sender == n) {
            bus->sender = NULL;
        }
    }
    n->in_frame = false;
    n->transmitting = false;
}

void can_node_stop(struct can_node *n, vtime_ps now)
{
    if (n->bus == NULL) {
        return;
    }
    sched_cancel(n->bus->sched, &n->sync);
    leave_frame(n, now);
    n->state = n->bus_off ? CAN_NODE_BUS_OFF : CAN_NODE_OFF;
    reconsider(n->bus, now);
}

void can_node_request(struct can_node *n, vtime_ps at, vtime_ps now)
{
    n->ready_at = at == VTIME_NEVER || at > now ? at : now;
    if (n->bus != NULL && n->bus->phase == CAN_IDLE) {
        can_schedule(n->bus);
    }
}

void can_node_hold(struct can_node *n, bool hold, vtime_ps now)
{
    if (n->holding == hold || n->bus == NULL) {
        return;
    }
    n->holding = hold;
    if (hold) {
        n->held_since = now;
    } else if (now > n->held_since && n->config.bit_ps != 0) {
        n->dominant_bits += (now - n->held_since + n->config.bit_ps - 1) / n->config.bit_ps;
    }
    can_hold_bus(n->bus, hold, now);
}

void can_node_reset(struct can_node *n, vtime_ps now)
{
    n->bus_off = false;
    can_node_stop(n, now);
    n->tec = 0;
    n->rec = 0;
    n->ready_at = VTIME_NEVER;
    n->suspended_until = 0;
}
