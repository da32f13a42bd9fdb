/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Vector's BLF, little-endian. A head "LOGG" whose length is its second word, then objects, each padded to four bytes:
 *
 *     0  "LOBJ"   4  u16 length of its head, u16 version of its head (1, 2)   8  u32 length   12  u32 type
 *     16 u32 flags: 1 time in 10 µs, 2 in ns   24  u64 time since the measurement's start   (32: version 1, 40: 2)
 *
 * Objects of type 10 are containers, which have the first 16 bytes only: u16 packing (0 none, 2 zlib), at 24 u32
 * length unpacked, at 32 contents. Containers put one behind the other are a stream of objects again, and an object may
 * begin in one and end in the next. Of these the four types below are frames, all others are passed over.
 *
 * The layout is that of python-can's reader (can/io/blf.py, 4.1) and of files it writes, with which it was compared.
 */
#include "core/le.h"
#include "formats/can_log/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define HEAD_MIN 16u
#define OBJECT_MAX (1u << 20) /* far more than a frame's */
#define CONTAINER_MAX (64u << 20)
#define CONTAINER_HEAD 32u

#define TYPE_CAN 1u
#define TYPE_CONTAINER 10u
#define TYPE_CAN_2 86u
#define TYPE_CAN_FD 100u
#define TYPE_CAN_FD_64 101u

#define PACKED_NOT 0u
#define PACKED_ZLIB 2u

static const char ends_early[] = "the file ends too early: is it complete?";

struct blf {
    uint8_t *inside; /* what containers have held, and was not taken yet */
    size_t used, at, room;
    char channel[8];
    size_t head; /* of the object that is read */
};

static enum can_log_line end(struct can_log_parsed *parsed, const char *problem)
{
    parsed->problem = problem;
    return CAN_LOG_LINE_END;
}

static bool begins(const uint8_t *head, size_t length)
{
    return length >= 4 && memcmp(head, "LOGG", 4) == 0;
}

static bool skip(struct can_log_lines *bytes, size_t length)
{
    uint8_t dropped[1024];
    while (length > 0) {
        size_t part = length < sizeof dropped ? length : sizeof dropped;
        if (can_log_lines_take(bytes, dropped, part) != part) {
            return false;
        }
        length -= part;
    }
    return true;
}

/* Room for `more` bytes behind what is there. */
static uint8_t *make_room(struct blf *blf, size_t more)
{
    memmove(blf->inside, blf->inside + blf->at, blf->used - blf->at);
    blf->used -= blf->at;
    blf->at = 0;
    if (blf->room - blf->used < more) {
        uint8_t *larger = realloc(blf->inside, blf->used + more);
        if (larger == NULL) {
            return NULL;
        }
        blf->inside = larger;
        blf->room = blf->used + more;
    }
    return blf->inside + blf->used;
}

/* Unpacks a container's contents behind those of the ones before; NULL or what is wrong. */
static const char *unpack(struct blf *blf, const uint8_t *packed, size_t length, unsigned packing,
                          size_t unpacked)
{
    if (packing == PACKED_NOT) {
        unpacked = length;
    }
    uint8_t *to = unpacked > CONTAINER_MAX ? NULL : make_room(blf, unpacked + 1);
    uLongf size = (uLongf)unpacked;
    if (to == NULL) {
        return "a container too large to be unpacked";
    }
    if (packing == PACKED_NOT) {
        memcpy(to, packed, length);
    } else if (packing != PACKED_ZLIB) {
        return "a container packed in an unknown way";
    } else if (uncompress(to, &size, packed, (uLong)length) != Z_OK) {
        return "a damaged container";
    }
    blf->used += size;
    return NULL;
}

/*
 * The head of the next object of the file. Padding before it is as long as the object before it says, or as long as
 * it must be: both are met. 1; 0 at the end; -1 with what is wrong.
 */
static int next_head(struct can_log_lines *bytes, uint8_t head[HEAD_MIN], const char **problem)
{
    static const uint8_t padding[HEAD_MIN] = {0};
    size_t got = can_log_lines_take(bytes, head, HEAD_MIN);
    for (int i = 0; i < 3 && got == HEAD_MIN && head[0] == 0; i++) {
        memmove(head, head + 1, HEAD_MIN - 1);
        got = HEAD_MIN - 1 + can_log_lines_take(bytes, head + HEAD_MIN - 1, 1);
    }
    if (got < HEAD_MIN) {
        *problem = memcmp(head, padding, got) == 0 ? NULL : ends_early;
        return *problem == NULL ? 0 : -1;
    }
    if (memcmp(head, "LOBJ", 4) != 0 || le_get_u32(head + 8) < HEAD_MIN) {
        *problem = "no object where one should begin: the file is damaged";
        return -1;
    }
    return 1;
}

