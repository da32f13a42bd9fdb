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
    *frame = (struct can_log_frame){.id = 0};
    return slcan_read_frame(&line, true, frame) == NULL;
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
