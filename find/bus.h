/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * All fields of all frames of a log: each byte, and each two neighbouring bytes in both orders. A frame whose first
 * byte takes only a few values may be multiplexed, so its fields are watched a second time for each of these.
 */
#ifndef FIND_BUS_H
#define FIND_BUS_H

#include "find/field.h"
#include "formats/can_log/can_log.h"

#define FIND_PAGES_MAX 32
#define FIND_BYTES_MAX CAN_LOG_DATA_MAX
#define FIND_FIELDS_MAX                                                                            \
    600000u /* about 200 MB: thrice what a bus with 100 multiplexed FD messages needs */

/* Which bits a field is. */
enum find_shape { FIND_BYTE, FIND_MOTOROLA, FIND_INTEL, FIND_SHAPES };

/* Fields of a whole message or of one page; bytes beyond the length of its frames have no values. */
struct find_page {
    uint8_t number; /* value of byte 0 */
    uint32_t frames;
    uint8_t length; /* the longest payload so far */
    uint8_t last[FIND_BYTES_MAX];
    struct find_field *fields; /* length * FIND_SHAPES, by byte, then by shape */
};

struct find_message {
    uint32_t id;
    bool extended;
    uint8_t channel;     /* the same identifier on another bus is another message */
    bool has_many_pages; /* byte 0 is no page number */
    uint8_t page_count;
    uint32_t page_changes; /* frames whose byte 0 differs from the one before */
    uint64_t first_ns, last_ns;
    struct find_page whole;
    struct find_page pages[FIND_PAGES_MAX];
};

struct find_bus {
    struct find_message *messages;
    size_t message_count;
    size_t field_count;
    uint64_t frame_count;
    uint64_t duration_ns; /* of all logs together */
    uint64_t offset_ns;   /* of the log being read */
    uint32_t *index;      /* by identifier, see find_bus.c */
    unsigned channel_count;
    char channels[CAN_LOG_CHANNELS_MAX][CAN_LOG_CHANNEL_NAME_MAX];
};

/* The number for frames of the channel `name`, the same in all logs. Where there are too many, the last one's. */
uint8_t find_bus_channel(struct find_bus *bus, const char *name);

/* Zero is an empty bus. `channel` of the frame is find_bus_channel's. False: out of memory. */
bool find_bus_add(struct find_bus *bus, const struct can_log_frame *frame);

/* The next frame is another log's first. */
void find_bus_next_log(struct find_bus *bus);

void find_bus_free(struct find_bus *bus);

/* A field of a page, or NULL if the page's frames do not reach so far. */
const struct find_field *find_page_field(const struct find_page *page, int byte,
                                         enum find_shape shape);

#endif
