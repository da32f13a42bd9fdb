/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* OBD-II: the search for the unit that has the PID, and its answers. */
#include <stddef.h>

#include "core/err.h"
#include "core/record_layout.h"
#include "core/request_parts.h"
#include "core/source_ops.h"

#define PIDS_PER_STEP 0x20u
#define LAST_STEP 0x40u
#define OFFSET_MILLI 40000

/* ---- searching ---- */

static void search_anew(struct requests *r)
{
    r->search.table.count = 0;
    r->search.pid = 0;
    r->search.asked = false;
}

/* The PID that a dial takes from the units known; 0: none. */
static uint8_t choose_pid(struct requests *r, const struct source_obd2 *source)
{
    if (obd_table_find(&r->search.table, source->pid) != NULL) {
        return source->pid;
    }
    bool has_other =
        source->fallback_coolant && obd_table_find(&r->search.table, OBD_PID_COOLANT) != NULL;
    return has_other ? OBD_PID_COOLANT : 0;
}

/* Gives a dial its unit, if one is known. */
static bool choose(struct requests *r, uint8_t index)
{
    const struct source_obd2 *source = &r->record->dial[index].source.obd2;
    struct request_dial *dial = &r->dial[index];
    uint8_t pid = choose_pid(r, source);
    dial->found = pid != 0;
    if (dial->found) {
        dial->misses = 0;
        dial->ecu = *obd_table_find(&r->search.table, pid);
        dial->substitute = pid != source->pid;
    }
    return dial->found;
}

/* The next step of the search is to be asked, unless it is over. */
static bool has_next_step(const struct request_search *search)
{
    for (unsigned i = 0; i < search->table.count && search->pid < LAST_STEP; i++) {
        if (obd_supports(&search->table.ecu[i], (uint8_t)(search->pid + PIDS_PER_STEP))) {
            return true;
        }
    }
    return false;
}

/* Nobody there at all: perhaps under identifiers of the other length. */
static void try_other_length(struct requests *r, uint32_t now_us, enum obd_addressing addressing)
{
    struct request_search *search = &r->search;
    search->tried++;
    if (addressing == OBD_AUTO) {
        search->extended = !search->extended;
    }
    if (search->tried >= 2 || addressing != OBD_AUTO) {
        search->tried = 0;
        freshness_mark(&search->pause, now_us);
    }
}

/* A step was asked for: what next? */
static void judge_step(struct requests *r, uint32_t now_us, enum obd_addressing addressing)
{
    struct request_search *search = &r->search;
    search->asked = false;
    if (search->table.count == 0) {
        try_other_length(r, now_us, addressing);
        return;
    }
    search->tried = 0;
    if (has_next_step(search)) {
        search->pid = (uint8_t)(search->pid + PIDS_PER_STEP);
        return;
    }
    bool found = false;
    for (uint8_t i = 0; i < r->record->dial_count; i++) {
        if (r->record->dial[i].source.kind == SOURCE_OBD2 && !r->dial[i].found) {
            found |= choose(r, i);
        }
    }
    if (!found) {
        search_anew(r);
        freshness_mark(&search->pause, now_us);
    }
}

static void lost(struct requests *r, uint8_t dial)
{
    r->search.to_all = !r->search.to_all; /* some answer only what is asked of all */
    r->dial[dial].found = false;
    search_anew(r);
}

static uint32_t functional_id(bool extended)
{
    return extended ? OBD_ID29_FUNCTIONAL : OBD_ID_FUNCTIONAL;
}

static void send(struct requests *r, uint32_t now_us, uint8_t dial, uint8_t pid, uint32_t id,
                 bool extended)
{
    const uint8_t message[2] = {OBD_SERVICE, pid};
    if (request_send(r, now_us, dial, message, sizeof(message), id, extended, REQUEST_P2_US)) {
        r->sent.pid = pid;
    }
}

static void ask(struct requests *r, uint32_t now_us, uint8_t index)
{
    const struct source_obd2 *source = &r->record->dial[index].source.obd2;
    const struct request_dial *dial = &r->dial[index];
    struct request_search *search = &r->search;
    if (source->addressing != OBD_AUTO) {
        search->extended = source->addressing == OBD_29BIT;
    }
    if (!dial->found && search->asked) {
        judge_step(r, now_us, source->addressing);
    }
    if (dial->found) {
        uint8_t pid = dial->substitute ? OBD_PID_COOLANT : source->pid;
        uint32_t id = search->to_all ? functional_id(dial->ecu.extended)
                                     : obd_request_id(dial->ecu.id, dial->ecu.extended);
        send(r, now_us, index, pid, id, dial->ecu.extended);
    } else if (!search->pause.fresh) {
        send(r, now_us, index, search->pid, functional_id(search->extended), search->extended);
        r->sent.search = r->sent.waiting;
    }
}

/* ---- answers ---- */

static enum source_result read_answer(const struct source_config *config, const uint8_t *message,
                                      size_t len, struct source_reading *reading)
{
    const struct source_obd2 *source = &config->obd2;
    if (len < 3 || message[0] != (OBD_SERVICE | UDS_POSITIVE) ||
        (message[1] != source->pid &&
         !(source->fallback_coolant && message[1] == OBD_PID_COOLANT))) {
        return SOURCE_NO_MATCH;
    }
    reading->raw = message[2];
    reading->value_milli = message[2] * OBD_STEP_MILLI - OFFSET_MILLI;
    reading->substitute = message[1] != source->pid;
    return message[2] == OBD_RAW_NONE ? SOURCE_INVALID : SOURCE_VALUE;
}

