/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/telemetry.h"

#include <string.h>

#include "core/err.h"

/* What is left to read; each take_ function moves `at` on, or leaves it and says false. */
struct reader {
    const char *at;
    const char *end;
};

static bool take_char(struct reader *reader, char wanted)
{
    if (reader->at == reader->end || *reader->at != wanted) {
        return false;
    }
    reader->at++;
    return true;
}

static bool take_unsigned(struct reader *reader, uint32_t *number)
{
    const char *first = reader->at;
    uint64_t value = 0;
    while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9') {
        value = value * 10u + (unsigned)(*reader->at++ - '0');
        if (value > UINT32_MAX) {
            return false;
        }
    }
    *number = (uint32_t)value;
    return reader->at > first;
}

static bool take_signed(struct reader *reader, int32_t *number)
{
    bool is_negative = take_char(reader, '-');
    uint32_t size;
    if (!take_unsigned(reader, &size) || size > (uint32_t)INT32_MAX + is_negative) {
        return false;
    }
    *number = (int32_t)(is_negative ? 0u - size : size);
    return true;
}

static bool take_state(struct reader *reader, enum gauge_state *state)
{
    size_t left = (size_t)(reader->end - reader->at);
    for (unsigned i = 0; i < GAUGE_STATE_COUNT; i++) {
        const char *name = gauge_state_name((enum gauge_state)i);
        size_t length = strlen(name);
        if (length <= left && memcmp(reader->at, name, length) == 0) {
            reader->at += length;
            *state = (enum gauge_state)i;
            return true;
        }
    }
    return false;
}

static bool take_warn(struct reader *reader, enum gauge_warn *warn)
{
    for (*warn = GAUGE_WARN_OFF; *warn <= GAUGE_WARN_CRITICAL; (*warn)++) {
        if (take_char(reader, (char)('0' + *warn))) {
            return true;
        }
    }
    return false;
}

/* A lone '-' is "none"; "-5" is a number. */
static bool take_frame(struct reader *reader, struct telemetry_dial *dial)
{
    struct reader before = *reader;
    dial->has_frame = take_signed(reader, &dial->frame_milli);
    if (dial->has_frame) {
        return true;
    }
    dial->frame_milli = 0;
    *reader = before;
    return take_char(reader, '-');
}

/* At the end of a dial; it may be absent, but if there is a comma it must be this. */
static bool take_substitute(struct reader *reader, bool *is_substitute)
{
    static const char word[] = "coolant";
    *is_substitute = take_char(reader, ',');
    for (const char *c = word; *is_substitute && *c != '\0'; c++) {
        if (!take_char(reader, *c)) {
            return false;
        }
    }
    return true;
}

static bool take_dial(struct reader *reader, struct telemetry_dial *dial)
{
    return take_unsigned(reader, &dial->pulse_ns) && take_char(reader, ',') &&
           take_state(reader, &dial->state) && take_char(reader, ',') &&
           take_warn(reader, &dial->warn) && take_char(reader, ',') && take_frame(reader, dial) &&
           take_char(reader, ',') && take_signed(reader, &dial->shown_milli) &&
           take_char(reader, ',') && take_signed(reader, &dial->needle_mdeg) &&
           take_substitute(reader, &dial->is_substitute);
}

static bool take_line(struct reader *reader, struct telemetry_line *line)
{
    bool is_good = take_unsigned(reader, &line->seq) && take_char(reader, ',') &&
                   take_unsigned(reader, &line->time_us) && take_char(reader, ',');
    line->dial_count = 0;
    while (is_good && line->dial_count < GAUGE_DIALS_MAX) {
        is_good = take_dial(reader, &line->dial[line->dial_count++]);
        if (!take_char(reader, ';')) {
            break;
        }
    }
    return is_good && reader->at == reader->end;
}

/* -1 for anything but an upper-case hex digit. */
static int hex_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool is_checksum_good(const struct reader *reader)
{
    unsigned sum = 0;
    for (const char *c = reader->at; c < reader->end; c++) {
        sum ^= (unsigned char)*c;
    }
    return hex_value(reader->end[1]) == (int)(sum >> 4) &&
           hex_value(reader->end[2]) == (int)(sum & 15u);
}

int telemetry_parse(struct telemetry_line *line, const char *text, size_t len)
{
    while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == '\r')) {
        len--;
    }
    if (len < 5 || text[0] != '~' || text[len - 3] != '*') {
        return GAUGE_ERR_SYNTAX;
    }
    struct reader reader = {.at = text + 1, .end = text + len - 3};
    if (!is_checksum_good(&reader)) {
        return GAUGE_ERR_CHECKSUM;
    }
    return take_line(&reader, line) ? 0 : GAUGE_ERR_SYNTAX;
}
