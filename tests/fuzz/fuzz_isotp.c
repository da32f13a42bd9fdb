/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * ISO-TP: frames and pauses as they come, beside a second reassembly that keeps the whole conversation;
 * then a message cut into frames by the standard's own rules, which must come out as it went in.
 *
 * Input: flags, then steps. A step is a byte LP (L: bytes of the frame, P: pause before it) and L bytes.
 */
#include "tests/fuzz/fuzz_input.h"

#include "core/isotp.h"

#include <string.h>

#define TESTER 0xF1
#define ECU 0x18

/* What has come of a message, in the words of ISO 15765-2: nothing shared with core/isotp.c. */
struct twin {
    bool open;
    unsigned total;
    unsigned count;
    unsigned number; /* of the consecutive frame that is due */
    uint64_t now_us;
    uint64_t last_us; /* when a frame of the message came */
    uint8_t bytes[4096 + 8];
};

static const uint32_t pauses_us[] = {0,        1,        1000,       10000,  74999,   149999,
                                     150000,   150001,   200000,     999999, 1000000, 1000001,
                                     60000000, 1u << 30, 2000000000, 5};

static enum isotp_result twin_single(struct twin *t, const uint8_t *data, unsigned len)
{
    unsigned count = data[0] % 16;
    if (count == 0 || count >= len) {
        return ISOTP_NOTHING;
    }
    t->open = false;
    t->total = t->count = count;
    memcpy(t->bytes, data + 1, count);
    return ISOTP_MESSAGE;
}

static enum isotp_result twin_first(struct twin *t, const uint8_t *data, unsigned len,
                                    unsigned full)
{
    if (len < full) {
        return ISOTP_NOTHING;
    }
    unsigned total = data[0] % 16u * 256u + data[1];
    t->open = false;
    if (total == 0 || total > ISOTP_MESSAGE_MAX) {
        return ISOTP_REFUSE;
    }
    if (total < full) {
        return ISOTP_NOTHING;
    }
    t->open = true;
    t->total = total;
    t->count = len - 2;
    t->number = 1;
    t->last_us = t->now_us;
    memcpy(t->bytes, data + 2, t->count);
    return ISOTP_ANSWER;
}

static enum isotp_result twin_next(struct twin *t, const uint8_t *data, unsigned len, unsigned full)
{
    if (!t->open) {
        return ISOTP_NOTHING;
    }
    bool is_last = t->total - t->count < full;
    unsigned wanted = is_last ? t->total - t->count : full - 1;
    if (data[0] % 16 != t->number % 16 || len - 1 < wanted) {
        t->open = false;
        return ISOTP_BROKEN;
    }
    memcpy(t->bytes + t->count, data + 1, wanted);
    t->count += wanted;
    t->number++;
    t->last_us = t->now_us;
    t->open = !is_last;
    return is_last ? ISOTP_MESSAGE : ISOTP_NOTHING;
}

static enum isotp_result twin_frame(struct twin *t, bool has_address, const uint8_t *data,
                                    unsigned len)
{
    unsigned full =
        has_address ? 7 : 8; /* bytes a whole frame has from its first control byte on */
    if (has_address) {
        if (len == 0 || data[0] != TESTER) {
            return ISOTP_NOTHING;
        }
        data++;
        len--;
    }
    if (len == 0 || len > full) {
        return ISOTP_NOTHING;
    }
    switch (data[0] / 16) {
    case 0:
        return twin_single(t, data, len);
    case 1:
        return twin_first(t, data, len, full);
    case 2:
        return twin_next(t, data, len, full);
    default:
        return ISOTP_NOTHING;
    }
}

static void check_same(const struct isotp_rx *rx, const struct twin *t, enum isotp_result got,
                       enum isotp_result wanted)
{
    FUZZ_CHECK(got == wanted);
    FUZZ_CHECK(rx->busy == t->open);
    if (got == ISOTP_MESSAGE) {
        FUZZ_CHECK(rx->length == t->total && t->count == t->total);
        FUZZ_CHECK(memcmp(rx->data, t->bytes, t->total) == 0);
    }
}

