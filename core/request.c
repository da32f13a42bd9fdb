/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/request.h"

#include <string.h>

#include "core/request_parts.h"
#include "core/source_ops.h"

/* ---- when ---- */

/* NULL: a source that is heard. */
static const struct source_asking *asking_of(const struct source_config *source)
{
    return source_ops((uint8_t)source->kind)->asking;
}

static bool is_due(struct request_dial *dial, uint32_t now_us, uint16_t rate_millihz)
{
    return !freshness_check(&dial->asked, now_us, 1000000000u / rate_millihz);
}

static const struct source_config *asked_source(const struct requests *r)
{
    return &r->record->dial[r->sent.dial].source;
}

/* Asks without a rest for so long from now on. */
static void begin_asking(struct requests *r, uint32_t now_us, uint8_t doublings)
{
    r->rest = (struct request_rest){.doublings = doublings};
    for (unsigned i = 0; i < GAUGE_DIALS_MAX; i++) {
        r->dial[i].low_milli = INT32_MAX;
    }
    freshness_mark(&r->rest.timer, now_us);
}

static void take_turns(struct requests *r, uint32_t now_us)
{
    struct request_rest *rest = &r->rest;
    if (rest->resting) {
        if (!freshness_check(&rest->timer, now_us, REQUEST_REST_US)) {
            const bool is_last = rest->doublings == REQUEST_REST_DOUBLINGS;
            begin_asking(r, now_us, (uint8_t)(rest->doublings + (is_last ? 0u : 1u)));
        }
    } else if (!freshness_check(&rest->timer, now_us, REQUEST_REST_EVERY_US << rest->doublings)) {
        rest->resting = true;
        freshness_mark(&rest->timer, now_us);
    }
}

/* A value that rises is a running engine's. */
static void watch_rise(struct requests *r, uint32_t now_us, int dial, int32_t value_milli)
{
    int32_t *low_milli = &r->dial[dial].low_milli;
    if (value_milli < *low_milli) {
        *low_milli = value_milli;
    } else if ((int64_t)value_milli - *low_milli >= REQUEST_RISE_MILLI) {
        begin_asking(r, now_us, 0);
    }
}

/* Lets what is over expire; to be called more often than the clock wraps. */
static void age(struct requests *r, uint32_t now_us)
{
    (void)freshness_check(&r->traffic, now_us, REQUEST_SLEEP_US);
    (void)freshness_check(&r->tester, now_us, REQUEST_YIELD_US);
    take_turns(r, now_us);
    (void)freshness_check(&r->gap, now_us, REQUEST_GAP_US);
    (void)freshness_check(&r->search.pause, now_us, REQUEST_SEARCH_PAUSE_US);
    for (unsigned i = 0; i < r->rx_count; i++) {
        (void)isotp_poll(&r->rx[i], now_us, asking_of(asked_source(r))->n_cr_us);
    }
}

static bool may_send(const struct requests *r)
{
    return r->enabled && r->bus_offs < REQUEST_BUS_OFF_MAX && r->traffic.fresh;
}

static bool may_ask(const struct requests *r)
{
    return may_send(r) && !r->rest.resting && !r->tester.fresh && !r->gap.fresh && !r->sent.waiting;
}

/* ---- sending ---- */

/* Where the next frame is to be filled in; NULL: the bus must not be used now, or the queue is full. */
static struct request_frame *queue_frame(struct requests *r, uint32_t id, bool extended)
{
    if (!may_send(r) || (uint8_t)(r->head - r->tail) >= REQUEST_QUEUE) {
        return NULL;
    }
    struct request_frame *frame = &r->queue[r->head++ % REQUEST_QUEUE];
    frame->id = id;
    frame->extended = extended;
    return frame;
}

bool requests_take(struct requests *r, struct request_frame *frame)
{
    if (r->head == r->tail) {
        return false;
    }
    *frame = r->queue[r->tail++ % REQUEST_QUEUE];
    return true;
}

/* Begins to wait for the answers to what is being sent. */
static void begin_wait(struct requests *r, uint32_t now_us, uint8_t dial, uint32_t limit_us)
{
    r->sent = (struct request_sent){.waiting = true, .dial = dial, .limit_us = limit_us};
    freshness_mark(&r->sent.timer, now_us);
    freshness_mark(&r->gap, now_us);
    freshness_mark(&r->dial[dial].asked, now_us);
    r->rx_count = 0;
    r->sent_count++;
}

bool request_send(struct requests *r, uint32_t now_us, uint8_t dial, const uint8_t *message,
                  size_t length, uint32_t id, bool extended, uint32_t limit_us)
{
    const struct source_config *source = &r->record->dial[dial].source;
    const struct isotp_address address = asking_of(source)->address(source);
    struct request_frame *frame = queue_frame(r, id, extended);
    if (frame == NULL) {
        return false;
    }
    isotp_single(&address, message, length, frame->data);
    begin_wait(r, now_us, dial, limit_us);
    r->sent.extended = extended;
    return true;
}

