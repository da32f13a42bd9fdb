/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/car/ecu.h"

#include <string.h>

#define DEFAULT_DELAY VTIME_MS(5)
#define DEFAULT_BITRATE_BPS 500000u
#define PADDING 0xAA

#define FRAME_SIZE 8u
#define POSITIVE 0x40u
#define NEGATIVE 0x7F
#define PENDING 0x78

/* ISO 15765-2: N_Bs 1 s, N_Cs well below the tester's N_Cr. */
#define N_BS VTIME_S(1)

/* Kinds of frames: the high half of the first byte (9.6.1). */
enum { SINGLE = 0, FIRST = 1, CONSECUTIVE = 2, FLOW = 3 };
/* States of flow control (9.6.5.1). */
enum { GO_ON = 0, WAIT = 1 };

static unsigned head_of(const struct can_ecu *ecu)
{
    return ecu->config.has_address ? 1 : 0;
}

/* ---- sending ---- */

/* Makes the next frame, which goes out at `due`: where it goes on behind an address. */
static uint8_t *begin_frame(struct can_ecu *ecu, vtime_ps due)
{
    memset(&ecu->frame, 0, sizeof(ecu->frame));
    ecu->frame.id = ecu->config.answer_id;
    ecu->frame.extended = ecu->config.extended;
    ecu->frame.dlc = FRAME_SIZE;
    memset(ecu->frame.data, PADDING, FRAME_SIZE);
    ecu->frame.data[0] = ecu->config.tester;
    ecu->state = CAN_ECU_ANSWERING;
    ecu->due = due;
    return ecu->frame.data + head_of(ecu);
}

static void send_pending(struct can_ecu *ecu, vtime_ps due)
{
    uint8_t *to = begin_frame(ecu, due);

    to[0] = 3;
    to[1] = NEGATIVE;
    to[2] = ecu->service;
    to[3] = PENDING;
    ecu->pendings_left--;
}

static void send_begin(struct can_ecu *ecu, vtime_ps due)
{
    uint8_t *to = begin_frame(ecu, due);
    unsigned room = FRAME_SIZE - head_of(ecu) - 1;

    if (ecu->length <= room) {
        to[0] = (uint8_t)ecu->length;
        memcpy(to + 1, ecu->message, ecu->length);
        ecu->done = ecu->length;
        return;
    }
    to[0] = (uint8_t)(FIRST << 4 | ecu->length >> 8);
    to[1] = (uint8_t)ecu->length;
    memcpy(to + 2, ecu->message, room - 1);
    ecu->done = room - 1;
    ecu->next = 1;
}

static void send_consecutive(struct can_ecu *ecu, vtime_ps due)
{
    uint8_t *to = begin_frame(ecu, due);
    unsigned room = FRAME_SIZE - head_of(ecu) - 1;
    unsigned left = ecu->length - ecu->done;
    unsigned count = left < room ? left : room;

    to[0] = (uint8_t)(CONSECUTIVE << 4 | ecu->next);
    memcpy(to + 1, ecu->message + ecu->done, count);
    ecu->done += count;
    ecu->next = (ecu->next + 1u) & 0xFu;
}

static void await_flow(struct can_ecu *ecu, vtime_ps now)
{
    ecu->state = CAN_ECU_AWAITS_FLOW;
    ecu->flow_until = now + N_BS;
}

static bool is_first(const struct can_ecu *ecu)
{
    return ecu->frame.data[head_of(ecu)] >> 4 == FIRST;
}

static bool was_pending(const struct can_ecu *ecu)
{
    const uint8_t *data = ecu->frame.data + head_of(ecu);

    return data[0] == 3 && data[1] == NEGATIVE && data[3] == PENDING;
}

