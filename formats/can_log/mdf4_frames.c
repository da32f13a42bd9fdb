/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The channels of a group, and the frame in a record. Which they are stands in ASAM's bus logging convention: a channel
 * CAN_DataFrame (or CAN_RemoteFrame) whose parts are BusChannel, ID, IDE, DLC, DataLength, DataBytes, EDL, BRS, ESI.
 */
#include "formats/can_log/mdf4.h"

#include "core/le.h"
#include "formats/can_log/reader.h"

#include <math.h>
#include <string.h>

#define NAME_MAX_LENGTH 80
#define KIND_VLSD 1
#define KIND_MASTER 2
#define CC_LINEAR 1
#define GROUP_VLSD 1u
#define TYPE_UNSIGNED_LE 0
#define TYPE_SIGNED_BE 3
#define TYPE_FLOAT_LE 4
#define TYPE_FLOAT_BE 5
#define NEST_MAX 3

static const char *const part_names[MDF4_ROLES] = {
    [MDF4_BUS] = "BusChannel",    [MDF4_ID] = "ID",
    [MDF4_IDE] = "IDE",           [MDF4_DLC] = "DLC",
    [MDF4_LENGTH] = "DataLength", [MDF4_BYTES] = "DataBytes",
    [MDF4_EDL] = "EDL",           [MDF4_BRS] = "BRS",
    [MDF4_ESI] = "ESI",
};

static void read_text(const struct mdf4_file *file, uint64_t at, char text[NAME_MAX_LENGTH])
{
    struct mdf4_block block;
    text[0] = '\0';
    if (mdf4_block(file, at, "TX", &block)) {
        size_t length = block.size < NAME_MAX_LENGTH - 1 ? (size_t)block.size : NAME_MAX_LENGTH - 1;
        memcpy(text, block.data, length);
        text[length] = '\0';
    }
}

/* Linear or none; any other leaves the raw value. */
static void read_conversion(const struct mdf4_file *file, uint64_t at, struct mdf4_channel *channel)
{
    struct mdf4_block block;
    channel->offset = 0;
    channel->factor = 1;
    if (mdf4_block(file, at, "CC", &block) && block.size >= 40 && block.data[0] == CC_LINEAR) {
        uint64_t words[2] = {le_get_u64(block.data + 24), le_get_u64(block.data + 32)};
        memcpy(&channel->offset, &words[0], sizeof channel->offset);
        memcpy(&channel->factor, &words[1], sizeof channel->factor);
    }
}

static bool read_channel(const struct mdf4_file *file, const struct mdf4_block *block,
                         const struct mdf4_group *group, struct mdf4_channel *channel)
{
    const uint8_t *data = block->data;
    *channel = (struct mdf4_channel){
        .is_there = true,
        .kind = data[0],
        .data_type = data[2],
        .bit_offset = data[3],
        .byte_offset = le_get_u32(data + 4),
        .bit_count = le_get_u32(data + 8),
        .data = mdf4_link(block, 5),
    };
    read_conversion(file, mdf4_link(block, 4), channel);
    uint64_t bits = (uint64_t)channel->byte_offset * 8 + channel->bit_offset + channel->bit_count;
    return channel->bit_offset < 8 && bits <= UINT64_C(8) * group->record_size;
}

/* "CAN_DataFrame.ID" and "ID" are the same part. */
static void take_channel(const struct mdf4_file *file, const struct mdf4_block *block,
                         struct mdf4_group *group)
{
    char name[NAME_MAX_LENGTH];
    struct mdf4_channel channel;
    read_text(file, mdf4_link(block, 2), name);
    group->has_frames = group->has_frames || strncmp(name, "CAN_DataFrame", 13) == 0;
    group->is_remote = group->is_remote || strncmp(name, "CAN_RemoteFrame", 15) == 0;
    const char *dot = strrchr(name, '.');
    const char *part = dot == NULL ? name : dot + 1;
    if (!read_channel(file, block, group, &channel)) {
        return;
    }
    if (channel.kind == KIND_MASTER) {
        group->channels[MDF4_TIME] = channel;
    }
    for (int i = 0; i < MDF4_ROLES; i++) {
        if (part_names[i] != NULL && strcmp(part_names[i], part) == 0) {
            group->channels[i] = channel;
        }
    }
}