/* The first dial from `turn` on that is due asks, so that all get their turn. */
static void ask_next(struct requests *r, uint32_t now_us)
{
    for (unsigned n = 0; n < r->record->dial_count && !r->sent.waiting; n++) {
        uint8_t i = (uint8_t)((r->turn + n) % r->record->dial_count);
        const struct source_config *source = &r->record->dial[i].source;
        const struct source_asking *asking = asking_of(source);
        if (asking != NULL && is_due(&r->dial[i], now_us, asking->rate_millihz(source))) {
            asking->ask(r, now_us, i);
        }
    }
    if (r->sent.waiting) {
        r->turn = (uint8_t)(r->sent.dial + 1u);
    }
}

/* No answer in time. */
void request_end_wait(struct requests *r)
{
    r->sent.waiting = false;
    if (r->sent.search) {
        r->search.asked = true; /* judged when the next request is due: late answers count */
        return;
    }
    struct request_dial *dial = &r->dial[r->sent.dial];
    if (dial->misses < REQUEST_MISSES_MAX) {
        dial->misses++;
    }
    if (dial->misses == REQUEST_MISSES_MAX) {
        const struct source_asking *asking = asking_of(asked_source(r));
        dial->answered = false;
        if (asking->lost != NULL) {
            asking->lost(r, r->sent.dial);
        }
    }
}

static bool is_receiving(const struct requests *r)
{
    for (unsigned i = 0; i < r->rx_count; i++) {
        if (r->rx[i].busy) {
            return true;
        }
    }
    return false;
}

void requests_poll(struct requests *r, uint32_t now_us)
{
    age(r, now_us);
    if (r->sent.waiting && !freshness_check(&r->sent.timer, now_us, r->sent.limit_us) &&
        !is_receiving(r)) {
        request_end_wait(r);
    }
    if (may_ask(r)) {
        ask_next(r, now_us);
    }
}

/* ---- receiving ---- */

/* The reception of whoever answers with `id`; NULL: more answer than may. */
static struct isotp_rx *rx_of(struct requests *r, uint32_t id)
{
    for (unsigned i = 0; i < r->rx_count; i++) {
        if (r->rx_id[i] == id) {
            return &r->rx[i];
        }
    }
    if (r->rx_count == OBD_ECUS_MAX) {
        return NULL;
    }
    r->rx_id[r->rx_count] = id;
    isotp_reset(&r->rx[r->rx_count]);
    return &r->rx[r->rx_count++];
}

/* 7F service code. True: it ends the wait for this unit. */
bool request_is_final(struct requests *r, uint32_t now_us, uint8_t code)
{
    if (code != UDS_PENDING) {
        return true;
    }
    if (r->sent.waiting && r->sent.pendings < REQUEST_PENDING_MAX) {
        r->sent.pendings++;
        r->sent.limit_us = REQUEST_P2_STAR_US;
        freshness_mark(&r->sent.timer, now_us);
    }
    return false;
}

int request_take(struct requests *r, enum source_result got, enum source_result *result)
{
    const uint8_t dial = r->sent.dial;
    if (got == SOURCE_NO_MATCH) {
        return -1;
    }
    *result = got;
    r->dial[dial].misses = 0;
    r->dial[dial].answered = true;
    r->sent.waiting = false;
    return dial;
}

/* Is the frame from who was asked last? */
static bool is_from_asked(const struct requests *r, const struct can_frame *frame)
{
    const struct source_config *source = asked_source(r);
    return r->sent_count != 0 && frame->extended == r->sent.extended &&
           asking_of(source)->is_answer(source, frame);
}

/* Flow control; not into another tester's conversation with the same unit. */
static void reply(struct requests *r, const struct can_frame *frame,
                  const struct isotp_address *address, enum isotp_result what)
{
    const struct source_config *source = asked_source(r);
    if (!r->sent.waiting || r->tester.fresh) {
        return;
    }
    uint32_t id = asking_of(source)->reply_id(source, frame);
    struct request_frame *reply = queue_frame(r, id, frame->extended);
    if (reply == NULL) {
        return;
    }
    if (what == ISOTP_ANSWER) {
        isotp_flow_control(address, reply->data);
    } else {
        isotp_overflow(address, reply->data);
    }
}