/* A frame is out: what comes behind it? */
static void sent(void *ctx, const struct bus_frame *f, vtime_ps start, vtime_ps now)
{
    struct can_ecu *ecu = ctx;
    bool ends_block = ecu->block_left == 1;

    (void)f;
    (void)start;
    ecu->state = CAN_ECU_IDLE;
    if (was_pending(ecu)) {
        vtime_ps due = now + ecu->config.pending_every;
        if (ecu->pendings_left > 0) {
            send_pending(ecu, due);
        } else {
            send_begin(ecu, due);
        }
    } else if (ecu->done < ecu->length) {
        ecu->block_left -= ecu->block_left > 0 && !is_first(ecu) ? 1 : 0;
        if (is_first(ecu) || ends_block) {
            await_flow(ecu, now);
        } else {
            send_consecutive(ecu, now + ecu->gap);
        }
    }
    can_node_request(&ecu->node, ecu->state == CAN_ECU_ANSWERING ? ecu->due : VTIME_NEVER, now);
}

static bool pending(void *ctx, vtime_ps now, struct bus_frame *f)
{
    struct can_ecu *ecu = ctx;

    if (ecu->state != CAN_ECU_ANSWERING || now < ecu->due) {
        return false;
    }
    *f = ecu->frame;
    return true;
}

/* ---- answers ---- */

static int64_t divide_rounded(int64_t a, int64_t b)
{
    int64_t half = (b < 0 ? -b : b) / 2;

    return (a >= 0 ? a + half : a - half) / b;
}

static uint32_t encode(const struct can_ecu_answer *a, int32_t milli)
{
    int64_t raw = divide_rounded((int64_t)milli * 1000 - a->offset_micro, a->scale_micro);
    int64_t most = (INT64_C(1) << (a->length_bits - (a->is_signed ? 1 : 0))) - 1;
    int64_t least = a->is_signed ? -most - 1 : 0;

    return (uint32_t)(raw > most ? most : raw < least ? least : raw);
}

static void put_bits(uint8_t *data, unsigned start, unsigned length, uint32_t raw)
{
    for (unsigned i = 0; i < length; i++) {
        uint8_t *byte = &data[(start + i) / 8];
        uint8_t mask = (uint8_t)(0x80u >> (start + i) % 8);
        bool one = raw >> (length - 1 - i) & 1u;
        *byte = (uint8_t)(one ? *byte | mask : *byte & ~mask);
    }
}

static void put_temperature(struct can_ecu *ecu, const struct can_ecu_answer *a, vtime_ps now)
{
    int32_t milli = 0;

    if (ecu->config.temperature_milli != NULL) {
        milli = ecu->config.temperature_milli(ecu->config.ctx, a->is_coolant, now);
    }
    put_bits(ecu->message + a->request_length, a->start_bit, a->length_bits, encode(a, milli));
}

static void make_message(struct can_ecu *ecu, const struct can_ecu_answer *a, vtime_ps now)
{
    memset(ecu->message, 0, sizeof(ecu->message));
    if (a->negative != 0) {
        ecu->message[0] = NEGATIVE;
        ecu->message[1] = a->request[0];
        ecu->message[2] = a->negative;
        ecu->length = 3;
        return;
    }
    memcpy(ecu->message, a->request, a->request_length);
    ecu->message[0] |= POSITIVE;
    if (a->data != NULL) {
        memcpy(ecu->message + a->request_length, a->data, a->length);
    }
    ecu->length = (unsigned)a->request_length + a->length;
    if (a->length_bits != 0) {
        put_temperature(ecu, a, now);
    }
}

static const struct can_ecu_answer *find_answer(const struct can_ecu *ecu, const uint8_t *request,
                                                unsigned length)
{
    for (unsigned i = 0; i < ecu->config.answer_count; i++) {
        const struct can_ecu_answer *a = &ecu->config.answers[i];
        if (a->request_length == length && memcmp(a->request, request, length) == 0) {
            return a;
        }
    }
    return NULL;
}

