/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What happens on the wire, one event after the other: a frame starts (arbitration), it ends well or in
 * an error, error flags and delimiter pass, the bus is idle.
 */
#include "vboard/can/bus.h"

#include <string.h>

#include "vboard/can/bus_internal.h"

/* Before anyone has sent: 500 kbit/s. */
#define DEFAULT_BIT_PS VTIME_US(2)

static vtime_ps later(vtime_ps a, vtime_ps b)
{
    return a > b ? a : b;
}

/* ---- when the next frame starts ---- */

static bool may_send(const struct can_node *n)
{
    return n->state == CAN_NODE_ON && !n->config.silent && !n->config.restricted;
}

void can_schedule(struct can_bus *bus)
{
    vtime_ps at = VTIME_NEVER;

    if (bus->lock > 0 || bus->phase != CAN_IDLE) {
        return;
    }
    for (struct can_node *n = bus->nodes; n != NULL; n = n->next) {
        vtime_ps ready = later(n->ready_at, n->suspended_until);
        if (may_send(n) && ready < at) {
            at = ready;
        }
    }
    if (at != VTIME_NEVER) {
        at = later(at, bus->idle_at);
    }
    sched_at(bus->sched, &bus->start, at);
}

static void become_idle(struct can_bus *bus, vtime_ps idle_at)
{
    bus->phase = CAN_IDLE;
    bus->sender = NULL;
    bus->idle_at = idle_at;
    can_resume_sync(bus);
}

/* ---- arbitration ---- */

/* The best of the pending frames goes into bus->frame; false if there is none. */
static bool collect(struct can_bus *bus, vtime_ps now)
{
    uint32_t best = UINT32_MAX;

    bus->sender = NULL;
    for (struct can_node *n = bus->nodes; n != NULL; n = n->next) {
        struct bus_frame f;
        n->contends = false;
        if (!may_send(n) || n->ready_at > now || n->suspended_until > now) {
            continue;
        }
        if (!n->ops->pending(n->ctx, now, &f)) {
            n->ready_at = VTIME_NEVER;
            continue;
        }
        n->contends = true;
        uint32_t priority = can_bits_priority(&f);
        if (bus->sender == NULL || priority < best) {
            best = priority;
            bus->sender = n;
            bus->frame = f;
        }
    }
    return bus->sender != NULL;
}

/* First bit at which two frames differ on the wire; *dominant: zeros of `a` before it. */
static unsigned first_difference(const struct bus_frame *a, const struct bus_frame *b,
                                 unsigned *dominant)
{
    uint8_t wire_a[CAN_BITS_MAX];
    uint8_t wire_b[CAN_BITS_MAX];
    size_t count_a = can_bits_encode(a, wire_a, NULL);
    size_t count_b = can_bits_encode(b, wire_b, NULL);
    unsigned i = 0;

    *dominant = 0;
    while (i < count_a && i < count_b && wire_a[i] == wire_b[i]) {
        *dominant += wire_a[i] == 0 ? 1 : 0;
        i++;
    }
    return i < count_a || i < count_b ? i : 0;
}

/* Another node that began to send: it loses, or its frame has the same identifier as the winner's. */
static void settle_rival(struct can_bus *bus, struct can_node *n, vtime_ps now)
{
    struct bus_frame f;
    unsigned dominant;

    if (!n->ops->pending(n->ctx, now, &f)) {
        return;
    }
    unsigned difference = first_difference(&f, &bus->frame, &dominant);
    if (can_bits_priority(&f) == can_bits_priority(&bus->frame)) {
        n->transmitting = true;
        if (difference != 0 && (bus->clash_bit == 0 || difference < bus->clash_bit)) {
            bus->clash_bit = difference;
        }
        return;
    }
    n->dominant_bits += n->config.undriving ? 0 : dominant;
    if (n->ops->lost != NULL) {
        n->ops->lost(n->ctx, now);
    }
}

/* A frame that nobody acknowledges is sent again and again, and one of CAN FD takes long to measure. */
static void measure(struct can_bus *bus)
{
    const struct bus_frame *f = &bus->frame;
    bool again = f->fd && bus->knows && memcmp(f, &bus->measured, sizeof(*f)) == 0;
    if (again) {
        return;
    }
    can_bits_measure(f, &bus->bits);
    bus->knows = f->fd;
    if (f->fd) {
        bus->measured = *f;
    }
}