static enum can_log_line read_container(struct blf *blf, struct can_log_lines *bytes, size_t length,
                                        struct can_log_parsed *parsed)
{
    const char *problem = NULL;
    uint8_t *rest = malloc(length - HEAD_MIN);
    if (rest == NULL) {
        return end(parsed, "out of memory");
    }
    if (can_log_lines_take(bytes, rest, length - HEAD_MIN) < length - HEAD_MIN) {
        free(rest);
        return end(parsed, ends_early);
    }
    problem = unpack(blf, rest + CONTAINER_HEAD - HEAD_MIN, length - CONTAINER_HEAD,
                     le_get_u16(rest), le_get_u32(rest + 8));
    free(rest);
    return problem == NULL ? CAN_LOG_LINE_OTHER : can_log_bad(parsed, problem);
}

/* The next container; what stands beside containers is passed over. END at the file's end. */
static enum can_log_line read_more(struct blf *blf, struct can_log_lines *bytes,
                                   struct can_log_parsed *parsed)
{
    uint8_t head[HEAD_MIN];
    const char *problem = NULL;
    if (next_head(bytes, head, &problem) != 1) {
        return end(parsed, problem);
    }
    uint32_t length = le_get_u32(head + 8);
    bool is_container = le_get_u32(head + 12) == TYPE_CONTAINER && length >= CONTAINER_HEAD;
    if (is_container && length <= CONTAINER_MAX) {
        return read_container(blf, bytes, length, parsed);
    }
    return skip(bytes, length - HEAD_MIN) ? CAN_LOG_LINE_OTHER : end(parsed, ends_early);
}

static void set_channel(struct blf *blf, unsigned channel, struct can_log_parsed *parsed)
{
    int length = snprintf(blf->channel, sizeof blf->channel, "%u", channel);
    parsed->channel = (struct can_log_field){blf->channel, (size_t)length};
}

static void set_id(uint32_t id, struct can_log_frame *frame)
{
    frame->extended = id >> 31 != 0;
    frame->id = id & (frame->extended ? 0x1FFFFFFFu : 0x7FFu);
}

/* u16 channel, u8 flags (0x80 remote), u8 DLC, u32 id, 8 bytes. */
static const char *read_can(struct blf *blf, const uint8_t *body, size_t length,
                            struct can_log_parsed *parsed)
{
    struct can_log_frame *frame = &parsed->frame;
    if (length < 16) {
        return "a frame too short to be one";
    }
    set_channel(blf, le_get_u16(body), parsed);
    set_id(le_get_u32(body + 4), frame);
    frame->remote = (body[2] & 0x80) != 0;
    frame->len = can_log_length_of_dlc(body[3] & 0xF, false);
    memcpy(frame->data, body + 8, 8);
    return NULL;
}

/* Some write fewer bytes than they say are valid, as the 48 that were given of a frame of 64: zero behind, as for
 * Vector's own library. */
static const char *take_fd(const uint8_t *data, size_t there, unsigned valid,
                           struct can_log_frame *frame)
{
    if (frame->remote) {
        return NULL;
    }
    if (valid > CAN_LOG_DATA_MAX || (!frame->fd && valid > 8) || !can_log_fd_length(valid)) {
        return "the length is none that a frame can have";
    }
    frame->len = (uint8_t)valid;
    memset(frame->data, 0, valid);
    memcpy(frame->data, data, valid < there ? valid : there);
    return NULL;
}

/* u16 channel, u8 flags, u8 DLC, u32 id, u32, u8, u8 1 FD 2 BRS 4 ESI, u8 bytes, 5 bytes, 64 bytes. */
static const char *read_can_fd(struct blf *blf, const uint8_t *body, size_t length,
                               struct can_log_parsed *parsed)
{
    struct can_log_frame *frame = &parsed->frame;
    if (length < 20) {
        return "a frame too short to be one";
    }
    set_channel(blf, le_get_u16(body), parsed);
    set_id(le_get_u32(body + 4), frame);
    frame->fd = (body[13] & 1) != 0;
    frame->bit_rate_switch = frame->fd && (body[13] & 2) != 0;
    frame->error_state = frame->fd && (body[13] & 4) != 0;
    frame->remote = !frame->fd && (body[2] & 0x80) != 0;
    frame->len = can_log_length_of_dlc(body[3] & 0xF, false);
    return take_fd(body + 20, length - 20, body[14], frame);
}

