/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What goes over the bus, a row an identifier: a bus is faster than anybody can read. */
#ifndef WEB_BUS_TABLE_H
#define WEB_BUS_TABLE_H

#include "bench/events.h"
#include "formats/dbc/decode.h"
#include "web/text.h"

#define WEB_BUS_IDS 512u /* a power of two; further identifiers are counted only */

struct web_bus_row {
    bool used, changed;
    uint64_t count;
    uint64_t period_ps; /* from the last but one to the last; 0: there was one only */
    struct bench_frame last;
};

struct web_bus_table {
    struct web_bus_row rows[WEB_BUS_IDS]; /* by identifier, hashed */
    unsigned used;
    uint64_t others; /* frames of identifiers that found no room */
};

/* A whole frame. */
void web_bus_table_take(struct web_bus_table *table, const struct bench_frame *frame);

/* Puts `,"ids":[...]` with the rows that have changed since the last time; decoded if `decoder` is not NULL. */
void web_bus_table_put(struct web_bus_table *table, struct decoder *decoder, struct web_text *to);

/* "board", "log", "car", "other" */
const char *web_sender_name(enum bench_sender sender);

#endif
