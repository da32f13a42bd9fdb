/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Reads the car's answers to the profile's requests from the bus, as the board does, to compare with what it shows. */
#ifndef BENCH_ANSWERS_H
#define BENCH_ANSWERS_H

#include "core/isotp.h"
#include "core/record.h"

struct answers {
    struct isotp_rx rx[GAUGE_DIALS_MAX];
};

/*
 * Takes a frame from the bus. True: it belongs to an answer for this dial. An answer may take several frames:
 * *result is SOURCE_NO_MATCH until the last one, and also if the answer is about something else.
 */
bool answers_read(struct answers *answers, unsigned dial, const struct source_config *source,
                  const struct can_frame *frame, enum source_result *result,
                  struct source_reading *reading);

#endif
