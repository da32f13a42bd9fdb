/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "find/bus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MESSAGES_MAX 4096u
#define SLOTS (4 * MESSAGES_MAX) /* of the index: a power of two, at least three quarters free */
#define HALF_RANGE 128

static uint32_t *find_slot(const struct find_bus *bus, const struct can_log_frame *frame)
{
    uint32_t at = (frame->id * 2654435761u + frame->extended + 2u * frame->channel) % SLOTS;
    while (bus->index[at] != 0) {
        const struct find_message *message = &bus->messages[bus->index[at] - 1];
        if (message->id == frame->id && message->extended == frame->extended &&
            message->channel == frame->channel) {
            break;
        }
        at = (at + 1) % SLOTS;
    }
    return &bus->index[at];
}

/* NULL if there are too many; *failed if memory is short. */
static struct find_message *find_message(struct find_bus *bus, const struct can_log_frame *frame,
                                         bool *failed)
{
    if (bus->index == NULL) {
        bus->index = calloc(SLOTS, sizeof *bus->index);
        bus->messages = calloc(MESSAGES_MAX, sizeof *bus->messages);
        if (bus->index == NULL || bus->messages == NULL) {
            *failed = true;
            return NULL;
        }
    }
    uint32_t *slot = find_slot(bus, frame);
    if (*slot == 0) {
        if (bus->message_count == MESSAGES_MAX) {
            return NULL;
        }
        struct find_message *message = &bus->messages[bus->message_count++];
        message->id = frame->id;
        message->extended = frame->extended;
        message->channel = frame->channel;
        *slot = (uint32_t)bus->message_count;
    }
    return &bus->messages[*slot - 1];
}

/* Makes room for longer payloads. */
static bool lengthen(struct find_bus *bus, struct find_page *page, uint8_t length)
{
    size_t more = (size_t)(length - page->length) * FIND_SHAPES;
    if (bus->field_count + more > FIND_FIELDS_MAX) {
        return true;
    }
    struct find_field *fields =
        realloc(page->fields, (size_t)length * FIND_SHAPES * sizeof *fields);
    if (fields == NULL) {
        return false;
    }
    memset(fields + (size_t)page->length * FIND_SHAPES, 0, more * sizeof *fields);
    page->fields = fields;
    page->length = length;
    bus->field_count += more;
    return true;
}

static int8_t jump(const struct find_page *page, const struct can_log_frame *frame, int byte)
{
    if (byte < 0 || byte >= frame->len || byte >= page->length) {
        return 0;
    }
    int step = frame->data[byte] - page->last[byte];
    return (int8_t)((step >= HALF_RANGE) - (step <= -HALF_RANGE));
}

static void add_byte(struct find_page *page, const struct can_log_frame *frame, int byte,
                     uint64_t time_ns)
{
    const uint8_t *data = frame->data;
    const struct find_jumps none = {{0, 0}};
    struct find_jumps jumps = {{jump(page, frame, byte - 1), jump(page, frame, byte + 1)}};
    struct find_field *field = &page->fields[byte * FIND_SHAPES];
    find_field_add(&field[FIND_BYTE], data[byte], false, jumps, time_ns);
    if (byte + 1 < frame->len && byte + 1 < page->length) {
        uint16_t motorola = (uint16_t)(data[byte] << 8 | data[byte + 1]);
        uint16_t intel = (uint16_t)(data[byte + 1] << 8 | data[byte]);
        find_field_add(&field[FIND_MOTOROLA], motorola, true, none, time_ns);
        find_field_add(&field[FIND_INTEL], intel, true, none, time_ns);
    }
}

static bool add_frame(struct find_bus *bus, struct find_page *page,
                      const struct can_log_frame *frame, uint64_t time_ns)
{
    if (frame->len > page->length && !lengthen(bus, page, frame->len)) {
        return false;
    }
    int length = frame->len < page->length ? frame->len : page->length;
    for (int byte = 0; byte < length; byte++) {
        add_byte(page, frame, byte, time_ns);
    }
    memcpy(page->last, frame->data, frame->len);
    page->frames++;
    return true;
}

static struct find_page *find_page(struct find_message *message, uint8_t number)
{
    for (int i = 0; i < message->page_count; i++) {
        if (message->pages[i].number == number) {
            return &message->pages[i];
        }
    }
    if (message->page_count == FIND_PAGES_MAX) {
        return NULL;
    }
    struct find_page *page = &message->pages[message->page_count++];
    page->number = number;
    return page;
}

static void free_pages(struct find_bus *bus, struct find_message *message)
{
    for (int i = 0; i < message->page_count; i++) {
        bus->field_count -= (size_t)message->pages[i].length * FIND_SHAPES;
        free(message->pages[i].fields);
        message->pages[i] = (struct find_page){0};
    }
    message->page_count = 0;
    message->has_many_pages = true;
}

static bool add_page(struct find_bus *bus, struct find_message *message,
                     const struct can_log_frame *frame, uint64_t time_ns)
{
    if (message->has_many_pages || frame->len < 2) {
        return true;
    }
    if (message->whole.frames > 0 && message->whole.last[0] != frame->data[0]) {
        message->page_changes++;
    }
    struct find_page *page = find_page(message, frame->data[0]);
    if (page == NULL) {
        free_pages(bus, message);
        return true;
    }
    return add_frame(bus, page, frame, time_ns);
}

bool find_bus_add(struct find_bus *bus, const struct can_log_frame *frame)
{
    bool failed = false;
    uint64_t time_ns = bus->offset_ns + frame->time_ns;
    bus->frame_count++;
    bus->duration_ns = time_ns;
    if (frame->remote || frame->len == 0) {
        return true;
    }
    struct find_message *message = find_message(bus, frame, &failed);
    if (message == NULL) {
        return !failed;
    }
    if (message->whole.frames == 0) {
        message->first_ns = time_ns;
    }
    message->last_ns = time_ns;
    return add_page(bus, message, frame, time_ns) &&
           add_frame(bus, &message->whole, frame, time_ns);
}

uint8_t find_bus_channel(struct find_bus *bus, const char *name)
{
    unsigned at = 0;
    while (at < bus->channel_count && strcmp(bus->channels[at], name) != 0) {
        at++;
    }
    if (at == CAN_LOG_CHANNELS_MAX) {
        return CAN_LOG_CHANNELS_MAX - 1;
    }
    if (at == bus->channel_count) {
        bus->channel_count++;
        snprintf(bus->channels[at], sizeof bus->channels[at], "%s", name);
    }
    return (uint8_t)at;
}

static void break_page(struct find_page *page)
{
    for (int i = 0; i < page->length * FIND_SHAPES; i++) {
        find_field_break(&page->fields[i]);
    }
}

void find_bus_next_log(struct find_bus *bus)
{
    bus->offset_ns = bus->duration_ns;
    for (size_t i = 0; i < bus->message_count; i++) {
        break_page(&bus->messages[i].whole);
        for (int k = 0; k < bus->messages[i].page_count; k++) {
            break_page(&bus->messages[i].pages[k]);
        }
    }
}

void find_bus_free(struct find_bus *bus)
{
    for (size_t i = 0; i < bus->message_count; i++) {
        free_pages(bus, &bus->messages[i]);
        free(bus->messages[i].whole.fields);
    }
    free(bus->messages);
    free(bus->index);
    *bus = (struct find_bus){0};
}

const struct find_field *find_page_field(const struct find_page *page, int byte,
                                         enum find_shape shape)
{
    return byte < 0 || byte >= page->length ? NULL : &page->fields[byte * FIND_SHAPES + (int)shape];
}