static void begin_frame(struct can_bus *bus, vtime_ps now)
{
    const struct can_node_config *c = &bus->sender->config;

    bus->phase = CAN_IN_FRAME;
    bus->frame_start = now;
    bus->frame_count++;
    bus->clash_bit = 0;
    bus->bit_ps = c->bit_ps;
    bus->data_bit_ps = c->data_bit_ps != 0 ? c->data_bit_ps : c->bit_ps;
    measure(bus);
    can_suspend_sync(bus);
    bus->lock++;
    for (struct can_node *n = bus->nodes; n != NULL; n = n->next) {
        n->in_frame = n->state == CAN_NODE_ON;
        n->transmitting = n == bus->sender;
        if (n->contends && n != bus->sender) {
            settle_rival(bus, n, now);
        }
        if (n->in_frame && n->ops->started != NULL) {
            n->ops->started(n->ctx, n->transmitting, now);
        }
    }
    bus->lock--;
    can_plan(bus, now);
}

static void on_start(void *ctx, vtime_ps now)
{
    struct can_bus *bus = ctx;

    if (collect(bus, now)) {
        begin_frame(bus, now);
    } else {
        can_schedule(bus);
    }
}

/* ---- the end of a frame ---- */

static void report(struct can_bus *bus, enum can_error error, vtime_ps now)
{
    struct can_record r = {.frame = &bus->frame,
                           .sender = bus->sender,
                           .start = bus->frame_start,
                           .end = now,
                           .error = error};

    for (struct can_listener *l = bus->listeners; l != NULL; l = l->next) {
        if (l->frame != NULL) {
            l->frame(l->ctx, &r);
        }
    }
}

static void finish_sender(struct can_bus *bus, struct can_node *n, const struct bus_frame *f,
                          vtime_ps now)
{
    vtime_ps start = bus->frame_start;

    n->frames_sent++;
    n->dominant_bits += n->config.undriving ? 0 : bus->bits.dominant;
    can_count_valid(n);
    n->in_frame = false;
    n->transmitting = false;
    if (can_node_error_passive(n)) {
        n->suspended_until = bus->idle_at + CAN_SUSPEND_BITS * n->config.bit_ps;
    }
    if (n->config.loopback && n->ops->received != NULL) {
        n->ops->received(n->ctx, f, start, now);
    }
    if (n->ops->sent != NULL) {
        n->ops->sent(n->ctx, f, start, now);
    }
}

static void finish_receiver(struct can_bus *bus, struct can_node *n, const struct bus_frame *f,
                            vtime_ps now)
{
    bool acknowledges = can_acknowledges(bus, n);

    n->in_frame = false;
    if (n->fails_at != VTIME_NEVER) {
        can_count_error(n, n->fails_as, false, now);
        return;
    }
    n->frames_received++;
    n->dominant_bits += acknowledges ? 1 : 0;
    can_count_valid(n);
    if (n->ops->received != NULL) {
        n->ops->received(n->ctx, f, bus->frame_start, now);
    }
}

static void finish_frame(struct can_bus *bus, vtime_ps now)
{
    bus->valid_count++;
    bus->recessive_since = now - CAN_TAIL_BITS * bus->bit_ps;
    report(bus, CAN_ERROR_NONE, now);
    bus->lock++;
    become_idle(bus, now + CAN_INTERMISSION_BITS * bus->bit_ps);
    for (struct can_node *n = bus->nodes; n != NULL; n = n->next) {
        if (!n->in_frame) {
            continue;
        }
        if (n->transmitting) {
            finish_sender(bus, n, &bus->frame, now);
        } else {
            finish_receiver(bus, n, &bus->frame, now);
        }
    }
    bus->lock--;
    can_schedule(bus);
}

/* ---- errors ---- */

struct flags {
    bool first, second; /* who saw the error flags at once; who flags because of the flags */
    vtime_ps bit_ps;    /* of the slowest flag */
};

static bool saw_it_first(const struct can_node *n, vtime_ps now)
{
    return n->fails_at <= now;
}

static struct flags gather_flags(const struct can_bus *bus, vtime_ps now)
{
    struct flags w = {.bit_ps = bus->bit_ps};

    for (const struct can_node *n = bus->nodes; n != NULL; n = n->next) {
        if (!n->in_frame || !can_flags_errors(n)) {
            continue;
        }
        w.first |= saw_it_first(n, now);
        w.second |= !saw_it_first(n, now);
        w.bit_ps = later(w.bit_ps, n->config.bit_ps);
    }
    return w;
}

/*
 * How long the flags last together. In the stuffed part of a frame the others notice a flag with its
 * sixth bit at the latest, and add theirs; at its end, where every bit is fixed, with the first.
 */
