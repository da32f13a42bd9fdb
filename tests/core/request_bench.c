/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/core/request_bench.h"

#include "tests/core/core_test.h"

#include <string.h>

struct bench bench;

const char bench_long[] = "\x62\x20\x2F................................................"
                          "\x94...............................................";

int bench_setup(void **state)
{
    (void)state;
    bench_start(&bench);
    return 0;
}

void bench_expect(unsigned index, uint32_t id, const char *bytes)
{
    assert_true(index < bench.sent_count);
    assert_int_equal(bench.sent[index].id, id);
    assert_memory_equal(bench.sent[index].data, bytes, 8);
}

enum request_state bench_state(unsigned dial)
{
    return requests_state(&bench.r, (uint8_t)dial);
}

void bench_restart(struct bench *b)
{
    requests_init(&b->r, &b->record);
    requests_enable(&b->r, true);
    b->traffic = true;
}

void bench_start(struct bench *b)
{
    memset(b, 0, sizeof(*b));
    record_default(&b->record);
    b->record.mode = RECORD_ACTIVE;
    b->record.dial[0].source.kind = SOURCE_OBD2;
    b->record.dial[0].source.obd2 = (struct source_obd2){.pid = 0x5C, .rate_millihz = 2000};
    b->offset_us = UINT32_MAX - 3000000; /* the clock wraps during most tests */
    bench_restart(b);
}

struct bench_unit *bench_add(struct bench *b, unsigned n)
{
    struct bench_unit *unit = &b->unit[b->units++];
    *unit = (struct bench_unit){.request_id = 0x7E0 + n,
                                .answer_id = 0x7E8 + n,
                                .delay_ms = 10,
                                .block = {0x98000001, 1, 0x10},
                                .pid_5c = 131,
                                .pid_05 = 120};
    unit->block[0] |= 0x08000000; /* PID 05 */
    return unit;
}

/* ---- the units ---- */

static void fly(struct bench *b, const struct bench_unit *unit, uint32_t at_ms,
                const uint8_t *bytes, unsigned length)
{
    for (unsigned i = 0; i < BENCH_FLYING; i++) {
        struct bench_frame *f = &b->flying[i];
        if (!f->used) {
            *f = (struct bench_frame){
                .at_ms = at_ms, .id = unit->answer_id, .extended = unit->extended, .used = true};
            memset(f->data, 0xAA, sizeof(f->data));
            f->data[0] = 0xF1; /* with an address; overwritten without */
            memcpy(f->data + (unit->has_address ? 1 : 0), bytes, length);
            return;
        }
    }
    fail_msg("more frames in flight than the bench holds");
}

static void fly_single(struct bench *b, const struct bench_unit *unit, uint32_t at_ms,
                       const uint8_t *message, unsigned length)
{
    uint8_t frame[8];
    frame[0] = (uint8_t)length;
    memcpy(frame + 1, message, length);
    fly(b, unit, at_ms, frame, length + 1);
}

static void answer(struct bench *b, struct bench_unit *unit, uint32_t at_ms, const uint8_t *message,
                   unsigned length)
{
    const unsigned room = unit->has_address ? 6 : 7;
    if (length <= room) {
        fly_single(b, unit, at_ms, message, length);
        return;
    }
    uint8_t first[8] = {(uint8_t)(0x10 | length >> 8), (uint8_t)length};
    memcpy(first + 2, message, room - 1);
    fly(b, unit, at_ms, first, room + 1);
    memcpy(unit->rest, message, length);
    unit->rest_length = length;
    unit->sent_bytes = room - 1;
    unit->next = 1;
}

static void go_on(struct bench *b, struct bench_unit *unit)
{
    const unsigned room = unit->has_address ? 6 : 7;
    uint32_t at_ms = b->now_ms + 1;
    while (unit->sent_bytes < unit->rest_length) {
        uint8_t frame[8] = {(uint8_t)(0x20 | unit->next)};
        unsigned left = unit->rest_length - unit->sent_bytes;
        unsigned part = left < room ? left : room;
        memcpy(frame + 1, unit->rest + unit->sent_bytes, part);
        fly(b, unit, at_ms++, frame, room + 1);
        unit->sent_bytes += part;
        unit->next = (unit->next + 1u) & 15u;
    }
}

static void refuse(struct bench *b, struct bench_unit *unit, uint32_t at_ms, uint8_t service,
                   uint8_t code)
{
    const uint8_t message[3] = {0x7F, service, code};
    fly_single(b, unit, at_ms, message, 3);
}

