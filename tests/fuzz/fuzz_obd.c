/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Asking the car: dials of all kinds, and a car that sleeps, answers, refuses, is asked by somebody else and
 * sends rubbish, at any time. Whatever comes, what core/request.h promises about sending must hold.
 *
 * Input: number of dials - 1, a byte for each dial, then steps: a byte XXXXX OOO and what it takes.
 */
#include "tests/fuzz/fuzz_input.h"

#include "core/request.h"

#include <string.h>

#define POLL_US 50000u
#define STEPS_MAX 300
#define NEVER (-(int64_t)3600 * 1000000)

struct input {
    const uint8_t *data;
    size_t size;
};

/* The car and the promises, kept by their own book. */
struct world {
    struct record record;
    struct requests r;
    struct request_ids may_send[REQUEST_IDS_MAX];
    unsigned may_send_count;
    int64_t now_us;
    int64_t traffic_us;
    int64_t tester_us;
    int64_t request_us;
    int64_t dial_us[GAUGE_DIALS_MAX];
    unsigned bus_offs;
    bool enabled;
    struct request_frame asked; /* the last request */
    unsigned next;              /* consecutive frame that is due */
};

static uint8_t take(struct input *in)
{
    if (in->size == 0) {
        return 0;
    }
    in->size--;
    return *in->data++;
}

/* ---- the dials ---- */

static const struct source_uds units[4] = {
    {.request_id = 0x714,
     .response_id = 0x77E,
     .service = UDS_READ_DID,
     .did = 0x202F,
     .length_bits = 8},
    {.request_id = 0x6F1,
     .response_id = 0x618,
     .has_address = true,
     .ecu = 0x18,
     .service = UDS_READ_DID,
     .did = 0xDA25,
     .length_bits = 16,
     .is_signed = true},
    {.request_id = 0x17FC0076,
     .response_id = 0x17FE0076,
     .extended = true,
     .service = UDS_READ_DID,
     .did = 0x11BD,
     .length_bits = 16},
    {.request_id = 0x7E0,
     .response_id = 0x7E8,
     .service = UDS_READ_LOCAL,
     .did = 0x51,
     .start_bit = 224,
     .length_bits = 8},
};

static void fill_source(struct source_config *source, uint8_t how)
{
    static const uint8_t pids[4] = {OBD_PID_OIL, OBD_PID_COOLANT, OBD_PID_INTAKE, OBD_PID_AMBIENT};
    uint16_t rate_millihz = how & 0x80 ? 10000 : 1000;
    if (how & 1) {
        source->kind = SOURCE_UDS;
        source->uds = units[how >> 1 & 3];
        source->uds.scale = 0.5;
        source->uds.offset = -58;
        source->uds.invalid_count = 1;
        source->uds.invalid[0] = (struct source_range){0xFF, 0xFFFF};
        source->uds.rate_millihz = rate_millihz;
    } else {
        source->kind = SOURCE_OBD2;
        source->obd2 = (struct source_obd2){.pid = pids[how >> 1 & 3],
                                            .fallback_coolant = how >> 3 & 1,
                                            .addressing = (how >> 4 & 3) % 3,
                                            .rate_millihz = rate_millihz};
    }
}

/* False: no such profile can exist. */
static bool fill_world(struct world *w, struct input *in)
{
    memset(w, 0, sizeof *w);
    record_default(&w->record);
    w->record.mode = RECORD_ACTIVE;
    w->record.dial_count = (uint8_t)(1 + take(in) % GAUGE_DIALS_MAX);
    for (unsigned i = 0; i < w->record.dial_count; i++) {
        w->record.dial[i] = w->record.dial[0];
        fill_source(&w->record.dial[i].source, take(in));
        w->dial_us[i] = NEVER;
    }
    w->traffic_us = w->tester_us = w->request_us = NEVER;
    w->now_us = UINT32_MAX - 3000000; /* the clock wraps soon */
    w->may_send_count = requests_send_ids(&w->record, w->may_send);
    requests_init(&w->r, &w->record);
    requests_enable(&w->r, true);
    w->enabled = true;
    return record_validate(&w->record, NULL) == 0;
}

/* ---- the promises ---- */

static bool is_in(const struct request_ids *ids, unsigned count, uint32_t id, bool extended)
{
    for (unsigned i = 0; i < count; i++) {
        if (ids[i].extended == extended && ((ids[i].id ^ id) & ids[i].mask) == 0) {
            return true;
        }
    }
    return false;
}

