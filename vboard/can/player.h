/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CAN_PLAYER_H
#define VBOARD_CAN_PLAYER_H

/*
 * Replays recorded traffic. The log counts as a whole bus: its frames acknowledge each other, keep the
 * order of the file, and none is sent before its time stamp. Where the log is denser than the bus
 * allows, frames queue up and go out back to back. A frame destroyed by an error is repeated.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/can/bus.h"

struct can_player_config {
    /* The next frame and its time since the first one; false: none (any more, or none yet). */
    bool (*next)(void *ctx, struct bus_frame *f, vtime_ps *t);
    /* What other nodes send; for a live connection. May be NULL. */
    void (*received)(void *ctx, const struct bus_frame *f, vtime_ps now);
    void *ctx;
    vtime_ps start;            /* when the first frame is sent; 0 = 1.000 s */
    uint32_t bitrate_bps;      /* 0 = 500,000 */
    uint32_t data_bitrate_bps; /* 0 = as bitrate_bps */
};

struct can_player {
    struct can_node node;
    struct can_player_config config;
    struct bus_frame frame; /* the next to be sent, if `loaded` */
    vtime_ps due;
    bool loaded;
    uint64_t sent;
    vtime_ps last_end;    /* end of the last frame sent */
    vtime_ps worst_delay; /* longest time a frame started after its time stamp */
};

/* Attaches the player to `bus`; *config is copied. */
void can_player_init(struct can_player *p, struct can_bus *bus,
                     const struct can_player_config *config, vtime_ps now);
void can_player_destroy(struct can_player *p, vtime_ps now);
/* Everything has been sent. */
bool can_player_done(const struct can_player *p);
/* Asks `next` again after it had nothing. */
void can_player_kick(struct can_player *p, vtime_ps now);

#endif