static void read_channels(const struct mdf4_file *file, uint64_t at, int depth,
                          struct mdf4_group *group)
{
    struct mdf4_block block;
    for (; mdf4_block(file, at, "CN", &block) && block.size >= 16 && mdf4_visit(file);
         at = mdf4_link(&block, 0)) {
        take_channel(file, &block, group);
        if (depth < NEST_MAX) {
            read_channels(file, mdf4_link(&block, 1), depth + 1, group);
        }
    }
}

bool mdf4_read_group(const struct mdf4_file *file, uint64_t at, struct mdf4_group *group)
{
    struct mdf4_block block;
    if (!mdf4_block(file, at, "CG", &block) || block.size < 32) {
        return false;
    }
    *group = (struct mdf4_group){
        .at = at,
        .record_id = le_get_u64(block.data),
        .record_count = file->is_unfinished ? UINT64_MAX : le_get_u64(block.data + 8),
        .is_vlsd = (le_get_u16(block.data + 16) & GROUP_VLSD) != 0,
    };
    uint64_t size = (uint64_t)le_get_u32(block.data + 24) + le_get_u32(block.data + 28);
    if (group->is_vlsd) {
        return true;
    }
    if (size > UINT32_MAX) {
        return false;
    }
    group->record_size = le_get_u32(block.data + 24);
    read_channels(file, mdf4_link(&block, 1), 0, group);
    group->record_size = (uint32_t)size;
    group->has_frames = (group->has_frames || group->is_remote) &&
                        group->channels[MDF4_ID].is_there && group->channels[MDF4_TIME].is_there;
    return true;
}

/* The raw bits, up to 64. The channel lies in the record: read_channel saw to it. */
static uint64_t raw_of(const struct mdf4_channel *channel, const uint8_t *record)
{
    unsigned bytes = (channel->bit_offset + channel->bit_count + 7) / 8;
    bool is_big = channel->data_type % 2 == 1 && channel->data_type <= TYPE_FLOAT_BE;
    uint64_t value = 0;
    bytes = bytes > 8 ? 8 : bytes;
    for (unsigned i = 0; i < bytes; i++) {
        unsigned from = is_big ? i : bytes - 1 - i;
        value = value << 8 | record[channel->byte_offset + from];
    }
    value >>= channel->bit_offset;
    return channel->bit_count >= 64 ? value : value & ((UINT64_C(1) << channel->bit_count) - 1);
}

/* A channel without bits (virtual) is the same in each record: what its conversion makes of nothing. So old CANedges
 * write IDE, EDL and the bus. */
static uint64_t whole(const struct mdf4_group *group, enum mdf4_role role, const uint8_t *record)
{
    const struct mdf4_channel *channel = &group->channels[role];
    if (!channel->is_there || channel->data_type > TYPE_SIGNED_BE) {
        return 0;
    }
    bool is_number = channel->offset >= 0 && channel->offset <= UINT32_MAX;
    if (channel->bit_count == 0) {
        return is_number ? (uint64_t)channel->offset : 0;
    }
    return raw_of(channel, record);
}

/* A length of four bits is the DLC, with a table that makes bytes of it. */
static uint64_t length_of(const struct mdf4_group *group, const uint8_t *record, bool fd)
{
    const struct mdf4_channel *channel = &group->channels[MDF4_LENGTH];
    if (channel->is_there && channel->bit_count > 4) {
        return whole(group, MDF4_LENGTH, record);
    }
    enum mdf4_role role = channel->is_there ? MDF4_LENGTH : MDF4_DLC;
    return can_log_length_of_dlc((uint32_t)whole(group, role, record) & 0xF, fd);
}

