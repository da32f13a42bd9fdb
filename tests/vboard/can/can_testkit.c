/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "can_testkit.h"

#include <stdlib.h>
#include <string.h>

static bool pending(void *ctx, vtime_ps now, struct bus_frame *f)
{
    struct tester *t = ctx;

    (void)now;
    if (t->head == t->tail) {
        return false;
    }
    *f = t->queue[t->tail % TESTER_QUEUE];
    return true;
}

static void sent(void *ctx, const struct bus_frame *f, vtime_ps start, vtime_ps now)
{
    struct tester *t = ctx;

    (void)f;
    t->tail++;
    t->sent_count++;
    t->first_sent_end = t->first_sent_end == 0 ? now : t->first_sent_end;
    t->last_sent_start = start;
    t->last_sent_end = now;
}

static void lost(void *ctx, vtime_ps now)
{
    struct tester *t = ctx;

    (void)now;
    t->lost_count++;
}

static void received(void *ctx, const struct bus_frame *f, vtime_ps start, vtime_ps now)
{
    struct tester *t = ctx;
    struct tester_note *n = &t->received[t->received_count % TESTER_LOG];

    n->frame = *f;
    n->start = start;
    n->end = now;
    t->received_count++;
}

static void error(void *ctx, enum can_error kind, bool data_phase, bool transmitting, vtime_ps now)
{
    struct tester *t = ctx;

    t->error_count++;
    t->last_error = kind;
    t->last_error_data_phase = data_phase;
    t->last_error_at = now;
    if (transmitting && t->one_shot) {
        t->tail++;
    }
}

static void bus_off(void *ctx, vtime_ps now)
{
    struct tester *t = ctx;

    (void)now;
    t->bus_off_count++;
}

static void recovering(void *ctx, vtime_ps now)
{
    struct tester *t = ctx;

    (void)now;
    t->recovering_count++;
}

static void changed(void *ctx, vtime_ps now)
{
    struct tester *t = ctx;

    if (t->node.state == CAN_NODE_ON) {
        t->on_at = now;
    }
}

static const struct can_node_ops ops = {.pending = pending,
                                        .sent = sent,
                                        .lost = lost,
                                        .received = received,
                                        .error = error,
                                        .bus_off = bus_off,
                                        .recovering = recovering,
                                        .changed = changed};

void tester_init_with(struct tester *t, struct can_bus *bus, const char *name,
                      const struct can_node_config *config)
{
    memset(t, 0, sizeof(*t));
    can_node_init(&t->node, name, &ops, t, config);
    can_node_attach(&t->node, bus, bus->sched->now);
    can_node_start(&t->node, bus->sched->now);
}

void tester_init(struct tester *t, struct can_bus *bus, const char *name)
{
    const struct can_node_config config = {.bit_ps = VTIME_US(2), .data_bit_ps = VTIME_NS(500)};

    tester_init_with(t, bus, name, &config);
}

void tester_send(struct tester *t, const struct bus_frame *f)
{
    t->queue[t->head % TESTER_QUEUE] = *f;
    t->head++;
    can_node_request(&t->node, t->node.bus->sched->now, t->node.bus->sched->now);
}

void tester_send_id(struct tester *t, uint32_t id)
{
    struct bus_frame f = {.id = id, .dlc = 8, .data = {1, 2, 3, 4, 5, 6, 7, 8}};

    tester_send(t, &f);
}

int rig_setup(void **state)
{
    struct rig *r = calloc(1, sizeof(*r));

    if (r == NULL) {
        return -1;
    }
    sched_init(&r->sched);
    can_bus_init(&r->bus, &r->sched);
    tester_init(&r->a, &r->bus, "a");
    tester_init(&r->b, &r->bus, "b");
    *state = r;
    return 0;
}

int rig_teardown(void **state)
{
    struct rig *r = *state;

    can_bus_destroy(&r->bus);
    sched_destroy(&r->sched);
    free(r);
    return 0;
}

void rig_run_us(struct rig *r, uint64_t us)
{
    sched_run_until(&r->sched, r->sched.now + VTIME_US(us));
}

unsigned rig_frame_bits(uint32_t id)
{
    struct bus_frame f = {.id = id, .dlc = 8, .data = {1, 2, 3, 4, 5, 6, 7, 8}};
    struct can_bits b;

    can_bits_measure(&f, &b);
    return b.total;
}

struct can_node_config rig_standard(void)
{
    return (struct can_node_config){.bit_ps = VTIME_US(2), .data_bit_ps = VTIME_NS(500)};
}

void rig_set_rate(struct tester *t, uint64_t bit_ps)
{
    struct can_node_config config = rig_standard();

    config.bit_ps = bit_ps;
    can_node_configure(&t->node, &config, t->node.bus->sched->now);
}
