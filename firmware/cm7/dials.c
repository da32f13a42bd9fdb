/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "firmware/cm7/dials.h"

#include <string.h>

#include "core/posts.h"
#include "core/pulse.h"
#include "core/telemetry.h"
#include "firmware/cm7/diag_poll.h"
#include "firmware/cm7/clocks.h"
#include "firmware/cm7/console.h"
#include "firmware/cm7/errors.h"
#include "firmware/cm7/shell.h"
#include "firmware/cm7/supply_watch.h"
#include "firmware/cm7/uart.h"
#include "firmware/common/backup.h"
#include "firmware/common/hsem.h"
#include "firmware/common/shared.h"

#define TICKS_PER_US (CLOCKS_TIMER_HZ / 1000000UL)
#define CLASSIC_BYTES 8U

static struct gauge_dial dials[GAUGE_DIALS_MAX];
static uint32_t dial_count;
static uint32_t slow_ppm; /* the timer's ticks may be longer than they should be by this */
static struct posts posts;
static uint32_t last_seq; /* of the last post */
/* What a pulse may jump by beyond the needle's rate, since its bounds or its curve have changed ... */
static uint32_t jump_ticks;
static uint32_t jump_seq; /* ... until this post, or a later one, is on the pin */

void dials_start(const struct record *record)
{
    dial_count = record->dial_count;
    last_seq = 0;
    posts_init(&posts);
    for (uint32_t i = 0; i < dial_count; i++) {
        gauge_init(&dials[i], &record->dial[i], TICKS_PER_US);
        gauge_ready(&dials[i]);
    }
}

_Static_assert(RETAINED_DIALS == GAUGE_DIALS_MAX, "one needle a dial");

void dials_place(const int32_t needle_mdeg[])
{
    for (uint32_t i = 0; i < dial_count; i++) {
        gauge_place(&dials[i], needle_mdeg[i]);
    }
}

static uint32_t max_ticks(uint32_t dial)
{
    const uint32_t ticks = gauge_pulse_max_ticks(dials[dial].config, TICKS_PER_US);
    return ticks - ticks / 1000U * slow_ppm / 1000U;
}

static void limit(void)
{
    struct ipc_m7_part *m7 = &SHARED->m7;
    for (uint32_t i = 0; i < dial_count; i++) {
        const struct gauge_config *config = dials[i].config;
        const uint32_t step = gauge_step_max_ticks(config, TICKS_PER_US);
        dials[i].pulse_max_ticks = max_ticks(i);
        m7->pulse_max_ticks[i] = dials[i].pulse_max_ticks;
        m7->pulse_min_ticks[i] = gauge_pulse_min_ticks(config, TICKS_PER_US);
        m7->step_max_ticks[i] =
            jump_ticks < PULSE_STEP_ANY - step ? step + jump_ticks : PULSE_STEP_ANY;
    }
}

static void limit_anew(uint32_t ticks)
{
    jump_ticks = ticks;
    jump_seq = last_seq + 1U;
    limit();
}

static void end_jump(uint32_t latched_seq)
{
    if (jump_ticks != 0 && latched_seq - jump_seq <= UINT32_MAX / 2U) {
        jump_ticks = 0;
        limit();
    }
}

void dials_limit(uint32_t timer_slow_ppm)
{
    uint32_t most = 0;
    slow_ppm = timer_slow_ppm;
    for (uint32_t i = 0; i < dial_count; i++) {
        const int32_t change = (int32_t)(max_ticks(i) - dials[i].pulse_max_ticks);
        const uint32_t amount = (uint32_t)(change < 0 ? -change : change);
        most = amount > most ? amount : most;
    }
    limit_anew(most);
}

/* Is it what a dial asked for? */
static bool take_answer(uint32_t time_us, const struct can_frame *frame)
{
    enum source_result result;
    struct source_reading reading;
    const int dial = diag_poll_frame(time_us, frame, &result, &reading);
    if (dial >= 0) {
        gauge_reading(&dials[dial], time_us, result, &reading);
    }
    return dial >= 0;
}

