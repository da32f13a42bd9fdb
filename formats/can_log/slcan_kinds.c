/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/can_log/slcan_kinds.h"

#include "formats/can_log/reader.h"

const struct slcan_kind slcan_kinds[SLCAN_KINDS] = {
    {'t', false, false, false, false}, {'T', true, false, false, false},
    {'r', false, true, false, false},  {'R', true, true, false, false},
    {'d', false, false, true, false},  {'D', true, false, true, false},
    {'b', false, false, true, true},   {'B', true, false, true, true},
};

/* NULL: no frame begins so. */
static const struct slcan_kind *find_kind(char letter)
{
    for (unsigned i = 0; i < SLCAN_KINDS; i++) {
        if (slcan_kinds[i].letter == letter) {
            return &slcan_kinds[i];
        }
    }
    return NULL;
}

bool slcan_read_hex(const char **text, unsigned count, uint32_t *value)
{
    *value = 0;
    for (unsigned i = 0; i < count; i++) {
        int digit = can_log_hex((*text)[i]);
        if (digit < 0) {
            return false;
        }
        *value = *value << 4 | (uint32_t)digit;
    }
    *text += count;
    return true;
}

static const char *read_head(const char **text, const struct slcan_kind *kind, bool any_length,
                             struct can_log_frame *frame)
{
    uint32_t dlc = 0;
    if (!slcan_read_hex(text, kind->extended ? 8 : 3, &frame->id) ||
        !slcan_read_hex(text, 1, &dlc)) {
        return "no id of 3 or 8 digits and a digit for the length";
    }
    if (frame->id > (kind->extended ? 0x1FFFFFFFu : 0x7FFu)) {
        return "the id is too large for its kind";
    }
    if (dlc > 8 && !kind->fd && !any_length) {
        return "the length is none that a frame can have";
    }
    frame->extended = kind->extended;
    frame->remote = kind->remote;
    frame->fd = kind->fd;
    frame->bit_rate_switch = kind->brs;
    frame->len = can_log_length_of_dlc(dlc, kind->fd);
    return NULL;
}

const char *slcan_read_frame(const char **text, bool any_length, struct can_log_frame *frame)
{
    const struct slcan_kind *kind = find_kind(**text);
    if (kind == NULL) {
        return "no frame that begins with t, T, r, R, d, D, b or B";
    }
    (*text)++;
    const char *problem = read_head(text, kind, any_length, frame);
    for (unsigned i = 0; problem == NULL && i < frame->len && !kind->remote; i++) {
        uint32_t byte;
        if (!slcan_read_hex(text, 2, &byte)) {
            return "fewer data than the length says";
        }
        frame->data[i] = (uint8_t)byte;
    }
    return problem;
}
