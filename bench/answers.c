/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "bench/answers.h"

#include "core/source_ops.h"

bool answers_read(struct answers *answers, unsigned dial, const struct source_config *source,
                  const struct can_frame *frame, enum source_result *result,
                  struct source_reading *reading)
{
    const struct source_asking *asking = source_ops((uint8_t)source->kind)->asking;
    struct isotp_rx *rx = &answers->rx[dial];
    if (asking == NULL || !asking->is_answer(source, frame)) {
        return false;
    }
    const struct isotp_address address = asking->address(source);
    *result = SOURCE_NO_MATCH;
    if (isotp_frame(rx, &address, 0, frame->data, frame->len) == ISOTP_MESSAGE) {
        *result = asking->read(source, rx->data, rx->length, reading);
    }
    return true;
}
