/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/record_request.h"

#include "core/err.h"
#include "core/le.h"
#include "core/record_layout.h"

#define FACTOR_MAX 1e9 /* of scale and offset: far beyond any temperature, far from overflow */

/* ---- OBD-II ---- */

int record_parse_obd2(struct source_obd2 *source, const uint8_t *bytes)
{
    *source = (struct source_obd2){
        .pid = bytes[OBD2_PID],
        .fallback_coolant = bytes[OBD2_FLAGS] & OBD2_FLAG_COOLANT,
        .addressing = (enum obd_addressing)bytes[OBD2_ADDRESSING],
        .rate_millihz = le_get_u16(bytes + OBD2_RATE),
    };
    bool is_clean = bytes[OBD2_FLAGS] <= OBD2_FLAG_COOLANT && bytes[OBD2_ZERO_A] == 0 &&
                    record_is_zero(bytes + OBD2_ZERO_B, SOURCE_SIZE - OBD2_ZERO_B);
    return is_clean ? 0 : GAUGE_ERR_RESERVED;
}

void record_build_obd2(const struct source_obd2 *source, uint8_t *bytes)
{
    bytes[OBD2_PID] = source->pid;
    bytes[OBD2_FLAGS] = source->fallback_coolant ? OBD2_FLAG_COOLANT : 0;
    bytes[OBD2_ADDRESSING] = (uint8_t)source->addressing;
    le_put_u16(bytes + OBD2_RATE, source->rate_millihz);
}

static bool is_rate(uint16_t rate_millihz)
{
    return rate_millihz >= RECORD_REQUEST_MILLIHZ_MIN && rate_millihz <= RECORD_REQUEST_MILLIHZ_MAX;
}

/* One search serves all OBD-II dials, so they use the same identifiers. */
static bool is_common_addressing(const struct record *record, const struct source_obd2 *source)
{
    for (unsigned i = 0; i < record->dial_count; i++) {
        const struct source_config *other = &record->dial[i].source;
        if (other->kind == SOURCE_OBD2 && other->obd2.addressing != source->addressing) {
            return false;
        }
    }
    return true;
}

int record_check_obd2(const struct record *record, const struct source_obd2 *source)
{
    bool is_good = obd_pid_is_known(source->pid) && source->addressing <= OBD_29BIT &&
                   is_rate(source->rate_millihz) && is_common_addressing(record, source);
    return is_good ? 0 : GAUGE_ERR_REQUEST;
}

/* ---- UDS ---- */

int record_parse_uds(struct source_uds *source, const uint8_t *bytes)
{
    uint8_t flags = bytes[UDS_FLAGS];
    uint8_t count = bytes[UDS_INVALID_COUNT];
    if (count > SOURCE_INVALID_MAX) {
        return GAUGE_ERR_INVALID;
    }
    *source = (struct source_uds){
        .request_id = le_get_u32(bytes + UDS_REQUEST_ID),
        .response_id = le_get_u32(bytes + UDS_RESPONSE_ID),
        .extended = flags & UDS_FLAG_EXTENDED,
        .has_address = flags & UDS_FLAG_ADDRESS,
        .ecu = bytes[UDS_ECU],
        .service = bytes[UDS_SERVICE],
        .did = le_get_u16(bytes + UDS_DID),
        .is_signed = flags & UDS_FLAG_SIGNED,
        .start_bit = le_get_u16(bytes + UDS_START_BIT),
        .length_bits = bytes[UDS_LENGTH_BITS],
        .rate_millihz = le_get_u16(bytes + UDS_RATE),
        .invalid_count = count,
        .scale = le_get_f64(bytes + UDS_SCALE),
        .offset = le_get_f64(bytes + UDS_OFFSET),
    };
    for (unsigned i = 0; i < count; i++) {
        const uint8_t *range = bytes + UDS_INVALIDS + i * SOURCE_RANGE_SIZE;
        source->invalid[i] =
            (struct source_range){.lo = le_get_u32(range), .hi = le_get_u32(range + 4)};
    }
    const unsigned end = UDS_INVALIDS + count * SOURCE_RANGE_SIZE;
    bool is_clean = flags <= (UDS_FLAG_EXTENDED | UDS_FLAG_ADDRESS | UDS_FLAG_SIGNED) &&
                    bytes[UDS_ZERO_A] == 0 && record_is_zero(bytes + end, UDS_DID - end) &&
                    record_is_zero(bytes + UDS_ZERO_B, SOURCE_SIZE - UDS_ZERO_B);
    return is_clean ? 0 : GAUGE_ERR_RESERVED;
}

