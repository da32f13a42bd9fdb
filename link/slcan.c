/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "link/slcan.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const struct kind {
    char letter;
    bool extended, remote, fd, brs;
} kinds[] = {
    {'t', false, false, false, false}, {'T', true, false, false, false},
    {'r', false, true, false, false},  {'R', true, true, false, false},
    {'d', false, false, true, false},  {'D', true, false, true, false},
    {'b', false, false, true, true},   {'B', true, false, true, true},
};

#define KINDS (sizeof kinds / sizeof *kinds)

/* Bytes of each DLC; of classic frames 9 to 15 mean 8. */
static const uint8_t lengths[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 20, 24, 32, 48, 64};

static unsigned dlc_of(unsigned length)
{
    unsigned dlc = 0;
    while (dlc < 15 && lengths[dlc] < length) {
        dlc++;
    }
    return dlc;
}

size_t slcan_write(const struct can_log_frame *frame, char text[SLCAN_LINE_MAX])
{
    const struct kind *kind = kinds;
    while (kind->extended != frame->extended || kind->remote != frame->remote ||
           kind->fd != frame->fd || kind->brs != (frame->fd && frame->bit_rate_switch)) {
        kind++; /* the table has all that a frame can be */
    }
    size_t at = (size_t)sprintf(text, "%c%0*X%X", kind->letter, kind->extended ? 8 : 3,
                                (unsigned)frame->id, dlc_of(frame->len));
    for (unsigned i = 0; i < frame->len && !frame->remote; i++) {
        at += (size_t)sprintf(text + at, "%02X", frame->data[i]);
    }
    text[at++] = '\r';
    text[at] = '\0';
    return at;
}

/* `count` hexadecimal digits; moves *text on. */
static bool read_hex(const char **text, unsigned count, uint32_t *value)
{
    *value = 0;
    for (unsigned i = 0; i < count; i++) {
        const char c = (*text)[i];
        if (!isxdigit((unsigned char)c)) {
            return false;
        }
        *value =
            *value << 4 | (uint32_t)(isdigit((unsigned char)c) ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    *text += count;
    return true;
}

static const struct kind *find_kind(char letter)
{
    for (size_t i = 0; i < KINDS; i++) {
        if (kinds[i].letter == letter) {
            return &kinds[i];
        }
    }
    return NULL;
}

bool slcan_read(const char *line, struct can_log_frame *frame)
{
    const struct kind *kind = find_kind(*line++);
    uint32_t dlc;
    *frame = (struct can_log_frame){.id = 0};
    if (kind == NULL || !read_hex(&line, kind->extended ? 8 : 3, &frame->id) ||
        !read_hex(&line, 1, &dlc) || frame->id > (kind->extended ? 0x1FFFFFFFu : 0x7FFu)) {
        return false;
    }
    frame->extended = kind->extended;
    frame->remote = kind->remote;
    frame->fd = kind->fd;
    frame->bit_rate_switch = kind->brs;
    frame->len = kind->fd || dlc <= 8 ? lengths[dlc] : 8;
    for (unsigned i = 0; i < frame->len && !frame->remote; i++) {
        uint32_t byte;
        if (!read_hex(&line, 2, &byte)) {
            return false;
        }
        frame->data[i] = (uint8_t)byte;
    }
    return true;
}

const char *slcan_speed(uint32_t bitrate_bps)
{
    static const struct {
        uint32_t bps;
        const char *command;
    } speeds[] = {{10000, "S0"},  {20000, "S1"},  {50000, "S2"},  {100000, "S3"}, {125000, "S4"},
                  {250000, "S5"}, {500000, "S6"}, {800000, "S7"}, {1000000, "S8"}};
    for (size_t i = 0; i < sizeof speeds / sizeof *speeds; i++) {
        if (speeds[i].bps == bitrate_bps) {
            return speeds[i].command;
        }
    }
    return NULL;
}
