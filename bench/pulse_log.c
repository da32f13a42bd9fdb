/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "bench/pulse_log.h"

#include <string.h>

void pulse_log_init(struct pulse_log *log, sample_take *take, void *context)
{
    *log = (struct pulse_log){.take = take, .context = context};
}

static void send_first(struct pulse_log *log)
{
    struct pulse_log_entry first = log->waiting[0];
    log->count--;
    memmove(&log->waiting[0], &log->waiting[1], log->count * sizeof log->waiting[0]);
    log->take(log->context, &first.sample);
}

/* Sends what is complete and has nothing incomplete before it. */
static void send_complete(struct pulse_log *log)
{
    while (log->count > 0 && log->waiting[0].fallen && log->waiting[0].sample.has_telemetry) {
        send_first(log);
    }
}

static struct pulse_log_entry *find(struct pulse_log *log, uint64_t number)
{
    for (size_t i = 0; i < log->count; i++) {
        if (log->waiting[i].number == number) {
            return &log->waiting[i];
        }
    }
    return NULL;
}

void pulse_log_rise(struct pulse_log *log, uint64_t number, const struct sample *sample)
{
    if (log->count > PULSE_LOG_WAIT) {
        send_first(log);
    }
    log->waiting[log->count++] = (struct pulse_log_entry){.number = number, .sample = *sample};
    log->next_number = number + 1;
}

void pulse_log_fall(struct pulse_log *log, uint64_t number, uint64_t width_ps)
{
    struct pulse_log_entry *entry = find(log, number);
    if (entry != NULL) {
        entry->fallen = true;
        entry->sample.width_ps = width_ps;
        send_complete(log);
    }
}

void pulse_log_telemetry(struct pulse_log *log, const struct telemetry_line *line)
{
    uint64_t number = log->first_number + line->seq;
    struct pulse_log_entry *entry = find(log, number);
    if (entry == NULL || line->dial_count == 0) {
        return;
    }
    while (log->waiting[0].number != number) { /* theirs was lost: telemetry comes in order */
        send_first(log);
    }
    log->waiting[0].sample.has_telemetry = true;
    log->waiting[0].sample.telemetry = line->dial[0];
    send_complete(log);
}

void pulse_log_flush(struct pulse_log *log)
{
    while (log->count > 0) {
        send_first(log);
    }
}

void pulse_log_reset(struct pulse_log *log)
{
    pulse_log_flush(log);
    log->first_number = log->next_number;
}
