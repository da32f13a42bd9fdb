/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/can/player.h"

#include <string.h>

#define DEFAULT_START VTIME_S(1)
#define DEFAULT_BITRATE_BPS 500000u

static void load(struct can_player *p, vtime_ps now)
{
    vtime_ps t = 0;

    p->loaded = p->config.next(p->config.ctx, &p->frame, &t);
    p->due = p->config.start + t;
    can_node_request(&p->node, p->loaded ? p->due : VTIME_NEVER, now);
}

static bool pending(void *ctx, vtime_ps now, struct bus_frame *f)
{
    struct can_player *p = ctx;

    (void)now;
    if (p->loaded) {
        *f = p->frame;
    }
    return p->loaded;
}

static void sent(void *ctx, const struct bus_frame *f, vtime_ps start, vtime_ps now)
{
    struct can_player *p = ctx;

    (void)f;
    p->sent++;
    p->last_end = now;
    if (start - p->due > p->worst_delay) {
        p->worst_delay = start - p->due;
    }
    load(p, now);
}

static void received(void *ctx, const struct bus_frame *f, vtime_ps start, vtime_ps now)
{
    struct can_player *p = ctx;

    (void)start;
    if (p->config.received != NULL) {
        p->config.received(p->config.ctx, f, now);
    }
}

static const struct can_node_ops ops = {.pending = pending, .sent = sent, .received = received};

void can_player_init(struct can_player *p, struct can_bus *bus,
                     const struct can_player_config *config, vtime_ps now)
{
    uint32_t nominal = config->bitrate_bps != 0 ? config->bitrate_bps : DEFAULT_BITRATE_BPS;
    uint32_t data = config->data_bitrate_bps != 0 ? config->data_bitrate_bps : nominal;
    struct can_node_config node = {
        .bit_ps = VTIME_S(1) / nominal, .data_bit_ps = VTIME_S(1) / data, .whole_bus = true};

    memset(p, 0, sizeof(*p));
    p->config = *config;
    if (p->config.start == 0) {
        p->config.start = DEFAULT_START;
    }
    can_node_init(&p->node, "player", &ops, p, &node);
    can_node_attach(&p->node, bus, now);
    can_node_start(&p->node, now);
    load(p, now);
}

void can_player_destroy(struct can_player *p, vtime_ps now)
{
    can_node_detach(&p->node, now);
}

bool can_player_done(const struct can_player *p)
{
    return !p->loaded;
}

void can_player_kick(struct can_player *p, vtime_ps now)
{
    if (!p->loaded) {
        load(p, now);
    }
}