bool dials_frame(const struct ipc_event *event)
{
    struct can_frame frame;
    frame.id = event->id & ~IPC_ID_EXTENDED;
    frame.extended = (event->id & IPC_ID_EXTENDED) != 0;
    frame.fd = (event->flags & IPC_FRAME_FD) != 0;
    frame.remote = (event->flags & IPC_FRAME_REMOTE) != 0;
    frame.len = event->len <= CAN_PAYLOAD_MAX ? event->len : CAN_PAYLOAD_MAX;
    memcpy(frame.data, event->data, CLASSIC_BYTES); /* of a known size: two words */
    if (frame.len > CLASSIC_BYTES) {
        memcpy(frame.data, event->data, frame.len);
    }
    bool changed = diag_poll_asks() && take_answer(event->time_us, &frame);
    for (uint32_t i = 0; i < dial_count; i++) {
        const enum source_result result = gauge_frame(&dials[i], event->time_us, &frame);
        changed |= result != SOURCE_NO_MATCH && result != SOURCE_SHORT; /* that one says nothing */
    }
    return changed;
}

void dials_post(void)
{
    uint32_t ticks[IPC_DIALS] = {0};
    /* While the supply is low what is on the pin stays. */
    const struct post *held = supply_watch_is_low() ? posts_find(&posts, last_seq) : NULL;
    last_seq = last_seq + 1U != 0 ? last_seq + 1U : 1U;
    struct post *post = posts_add(&posts, last_seq);
    for (uint32_t i = 0; i < dial_count; i++) {
        if (held != NULL) {
            post->output[i] = held->output[i];
        } else {
            gauge_pending(&dials[i], &post->output[i]);
        }
        ticks[i] = post->output[i].pulse_ticks;
    }
    const uint32_t flags = IPC_MAILBOX_DRIVE | IPC_MAILBOX_REST |
                           (dials_warn() != GAUGE_WARN_OFF ? IPC_MAILBOX_WARN : 0U) |
                           (jump_ticks != 0 ? IPC_MAILBOX_BOUNDS : 0U) |
                           ((uint32_t)post->output[0].state << IPC_MAILBOX_STATE_SHIFT);
    last_seq = ipc_mailbox_post(SHARED, ticks, flags);
    hsem_doorbell();
}

void dials_rest(uint32_t now_us)
{
    for (uint32_t i = 0; i < dial_count && diag_poll_rests(); i++) {
        if (source_is_asked(&dials[i].config->source)) {
            gauge_keep(&dials[i], now_us);
        }
    }
}

void dials_keep_posting(void)
{
    static uint32_t seen;
    if (last_seq == seen) {
        dials_post();
    }
    seen = last_seq;
}

/* The M4 parked by itself while this core was held: the needle is there, at rest. */
static void park(struct gauge_output *output, const struct gauge_dial *dial)
{
    const int32_t park_mdeg = dial->config->park_mdeg;
    memset(output, 0, sizeof *output);
    needle_rest(&output->needle, park_mdeg);
    output->pulse_ticks = gauge_park_ticks(dial->config, TICKS_PER_US);
    output->pulse_ns = pulse_ticks_ns(output->pulse_ticks, TICKS_PER_US);
    output->needle_mdeg = park_mdeg;
    output->value_milli = dial->value_milli;
    output->has_value = dial->has_value;
    output->state = dial->state;
}

static void send_telemetry(const struct gauge_output *output, uint32_t seq, uint32_t now_us)
{
    struct telemetry_line line;
    char text[TELEMETRY_LINE_MAX];
    if (!shell_wants_stream()) {
        return;
    }
    line.seq = seq;
    line.time_us = now_us;
    line.dial_count = (uint8_t)dial_count;
    for (uint32_t i = 0; i < dial_count; i++) {
        telemetry_dial_of(&line.dial[i], dials[i].config, &output[i]);
    }
    const int len = telemetry_format(&line, text, sizeof text);
    if (len < 0 || !uart_offer(text, (size_t)len)) {
        health_raise(&health, HEALTH_TELEMETRY_DROPPED);
    }
}

