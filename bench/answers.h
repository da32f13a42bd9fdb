/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What a bystander reads of the answers that a profile's requests get. */
#ifndef BENCH_ANSWERS_H
#define BENCH_ANSWERS_H

#include "core/isotp.h"
#include "core/record.h"

struct answers {
    struct isotp_rx rx[GAUGE_DIALS_MAX];
};

/*
 * A frame on the bus. True if it is one of the dial's answers; *result is SOURCE_NO_MATCH while more frames
 * of it are to come, or it is about something else.
 */
bool answers_read(struct answers *answers, unsigned dial, const struct source_config *source,
                  const struct can_frame *frame, enum source_result *result,
                  struct source_reading *reading);

#endif
