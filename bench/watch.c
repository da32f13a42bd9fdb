/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "bench/watch.h"

#include "core/source.h"
#include "core/telemetry.h"

#include <math.h>
#include <string.h>

void bench_watch_init(struct bench_watch *watch, const struct bench_watch_config *config)
{
    *watch = (struct bench_watch){.config = *config};
    pulse_log_init(&watch->pulses, config->sample, config->context);
}

/*
 * The shaft in the needle's degrees. The profile's servo points say which pulse turns this car's
 * servo where, so the pulse that would hold the shaft where it stands tells the needle's angle;
 * beyond the points the nearest two are extended.
 */
static int32_t shaft_mdeg(const struct curve *servo, int32_t pulse_ns)
{
    int last = servo->count - 1;
    bool rising = servo->point[last].y > servo->point[0].y;
    int i = 1;
    while (i < last && (rising ? pulse_ns > servo->point[i].y : pulse_ns < servo->point[i].y)) {
        i++;
    }
    const struct curve_point *a = &servo->point[i - 1];
    const struct curve_point *b = &servo->point[i];
    return (int32_t)lround(a->x + (double)(b->x - a->x) * (pulse_ns - a->y) / (b->y - a->y));
}

static struct sample new_sample(const struct bench_watch *watch, uint64_t now_ps)
{
    const struct bench_model *model = watch->config.model;
    const enum bench_supply supply = model->ops->supply(model->self);
    return (struct sample){
        .time_ps = now_ps,
        .has_frame = watch->has_value,
        .frame_milli = watch->value_milli,
        .servo_mdeg = shaft_mdeg(&watch->config.record->dial[0].servo,
                                 model->ops->servo_pulse_ns(model->self)),
        .booting = model->own_firmware && !watch->told && supply == BENCH_SUPPLY_OK,
        .supply = supply,
    };
}

void bench_watch_rose(struct bench_watch *watch, const struct bench_pulse *pulse)
{
    if (watch->closing) {
        return;
    }
    struct sample sample = new_sample(watch, pulse->rise_ps);
    sample.has_pulse = true;
    watch->has_edge = true;
    watch->last_edge_ps = pulse->rise_ps;
    watch->pulse_count++;
    pulse_log_rise(&watch->pulses, pulse->number, &sample);
}

void bench_watch_fell(struct bench_watch *watch, const struct bench_pulse *pulse)
{
    pulse_log_fall(&watch->pulses, pulse->number, pulse->width_ps);
}

void bench_watch_reset(struct bench_watch *watch)
{
    watch->line_length = 0;
    watch->told = false;
    pulse_log_reset(&watch->pulses);
}

static void take_line(struct bench_watch *watch, uint64_t now_ps)
{
    struct telemetry_line telemetry;
    watch->line[watch->line_length] = '\0';
    watch->asked_resets += strcmp(watch->line, "ok reboot") == 0;
    if (watch->line[0] != '~') {
        if (watch->config.console != NULL && watch->line_length > 0) {
            watch->config.console(watch->config.context, watch->line, now_ps);
        }
    } else if (telemetry_parse(&telemetry, watch->line, watch->line_length) == 0) {
        watch->told = true;
        watch->resting = telemetry.dial[0];
        watch->telemetry_lines++;
        pulse_log_telemetry(&watch->pulses, &telemetry);
    } else {
        watch->bad_telemetry_lines++;
    }
}

void bench_watch_uart(struct bench_watch *watch, uint8_t byte, uint64_t now_ps)
{
    if (byte == '\n') {
        take_line(watch, now_ps);
        watch->line_length = 0;
    } else if (byte != '\r' && watch->line_length < BENCH_LINE_MAX - 1) {
        bool printable = byte >= ' ' && byte != 0x7F;
        watch->line[watch->line_length++] = printable ? (char)byte : '?';
    }
}

static void take_value(struct bench_watch *watch, int32_t value_milli)
{
    const struct gauge_config *dial = &watch->config.record->dial[0];
    if (value_milli < dial->plausible_min_milli || value_milli > dial->plausible_max_milli) {
        return;
    }
    if (!watch->has_value || value_milli < watch->value_min_milli) {
        watch->value_min_milli = value_milli;
    }
    if (!watch->has_value || value_milli > watch->value_max_milli) {
        watch->value_max_milli = value_milli;
    }
    watch->has_value = true;
    watch->value_milli = value_milli;
}

void bench_watch_frame(struct bench_watch *watch, const struct bench_frame *seen)
{
    const struct record *record = watch->config.record;
    const struct can_log_frame *from = &seen->content;
    const bool is_cars = seen->sender == BENCH_BY_LOG || seen->sender == BENCH_BY_CAR;
    if (!is_cars || seen->error != BENCH_CAN_GOOD) {
        return;
    }
    struct can_frame frame = {.id = from->id,
                              .extended = from->extended,
                              .fd = from->fd,
                              .remote = from->remote,
                              .len = from->len};
    memcpy(frame.data, from->data, sizeof frame.data);
    watch->frames++;
    watch->last_frame_ps = seen->end_ps;
    bool matched = false;
    bool decoded = false;
    for (unsigned i = 0; i < record->dial_count; i++) {
        struct source_reading reading = {0};
        enum source_result result = source_read(&record->dial[i].source, &frame, &reading);
        bool answered =
            answers_read(&watch->answers, i, &record->dial[i].source, &frame, &result, &reading);
        matched = matched || answered || result != SOURCE_NO_MATCH;
        decoded = decoded || result == SOURCE_VALUE;
        if (i == 0 && result != SOURCE_NO_MATCH) {
            watch->last_result = result;
            watch->not_fitted = reading.not_fitted;
        }
        if (i == 0 && result == SOURCE_VALUE) {
            take_value(watch, reading.value_milli);
        }
    }
    watch->matched += matched;
    watch->decoded += decoded;
}

void bench_watch_tick(struct bench_watch *watch, uint64_t now_ps)
{
    uint64_t period_ps = watch->config.record->dial[0].period_us * UINT64_C(1000000);
    bool pulsing = watch->has_edge && now_ps - watch->last_edge_ps <= 2 * period_ps;
    if (pulsing || watch->closing || now_ps < watch->last_idle_ps + BENCH_IDLE_PERIOD_PS) {
        return;
    }
    watch->last_idle_ps = now_ps;
    pulse_log_flush(&watch->pulses); /* nothing more will come to them */
    struct sample sample = new_sample(watch, now_ps);
    sample.has_telemetry = watch->told && watch->resting.pulse_ns == 0;
    sample.telemetry = watch->resting;
    watch->config.sample(watch->config.context, &sample);
}

void bench_watch_close(struct bench_watch *watch)
{
    watch->closing = true;
}

void bench_watch_flush(struct bench_watch *watch)
{
    pulse_log_flush(&watch->pulses);
}