static void converse(const struct isotp_address *address, uint32_t n_cr_us, const uint8_t *data,
                     size_t size)
{
    struct isotp_rx rx;
    static struct twin twin;
    memset(&rx, 0xA5, sizeof rx);
    isotp_reset(&rx);
    twin.open = false;
    twin.now_us = UINT32_MAX - 100000u; /* soon over the clock's end */
    while (size > 0) {
        unsigned len = data[0] / 16;
        twin.now_us += pauses_us[data[0] % 16];
        const uint32_t now_us = (uint32_t)twin.now_us;
        data++;
        size--;
        len = len < size ? len : (unsigned)size;
        bool is_late = twin.open && twin.now_us - twin.last_us >= n_cr_us;
        FUZZ_CHECK(isotp_poll(&rx, now_us, n_cr_us) == !is_late);
        twin.open = twin.open && !is_late;
        enum isotp_result wanted = twin_frame(&twin, address->used, data, len);
        enum isotp_result got = isotp_frame(&rx, address, now_us, data, len);
        check_same(&rx, &twin, got, wanted);
        data += len;
        size -= len;
    }
}

/* One frame of a message: what is left of it from `at` on, padded. How many bytes went into it. */
static size_t cut(const struct isotp_address *address, const uint8_t *message, size_t size,
                  size_t at, unsigned number, uint8_t frame[ISOTP_FRAME_SIZE])
{
    size_t head = 0;
    memset(frame, 0xCC, ISOTP_FRAME_SIZE);
    if (address->used) {
        frame[head++] = TESTER;
    }
    if (size < ISOTP_FRAME_SIZE - head) {
        frame[head++] = (uint8_t)size;
    } else if (at == 0) {
        frame[head++] = (uint8_t)(0x10 | size >> 8);
        frame[head++] = (uint8_t)size;
    } else {
        frame[head++] = (uint8_t)(0x20 | (number & 15));
    }
    size_t count = ISOTP_FRAME_SIZE - head < size - at ? ISOTP_FRAME_SIZE - head : size - at;
    memcpy(frame + head, message + at, count);
    return count;
}

static void there_and_back(const struct isotp_address *address, const uint8_t *message, size_t size)
{
    struct isotp_rx rx;
    uint8_t frame[ISOTP_FRAME_SIZE];
    size = size < ISOTP_MESSAGE_MAX ? size : ISOTP_MESSAGE_MAX;
    isotp_reset(&rx);
    size_t at = 0;
    for (unsigned number = 0; at < size; number++) {
        size_t count = cut(address, message, size, at, number, frame);
        bool is_single = number == 0 && count == size;
        at += count;
        enum isotp_result wanted = number == 0 && !is_single ? ISOTP_ANSWER
                                   : at < size               ? ISOTP_NOTHING
                                                             : ISOTP_MESSAGE;
        FUZZ_CHECK(isotp_frame(&rx, address, number * 1000, frame, sizeof frame) == wanted);
    }
    FUZZ_CHECK(size == 0 || (rx.length == size && memcmp(rx.data, message, size) == 0));
}

static void send(const struct isotp_address *address, const uint8_t *message, size_t size)
{
    uint8_t frame[ISOTP_FRAME_SIZE];
    const unsigned head = address->used;
    size = size < 7 - head ? size : 7 - head;
    isotp_single(address, message, size, frame);
    FUZZ_CHECK(frame[head] == size && memcmp(frame + head + 1, message, size) == 0);
    FUZZ_CHECK(head == 0 || frame[0] == ECU);
    isotp_flow_control(address, frame);
    FUZZ_CHECK(frame[head] == 0x30 && frame[head + 1] == 0 && frame[head + 2] == 0);
    isotp_overflow(address, frame);
    FUZZ_CHECK(frame[head] == 0x32);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    const struct isotp_address address = {data[0] & 1, ECU, TESTER};
    converse(&address, data[0] & 2 ? ISOTP_N_CR_OBD_US : ISOTP_N_CR_US, data + 1, size - 1);
    there_and_back(&address, data + 1, size - 1);
    send(&address, data + 1, size - 1);
    return 0;
}
