/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_REQUEST_PARTS_H
#define CORE_REQUEST_PARTS_H

/* What core/request.c offers the kinds of source that are asked for. */
#include <stddef.h>

#include "core/request.h"

/*
 * Sends a message of one frame for a dial and begins to wait for its answer, at most limit_us. False: the bus must not
 * be used now.
 */
bool request_send(struct requests *r, uint32_t now_us, uint8_t dial, const uint8_t *message,
                  size_t length, uint32_t id, bool extended, uint32_t limit_us);
/* What an answer that came was read as: the dial it ends the wait of, or -1 where it is none of its. */
int request_take(struct requests *r, enum source_result got, enum source_result *result);
/* The wait is over without one. */
void request_end_wait(struct requests *r);
/* A negative answer. True: it ends the wait for this unit; else the answer is to come. */
bool request_is_final(struct requests *r, uint32_t now_us, uint8_t code);

/* core/request_ids.c: what testers send in OBD-II, of 11 bits and of 29. */
unsigned request_obd_list(struct request_ids *ids, unsigned count, enum obd_addressing addressing);

#endif
