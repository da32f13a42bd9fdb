/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "bench/answers.h"

#define OFFSET_MILLI 40000

static enum source_result read_obd2(const struct source_obd2 *source, const struct isotp_rx *rx,
                                    struct source_reading *reading)
{
    bool is_coolant = source->fallback_coolant && rx->data[1] == OBD_PID_COOLANT;
    if (rx->length < 3 || rx->data[0] != (OBD_SERVICE | UDS_POSITIVE) ||
        (rx->data[1] != source->pid && !is_coolant)) {
        return SOURCE_NO_MATCH;
    }
    reading->raw = rx->data[2];
    reading->value_milli = rx->data[2] * OBD_STEP_MILLI - OFFSET_MILLI;
    return rx->data[2] == OBD_RAW_NONE ? SOURCE_INVALID : SOURCE_VALUE;
}

static bool is_answer(const struct source_config *source, const struct can_frame *frame)
{
    if (source->kind == SOURCE_OBD2) {
        return obd_is_answer(frame->id, frame->extended);
    }
    return frame->id == source->uds.response_id && frame->extended == source->uds.extended;
}

bool answers_read(struct answers *answers, unsigned dial, const struct source_config *source,
                  const struct can_frame *frame, enum source_result *result,
                  struct source_reading *reading)
{
    struct isotp_rx *rx = &answers->rx[dial];
    struct isotp_address address = {0};
    if (!source_is_asked(source) || !is_answer(source, frame)) {
        return false;
    }
    if (source->kind == SOURCE_UDS) {
        address = (struct isotp_address){source->uds.has_address, source->uds.ecu, UDS_TESTER};
    }
    *result = SOURCE_NO_MATCH;
    if (isotp_frame(rx, &address, 0, frame->data, frame->len) != ISOTP_MESSAGE) {
        return true;
    }
    if (source->kind == SOURCE_OBD2) {
        *result = read_obd2(&source->obd2, rx, reading);
    } else if (uds_is_answer(&source->uds, rx->data, rx->length)) {
        *result = uds_read(&source->uds, rx->data, rx->length, reading);
    }
    return true;
}
