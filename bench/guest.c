/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "bench/guest.h"

#include <string.h>

struct bus_frame bench_bus_frame(const struct can_log_frame *from)
{
    struct bus_frame to = {
        .id = from->id,
        .extended = from->extended,
        .remote = from->remote,
        .fd = from->fd,
        .brs = from->bit_rate_switch,
        .esi = from->error_state,
        .dlc = can_length_dlc(from->len),
    };
    memcpy(to.data, from->data, sizeof to.data);
    return to;
}

/* None has a time of its own: all are due. */
static bool next(void *context, struct bus_frame *frame, vtime_ps *time)
{
    struct bench_guest *guest = context;
    if (guest->put == guest->taken) {
        return false;
    }
    *frame = bench_bus_frame(&guest->waiting[guest->taken++ % BENCH_GUEST_WAITING]);
    *time = 0;
    return true;
}

bool bench_guest_send(struct bench_guest *guest, struct can_bus *bus, uint32_t bitrate_bps,
                      uint32_t data_bitrate_bps, const struct can_log_frame *frame, vtime_ps now)
{
    if (guest->put - guest->taken == BENCH_GUEST_WAITING) {
        return false;
    }
    guest->waiting[guest->put++ % BENCH_GUEST_WAITING] = *frame;
    if (guest->is_there) {
        can_player_kick(&guest->player, now);
        return true;
    }
    const struct can_player_config config = {.next = next,
                                             .ctx = guest,
                                             .start = now != 0 ? now : 1,
                                             .bitrate_bps = bitrate_bps,
                                             .data_bitrate_bps = data_bitrate_bps};
    can_player_init(&guest->player, bus, &config, now);
    guest->is_there = true;
    return true;
}