static int take_answer(struct requests *r, uint32_t now_us, const struct can_frame *frame,
                       enum source_result *result, struct source_reading *reading)
{
    const struct source_config *source = asked_source(r);
    const struct isotp_address address = asking_of(source)->address(source);
    struct isotp_rx *rx = rx_of(r, frame->id);
    if (rx == NULL) {
        return -1;
    }
    enum isotp_result got = isotp_frame(rx, &address, now_us, frame->data, frame->len);
    if (got == ISOTP_ANSWER || got == ISOTP_REFUSE) {
        reply(r, frame, &address, got);
    }
    if (got != ISOTP_MESSAGE) {
        return -1;
    }
    return asking_of(source)->take(r, now_us, frame, rx, result, reading);
}

/* What a diagnostic tester sends, as far as it can be known. */
static bool is_request(const struct requests *r, const struct can_frame *frame)
{
    if (obd_is_request(frame->id, frame->extended)) {
        return true;
    }
    for (unsigned i = 0; i < r->record->dial_count; i++) {
        const struct source_config *source = &r->record->dial[i].source;
        const struct source_asking *asking = asking_of(source);
        if (asking != NULL && asking->is_request(source, frame)) {
            return true;
        }
    }
    return false;
}

static bool is_answer(const struct requests *r, const struct can_frame *frame)
{
    for (unsigned i = 0; i < r->record->dial_count; i++) {
        const struct source_config *source = &r->record->dial[i].source;
        const struct source_asking *asking = asking_of(source);
        if (asking != NULL && asking->is_answer(source, frame)) {
            return true;
        }
    }
    return false;
}

int requests_frame(struct requests *r, uint32_t now_us, const struct can_frame *frame,
                   enum source_result *result, struct source_reading *reading)
{
    if (!r->dials_ask) {
        return -1;
    }
    age(r, now_us);
    if (is_answer(r, frame)) {
        *reading = (struct source_reading){0};
        bool is_ours = !frame->fd && !frame->remote && is_from_asked(r, frame);
        const int dial = is_ours ? take_answer(r, now_us, frame, result, reading) : -1;
        if (dial >= 0 && *result == SOURCE_VALUE) {
            watch_rise(r, now_us, dial, reading->value_milli);
        }
        return dial;
    }
    if (is_request(r, frame)) {
        freshness_mark(&r->tester, now_us);
    } else {
        requests_traffic(r, now_us);
    }
    return -1;
}

/* ---- set-up and state ---- */

void requests_init(struct requests *r, const struct record *record)
{
    memset(r, 0, sizeof(*r));
    r->record = record;
    r->dials_ask = requests_wanted(record);
}

void requests_enable(struct requests *r, bool enabled)
{
    r->enabled = enabled;
}

void requests_traffic(struct requests *r, uint32_t now_us)
{
    if (!r->traffic.fresh) {
        begin_asking(r, now_us, 0);
    }
    freshness_mark(&r->traffic, now_us);
}

void requests_bus_off(struct requests *r)
{
    if (r->bus_offs < REQUEST_BUS_OFF_MAX) {
        r->bus_offs++;
    }
}

static enum request_state dial_state(const struct request_dial *dial)
{
    if (dial->answered) {
        return dial->substitute ? REQUEST_ASKING_COOLANT : REQUEST_ASKING;
    }
    return dial->misses == REQUEST_MISSES_MAX ? REQUEST_UNANSWERED : REQUEST_SEARCHING;
}

bool requests_rest(const struct requests *r)
{
    return r->rest.resting && may_send(r);
}

enum request_state requests_state(const struct requests *r, uint8_t dial)
{
    if (!source_is_asked(&r->record->dial[dial].source)) {
        return REQUEST_OFF;
    }
    if (r->bus_offs == REQUEST_BUS_OFF_MAX) {
        return REQUEST_SILENCED;
    }
    if (!r->enabled) {
        return REQUEST_OFF;
    }
    if (!r->traffic.fresh) {
        return REQUEST_LISTENING;
    }
    if (r->rest.resting) {
        return REQUEST_RESTING;
    }
    return r->tester.fresh ? REQUEST_YIELDING : dial_state(&r->dial[dial]);
}

const char *request_state_name(enum request_state state)
{
    static const char *const names[REQUEST_STATE_COUNT] = {
        [REQUEST_OFF] = "off",
        [REQUEST_SILENCED] = "silent after three bus-offs",
        [REQUEST_LISTENING] = "waiting for the car's traffic",
        [REQUEST_YIELDING] = "another tester asks",
        [REQUEST_RESTING] = "resting",
        [REQUEST_SEARCHING] = "searching",
        [REQUEST_ASKING] = "answered",
        [REQUEST_ASKING_COOLANT] = "answered, COOLANT instead of oil",
        [REQUEST_UNANSWERED] = "no answer",
    };
    return (unsigned)state < REQUEST_STATE_COUNT ? names[state] : "?";
}
