/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_SOURCE_OPS_H
#define CORE_SOURCE_OPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/field.h"
#include "core/isotp.h"
#include "core/request.h"

/*
 * What a kind of source does. Each kind is one row of SOURCE_KINDS (core/source.h) and one core/source_NAME.c with these
 * operations; the profile's YAML, the words of `profile show` and the virtual car's part stand beside those of the
 * other kinds in formats/profile/ and bench/car.c.
 *
 * `config` is of this kind wherever an operation gets one, and good wherever it does not check it.
 */
enum source_ids_use {
    SOURCE_IDS_RECEIVE,
    SOURCE_IDS_SEND,
};

/* A source that the car must be asked for; the engine is core/request.c. */
struct source_asking {
    uint32_t n_cr_us; /* the frames of one answer follow each other within it */

    uint16_t (*rate_millihz)(const struct source_config *config);

    /* Sends the request of a dial that is due. */
    void (*ask)(struct requests *r, uint32_t now_us, uint8_t dial);

    /* Is `frame` an answer, or another tester's request, to the units the source asks? */
    bool (*is_answer)(const struct source_config *config, const struct can_frame *frame);
    bool (*is_request)(const struct source_config *config, const struct can_frame *frame);

    /* How frames begin, and under which identifier the sender of `answer` is told to go on. */
    struct isotp_address (*address)(const struct source_config *config);
    uint32_t (*reply_id)(const struct source_config *config, const struct can_frame *answer);

    /* A message of whoever was asked last: the dial that *result and *reading are for, or -1. */
    int (*take)(struct requests *r, uint32_t now_us, const struct can_frame *frame,
                const struct isotp_rx *rx, enum source_result *result,
                struct source_reading *reading);

    /* What a message says to a bystander, who does not know what was asked: SOURCE_NO_MATCH: about something else. */
    enum source_result (*read)(const struct source_config *config, const uint8_t *message,
                               size_t len, struct source_reading *reading);

    /* A dial got no answer three times; NULL: nothing to be done. */
    void (*lost)(struct requests *r, uint8_t dial);
};

struct source_ops {
    uint16_t offset; /* of its struct in struct source_config */
    uint8_t field_count;
    const struct field *fields; /* from that struct to the record's bytes of the source */

    /* Zero or an enum gauge_err. */
    int (*check)(const struct record *record, const struct source_config *config);

    int32_t (*step_milli)(const struct source_config *config);
    /* Adds to a list of `count` identifiers those that the source receives, or sends. Returns their number. */
    unsigned (*list_ids)(const struct source_config *config, enum source_ids_use use,
                         struct request_ids *ids, unsigned count);

    /* Either: what a frame says that the car sends by itself. */
    enum source_result (*read)(const struct source_config *config, const struct can_frame *frame,
                               struct source_reading *reading);
    /* or */
    const struct source_asking *asking;
};

/* NULL: no such kind. */
const struct source_ops *source_ops(uint8_t kind);

#define SOURCE_OPS_DECLARE(NAME, number, name) extern const struct source_ops source_##name##_ops;
SOURCE_KINDS(SOURCE_OPS_DECLARE)

/* ---- for the kinds ---- */

/* Adds to the list what it does not cover yet; _one: all bits of the identifier count. */
unsigned request_id_add(struct request_ids *ids, unsigned count, uint32_t id, uint32_t mask,
                        bool extended);
unsigned request_id_add_one(struct request_ids *ids, unsigned count, uint32_t id, bool extended);

int source_check_ranges(const struct source_range *ranges, unsigned count);
int source_check_factors(double scale, double offset);
bool source_is_rate(uint16_t rate_millihz);

#endif
