/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "view/json_lines.h"

#include "host/fixed.h"
#include "view/activity_json.h"

#include <stdio.h>

/* The number as fixed() writes it, or null. */
static struct fixed_text number_or_null(bool known, int64_t value, int exponent, int decimals)
{
    struct fixed_text null = {"null"};
    return known ? fixed(value, exponent, decimals) : null;
}

static const char *state_text(const struct sample *sample)
{
    static const char *const names[GAUGE_STATE_COUNT] = {"\"boot\"", "\"sweep\"", "\"wait\"",
                                                         "\"live\"", "\"stale\"", "\"fault\""};
    if (!sample->has_telemetry) {
        return sample->booting ? names[GAUGE_BOOT] : "null";
    }
    return names[sample->telemetry.state];
}

int json_sample(char *text, const struct sample *sample)
{
    const struct telemetry_dial *told = &sample->telemetry;
    bool has_told = sample->has_telemetry;
    struct fixed_text time = fixed((int64_t)sample->time_ps, 12, 6);
    struct fixed_text frame = number_or_null(sample->has_frame, sample->frame_milli, 3, 1);
    struct fixed_text shown = number_or_null(has_told, told->shown_milli, 3, 1);
    struct fixed_text needle = number_or_null(has_told, told->needle_mdeg, 3, 2);
    bool has_width = sample->has_pulse && sample->width_ps != 0;
    struct fixed_text pulse = number_or_null(has_width, (int64_t)sample->width_ps, 6, 3);
    struct fixed_text servo = fixed(sample->servo_mdeg, 3, 1);
    return snprintf(text, JSON_LINE_MAX,
                    "{\"t_s\":%s,\"frame_c\":%s,\"shown_c\":%s,\"needle_deg\":%s,\"pulse_us\":%s,"
                    "\"servo_deg\":%s,\"state\":%s,\"warn\":%s,\"supply\":\"%s\"}\n",
                    time.text, frame.text, shown.text, needle.text, pulse.text, servo.text,
                    state_text(sample), has_told && told->warn ? "true" : "false",
                    bench_supply_name(sample->supply));
}

int json_summary(char *text, const struct bench_summary *summary)
{
    return snprintf(text, JSON_LINE_MAX,
                    "{\"summary\":{\"frames\":%llu,\"matched\":%llu,\"decoded\":%llu,"
                    "\"overflows\":%llu,\"tx_frames\":%llu,\"tx_bits\":%llu,\"resets\":%llu,"
                    "\"findings\":%llu,\"bad_log_lines\":%llu}}\n",
                    (unsigned long long)summary->frames, (unsigned long long)summary->matched,
                    (unsigned long long)summary->decoded, (unsigned long long)summary->overflows,
                    (unsigned long long)summary->tx_frames, (unsigned long long)summary->tx_bits,
                    (unsigned long long)summary->resets, (unsigned long long)summary->findings,
                    (unsigned long long)summary->bad_log_lines);
}

static void take_sample(void *context, const struct sample *sample)
{
    char line[JSON_LINE_MAX];
    fwrite(line, 1, (size_t)json_sample(line, sample), ((struct json_lines *)context)->out);
}

/* The members about foreign firmware stand in the summary's object, before its two brackets. */
static void take_end(void *context, const struct bench *bench)
{
    const struct json_lines *lines = context;
    char line[JSON_LINE_MAX];
    const size_t length = (size_t)json_summary(line, &bench->summary);
    const size_t brackets = sizeof "}}\n" - 1;
    fwrite(line, 1, length - brackets, lines->out);
    if (lines->activity != NULL) {
        fputc(',', lines->out);
        activity_json(lines->activity, lines->out);
    }
    fputs("}}\n", lines->out);
}

void json_lines_init(struct json_lines *lines, FILE *out, const struct bench_activity *activity)
{
    *lines =
        (struct json_lines){.out = out,
                            .activity = activity,
                            .observer = {.context = lines, .sample = take_sample, .end = take_end}};
}
