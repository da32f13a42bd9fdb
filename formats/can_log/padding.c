/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/can_log/padding.h"

#include "formats/can_log/reader.h"

/* The run of digits before the present character, and what stood before it. */
struct scan {
    unsigned digits;
    uint64_t value;
    bool is_word; /* a blank stood before the run */
    char last;
};

static bool is_telling(const struct scan *scan)
{
    bool is_real = scan->digits == 8 && scan->value > 0x7FF && scan->value <= 0x1FFFFFFF;
    return is_real || (scan->digits == 3 && scan->is_word);
}

/* Is there an id before a '#' in these bytes that tells what 8 digits mean? */
static bool tells(struct scan *scan, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        int digit = can_log_hex(bytes[i]);
        if (digit >= 0) {
            scan->is_word =
                scan->digits == 0 ? scan->last == ' ' || scan->last == '\t' : scan->is_word;
            scan->value = (scan->value << 4 | (unsigned)digit) & 0xFFFFFFFFFu;
            scan->digits++;
            continue;
        }
        if (bytes[i] == '#' && is_telling(scan)) {
            return true;
        }
        scan->digits = 0;
        scan->value = 0;
        scan->last = bytes[i];
    }
    return false;
}

bool can_log_padding_is_extended(const struct can_log_lines *lines)
{
    char chunk[16384];
    struct scan scan = {0};
    struct can_log_input again;
    bool found = false;
    if (can_log_input_again(&lines->input, &again)) {
        while (!found && !again.at_end) {
            size_t got = can_log_input_read(&again, chunk, sizeof chunk);
            found = tells(&scan, chunk, got);
        }
        can_log_input_close(&again);
        return found;
    }
    return tells(&scan, lines->buffer, lines->used);
}
