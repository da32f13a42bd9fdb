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

const struct slcan_kind *slcan_find_kind(char letter)
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
