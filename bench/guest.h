/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A guest on the bus beside car or log: sends what it is given, one frame after the other. It is not there before
 * its first frame.
 */
#ifndef BENCH_GUEST_H
#define BENCH_GUEST_H

#include "formats/can_log/can_log.h"
#include "vboard/can/player.h"

/* Frames that may wait to be sent: a power of two. */
#define BENCH_GUEST_WAITING 1024u

struct bench_guest {
    struct can_player player;
    bool is_there;
    struct can_log_frame waiting[BENCH_GUEST_WAITING];
    uint32_t put, taken; /* free-running */
};

/* False: too many wait. Zero bit rates: as can_player_config. */
bool bench_guest_send(struct bench_guest *guest, struct can_bus *bus, uint32_t bitrate_bps,
                      uint32_t data_bitrate_bps, const struct can_log_frame *frame, vtime_ps now)
    __attribute__((warn_unused_result));

/* A log's frame as it goes over the bus. */
struct bus_frame bench_bus_frame(const struct can_log_frame *from);

#endif