static void check_request(struct world *w, const struct request_frame *frame, const uint8_t *bytes)
{
    uint8_t dial = w->r.sent.dial;
    const struct source_config *source = &w->record.dial[dial].source;
    bool is_obd = source->kind == SOURCE_OBD2;
    int64_t every_us = 1000000000 / (is_obd ? source->obd2.rate_millihz : source->uds.rate_millihz);
    FUZZ_CHECK(bytes[0] == 2 || bytes[0] == 3);
    FUZZ_CHECK(bytes[1] == (is_obd ? OBD_SERVICE : source->uds.service));
    FUZZ_CHECK(w->now_us - w->request_us >= REQUEST_GAP_US);
    FUZZ_CHECK(w->now_us - w->dial_us[dial] >= every_us);
    w->request_us = w->dial_us[dial] = w->now_us;
    w->asked = *frame;
}

static void check_sent(struct world *w, const struct request_frame *frame)
{
    /* Flow control for the last request may stand before the next request. */
    const uint8_t *bytes = frame->data + (frame->id == units[1].request_id ? 1 : 0);
    FUZZ_CHECK(w->enabled && w->bus_offs < REQUEST_BUS_OFF_MAX);
    FUZZ_CHECK(w->now_us - w->traffic_us < REQUEST_SLEEP_US);
    FUZZ_CHECK(w->now_us - w->tester_us >= REQUEST_YIELD_US);
    FUZZ_CHECK(is_in(w->may_send, w->may_send_count, frame->id, frame->extended));
    if (bytes[0] >> 4 == 0) {
        check_request(w, frame, bytes);
    } else {
        FUZZ_CHECK(bytes[0] == 0x30 || bytes[0] == 0x32);
    }
}

static void poll(struct world *w)
{
    struct request_frame frame;
    requests_poll(&w->r, (uint32_t)w->now_us);
    while (requests_take(&w->r, &frame)) {
        check_sent(w, &frame);
    }
    for (uint8_t i = 0; i < w->record.dial_count; i++) {
        FUZZ_CHECK(request_state_name(requests_state(&w->r, i))[0] != '?');
    }
}

static void pass(struct world *w, uint32_t pause_us)
{
    while (pause_us > 0) {
        uint32_t step_us = pause_us < POLL_US ? pause_us : POLL_US;
        w->now_us += step_us;
        pause_us -= step_us;
        poll(w);
    }
}

/* ---- what the car and others send ---- */

/* Books who was heard: a tester, or else the car, unless it is an answer. */
static void book(struct world *w, const struct can_frame *frame)
{
    uint32_t id = frame->id;
    bool is_answer = false;
    bool is_request = frame->extended ? id == 0x18DB33F1 || (id & 0x1FFF00FF) == 0x18DA00F1
                                      : id >= 0x7DF && id <= 0x7E7;
    for (unsigned i = 0; i < w->record.dial_count; i++) {
        const struct source_config *source = &w->record.dial[i].source;
        bool is_same = source->uds.extended == frame->extended;
        if (source->kind == SOURCE_UDS) {
            is_answer = is_answer || (is_same && id == source->uds.response_id);
            is_request = is_request || (is_same && id == source->uds.request_id);
        } else {
            is_answer = is_answer || (frame->extended ? (id & 0x1FFFFF00) == 0x18DAF100
                                                      : id >= 0x7E8 && id <= 0x7EF);
        }
    }
    if (!is_answer && is_request) {
        w->tester_us = w->now_us;
    } else if (!is_answer) {
        w->traffic_us = w->now_us;
    }
}

static void deliver(struct world *w, const struct can_frame *frame)
{
    book(w, frame);
    enum source_result result = SOURCE_NO_MATCH;
    struct source_reading reading = {0};
    int dial = requests_frame(&w->r, (uint32_t)w->now_us, frame, &result, &reading);
    FUZZ_CHECK(dial >= -1 && dial < w->record.dial_count);
    if (dial >= 0) {
        const struct source_config *source = &w->record.dial[dial].source;
        FUZZ_CHECK(source_is_asked(source) && result != SOURCE_NO_MATCH);
        FUZZ_CHECK(!frame->fd && !frame->remote);
        FUZZ_CHECK(source->kind != SOURCE_OBD2 || result != SOURCE_VALUE ||
                   reading.value_milli == (int32_t)reading.raw * 1000 - 40000);
        FUZZ_CHECK(!reading.substitute || source->obd2.fallback_coolant);
    }
    poll(w);
}

static void hear_car(struct world *w, unsigned which)
{
    const struct can_frame frame = {.id = which & 1 ? 0x18FEEE00 : 0x156 + which,
                                    .extended = which & 1,
                                    .fd = which >> 4 & 1,
                                    .len = 8};
    deliver(w, &frame);
}

static void hear_tester(struct world *w, unsigned which)
{
    static const uint32_t ids[4] = {0x7DF, 0x7E0, OBD_ID29_FUNCTIONAL, 0x18DA10F1};
    const struct can_frame frame = {
        .id = ids[which & 3], .extended = which >> 1 & 1, .len = 8, .data = {2, 1, 0x5C}};
    deliver(w, &frame);
}

