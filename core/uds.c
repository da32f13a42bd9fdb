/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/uds.h"

#include "core/frame.h"
#include "core/round.h"
#include "core/signal_bits.h"

bool uds_may_request(uint32_t id, bool extended)
{
    const uint32_t page = id >> 24 & 3u;
    const uint32_t format = id >> 16 & 0xFFu;
    if (!extended) {
        return id >= UDS_REQUEST_ID_MIN && id <= CAN_ID_STANDARD_MAX;
    }
    return id <= CAN_ID_EXTENDED_MAX && id >> 26 >= UDS_PRIORITY_MIN &&
           (page == 3 ||
            (page == 0 && (format == 0xDA || format == 0xDB || format == 0xCD || format == 0xCE)));
}

unsigned uds_request(const struct source_uds *source, uint8_t bytes[3])
{
    unsigned count = 0;
    bytes[count++] = source->service;
    if (source->service == UDS_READ_DID) {
        bytes[count++] = (uint8_t)(source->did >> 8);
    }
    bytes[count++] = (uint8_t)source->did;
    return count;
}

static unsigned head_bytes(const struct source_uds *source)
{
    return source->service == UDS_READ_DID ? 3 : 2;
}

unsigned uds_answer_span(const struct source_uds *source)
{
    return head_bytes(source) + (source->start_bit + source->length_bits + 7u) / 8u;
}

bool uds_is_answer(const struct source_uds *source, const uint8_t *answer, size_t len)
{
    uint8_t head[3];
    unsigned count = uds_request(source, head);
    head[0] |= UDS_POSITIVE;
    if (len < count) {
        return false;
    }
    for (unsigned i = 0; i < count; i++) {
        if (answer[i] != head[i]) {
            return false;
        }
    }
    return true;
}

static uint32_t take_bits(const uint8_t *bytes, unsigned start, unsigned length)
{
    uint32_t raw = 0;
    for (unsigned i = start; i < start + length; i++) {
        raw = raw << 1 | ((unsigned)bytes[i / 8u] >> (7u - i % 8u) & 1u);
    }
    return raw;
}

enum source_result uds_read(const struct source_uds *source, const uint8_t *answer, size_t len,
                            struct source_reading *reading)
{
    if (len < uds_answer_span(source)) {
        return SOURCE_SHORT;
    }
    uint32_t raw = take_bits(answer + head_bytes(source), source->start_bit, source->length_bits);
    reading->raw = raw;
    for (unsigned i = 0; i < source->invalid_count; i++) {
        if (raw >= source->invalid[i].lo && raw <= source->invalid[i].hi) {
            return SOURCE_INVALID;
        }
    }
    double number = source->is_signed
                        ? (double)(int32_t)signal_bits_signed(raw, source->length_bits)
                        : (double)raw;
    reading->value_milli = round_i32((number * source->scale + source->offset) * 1000.0);
    return SOURCE_VALUE;
}
