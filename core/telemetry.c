/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/telemetry.h"

#include <string.h>

#include "core/err.h"

void telemetry_dial_of(struct telemetry_dial *dial, const struct gauge_config *config,
                       const struct gauge_output *output)
{
    *dial = (struct telemetry_dial){
        .pulse_ns = output->pulse_ns,
        .state = output->state,
        .warn = output->warn,
        .has_frame = output->has_value,
        .frame_milli = output->value_milli,
        .shown_milli = gauge_shown_milli(config, output->needle_mdeg),
        .needle_mdeg = output->needle_mdeg,
        .is_substitute = output->has_value && output->is_substitute,
    };
}

/* Each put_ function writes at `to` and returns the place behind; the caller has made sure of room. */
static char *put_unsigned(char *to, uint32_t number)
{
    char digits[10];
    unsigned count = 0;
    do {
        digits[count++] = (char)('0' + number % 10u);
        number /= 10u;
    } while (number != 0);
    while (count > 0) {
        *to++ = digits[--count];
    }
    return to;
}

static char *put_signed(char *to, int32_t number)
{
    if (number < 0) {
        *to++ = '-';
        return put_unsigned(to, 0u - (uint32_t)number);
    }
    return put_unsigned(to, (uint32_t)number);
}

static char *put_text(char *to, const char *text)
{
    while (*text != '\0') {
        *to++ = *text++;
    }
    return to;
}

static char *put_dial(char *to, const struct telemetry_dial *dial)
{
    to = put_unsigned(to, dial->pulse_ns);
    *to++ = ',';
    to = put_text(to, gauge_state_name(dial->state));
    *to++ = ',';
    *to++ = (char)('0' + dial->warn);
    *to++ = ',';
    if (dial->has_frame) {
        to = put_signed(to, dial->frame_milli);
    } else {
        *to++ = '-';
    }
    *to++ = ',';
    to = put_signed(to, dial->shown_milli);
    *to++ = ',';
    to = put_signed(to, dial->needle_mdeg);
    return dial->is_substitute ? put_text(to, ",coolant") : to;
}

/* Four characters at a time: it is half of the work otherwise. */
static unsigned xor_of(const char *c, const char *end)
{
    uint32_t sum = 0;
    uint32_t word;
    for (; end - c >= (ptrdiff_t)sizeof word; c += sizeof word) {
        memcpy(&word, c, sizeof word);
        sum ^= word;
    }
    sum ^= sum >> 16;
    sum ^= sum >> 8;
    for (; c < end; c++) {
        sum ^= (unsigned char)*c;
    }
    return sum & 0xFFu;
}

static char *put_checksum(char *to, const char *first)
{
    static const char hex[] = "0123456789ABCDEF";
    const unsigned sum = xor_of(first, to);
    *to++ = '*';
    *to++ = hex[sum >> 4];
    *to++ = hex[sum & 15u];
    return to;
}

int telemetry_format(const struct telemetry_line *line, char *text, size_t size)
{
    if (size < TELEMETRY_LINE_MAX || line->dial_count < 1 || line->dial_count > GAUGE_DIALS_MAX) {
        return GAUGE_ERR_SPACE;
    }
    char *to = text;
    *to++ = '~';
    to = put_unsigned(to, line->seq);
    *to++ = ',';
    to = put_unsigned(to, line->time_us);
    for (unsigned i = 0; i < line->dial_count; i++) {
        *to++ = i == 0 ? ',' : ';';
        to = put_dial(to, &line->dial[i]);
    }
    to = put_checksum(to, text + 1);
    to = put_text(to, "\r\n");
    *to = '\0';
    return (int)(to - text);
}