static unsigned flag_bits(const struct can_bus *bus, const struct flags *w, vtime_ps now)
{
    vtime_ps tail =
        bus->frame_start + can_bits_span(&bus->bits, bus->bits.total - CAN_TAIL_BITS - 1u,
                                         bus->bit_ps, bus->data_bit_ps);

    if (!w->first || !w->second) {
        return CAN_ERROR_FLAG_BITS;
    }
    return bus->sender == NULL || now < tail ? 2 * CAN_ERROR_FLAG_BITS : CAN_ERROR_FLAG_BITS + 1;
}

static void suffer_error(struct can_bus *bus, struct can_node *n, const struct flags *w,
                         vtime_ps now)
{
    bool first = saw_it_first(n, now);
    bool flags = can_flags_errors(n);

    if (!first) {
        n->fails_as = n->transmitting ? CAN_ERROR_BIT1 : CAN_ERROR_STUFF;
        n->fails_in_data = false;
    }
    if (flags) {
        n->dominant_bits += CAN_ERROR_FLAG_BITS;
    }
    if (n->transmitting) {
        n->dominant_bits += n->config.undriving ? 0 : can_dominant_until(bus, now);
        if (can_node_error_passive(n)) {
            n->suspended_until = bus->idle_at + CAN_SUSPEND_BITS * n->config.bit_ps;
        }
    }
    /* Eight more: a receiver that flagged first sees the others' flags after its own; a node whose TX
     * is not connected misses its own flag. */
    bool mute = n->config.undriving && !n->config.silent && !can_node_error_passive(n);
    bool overlaid = first && flags && w->second && !n->transmitting;
    can_count_error(n, n->fails_as, overlaid || mute, now);
}

static void begin_stuck(struct can_bus *bus, vtime_ps now)
{
    bus->phase = CAN_STUCK;
    sched_at(bus->sched, &bus->end, now + (CAN_ERROR_FLAG_BITS + 1) * bus->bit_ps);
}

static void begin_error(struct can_bus *bus, vtime_ps now)
{
    struct flags w = gather_flags(bus, now);
    vtime_ps flagged = now + flag_bits(bus, &w, now) * w.bit_ps;
    vtime_ps over = flagged + CAN_ERROR_DELIMITER_BITS * w.bit_ps;

    if (bus->sender != NULL) {
        report(bus, bus->sender->fails_at <= now ? bus->sender->fails_as : CAN_ERROR_BIT1, now);
    }
    bus->phase = CAN_IN_ERROR;
    bus->recessive_since = w.first || w.second ? flagged : now;
    bus->idle_at = over + CAN_INTERMISSION_BITS * bus->bit_ps;
    if (bus->holders > 0) {
        begin_stuck(bus, now);
    } else {
        sched_at(bus->sched, &bus->end, over);
    }
    bus->lock++;
    for (struct can_node *n = bus->nodes; n != NULL; n = n->next) {
        if (n->in_frame) {
            suffer_error(bus, n, &w, now);
        }
    }
    bus->lock--;
}

static void finish_error(struct can_bus *bus, vtime_ps now)
{
    if (bus->holders > 0) {
        begin_stuck(bus, now);
        return;
    }
    for (struct can_node *n = bus->nodes; n != NULL; n = n->next) {
        n->in_frame = false;
        n->transmitting = false;
    }
    become_idle(bus, later(bus->idle_at, now));
    can_schedule(bus);
}

/* Eight more dominant bits after the error flags (ISO 11898-1 12.1.4.2 f). */
static void on_stuck(struct can_bus *bus, vtime_ps now)
{
    bool moving = false;

    bus->lock++;
    for (struct can_node *n = bus->nodes; n != NULL; n = n->next) {
        if (n->in_frame) {
            can_count_stuck(n, now);
            moving |= n->in_frame && (n->transmitting || n->rec < 128);
        }
    }
    bus->lock--;
    if (moving) {
        sched_at(bus->sched, &bus->end, now + CAN_ERROR_DELIMITER_BITS * bus->bit_ps);
    }
}

static void on_end(void *ctx, vtime_ps now)
{
    struct can_bus *bus = ctx;

    switch (bus->phase) {
    case CAN_IDLE:
        break;
    case CAN_IN_FRAME:
        if (bus->fails) {
            begin_error(bus, now);
        } else {
            finish_frame(bus, now);
        }
        break;
    case CAN_IN_ERROR:
        finish_error(bus, now);
        break;
    case CAN_STUCK:
        on_stuck(bus, now);
        break;
    }
}

/* ---- holding the bus dominant ---- */

