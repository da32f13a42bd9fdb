/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/system/latency.h"

#include "vboard/cpu/cpu.h"

#include <string.h>

#define TIM2_CCR1 0x40000034u /* RM0399 41.4.24: its preload register is what a read gives */
#define STEP_PS VTIME_NS(100)
#define FRAME_SHORTEST                                                                             \
    VTIME_US(180) /* 8 bytes: 111 bits at 500 kbit/s without any stuffing: 222 us */
#define COMPARE_LIMIT VTIME_MS(1)
#define NEAR_PERIOD VTIME_US(30)
#define FRAME_EVERY VTIME_MS(100)
#define LOAD_SECONDS 4u
/* Frames until the needle is where they want it: on its way from park it moves as fast as it may,
 * whatever they say. */
#define SETTLING 24u

struct probe {
    struct rig *rig;
    bool has_ended;
    struct rig_frame frame;
    uint64_t instructions[2];
};

/* At the very end of the frame, before either core knows of it. */
static void frame_ended(void *ctx, const struct rig_frame *f)
{
    struct probe *p = ctx;
    p->has_ended = true;
    p->frame = *f;
    for (unsigned core = 0; core < 2; core++) {
        p->instructions[core] = cpu_instructions(board_cpu(p->rig->board, core));
    }
}

static uint32_t compare(const struct rig *r)
{
    uint32_t value = 0;
    rig_check(cpu_read_mem(board_cpu(r->board, CORE_CM7), TIM2_CCR1, &value, sizeof value),
              "TIM2 cannot be read");
    return value;
}

static vtime_ps phase_of(const struct rig *r, vtime_ps t)
{
    return (t + RIG_PERIOD_PS - r->pulses[0].rise % RIG_PERIOD_PS) % RIG_PERIOD_PS;
}

/* From the frame's end until the compare register changes. */
static void measure_compare(struct probe *p, struct latency *l)
{
    struct rig *r = p->rig;
    const uint32_t before = compare(r);
    const vtime_ps phase = phase_of(r, p->frame.end);
    while (compare(r) == before) {
        rig_check(rig_now(r) < p->frame.end + COMPARE_LIMIT, "frame at %.6f ms: no effect",
                  (double)p->frame.end * 1e-9);
        rig_run_for(r, STEP_PS);
    }
    if (phase < NEAR_PERIOD || phase > RIG_PERIOD_PS - NEAR_PERIOD) {
        return;
    }
    const vtime_ps took = rig_now(r) - p->frame.end;
    uint64_t sum = 0;
    for (unsigned core = 0; core < 2; core++) {
        const uint64_t n = cpu_instructions(board_cpu(r->board, core)) - p->instructions[core];
        l->instructions_max[core] = n > l->instructions_max[core] ? n : l->instructions_max[core];
        sum += n;
    }
    l->instructions_sum_max = sum > l->instructions_sum_max ? sum : l->instructions_sum_max;
    l->compare_max = took > l->compare_max ? took : l->compare_max;
    l->compare_mean = (l->compare_mean * l->frames + took) / (l->frames + 1);
    l->frames++;
}

/* The first pulse since the frame's end whose telemetry line names the frame's value. */
static void measure_pin(const struct rig *r, const struct rig_frame *frame, struct latency *l)
{
    const int32_t milli = frame->data[1] * 1000 - 60000;
    size_t i = rig_line_from(r, frame->end);
    while (i < r->line_count && r->lines[i].frame_milli != milli) {
        i++;
    }
    rig_check(i < r->line_count, "frame at %.6f ms is never shown", (double)frame->end * 1e-9);
    const vtime_ps took = r->pulses[r->lines[i].pulse].rise - frame->end;
    l->pin_max = took > l->pin_max ? took : l->pin_max;
}

vtime_ps latency_start(const struct rig_stream *stream, vtime_ps phase)
{
    struct rig *r = rig_create(&(struct rig_config){.streams = stream, .stream_count = 1});
    rig_power(r, true);
    rig_run_until(r, stream->from + VTIME_MS(1));
    rig_check(r->frame_count == 1 && r->pulse_count > 0, "no frame, no pulse");
    const vtime_ps is = phase_of(r, r->frames[0].end);
    rig_destroy(r);
    return stream->from + (phase + RIG_PERIOD_PS - is) % RIG_PERIOD_PS;
}

void latency_measure(const struct latency_config *config, struct latency *result)
{
    struct probe probe = {0};
    struct rig_stream stream = rig_oil_moving;
    stream.from = VTIME_S(1);
    stream.every = FRAME_EVERY + config->phase_step;
    stream.from = latency_start(&stream, config->first_phase + RIG_PERIOD_PS -
                                             SETTLING * config->phase_step % RIG_PERIOD_PS);
    struct rig *r = rig_create(&(struct rig_config){
        .streams = &stream, .stream_count = 1, .frame_ended = frame_ended, .ctx = &probe});
    probe.rig = r;
    *result = (struct latency){.frames = 0};
    rig_power(r, true);
    for (unsigned n = SETTLING; n < SETTLING + config->frames; n++) {
        rig_run_until(r, stream.from + n * stream.every);
        probe.has_ended = false;
        rig_run_until(r, stream.from + n * stream.every + FRAME_SHORTEST);
        while (!probe.has_ended) {
            rig_run_for(r, STEP_PS);
        }
        measure_compare(&probe, result);
    }
    rig_run_for(r, FRAME_EVERY / 2);
    for (unsigned n = SETTLING; n < SETTLING + config->frames; n++) {
        measure_pin(r, &r->frames[n], result);
    }
    rig_assert_clean(r);
    rig_destroy(r);
}

struct load load_measure(const char *command)
{
    struct load load;
    struct rig *r = rig_create(&(struct rig_config){.streams = &rig_oil_moving, .stream_count = 1});
    rig_power(r, true);
    rig_run_until(r, VTIME_S(3));
    board_uart_send(r->board, command, strlen(command));
    rig_run_for(r, VTIME_S(1));
    for (unsigned core = 0; core < 2; core++) {
        load.instructions[core] = cpu_instructions(board_cpu(r->board, core));
    }
    rig_run_for(r, LOAD_SECONDS * VTIME_S(1));
    for (unsigned core = 0; core < 2; core++) {
        const uint64_t before = load.instructions[core];
        load.instructions[core] =
            (cpu_instructions(board_cpu(r->board, core)) - before) / LOAD_SECONDS;
    }
    rig_assert_clean(r);
    rig_destroy(r);
    return load;
}
