/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "link/slcan.h"

#include "formats/can_log/reader.h"
#include "formats/can_log/slcan_kinds.h"

#include <stdio.h>
#include <string.h>

static unsigned dlc_of(unsigned length)
{
    unsigned dlc = 0;
    while (dlc < 15 && can_log_length_of_dlc(dlc, true) < length) {
        dlc++;
    }
    return dlc;
}

size_t slcan_write(const struct can_log_frame *frame, char text[SLCAN_LINE_MAX])
{
    const struct slcan_kind *kind = slcan_kinds;
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

bool slcan_read(const char *line, struct can_log_frame *frame)
{
    const struct slcan_kind *kind = slcan_find_kind(*line++);
    uint32_t dlc;
    *frame = (struct can_log_frame){.id = 0};
    if (kind == NULL || !slcan_read_hex(&line, kind->extended ? 8 : 3, &frame->id) ||
        !slcan_read_hex(&line, 1, &dlc) || frame->id > (kind->extended ? 0x1FFFFFFFu : 0x7FFu)) {
        return false;
    }
    frame->extended = kind->extended;
    frame->remote = kind->remote;
    frame->fd = kind->fd;
    frame->bit_rate_switch = kind->brs;
    frame->len = can_log_length_of_dlc(dlc, kind->fd);
    for (unsigned i = 0; i < frame->len && !frame->remote; i++) {
        uint32_t byte;
        if (!slcan_read_hex(&line, 2, &byte)) {
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