static void hear_obd(struct bench *b, struct bench_unit *unit, uint8_t pid, uint32_t at_ms)
{
    uint8_t message[6] = {0x41, pid};
    if (pid % 0x20 == 0) {
        uint32_t bits = unit->block[pid / 0x20];
        for (unsigned i = 0; i < 4; i++) {
            message[2 + i] = (uint8_t)(bits >> (24 - 8 * i));
        }
        if (bits != 0) {
            answer(b, unit, at_ms, message, 6);
        }
        return;
    }
    int raw = pid == 0x5C ? unit->pid_5c : unit->pid_05;
    if (unit->refuses != 0) {
        refuse(b, unit, at_ms, 1, unit->refuses);
    } else if (raw >= 0) {
        message[2] = (uint8_t)raw;
        answer(b, unit, at_ms, message, 3);
    }
}

static void hear(struct bench *b, struct bench_unit *unit, const struct request_frame *f)
{
    const uint8_t *data = f->data + (unit->has_address ? 1 : 0);
    uint32_t at_ms = b->now_ms + unit->delay_ms;
    bool to_all = f->id == (unit->extended ? 0x18DB33F1u : 0x7DFu);
    if (unit->deaf || f->extended != unit->extended || (!to_all && f->id != unit->request_id) ||
        (unit->only_to_all && !to_all) || (unit->has_address && f->data[0] != unit->address)) {
        return;
    }
    if (data[0] >> 4 == 3) {
        go_on(b, unit);
        return;
    }
    for (unsigned i = 0; i < unit->pendings; i++) {
        refuse(b, unit, at_ms, data[1], 0x78);
        at_ms += unit->pending_ms;
    }
    if (unit->refuses_all != 0) {
        refuse(b, unit, at_ms, data[1], unit->refuses_all);
    } else if (data[1] == 1) {
        hear_obd(b, unit, data[2], at_ms);
    } else if (data[1] == 0x22 && data[2] << 8 == (unit->did & 0xFF00) &&
               data[3] == (unit->did & 0xFF)) {
        answer(b, unit, at_ms, unit->message, unit->message_length);
    }
}

/* ---- the bus ---- */

static uint32_t clock_us(const struct bench *b)
{
    return b->now_ms * 1000u + b->offset_us;
}

static void send_all(struct bench *b)
{
    struct request_frame f;
    while (requests_take(&b->r, &f)) {
        assert_true(b->sent_count < BENCH_SENT);
        struct bench_frame *sent = &b->sent[b->sent_count++];
        *sent = (struct bench_frame){.at_ms = b->now_ms, .id = f.id, .extended = f.extended};
        memcpy(sent->data, f.data, sizeof(sent->data));
        for (unsigned i = 0; i < b->units; i++) {
            hear(b, &b->unit[i], &f);
        }
    }
}

static void deliver(struct bench *b, const struct can_frame *frame)
{
    enum source_result result;
    struct source_reading reading;
    int dial = requests_frame(&b->r, clock_us(b), frame, &result, &reading);
    if (dial >= 0) {
        b->result[dial] = result;
        b->reading[dial] = reading;
        b->readings[dial]++;
    }
    requests_poll(&b->r, clock_us(b));
    send_all(b);
}

void bench_receive(struct bench *b, uint32_t id, bool extended, const char *bytes)
{
    struct can_frame frame = {.id = id, .extended = extended, .len = 8};
    memcpy(frame.data, bytes, 8);
    deliver(b, &frame);
}

static void deliver_due(struct bench *b)
{
    for (unsigned i = 0; i < BENCH_FLYING; i++) {
        struct bench_frame *f = &b->flying[i];
        if (f->used && f->at_ms <= b->now_ms) {
            f->used = false;
            bench_receive(b, f->id, f->extended, (const char *)f->data);
        }
    }
}

void bench_run(struct bench *b, uint32_t ms)
{
    uint32_t poll_ms = b->poll_ms != 0 ? b->poll_ms : 20;
    for (uint32_t end = b->now_ms + ms; b->now_ms < end; b->now_ms++) {
        const bool is_kept =
            b->sent_count > 0 && b->now_ms - b->sent[b->sent_count - 1].at_ms < b->gateway_ms;
        if ((b->traffic || is_kept) && b->now_ms % 10 == 0) {
            requests_traffic(&b->r, clock_us(b));
        }
        deliver_due(b);
        if (b->now_ms % poll_ms == 0) {
            requests_poll(&b->r, clock_us(b));
            send_all(b);
        }
    }
}

struct bench_unit *bench_start_uds(const char *message, unsigned length)
{
    bench.record.dial[0].source = (struct source_config){.kind = SOURCE_UDS,
                                                         .uds = {.request_id = 0x714,
                                                                 .response_id = 0x77E,
                                                                 .service = UDS_READ_DID,
                                                                 .did = 0x202F,
                                                                 .length_bits = 8,
                                                                 .rate_millihz = 1000,
                                                                 .scale = 1,
                                                                 .offset = -58}};
    bench_restart(&bench);
    struct bench_unit *unit = &bench.unit[bench.units++];
    *unit = (struct bench_unit){.request_id = 0x714,
                                .answer_id = 0x77E,
                                .delay_ms = 20,
                                .did = 0x202F,
                                .message = (const uint8_t *)message,
                                .message_length = length};
    return unit;
}