/* A frame from whom the last request went to, or from unit `unit` if it went to all. */
static void answer(struct world *w, unsigned unit, const uint8_t *bytes, size_t len)
{
    const struct source_config *source = &w->record.dial[w->r.sent.dial].source;
    struct can_frame frame = {.extended = w->asked.extended};
    if (source->kind == SOURCE_UDS) {
        frame.id = source->uds.response_id;
    } else if (w->asked.extended) {
        bool to_all = w->asked.id == OBD_ID29_FUNCTIONAL;
        frame.id = OBD_ID29_ANSWER | (to_all ? unit : w->asked.id >> 8 & 0xFF);
    } else {
        frame.id = w->asked.id == OBD_ID_FUNCTIONAL ? OBD_ID_ANSWER + unit % 8 : w->asked.id + 8;
    }
    if (source->kind == SOURCE_UDS && source->uds.has_address) {
        frame.data[frame.len++] = UDS_TESTER;
    }
    len = len < 8u - frame.len ? len : 8u - frame.len;
    memcpy(frame.data + frame.len, bytes, len);
    frame.len = (uint8_t)(frame.len + len);
    deliver(w, &frame);
}

/* Service and identifier of the last request as an answer begins with them; their number. */
static unsigned echo(const struct world *w, uint8_t *bytes)
{
    const uint8_t *asked = w->asked.data;
    if (asked[0] > 7) { /* an address stands before */
        asked++;
    }
    memcpy(bytes, asked + 1, asked[0] & 7u);
    bytes[0] |= UDS_POSITIVE;
    return asked[0] & 7u;
}

static void answer_well(struct world *w, unsigned unit, struct input *in)
{
    uint8_t bytes[8] = {0};
    unsigned len = 1 + echo(w, bytes + 1);
    bytes[0] = (uint8_t)(unit >= 16 ? 4 : 6);
    while (len <= bytes[0]) {
        bytes[len++] = take(in);
    }
    answer(w, unit % 16, bytes, sizeof bytes);
}

static void answer_long(struct world *w, unsigned unit, struct input *in)
{
    uint8_t bytes[12] = {0};
    unsigned len = 1;
    if (unit & 16) {
        w->next = 1;
        bytes[0] = 0x10;
        bytes[1] = take(in);
        len = 2 + echo(w, bytes + 2);
    } else {
        bytes[0] = (uint8_t)(0x20 | (w->next++ & 15));
    }
    while (len < 8) {
        bytes[len++] = take(in);
    }
    answer(w, unit % 16, bytes, 8);
}

static void answer_anything(struct world *w, unsigned unit, struct input *in)
{
    uint8_t bytes[8];
    unsigned len = take(in) % 9;
    for (unsigned i = 0; i < len; i++) {
        bytes[i] = take(in);
    }
    answer(w, unit, bytes, len);
}

static void trouble(struct world *w, unsigned which)
{
    switch (which % 4) {
    case 0:
        w->bus_offs++;
        requests_bus_off(&w->r);
        break;
    case 1:
        w->enabled = !w->enabled;
        requests_enable(&w->r, w->enabled);
        break;
    case 2:
        w->traffic_us = w->now_us;
        requests_traffic(&w->r, (uint32_t)w->now_us);
        break;
    default:
        deliver(
            w, &(struct can_frame){.id = 0x7E8, .remote = which & 4, .fd = !(which & 4), .len = 8});
        break;
    }
}

static void step(struct world *w, struct input *in)
{
    static const uint32_t pauses_us[16] = {1,       100,     1000,     10000,  50000,  74999,
                                           75000,   75001,   100000,   150000, 150001, 1000000,
                                           4999999, 5000000, 10000000, 200000};
    uint8_t op = take(in);
    unsigned which = op >> 3;
    uint8_t negative[4] = {3, UDS_NEGATIVE, w->asked.data[1 + (w->asked.data[0] > 7)]};
    switch (op & 7) {
    case 0:
        pass(w, pauses_us[which % 16]);
        break;
    case 1:
        hear_car(w, which);
        break;
    case 2:
        hear_tester(w, which);
        break;
    case 3:
        answer_well(w, which, in);
        break;
    case 4:
        negative[3] = which & 16 ? UDS_PENDING : take(in);
        answer(w, which % 16, negative, sizeof negative);
        break;
    case 5:
        answer_anything(w, which, in);
        break;
    case 6:
        trouble(w, which);
        break;
    default:
        answer_long(w, which, in);
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input in = {data, size};
    struct world w;
    if (!fill_world(&w, &in)) {
        return 0;
    }
    for (unsigned i = 0; i < STEPS_MAX && in.size > 0; i++) {
        step(&w, &in);
    }
    return 0;
}
