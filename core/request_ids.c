/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/request_parts.h"
#include "core/source_ops.h"

bool requests_wanted(const struct record *record)
{
    for (unsigned i = 0; i < record->dial_count; i++) {
        if (source_is_asked(&record->dial[i].source)) {
            return true;
        }
    }
    return false;
}

unsigned request_obd_list(struct request_ids *ids, unsigned count, enum obd_addressing addressing)
{
    if (addressing != OBD_29BIT) {
        count = request_id_add_one(ids, count, OBD_ID_FUNCTIONAL, false);
        count = request_id_add(ids, count, OBD_ID_REQUEST, OBD_ID_MASK, false);
    }
    if (addressing != OBD_11BIT) {
        count = request_id_add_one(ids, count, OBD_ID29_FUNCTIONAL, true);
        count = request_id_add(ids, count, OBD_ID29_REQUEST, OBD_ID29_REQUEST_MASK, true);
    }
    return count;
}

static unsigned list_asked(const struct record *record, enum source_ids_use use,
                           struct request_ids *ids, unsigned count)
{
    for (unsigned i = 0; i < record->dial_count; i++) {
        const struct source_config *source = &record->dial[i].source;
        if (source_is_asked(source)) {
            count = source_ops((uint8_t)source->kind)->list_ids(source, use, ids, count);
        }
    }
    return count;
}

unsigned requests_receive_ids(const struct record *record, struct request_ids ids[REQUEST_IDS_MAX])
{
    if (!requests_wanted(record)) {
        return 0;
    }
    /* another tester may use either length */
    return list_asked(record, SOURCE_IDS_RECEIVE, ids, request_obd_list(ids, 0, OBD_AUTO));
}

unsigned requests_send_ids(const struct record *record, struct request_ids ids[REQUEST_IDS_MAX])
{
    return list_asked(record, SOURCE_IDS_SEND, ids, 0);
}
