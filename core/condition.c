/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/condition.h"

#define CLASSIC_BYTES 8

enum condition_result conditions_check(const struct condition *conditions, enum condition_role role,
                                       const struct can_frame *frame)
{
    for (unsigned i = 0; i < CONDITION_MAX; i++) {
        const struct condition *condition = &conditions[i];
        uint64_t raw;
        if (condition->role != role) {
            continue;
        }
        if (signal_bits_extract(&condition->bits, frame->data, frame->len, &raw) != 0) {
            return CONDITION_SHORT;
        }
        if (raw != condition->equals) {
            return CONDITION_FAILS;
        }
    }
    return CONDITION_HOLDS;
}

static bool is_good(const struct condition *condition, bool is_fd)
{
    int span = signal_bits_span(&condition->bits);
    unsigned length = condition->bits.length_bits;
    bool is_known = condition->role == CONDITION_PAGE || condition->role == CONDITION_VALID;
    return is_known && span > 0 && (is_fd || span <= CLASSIC_BYTES) &&
           length <= CONDITION_BITS_MAX && condition->equals >> length == 0;
}

bool conditions_are_good(const struct condition *conditions, bool is_fd)
{
    bool is_end = false;
    for (unsigned i = 0; i < CONDITION_MAX; i++) {
        bool is_used = conditions[i].role != CONDITION_NONE;
        if (is_used && (is_end || !is_good(&conditions[i], is_fd))) {
            return false;
        }
        is_end = !is_used;
    }
    return true;
}