/* A single frame with a request. An unknown one is met with silence, as OBD-II has it. */
static void take_request(struct can_ecu *ecu, const uint8_t *data, vtime_ps now)
{
    unsigned length = data[0] & 0xFu;
    const struct can_ecu_answer *a = find_answer(ecu, data + 1, length);

    if (a == NULL) {
        return;
    }
    ecu->requests++;
    ecu->service = data[1];
    ecu->pendings_left = ecu->config.pendings;
    ecu->block_left = 0;
    make_message(ecu, a, now);
    if (ecu->pendings_left > 0) {
        send_pending(ecu, now + ecu->config.delay);
    } else {
        send_begin(ecu, now + ecu->config.delay);
    }
    can_node_request(&ecu->node, ecu->due, now);
}

/* STmin (9.6.5.4): 0..7F ms, F1..F9 hundreds of microseconds, else the longest. */
static vtime_ps gap_of(uint8_t stmin)
{
    if (stmin <= 0x7F) {
        return VTIME_MS((vtime_ps)stmin);
    }
    return stmin >= 0xF1 && stmin <= 0xF9 ? VTIME_US(100 * (vtime_ps)(stmin - 0xF0))
                                          : VTIME_MS(127);
}

static void take_flow(struct can_ecu *ecu, const uint8_t *data, vtime_ps now)
{
    if (ecu->state != CAN_ECU_AWAITS_FLOW || now > ecu->flow_until) {
        return;
    }
    switch (data[0] & 0xFu) {
    case GO_ON:
        ecu->block_left = data[1];
        ecu->gap = gap_of(data[2]);
        send_consecutive(ecu, now + VTIME_US(200));
        can_node_request(&ecu->node, ecu->due, now);
        break;
    case WAIT:
        await_flow(ecu, now);
        break;
    default: /* overflow, or unknown: the answer is dropped */
        ecu->state = CAN_ECU_IDLE;
        ecu->broken++;
        break;
    }
}

static void received(void *ctx, const struct bus_frame *f, vtime_ps start, vtime_ps now)
{
    struct can_ecu *ecu = ctx;
    const struct can_ecu_config *c = &ecu->config;
    bool to_all = c->functional_id != 0 && f->id == c->functional_id;
    const uint8_t *data = f->data + head_of(ecu);

    (void)start;
    if (f->extended != c->extended || f->remote || f->fd || f->dlc < FRAME_SIZE ||
        (f->id != c->request_id && !to_all) || (c->has_address && f->data[0] != c->address)) {
        return;
    }
    if (ecu->state == CAN_ECU_AWAITS_FLOW && now > ecu->flow_until) {
        ecu->state = CAN_ECU_IDLE; /* N_Bs */
        ecu->broken++;
    }
    if (data[0] >> 4 == SINGLE) {
        take_request(ecu, data, now);
    } else if (data[0] >> 4 == FLOW && !to_all) {
        take_flow(ecu, data, now);
    }
}

static const struct can_node_ops ops = {.pending = pending, .sent = sent, .received = received};

void can_ecu_init(struct can_ecu *ecu, struct can_bus *bus, const struct can_ecu_config *config,
                  vtime_ps now)
{
    memset(ecu, 0, sizeof(*ecu));
    ecu->config = *config;
    if (ecu->config.delay == 0) {
        ecu->config.delay = DEFAULT_DELAY;
    }
    uint32_t bps = config->bitrate_bps != 0 ? config->bitrate_bps : DEFAULT_BITRATE_BPS;
    const struct can_node_config node = {.bit_ps = VTIME_S(1) / bps, .recovers = true};
    can_node_init(&ecu->node, config->name, &ops, ecu, &node);
    can_node_attach(&ecu->node, bus, now);
    can_node_start(&ecu->node, now);
}

void can_ecu_destroy(struct can_ecu *ecu, vtime_ps now)
{
    can_node_detach(&ecu->node, now);
}

void can_ecu_plug(struct can_ecu *ecu, bool plugged, vtime_ps now)
{
    ecu->state = CAN_ECU_IDLE;
    can_node_request(&ecu->node, VTIME_NEVER, now);
    if (plugged) {
        can_node_start(&ecu->node, now);
    } else {
        can_node_stop(&ecu->node, now);
    }
}