/* What the event says is on the pin. False: a post that is forgotten, since this core was held. */
static bool find_latched(struct gauge_output output[], uint32_t seq)
{
    const struct post *post = posts_find(&posts, seq);
    for (uint32_t i = 0; i < dial_count; i++) {
        if (seq == 0) {
            park(&output[i], &dials[i]);
        } else if (post != NULL) {
            output[i] = post->output[i];
        }
    }
    return seq == 0 || post != NULL;
}

/* For after the next reset. A needle at rest is written once. */
static void retained_needles(const struct gauge_output latched[])
{
    static int32_t kept_mdeg[RETAINED_DIALS];
    static bool is_kept;
    static struct retained_place place;
    for (uint32_t i = 0; i < dial_count; i++) {
        is_kept = is_kept && kept_mdeg[i] == latched[i].needle_mdeg;
        kept_mdeg[i] = latched[i].needle_mdeg;
    }
    if (!is_kept) {
        retained_write(&BACKUP->retained, &place, kept_mdeg);
        is_kept = true;
    }
}

void dials_period(const struct ipc_event *event)
{
    struct gauge_output latched[GAUGE_DIALS_MAX];
    const uint32_t now_us = event->time_us;
    const uint32_t edge = event_get_u32(event);
    if (!find_latched(latched, event->id)) {
        health_raise(&health, HEALTH_POST_UNKNOWN);
        dials_post();
        return;
    }
    for (uint32_t i = 0; i < dial_count; i++) {
        gauge_latch(&dials[i], &latched[i], now_us);
    }
    end_jump(event->id);
    dials_post();
    send_telemetry(latched, edge, now_us);
    retained_needles(latched);
}

/* First what limits the pulses, then the pulses: a limit that falls cuts the old ones at most. */
void dials_retune(void)
{
    for (uint32_t i = 0; i < dial_count; i++) {
        const struct gauge_config *config = dials[i].config;
        gauge_retune(&dials[i]);
        SHARED->m7.park_ticks[i] = gauge_park_ticks(config, TICKS_PER_US);
    }
    limit_anew(PULSE_STEP_ANY);
    dials_post();
}

void dials_hold(uint32_t dial, int32_t needle_mdeg)
{
    gauge_hold(&dials[dial], needle_mdeg);
    dials_post();
}

void dials_follow(void)
{
    for (uint32_t i = 0; i < dial_count; i++) {
        gauge_follow(&dials[i]);
    }
    dials_post();
}

void dials_sweep(void)
{
    for (uint32_t i = 0; i < dial_count; i++) {
        gauge_sweep(&dials[i]);
    }
    dials_post();
}

void dials_greet(void)
{
    for (uint32_t i = 0; i < dial_count; i++) {
        if (dials[i].config->sweeps) {
            gauge_sweep(&dials[i]);
        }
    }
}

void dials_report(void)
{
    static bool was_fault[GAUGE_DIALS_MAX];
    for (uint32_t i = 0; i < dial_count; i++) {
        const bool is_fault = dials[i].state == GAUGE_FAULT;
        if (is_fault && !was_fault[i]) {
            console_dial(i, gauge_trouble_name(&dials[i]));
        }
        was_fault[i] = is_fault;
    }
}

uint32_t dials_count(void)
{
    return dial_count;
}

const struct gauge_dial *dials_get(uint32_t dial)
{
    return &dials[dial];
}

enum gauge_state dials_state(void)
{
    return dials[0].state;
}

/* The worst of all. */
enum gauge_warn dials_warn(void)
{
    enum gauge_warn warn = GAUGE_WARN_OFF;
    for (uint32_t i = 0; i < dial_count; i++) {
        warn = dials[i].warn > warn ? dials[i].warn : warn;
    }
    return warn;
}
