/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The virtual board's CAN bus: who sends, a log, the car, a guest, and what is told of it. */
#include "bench/board_internal.h"

#include "vboard/can/bus.h"
#include "vboard/periph/fdcan/fdcan.h"

#include <string.h>

/* ---- what it reports ---- */

static enum bench_sender sender_of(const struct bench_board *self, const struct can_node *node)
{
    if (self->playing && node == &self->player.node) {
        return BENCH_BY_LOG;
    }
    if (self->driving && bench_car_owns(&self->car, node)) {
        return BENCH_BY_CAR;
    }
    if (self->guest.is_there && node == &self->guest.player.node && !self->playing &&
        !self->driving) {
        return BENCH_BY_LOG; /* alone on the bus it stands for a real one */
    }
    struct chip *chip = board_chip(self->board);
    const bool is_chips = node == fdcan_node(chip_periph(chip, "FDCAN1")) ||
                          node == fdcan_node(chip_periph(chip, "FDCAN2"));
    return is_chips ? BENCH_BY_BOARD : BENCH_BY_OTHER;
}

void bench_board_on_frame(void *ctx, const struct can_record *seen)
{
    struct bench_board *self = ctx;
    const struct bench_listener *listener = &self->config.listener;
    const struct bus_frame *from = seen->frame;
    struct bench_frame frame = {
        .content = {.time_ns = seen->end / 1000,
                    .id = from->id,
                    .extended = from->extended,
                    .remote = from->remote,
                    .fd = from->fd,
                    .bit_rate_switch = from->brs,
                    .error_state = from->esi,
                    .len = (uint8_t)can_dlc_length(from->dlc, from->fd)},
        .dlc = from->dlc,
        .sender = sender_of(self, seen->sender),
        .node = seen->sender == NULL ? "" : seen->sender->name,
        .error = (enum bench_can_error)seen->error, /* both count as FDCAN_PSR.LEC does */
        .start_ps = seen->start,
        .end_ps = seen->end,
    };
    memcpy(frame.content.data, from->data, sizeof frame.content.data);
    if (listener->frame != NULL) {
        listener->frame(listener->context, &frame);
    }
}

void bench_board_on_packet(void *context, const uint8_t *bytes, size_t length, bool by_board,
                           uint64_t end_ps)
{
    const struct bench_listener *listener = &((struct bench_board *)context)->config.listener;
    const struct bench_packet packet = {bytes, length, by_board, end_ps};
    if (listener->packet != NULL) {
        listener->packet(listener->context, &packet);
    }
}

/* ---- the played log ---- */

static bool next_frame(void *ctx, struct bus_frame *to, vtime_ps *time)
{
    struct bench_board *self = ctx;
    struct can_log_frame from;
    if (!self->pull(self->pull_context, &from)) {
        return false;
    }
    *to = bench_bus_frame(&from);
    *time = VTIME_NS(from.time_ns);
    return true;
}

void bench_board_play(void *context, bench_pull_frame *pull, void *pull_context, uint64_t start_ps)
{
    struct bench_board *self = context;
    struct can_bus *bus = board_can_bus(self->board);
    const struct can_player_config config = {
        .next = next_frame,
        .ctx = self,
        .start = start_ps,
        .bitrate_bps = self->config.bitrate_bps,
        .data_bitrate_bps = self->config.fd_data_bitrate_bps,
    };
    self->pull = pull;
    self->pull_context = pull_context;
    can_player_init(&self->player, bus, &config, board_now(self->board));
    self->playing = true;
}

uint64_t bench_board_drive(void *context, const struct bench_drive *drive)
{
    struct bench_board *self = context;
    struct can_bus *bus = board_can_bus(self->board);
    const struct bench_car_config config = {.record = drive->record,
                                            .ambient_milli = drive->ambient_milli,
                                            .start_ps = drive->start_ps,
                                            .seed = drive->seed};
    bench_car_init(&self->car, bus, &config, board_now(self->board));
    self->driving = true;
    return can_car_end(&self->car.car);
}

bool bench_board_car(void *context, const struct bench_car_act *act)
{
    struct bench_board *self = context;
    if (self->driving) {
        bench_car_act(&self->car, act, board_now(self->board));
    }
    return self->driving;
}

/* ---- a guest on the bus ---- */

bool bench_board_send(void *context, const struct can_log_frame *frame)
{
    struct bench_board *self = context;
    const struct bench_board_config *config = &self->config;
    return bench_guest_send(&self->guest, board_can_bus(self->board), config->bitrate_bps,
                            config->fd_data_bitrate_bps, frame, board_now(self->board));
}

/* ---- noise ---- */

/* Behind the identifier of either kind, where no other frame takes over: SOF, 32 bits up to RTR, 6 to the data. */
#define NOISE_BIT 40u

void bench_board_spoil(void *context, unsigned count)
{
    struct bench_board *self = context;
    struct can_bus *bus = board_can_bus(self->board);
    const bool is_new = self->noise.count == 0;
    self->noise.frame = bus->frame_count;
    self->noise.count = count;
    self->noise.bit = NOISE_BIT;
    if (is_new) {
        can_bus_add_fault(bus, &self->noise);
    }
}