void record_build_uds(const struct source_uds *source, uint8_t *bytes)
{
    unsigned flags = source->extended ? UDS_FLAG_EXTENDED : 0u;
    flags |= source->has_address ? UDS_FLAG_ADDRESS : 0u;
    flags |= source->is_signed ? UDS_FLAG_SIGNED : 0u;
    le_put_u32(bytes + UDS_REQUEST_ID, source->request_id);
    le_put_u32(bytes + UDS_RESPONSE_ID, source->response_id);
    bytes[UDS_FLAGS] = (uint8_t)flags;
    bytes[UDS_LENGTH_BITS] = source->length_bits;
    le_put_u16(bytes + UDS_START_BIT, source->start_bit);
    bytes[UDS_INVALID_COUNT] = source->invalid_count;
    bytes[UDS_SERVICE] = source->service;
    bytes[UDS_ECU] = source->ecu;
    le_put_f64(bytes + UDS_SCALE, source->scale);
    le_put_f64(bytes + UDS_OFFSET, source->offset);
    for (unsigned i = 0; i < source->invalid_count; i++) {
        uint8_t *range = bytes + UDS_INVALIDS + i * SOURCE_RANGE_SIZE;
        le_put_u32(range, source->invalid[i].lo);
        le_put_u32(range + 4, source->invalid[i].hi);
    }
    le_put_u16(bytes + UDS_DID, source->did);
    le_put_u16(bytes + UDS_RATE, source->rate_millihz);
}

/* What is sent is a diagnostic request, so an identifier of the upper range, and its answer another. */
static bool are_ids_good(const struct source_uds *source)
{
    uint32_t id_max = source->extended ? CAN_ID_EXTENDED_MAX : CAN_ID_STANDARD_MAX;
    return source->request_id >= RECORD_REQUEST_ID_MIN && source->request_id <= id_max &&
           source->response_id <= id_max && source->request_id != source->response_id;
}

int record_check_uds(const struct source_uds *source)
{
    bool is_read = source->service == UDS_READ_DID ||
                   (source->service == UDS_READ_LOCAL && source->did <= 0xFF);
    if (!are_ids_good(source) || !is_read || !is_rate(source->rate_millihz) ||
        (!source->has_address && source->ecu != 0)) {
        return GAUGE_ERR_REQUEST;
    }
    if (source->length_bits < 1 || source->length_bits > UDS_LENGTH_MAX ||
        source->start_bit > UDS_START_MAX) {
        return GAUGE_ERR_SIGNAL;
    }
    int err = record_check_invalid(source->invalid, source->invalid_count);
    return err != 0 ? err : record_check_factors(source->scale, source->offset);
}

/* ---- common ---- */

int record_check_invalid(const struct source_range *ranges, unsigned count)
{
    if (count > SOURCE_INVALID_MAX) {
        return GAUGE_ERR_INVALID;
    }
    for (unsigned i = 0; i < count; i++) {
        if (ranges[i].lo > ranges[i].hi) {
            return GAUGE_ERR_INVALID;
        }
    }
    return 0;
}

/* NaN and infinities fail every comparison that is asked here. */
static bool is_sane_factor(double factor)
{
    return factor >= -FACTOR_MAX && factor <= FACTOR_MAX;
}

int record_check_factors(double scale, double offset)
{
    bool is_good = is_sane_factor(scale) && scale != 0 && is_sane_factor(offset);
    return is_good ? 0 : GAUGE_ERR_SCALE;
}