/* u8 channel, u8 DLC, u8 bytes, u8, u32 id, u32, u32 0x10 remote 0x1000 FD 0x2000 BRS 0x4000 ESI, 24 bytes, data. */
static const char *read_can_fd_64(struct blf *blf, const uint8_t *body, size_t length,
                                  struct can_log_parsed *parsed)
{
    struct can_log_frame *frame = &parsed->frame;
    if (length < 40) {
        return "a frame too short to be one";
    }
    uint32_t flags = le_get_u32(body + 12);
    set_channel(blf, body[0], parsed);
    set_id(le_get_u32(body + 4), frame);
    frame->fd = (flags & 0x1000) != 0;
    frame->bit_rate_switch = frame->fd && (flags & 0x2000) != 0;
    frame->error_state = frame->fd && (flags & 0x4000) != 0;
    frame->remote = !frame->fd && (flags & 0x10) != 0;
    frame->len = can_log_length_of_dlc(body[1] & 0xF, false);
    size_t end =
        body[35] > blf->head + 40 ? body[35] - blf->head : length; /* further fields follow */
    return take_fd(body + 40, (end < length ? end : length) - 40, body[2], frame);
}

/* One whole object out of the containers' stream. */
static enum can_log_line read_object(struct blf *blf, const uint8_t *object, size_t length,
                                     struct can_log_parsed *parsed)
{
    static const struct {
        uint32_t type;
        const char *(*read)(struct blf *blf, const uint8_t *body, size_t length,
                            struct can_log_parsed *parsed);
    } types[] = {
        {TYPE_CAN, read_can},
        {TYPE_CAN_2, read_can},
        {TYPE_CAN_FD, read_can_fd},
        {TYPE_CAN_FD_64, read_can_fd_64},
    };
    size_t head = le_get_u16(object + 4);
    uint32_t type = le_get_u32(object + 12);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (types[i].type != type) {
            continue;
        }
        if (head < 32 || head > length) {
            return can_log_bad(parsed, "a frame too short to be one");
        }
        uint64_t time = le_get_u64(object + 24);
        uint64_t unit_ns = le_get_u32(object + 16) == 1 ? 10000 : 1;
        parsed->frame.time_ns = time > UINT64_MAX / unit_ns ? UINT64_MAX : time * unit_ns;
        blf->head = head;
        const char *problem = types[i].read(blf, object + head, length - head, parsed);
        return problem == NULL ? CAN_LOG_LINE_FRAME : can_log_bad(parsed, problem);
    }
    return CAN_LOG_LINE_OTHER;
}

/* On to the next object: up to three bytes of padding, more where something was damaged. */
static void find_object(struct blf *blf)
{
    while (blf->used - blf->at >= 4 && memcmp(blf->inside + blf->at, "LOBJ", 4) != 0) {
        blf->at++;
    }
}

/* The next object that is there in full, into `parsed`; false: another container is needed. */
static bool take_object(struct blf *blf, struct can_log_parsed *parsed, enum can_log_line *kind)
{
    find_object(blf);
    if (blf->used - blf->at < HEAD_MIN) {
        return false;
    }
    const uint8_t *object = blf->inside + blf->at;
    uint32_t length = le_get_u32(object + 8);
    if (length < HEAD_MIN || length > OBJECT_MAX) {
        blf->at += 4; /* no object, or none that could be a frame: on to the next one */
        *kind = CAN_LOG_LINE_OTHER;
        return true;
    }
    if (length > blf->used - blf->at) {
        return false;
    }
    *kind = length < 32 ? CAN_LOG_LINE_OTHER : read_object(blf, object, length, parsed);
    blf->at += length;
    return true;
}

static bool read_head(struct can_log_lines *bytes)
{
    uint8_t head[8];
    return can_log_lines_take(bytes, head, sizeof head) == sizeof head &&
           le_get_u32(head + 4) >= 8 && skip(bytes, le_get_u32(head + 4) - sizeof head);
}

static enum can_log_line read_blf(struct can_log_lines *bytes, void **memory,
                                  struct can_log_parsed *parsed)
{
    struct blf *blf = *memory;
    enum can_log_line kind = CAN_LOG_LINE_OTHER;
    if (blf == NULL) {
        blf = *memory = calloc(1, sizeof *blf);
        if (blf == NULL || (blf->inside = malloc(1)) == NULL) {
            return end(parsed, "out of memory");
        }
        blf->room = 1;
        if (!read_head(bytes)) {
            return end(parsed, "the file ends within its head: is it complete?");
        }
    }
    if (take_object(blf, parsed, &kind)) {
        return kind;
    }
    return read_more(blf, bytes, parsed);
}

static void free_blf(void *memory)
{
    struct blf *blf = memory;
    free(blf->inside);
    free(blf);
}

const struct can_log_binary can_log_blf = {begins, read_blf, free_blf};
