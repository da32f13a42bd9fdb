/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/request.h"

static bool has_kind(const struct record *record, enum source_kind kind)
{
    for (unsigned i = 0; i < record->dial_count; i++) {
        if (record->dial[i].source.kind == kind) {
            return true;
        }
    }
    return false;
}

bool requests_wanted(const struct record *record)
{
    return has_kind(record, SOURCE_OBD2) || has_kind(record, SOURCE_UDS);
}

/* Adds one unless the list covers it already. */
static unsigned add(struct request_ids *ids, unsigned count, struct request_ids id)
{
    for (unsigned i = 0; i < count; i++) {
        if (ids[i].extended == id.extended && (ids[i].mask & ~id.mask) == 0 &&
            ((ids[i].id ^ id.id) & ids[i].mask) == 0) {
            return count;
        }
    }
    ids[count] = id;
    return count + 1;
}

static struct request_ids one(uint32_t id, bool extended)
{
    return (struct request_ids){id, extended ? CAN_ID_EXTENDED_MAX : CAN_ID_STANDARD_MAX, extended};
}

/* What testers send in OBD-II, of 11 bits and of 29. */
static unsigned add_obd_requests(struct request_ids *ids, unsigned count,
                                 enum obd_addressing addressing)
{
    if (addressing != OBD_29BIT) {
        count = add(ids, count, one(OBD_ID_FUNCTIONAL, false));
        count = add(ids, count, (struct request_ids){OBD_ID_REQUEST, OBD_ID_MASK, false});
    }
    if (addressing != OBD_11BIT) {
        count = add(ids, count, one(OBD_ID29_FUNCTIONAL, true));
        count =
            add(ids, count, (struct request_ids){OBD_ID29_REQUEST, OBD_ID29_REQUEST_MASK, true});
    }
    return count;
}

unsigned requests_receive_ids(const struct record *record, struct request_ids ids[REQUEST_IDS_MAX])
{
    unsigned count = 0;
    if (!requests_wanted(record)) {
        return 0;
    }
    if (has_kind(record, SOURCE_OBD2)) {
        count = add(ids, count, (struct request_ids){OBD_ID_ANSWER, OBD_ID_MASK, false});
        count = add(ids, count, (struct request_ids){OBD_ID29_ANSWER, OBD_ID29_ANSWER_MASK, true});
    }
    count = add_obd_requests(ids, count, OBD_AUTO); /* another tester may use either */
    for (unsigned i = 0; i < record->dial_count; i++) {
        const struct source_uds *uds = &record->dial[i].source.uds;
        if (record->dial[i].source.kind == SOURCE_UDS) {
            count = add(ids, count, one(uds->response_id, uds->extended));
            count = add(ids, count, one(uds->request_id, uds->extended));
        }
    }
    return count;
}

unsigned requests_send_ids(const struct record *record, struct request_ids ids[REQUEST_IDS_MAX])
{
    unsigned count = 0;
    for (unsigned i = 0; i < record->dial_count; i++) {
        const struct source_config *source = &record->dial[i].source;
        if (source->kind == SOURCE_OBD2) {
            count = add_obd_requests(ids, count, source->obd2.addressing);
        } else if (source->kind == SOURCE_UDS) {
            count = add(ids, count, one(source->uds.request_id, source->uds.extended));
        }
    }
    return count;
}
