/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "firmware/cm7/diag_poll.h"

#include <string.h>

#include "firmware/cm7/console.h"
#include "firmware/cm7/errors.h"
#include "firmware/common/can_plan.h"
#include "firmware/common/hsem.h"
#include "firmware/common/shared.h"

static struct requests requests;
static uint32_t car_heard;
static uint32_t bus_offs;

/* What the console was told last. */
static struct {
    enum request_state dial[GAUGE_DIALS_MAX];
    uint32_t rate;
} told;

void diag_poll_start(const struct record *record)
{
    requests_init(&requests, record);
    for (uint32_t i = 0; i < GAUGE_DIALS_MAX; i++) {
        told.dial[i] = REQUEST_STATE_COUNT;
    }
}

int diag_poll_frame(uint32_t time_us, const struct can_frame *frame, enum source_result *result,
                    struct source_reading *reading)
{
    return requests_frame(&requests, time_us, frame, result, reading);
}

/* A full ring drops the frame and counts it: then there will be no answer, and another request. */
static bool post(const struct request_frame *frame)
{
    struct ipc_event *event = ipc_m7_requests_slot(SHARED);
    if (event == NULL) {
        return false;
    }
    event->kind = IPC_EVENT_FRAME;
    event->id = frame->id | (frame->extended ? IPC_ID_EXTENDED : 0U);
    event->len = sizeof frame->data;
    event->flags = 0;
    memcpy(event->data, frame->data, sizeof frame->data);
    ipc_m7_requests_push(SHARED);
    return true;
}

static void send_all(void)
{
    struct request_frame frame;
    bool is_posted = false;
    while (requests_take(&requests, &frame)) {
        is_posted |= post(&frame);
    }
    if (is_posted) {
        hsem_doorbell();
    }
}

void diag_poll_run(uint32_t now_us)
{
    if (!requests.dials_ask) {
        return;
    }
    const struct ipc_m4_part *m4 = &SHARED->m4;
    requests_enable(&requests, m4->can_state == IPC_CAN_STATE_ON);
    if (m4->car_heard != car_heard) {
        car_heard = m4->car_heard;
        requests_traffic(&requests, now_us);
    }
    requests_poll(&requests, now_us);
    send_all();
}

bool diag_poll_rests(void)
{
    return requests_rest(&requests);
}

static void watch_bus_offs(void)
{
    for (; bus_offs != SHARED->m4.bus_offs; bus_offs++) {
        requests_bus_off(&requests);
        health_raise(&health, HEALTH_BUS_OFF);
    }
}

void diag_poll_tell(void)
{
    watch_bus_offs();
    if (SHARED->m4.can_rate != told.rate) {
        told.rate = SHARED->m4.can_rate;
        if (requests.record->bitrate_bps == RECORD_BITRATE_AUTO) {
            console_rate(can_found_rate(told.rate - 1U));
        }
    }
    if (SHARED->m4.can_state == IPC_CAN_STATE_LISTENING &&
        (SHARED->m7.can.mode & IPC_CAN_ASKS) != 0) {
        return; /* the bus is heard first */
    }
    for (uint8_t i = 0; i < requests.record->dial_count; i++) {
        const enum request_state state = requests_state(&requests, i);
        if (state != told.dial[i] && source_is_asked(&requests.record->dial[i].source)) {
            told.dial[i] = state;
            console_asking(i, request_state_name(state));
        }
    }
}