/* A dominant bit out of the blue: all take it for a start of frame, and the sixth for a stuff error. */
static void begin_held(struct can_bus *bus, vtime_ps now)
{
    bus->phase = CAN_IN_FRAME;
    bus->sender = NULL;
    bus->frame_start = now;
    bus->clash_bit = 0;
    memset(&bus->bits, 0, sizeof(bus->bits));
    sched_cancel(bus->sched, &bus->start);
    can_suspend_sync(bus);
    for (struct can_node *n = bus->nodes; n != NULL; n = n->next) {
        n->in_frame = n->state == CAN_NODE_ON;
        n->transmitting = false;
        if (n->in_frame) {
            bus->bit_ps = n->config.bit_ps;
            bus->data_bit_ps = n->config.bit_ps;
        }
    }
    can_plan(bus, now);
}

static void let_go(struct can_bus *bus, vtime_ps now)
{
    bus->recessive_since = now;
    if (bus->phase == CAN_STUCK) {
        bus->phase = CAN_IN_ERROR;
        bus->idle_at = now + CAN_SYNC_BITS * bus->bit_ps;
        sched_at(bus->sched, &bus->end, now + CAN_ERROR_DELIMITER_BITS * bus->bit_ps);
    } else if (bus->phase == CAN_IN_FRAME && bus->sender == NULL) {
        sched_cancel(bus->sched, &bus->end);
        become_idle(bus, now + CAN_SYNC_BITS * bus->bit_ps);
        can_schedule(bus);
    } else if (bus->phase == CAN_IN_FRAME) {
        can_plan(bus, now);
    }
}

static void tell_held(struct can_bus *bus, vtime_ps now)
{
    for (struct can_listener *l = bus->listeners; l != NULL; l = l->next) {
        if (l->held != NULL) {
            l->held(l->ctx, bus->holders > 0, now);
        }
    }
}

void can_hold_bus(struct can_bus *bus, bool hold, vtime_ps now)
{
    if (!hold) {
        bus->holders--;
        if (bus->holders == 0) {
            tell_held(bus, now);
            let_go(bus, now);
        }
        return;
    }
    bus->holders++;
    if (bus->holders > 1) {
        return;
    }
    tell_held(bus, now);
    if (bus->phase == CAN_IDLE) {
        begin_held(bus, now);
    } else if (bus->phase == CAN_IN_FRAME) {
        can_plan(bus, now);
    }
}

void can_bus_set_stuck(struct can_bus *bus, bool stuck, vtime_ps now)
{
    if (bus->stuck != stuck) {
        bus->stuck = stuck;
        can_hold_bus(bus, stuck, now);
    }
}

void can_bus_set_no_ack(struct can_bus *bus, bool no_ack)
{
    bus->no_ack = no_ack;
    if (bus->phase == CAN_IN_FRAME) {
        can_plan(bus, bus->sched->now);
    }
}

void can_bus_add_fault(struct can_bus *bus, struct can_fault *f)
{
    f->next = bus->faults;
    bus->faults = f;
}

bool can_bus_is_dominant(const struct can_bus *bus, vtime_ps now)
{
    uint8_t wire[CAN_BITS_MAX];

    if (bus->holders > 0) {
        return true;
    }
    if (bus->phase == CAN_IN_ERROR) {
        return now < bus->recessive_since;
    }
    if (bus->phase != CAN_IN_FRAME || bus->sender == NULL || now < bus->frame_start) {
        return false;
    }
    size_t count = can_bits_encode(&bus->frame, wire, NULL);
    for (unsigned i = 0; i < count; i++) {
        if (bus->frame_start + can_bits_span(&bus->bits, i + 1, bus->bit_ps, bus->data_bit_ps) >
            now) {
            return wire[i] == 0 || (i == count - CAN_TAIL_BITS - 1u && !bus->fails);
        }
    }
    return false;
}

/* ---- life ---- */

void can_bus_init(struct can_bus *bus, struct sched *sched)
{
    memset(bus, 0, sizeof(*bus));
    bus->sched = sched;
    bus->bit_ps = DEFAULT_BIT_PS;
    bus->data_bit_ps = DEFAULT_BIT_PS;
    event_init(&bus->start, on_start, bus);
    event_init(&bus->end, on_end, bus);
}

void can_bus_destroy(struct can_bus *bus)
{
    while (bus->nodes != NULL) {
        can_node_detach(bus->nodes, bus->sched->now);
    }
    sched_cancel(bus->sched, &bus->start);
    sched_cancel(bus->sched, &bus->end);
}

void can_bus_listen(struct can_bus *bus, struct can_listener *l)
{
    l->next = bus->listeners;
    bus->listeners = l;
}

void can_bus_unlisten(struct can_bus *bus, struct can_listener *l)
{
    struct can_listener **link = &bus->listeners;

    while (*link != l) {
        link = &(*link)->next;
    }
    *link = l->next;
}
