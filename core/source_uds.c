/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* UDS: one control unit is asked for one identifier. */
#include <stddef.h>

#include "core/err.h"
#include "core/record_layout.h"
#include "core/request_parts.h"
#include "core/round.h"
#include "core/source_ops.h"

/* ---- asking ---- */

static uint16_t rate_millihz(const struct source_config *config)
{
    return config->uds.rate_millihz;
}

static void ask(struct requests *r, uint32_t now_us, uint8_t dial)
{
    const struct source_uds *source = &r->record->dial[dial].source.uds;
    uint8_t message[3];
    unsigned length = uds_request(source, message);
    (void)request_send(r, now_us, dial, message, length, source->request_id, source->extended,
                       REQUEST_P2_UDS_US);
}

static bool is_answer(const struct source_config *config, const struct can_frame *frame)
{
    return frame->id == config->uds.response_id && frame->extended == config->uds.extended;
}

static bool is_request(const struct source_config *config, const struct can_frame *frame)
{
    return frame->id == config->uds.request_id && frame->extended == config->uds.extended;
}

static struct isotp_address address(const struct source_config *config)
{
    return (struct isotp_address){config->uds.has_address, config->uds.ecu, UDS_TESTER};
}

static uint32_t reply_id(const struct source_config *config, const struct can_frame *answer)
{
    (void)answer;
    return config->uds.request_id;
}

static enum source_result read_answer(const struct source_config *config, const uint8_t *message,
                                      size_t len, struct source_reading *reading)
{
    return uds_is_answer(&config->uds, message, len) ? uds_read(&config->uds, message, len, reading)
                                                     : SOURCE_NO_MATCH;
}

static int take(struct requests *r, uint32_t now_us, const struct can_frame *frame,
                const struct isotp_rx *rx, enum source_result *result,
                struct source_reading *reading)
{
    const struct source_config *config = &r->record->dial[r->sent.dial].source;
    (void)frame;
    if (rx->length >= 3 && rx->data[0] == UDS_NEGATIVE && rx->data[1] == config->uds.service) {
        if (request_is_final(r, now_us, rx->data[2]) && r->sent.waiting) {
            request_end_wait(r);
        }
        return -1;
    }
    return request_take(r, read_answer(config, rx->data, rx->length, reading), result);
}

static unsigned list_ids(const struct source_config *config, enum source_ids_use use,
                         struct request_ids *ids, unsigned count)
{
    const struct source_uds *uds = &config->uds;
    if (use == SOURCE_IDS_RECEIVE) {
        count = request_id_add_one(ids, count, uds->response_id, uds->extended);
    }
    return request_id_add_one(ids, count, uds->request_id, uds->extended); /* others ask, too */
}

/* ---- the record ---- */

static int32_t step_milli(const struct source_config *config)
{
    return round_i32(magnitude(config->uds.scale) * 1000.0 + 0.5);
}

/* What is sent is a diagnostic request, and its answer comes under another identifier. */
static bool are_ids_good(const struct source_uds *source)
{
    uint32_t id_max = source->extended ? CAN_ID_EXTENDED_MAX : CAN_ID_STANDARD_MAX;
    return uds_may_request(source->request_id, source->extended) && source->response_id <= id_max &&
           source->request_id != source->response_id;
}

static int check(const struct record *record, const struct source_config *config)
{
    const struct source_uds *source = &config->uds;
    (void)record;
    bool is_read = source->service == UDS_READ_DID ||
                   (source->service == UDS_READ_LOCAL && source->did <= 0xFF);
    if (!are_ids_good(source) || !is_read || !source_is_rate(source->rate_millihz) ||
        (!source->has_address && source->ecu != 0)) {
        return GAUGE_ERR_REQUEST;
    }
    if (source->length_bits < 1 || source->length_bits > UDS_LENGTH_MAX ||
        source->start_bit > UDS_START_MAX) {
        return GAUGE_ERR_SIGNAL;
    }
    int err = source_check_ranges(source->invalid, source->invalid_count);
    return err != 0 ? err : source_check_factors(source->scale, source->offset);
}

#define FIELD(type, at, detail, member)                                                            \
    {                                                                                              \
        type, at, detail, offsetof(struct source_uds, member)                                      \
    }
#define TO_COUNT (offsetof(struct source_uds, invalid) - offsetof(struct source_uds, invalid_count))

static const struct field fields[] = {
    FIELD(FIELD_32, UDS_REQUEST_ID, 0, request_id),
    FIELD(FIELD_32, UDS_RESPONSE_ID, 0, response_id),
    FIELD(FIELD_BIT, UDS_FLAGS, UDS_BIT_EXTENDED, extended),
    FIELD(FIELD_BIT, UDS_FLAGS, UDS_BIT_ADDRESS, has_address),
    FIELD(FIELD_BIT, UDS_FLAGS, UDS_BIT_SIGNED, is_signed),
    FIELD(FIELD_U8, UDS_LENGTH_BITS, 0, length_bits),
    FIELD(FIELD_U16, UDS_START_BIT, 0, start_bit),
    FIELD(FIELD_U8, UDS_INVALID_COUNT, 0, invalid_count),
    FIELD(FIELD_U8, UDS_SERVICE, 0, service),
    FIELD(FIELD_U8, UDS_ECU, 0, ecu),
    FIELD(FIELD_F64, UDS_SCALE, 0, scale),
    FIELD(FIELD_F64, UDS_OFFSET, 0, offset),
    FIELD(FIELD_RANGES, UDS_INVALIDS, TO_COUNT, invalid),
    FIELD(FIELD_U16, UDS_DID, 0, did),
    FIELD(FIELD_U16, UDS_RATE, 0, rate_millihz),
};

static const struct source_asking asking = {
    .n_cr_us = ISOTP_N_CR_US,
    .rate_millihz = rate_millihz,
    .ask = ask,
    .is_answer = is_answer,
    .is_request = is_request,
    .address = address,
    .reply_id = reply_id,
    .take = take,
    .read = read_answer,
};

const struct source_ops source_uds_ops = {
    .offset = offsetof(struct source_config, uds),
    .fields = fields,
    .field_count = sizeof fields / sizeof fields[0],
    .check = check,
    .step_milli = step_milli,
    .list_ids = list_ids,
    .asking = &asking,
};
