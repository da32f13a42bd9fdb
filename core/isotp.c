/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/isotp.h"

#include <string.h>

/* High half of the first byte (ISO 15765-2, 9.6.1). */
enum { SINGLE = 0, FIRST = 1, CONSECUTIVE = 2, FLOW = 3 };
enum { GO_ON = 0, OVERFLOW = 2 };

#define FIRST_HEAD 2 /* bytes before the data of a first frame */

void isotp_reset(struct isotp_rx *rx)
{
    rx->busy = false; /* the rest is set by the next first frame */
}

static enum isotp_result take_single(struct isotp_rx *rx, const uint8_t *data, size_t len)
{
    size_t length = data[0] & 0xFu;
    if (length == 0 || length > len - 1) {
        return ISOTP_NOTHING;
    }
    isotp_reset(rx); /* a message that was still coming is over (9.8.3) */
    memcpy(rx->data, data + 1, length);
    rx->length = (uint16_t)length;
    return ISOTP_MESSAGE;
}

/* `room`: data bytes of a whole frame behind the first; a shorter message would be a single frame. */
static enum isotp_result take_first(struct isotp_rx *rx, const uint8_t *data, size_t len,
                                    size_t room, uint32_t now_us)
{
    if (len != room + 1) {
        return ISOTP_NOTHING; /* a first frame is a full one (9.6.3) */
    }
    size_t length = (data[0] & 0xFu) << 8 | data[1];
    isotp_reset(rx);
    if (length == 0 || length > ISOTP_MESSAGE_MAX) { /* 0: a 32-bit length follows */
        return ISOTP_REFUSE;
    }
    if (length <= room) {
        return ISOTP_NOTHING;
    }
    rx->busy = true;
    rx->next = 1;
    rx->length = (uint16_t)length;
    rx->got = (uint16_t)(len - FIRST_HEAD);
    memcpy(rx->data, data + FIRST_HEAD, rx->got);
    freshness_mark(&rx->last, now_us);
    return ISOTP_ANSWER;
}

static enum isotp_result take_consecutive(struct isotp_rx *rx, const uint8_t *data, size_t len,
                                          size_t room, uint32_t now_us)
{
    if (!rx->busy) {
        return ISOTP_NOTHING;
    }
    size_t left = (size_t)rx->length - rx->got;
    size_t count = len - 1;
    if ((data[0] & 0xFu) != rx->next || (count < left && count < room)) {
        isotp_reset(rx);
        return ISOTP_BROKEN;
    }
    count = count < left ? count : left;
    memcpy(rx->data + rx->got, data + 1, count);
    rx->got = (uint16_t)(rx->got + count);
    rx->next = (rx->next + 1u) & 0xFu;
    freshness_mark(&rx->last, now_us);
    rx->busy = rx->got < rx->length;
    return rx->busy ? ISOTP_NOTHING : ISOTP_MESSAGE;
}

enum isotp_result isotp_frame(struct isotp_rx *rx, const struct isotp_address *address,
                              uint32_t now_us, const uint8_t *data, size_t len)
{
    const size_t head = address->used ? 1 : 0;
    const size_t room = ISOTP_FRAME_SIZE - head - 1;
    if (len < head + 1 || len > ISOTP_FRAME_SIZE ||
        (address->used && data[0] != address->to_tester)) {
        return ISOTP_NOTHING;
    }
    data += head;
    len -= head;
    switch (data[0] >> 4) {
    case SINGLE:
        return take_single(rx, data, len);
    case FIRST:
        return take_first(rx, data, len, room, now_us);
    case CONSECUTIVE:
        return take_consecutive(rx, data, len, room, now_us);
    default: /* flow control: we send nothing that needs it */
        return ISOTP_NOTHING;
    }
}

bool isotp_poll(struct isotp_rx *rx, uint32_t now_us, uint32_t n_cr_us)
{
    if (!rx->busy || freshness_check(&rx->last, now_us, n_cr_us)) {
        return true;
    }
    isotp_reset(rx);
    return false;
}

/* Where the frame goes on behind the address. */
static uint8_t *begin(const struct isotp_address *address, uint8_t frame[ISOTP_FRAME_SIZE])
{
    memset(frame, ISOTP_PADDING, ISOTP_FRAME_SIZE);
    if (!address->used) {
        return frame;
    }
    frame[0] = address->to_ecu;
    return frame + 1;
}

void isotp_single(const struct isotp_address *address, const uint8_t *message, size_t len,
                  uint8_t frame[ISOTP_FRAME_SIZE])
{
    uint8_t *to = begin(address, frame);
    to[0] = (uint8_t)len;
    memcpy(to + 1, message, len);
}

void isotp_flow_control(const struct isotp_address *address, uint8_t frame[ISOTP_FRAME_SIZE])
{
    begin(address, frame)[0] = FLOW << 4 | GO_ON;
}

void isotp_overflow(const struct isotp_address *address, uint8_t frame[ISOTP_FRAME_SIZE])
{
    begin(address, frame)[0] = FLOW << 4 | OVERFLOW;
}
