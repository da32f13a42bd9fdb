/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/system/rig_parts.h"

#include "formats/can_log/can_log.h"
#include "vboard/can/bus.h"
#include "vboard/can/player.h"

#include <stdlib.h>
#include <string.h>

#define LOG_START VTIME_S(1)

struct rig_bus {
    struct rig *rig;
    struct can_player player;
    struct can_listener listener;
    struct can_log *log;
    uint64_t *sent; /* of each stream */
};

static bool next_of_log(void *ctx, struct bus_frame *to, vtime_ps *t)
{
    struct rig_bus *bus = ctx;
    struct can_log_frame from;
    if (can_log_next(bus->log, &from) != 1) {
        return false;
    }
    *to = (struct bus_frame){.id = from.id,
                             .extended = from.extended,
                             .remote = from.remote,
                             .dlc = can_length_dlc(from.len)};
    memcpy(to->data, from.data, from.len);
    *t = VTIME_NS(from.time_ns);
    return true;
}

/* When stream i sends its next frame. */
static vtime_ps due(const struct rig_bus *bus, size_t i)
{
    const struct rig_stream *stream = &bus->rig->config.streams[i];
    const vtime_ps at = stream->from + bus->sent[i] * stream->every;
    return stream->until != 0 && at >= stream->until ? VTIME_NEVER : at;
}

static bool next_of_streams(void *ctx, struct bus_frame *to, vtime_ps *t)
{
    struct rig_bus *bus = ctx;
    const struct rig_config *config = &bus->rig->config;
    size_t first = 0;
    for (size_t i = 1; i < config->stream_count; i++) {
        if (due(bus, i) < due(bus, first)) {
            first = i;
        }
    }
    if (config->stream_count == 0 || due(bus, first) == VTIME_NEVER) {
        return false;
    }
    const struct rig_stream *stream = &config->streams[first];
    *to = (struct bus_frame){.id = stream->id, .dlc = can_length_dlc(stream->length)};
    memcpy(to->data, stream->data, sizeof stream->data);
    if (stream->fill != NULL) {
        stream->fill(bus->sent[first], to->data);
    }
    *t = due(bus, first) - 1; /* the player starts at 1 ps: 0 would mean its default */
    bus->sent[first]++;
    return true;
}

static void on_frame(void *ctx, const struct can_record *seen)
{
    struct rig *r = ((struct rig_bus *)ctx)->rig;
    if (seen->error != CAN_ERROR_NONE || seen->frame->id != r->config.watched_id) {
        return;
    }
    r->frames = rig_room(r->frames, r->frame_count, sizeof *r->frames);
    struct rig_frame *frame = &r->frames[r->frame_count++];
    *frame = (struct rig_frame){.start = seen->start, .end = seen->end, .id = seen->frame->id};
    memcpy(frame->data, seen->frame->data, sizeof frame->data);
    if (r->config.frame_ended != NULL) {
        r->config.frame_ended(r->config.ctx, frame);
    }
}

struct rig_bus *rig_bus_create(struct rig *r, char *error, size_t error_size)
{
    struct rig_bus *bus = calloc(1, sizeof *bus);
    const bool is_log = r->config.log != NULL;
    if (bus == NULL) {
        abort();
    }
    bus->rig = r;
    bus->sent = calloc(r->config.stream_count + 1, sizeof *bus->sent);
    if (is_log) {
        bus->log = can_log_open(r->config.log, NULL, NULL, error, error_size);
    }
    if (bus->sent == NULL || (is_log && bus->log == NULL)) {
        free(bus->sent);
        free(bus);
        return NULL;
    }
    const struct can_player_config config = {.next = is_log ? next_of_log : next_of_streams,
                                             .ctx = bus,
                                             .start = is_log ? LOG_START : 1};
    bus->listener = (struct can_listener){.frame = on_frame, .ctx = bus};
    can_bus_listen(board_can_bus(r->board), &bus->listener);
    can_player_init(&bus->player, board_can_bus(r->board), &config, board_now(r->board));
    return bus;
}

void rig_bus_destroy(struct rig_bus *bus)
{
    if (bus == NULL) {
        return;
    }
    can_player_destroy(&bus->player, board_now(bus->rig->board));
    can_bus_unlisten(board_can_bus(bus->rig->board), &bus->listener);
    can_log_close(bus->log);
    free(bus->sent);
    free(bus);
}
