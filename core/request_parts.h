/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_REQUEST_PARTS_H
#define CORE_REQUEST_PARTS_H

/* Between core/request.c and core/request_obd.c only. */
#include "core/request.h"

/* request.c: sends service 01 for a dial and begins to wait. */
void request_obd_send(struct requests *r, uint32_t now_us, uint8_t dial, uint8_t pid, uint32_t id,
                      bool extended);
/* request.c: the wait is over, the dial has its answer. */
void request_answered(struct requests *r, uint8_t dial);
/* request.c: a negative answer. True: it ends the wait for this unit; else the answer is to come. */
bool request_is_final(struct requests *r, uint32_t now_us, uint8_t code);

/* request_obd.c: the dial is due: asks its unit, or goes on searching. */
void request_obd_ask(struct requests *r, uint32_t now_us, uint8_t dial);
/* request_obd.c: a dial got no answer REQUEST_MISSES_MAX times. */
void request_obd_lost(struct requests *r, uint8_t dial);
/* request_obd.c: a whole message of a unit; index of the dial, or -1. */
int request_obd_take(struct requests *r, uint32_t now_us, const struct can_frame *frame,
                     const struct isotp_rx *rx, enum source_result *result,
                     struct source_reading *reading);

#endif
