/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* OBD-II's part of asking: the search for the unit that has the PID, and its answers. */
#include "core/request_parts.h"

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
static void try_other_length(struct requests *r, uint32_t now_us)
{
    struct request_search *search = &r->search;
    search->tried++;
    if (r->addressing == OBD_AUTO) {
        search->extended = !search->extended;
    }
    if (search->tried >= 2 || r->addressing != OBD_AUTO) {
        search->tried = 0;
        freshness_mark(&search->pause, now_us);
    }
}

/* A step was asked for: what next? */
static void judge_step(struct requests *r, uint32_t now_us)
{
    struct request_search *search = &r->search;
    search->asked = false;
    if (search->table.count == 0) {
        try_other_length(r, now_us);
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

void request_obd_lost(struct requests *r, uint8_t dial)
{
    if (r->record->dial[dial].source.kind == SOURCE_OBD2) {
        r->search.to_all = !r->search.to_all; /* some answer only what is asked of all */
        r->dial[dial].found = false;
        search_anew(r);
    }
}

static uint32_t functional_id(bool extended)
{
    return extended ? OBD_ID29_FUNCTIONAL : OBD_ID_FUNCTIONAL;
}

void request_obd_ask(struct requests *r, uint32_t now_us, uint8_t index)
{
    const struct request_dial *dial = &r->dial[index];
    struct request_search *search = &r->search;
    if (!dial->found && search->asked) {
        judge_step(r, now_us);
    }
    if (dial->found) {
        uint8_t pid = dial->substitute ? OBD_PID_COOLANT : r->record->dial[index].source.obd2.pid;
        uint32_t id = search->to_all ? functional_id(dial->ecu.extended)
                                     : obd_request_id(dial->ecu.id, dial->ecu.extended);
        request_obd_send(r, now_us, index, pid, id, dial->ecu.extended);
    } else if (!search->pause.fresh) {
        request_obd_send(r, now_us, index, search->pid, functional_id(search->extended),
                         search->extended);
        r->sent.search = r->sent.waiting;
    }
}

/* ---- answers ---- */

static int take_value(struct requests *r, uint8_t raw, enum source_result *result,
                      struct source_reading *reading)
{
    const uint8_t index = r->sent.dial;
    reading->raw = raw;
    reading->substitute = r->dial[index].substitute;
    *result = SOURCE_INVALID;
    if (raw != OBD_RAW_NONE) {
        *result = SOURCE_VALUE;
        reading->value_milli = raw * OBD_STEP_MILLI - OFFSET_MILLI;
    }
    request_answered(r, index);
    return index;
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

int request_obd_take(struct requests *r, uint32_t now_us, const struct can_frame *frame,
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
        return is_asked ? take_value(r, data[2], result, reading) : -1;
    }
    struct obd_ecu *ecu = obd_table_ecu(&r->search.table, frame->id, frame->extended);
    if (ecu != NULL && rx->length >= 6) {
        obd_table_support(ecu, data[1], data + 2);
    }
    return -1;
}