static int take_value(struct requests *r, const struct isotp_rx *rx, enum source_result *result,
                      struct source_reading *reading)
{
    const struct source_config *config = &r->record->dial[r->sent.dial].source;
    return request_take(r, read_answer(config, rx->data, rx->length, reading), result);
}

/* The unit does not have the PID after all: another one, the substitute, or a new search. */
static void take_refusal(struct requests *r, uint32_t now_us, const struct can_frame *frame)
{
    struct obd_ecu *ecu = obd_table_ecu(&r->search.table, frame->id, frame->extended);
    if (ecu != NULL) {
        obd_table_refuse(ecu, r->sent.pid);
    }
    r->sent.waiting = false;
    if (!choose(r, r->sent.dial)) {
        search_anew(r);
        freshness_mark(&r->search.pause, now_us);
    }
}

static void take_negative(struct requests *r, uint32_t now_us, const struct can_frame *frame,
                          uint8_t code)
{
    bool is_final = request_is_final(r, now_us, code);
    bool is_asked = !r->sent.search && r->sent.waiting && frame->id == r->dial[r->sent.dial].ecu.id;
    if (is_final && is_asked && code != UDS_BUSY) {
        take_refusal(r, now_us, frame);
    }
}

static int take(struct requests *r, uint32_t now_us, const struct can_frame *frame,
                const struct isotp_rx *rx, enum source_result *result,
                struct source_reading *reading)
{
    const uint8_t *data = rx->data;
    if (rx->length >= 3 && data[0] == UDS_NEGATIVE && data[1] == OBD_SERVICE) {
        take_negative(r, now_us, frame, data[2]);
        return -1;
    }
    if (rx->length < 3 || data[0] != (OBD_SERVICE | UDS_POSITIVE) || data[1] != r->sent.pid) {
        return -1;
    }
    if (!r->sent.search) {
        bool is_asked = frame->id == r->dial[r->sent.dial].ecu.id;
        return is_asked ? take_value(r, rx, result, reading) : -1;
    }
    struct obd_ecu *ecu = obd_table_ecu(&r->search.table, frame->id, frame->extended);
    if (ecu != NULL && rx->length >= 6) {
        obd_table_support(ecu, data[1], data + 2);
    }
    return -1;
}

/* ---- who is asked ---- */

static uint16_t rate_millihz(const struct source_config *config)
{
    return config->obd2.rate_millihz;
}

static bool is_answer(const struct source_config *config, const struct can_frame *frame)
{
    (void)config;
    return obd_is_answer(frame->id, frame->extended);
}

static bool is_request(const struct source_config *config, const struct can_frame *frame)
{
    (void)config;
    return obd_is_request(frame->id, frame->extended);
}

static struct isotp_address address(const struct source_config *config)
{
    (void)config;
    return (struct isotp_address){.used = false};
}

static uint32_t reply_id(const struct source_config *config, const struct can_frame *answer)
{
    (void)config;
    return obd_request_id(answer->id, answer->extended);
}

/* Answers may come in either length, whichever is asked in: another tester may use the other. */
static unsigned list_ids(const struct source_config *config, enum source_ids_use use,
                         struct request_ids *ids, unsigned count)
{
    if (use == SOURCE_IDS_SEND) {
        return request_obd_list(ids, count, config->obd2.addressing);
    }
    count = request_id_add(ids, count, OBD_ID_ANSWER, OBD_ID_MASK, false);
    return request_id_add(ids, count, OBD_ID29_ANSWER, OBD_ID29_ANSWER_MASK, true);
}

/* ---- the record ---- */

static int32_t step_milli(const struct source_config *config)
{
    (void)config;
    return OBD_STEP_MILLI;
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

static int check(const struct record *record, const struct source_config *config)
{
    const struct source_obd2 *source = &config->obd2;
    bool is_good = obd_pid_is_known(source->pid) && source->addressing <= OBD_29BIT &&
                   source_is_rate(source->rate_millihz) && is_common_addressing(record, source);
    return is_good ? 0 : GAUGE_ERR_REQUEST;
}

#define FIELD(type, at, detail, member)                                                            \
    {                                                                                              \
        type, at, detail, offsetof(struct source_obd2, member)                                     \
    }

static const struct field fields[] = {
    FIELD(FIELD_U8, OBD2_PID, 0, pid),
    FIELD(FIELD_BIT, OBD2_FLAGS, OBD2_BIT_COOLANT, fallback_coolant),
    FIELD(FIELD_ENUM, OBD2_ADDRESSING, sizeof(enum obd_addressing), addressing),
    FIELD(FIELD_U16, OBD2_RATE, 0, rate_millihz),
};

static const struct source_asking asking = {
    .n_cr_us = ISOTP_N_CR_OBD_US,
    .rate_millihz = rate_millihz,
    .ask = ask,
    .is_answer = is_answer,
    .is_request = is_request,
    .address = address,
    .reply_id = reply_id,
    .take = take,
    .read = read_answer,
    .lost = lost,
};

const struct source_ops source_obd2_ops = {
    .offset = offsetof(struct source_config, obd2),
    .fields = fields,
    .field_count = sizeof fields / sizeof fields[0],
    .check = check,
    .step_milli = step_milli,
    .list_ids = list_ids,
    .asking = &asking,
};