static double number_of(const struct mdf4_channel *channel, const uint8_t *record)
{
    uint64_t raw = raw_of(channel, record);
    uint32_t half = (uint32_t)raw;
    double number = (double)raw;
    float single;
    bool is_float = channel->data_type == TYPE_FLOAT_LE || channel->data_type == TYPE_FLOAT_BE;
    if (is_float && channel->bit_count == 64) {
        memcpy(&number, &raw, sizeof number);
    } else if (is_float && channel->bit_count == 32) {
        memcpy(&single, &half, sizeof single);
        number = (double)single;
    }
    return number * channel->factor + channel->offset;
}

/* Seconds into ns; whole ns are not rounded on their way through a double. */
static uint64_t time_of(const struct mdf4_channel *channel, const uint8_t *record)
{
    if (channel->data_type == TYPE_UNSIGNED_LE && channel->offset == 0 &&
        fabs(channel->factor * 1e9 - 1) < 1e-6) {
        return raw_of(channel, record);
    }
    double ns = number_of(channel, record) * 1e9;
    return ns >= 1.8e19 ? UINT64_MAX : ns > 0 ? (uint64_t)llround(fmin(ns, 9.2e18)) : 0;
}

/* The bytes of one VLSD value: u32 length, then they. */
static const uint8_t *find_value(const struct mdf4_bytes *values, uint64_t at, uint64_t *length)
{
    if (values == NULL || at > values->size || values->size - at < 4) {
        return NULL;
    }
    *length = le_get_u32(values->bytes + at);
    return *length > values->size - at - 4 ? NULL : values->bytes + at + 4;
}

static const char *read_data(const struct mdf4_group *group, const uint8_t *record,
                             const struct mdf4_bytes *values, struct can_log_frame *frame)
{
    const struct mdf4_channel *channel = &group->channels[MDF4_BYTES];
    uint64_t there = channel->bit_count / 8;
    const uint8_t *data = record + channel->byte_offset;
    uint64_t length = length_of(group, record, frame->fd);
    if (!channel->is_there) {
        return "no data bytes";
    }
    if (channel->kind == KIND_VLSD) {
        data = find_value(values, raw_of(channel, record), &there);
        length = there;
    }
    if (data == NULL || length > there || length > (frame->fd ? CAN_LOG_DATA_MAX : 8) ||
        !can_log_fd_length((unsigned)length)) {
        return "the data are not as many bytes as the length says";
    }
    frame->len = (uint8_t)length;
    memcpy(frame->data, data, (size_t)length);
    return NULL;
}

const char *mdf4_frame(const struct mdf4_group *group, const uint8_t *record,
                       const struct mdf4_bytes *values, struct can_log_frame *frame, unsigned *bus)
{
    uint64_t id = whole(group, MDF4_ID, record);
    bool has_kind = group->channels[MDF4_IDE].is_there;
    frame->time_ns = time_of(&group->channels[MDF4_TIME], record);
    frame->extended = has_kind ? whole(group, MDF4_IDE, record) != 0 : (id >> 31 & 1) != 0;
    frame->id = (uint32_t)(id & 0x1FFFFFFF);
    frame->remote = group->is_remote;
    frame->fd = whole(group, MDF4_EDL, record) != 0;
    frame->bit_rate_switch = frame->fd && whole(group, MDF4_BRS, record) != 0;
    frame->error_state = frame->fd && whole(group, MDF4_ESI, record) != 0;
    *bus = (unsigned)whole(group, MDF4_BUS, record);
    if (!frame->extended && frame->id > 0x7FF) {
        return "the id is too large for its kind";
    }
    if (frame->remote) {
        frame->len = can_log_length_of_dlc((uint32_t)whole(group, MDF4_DLC, record) & 0xF, false);
        return NULL;
    }
    return read_data(group, record, values, frame);
}
