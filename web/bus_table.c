/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "web/bus_table.h"

#include <inttypes.h>
#include <string.h>

const char *web_sender_name(enum bench_sender sender)
{
    static const char *const names[] = {[BENCH_BY_BOARD] = "board",
                                        [BENCH_BY_LOG] = "log",
                                        [BENCH_BY_CAR] = "car",
                                        [BENCH_BY_OTHER] = "other"};
    return names[sender];
}

/* Fibonacci hashing: neighbours, which identifiers mostly are, spread. */
static unsigned slot_of(uint32_t id, bool extended)
{
    return (unsigned)((id * 2654435769u + (extended ? 1u : 0u)) >> 20) % WEB_BUS_IDS;
}

static struct web_bus_row *find(struct web_bus_table *table, uint32_t id, bool extended)
{
    for (unsigned i = 0, at = slot_of(id, extended); i < WEB_BUS_IDS; i++) {
        struct web_bus_row *row = &table->rows[(at + i) % WEB_BUS_IDS];
        if (!row->used || (row->last.content.id == id && row->last.content.extended == extended)) {
            return row;
        }
    }
    return NULL;
}

void web_bus_table_take(struct web_bus_table *table, const struct bench_frame *frame)
{
    struct web_bus_row *row = find(table, frame->content.id, frame->content.extended);
    if (row == NULL) {
        table->others++;
        return;
    }
    table->used += !row->used;
    row->period_ps = row->used ? frame->end_ps - row->last.end_ps : 0;
    row->used = true;
    row->changed = true;
    row->count++;
    row->last = *frame;
}

static void put_value(void *context, const struct decode_value *value)
{
    struct web_list *list = context;
    if (!web_list_begin(list, 32)) {
        return;
    }
    web_text_put(&list->text, "[");
    web_text_put_quoted(&list->text, value->signal, strlen(value->signal));
    if (value->is_number) {
        web_text_put(&list->text, ",%.6g,", value->value);
    } else {
        web_text_put(&list->text, ",null,");
    }
    const char *unit = value->text != NULL ? value->text : value->unit;
    web_text_put_quoted(&list->text, unit, strlen(unit));
    web_text_put(&list->text, "]");
}

static void put_row(const struct web_bus_row *row, struct decoder *decoder, struct web_text *to)
{
    const struct can_log_frame *frame = &row->last.content;
    web_text_put(to,
                 "{\"id\":%" PRIu32 ",\"extended\":%s,\"count\":%" PRIu64
                 ",\"t_s\":%.6f,\"period_s\":%.6f,\"sender\":\"%s\",\"length\":%u,\"data\":\"",
                 frame->id, frame->extended ? "true" : "false", row->count,
                 (double)row->last.end_ps * 1e-12, (double)row->period_ps * 1e-12,
                 web_sender_name(row->last.sender), frame->len);
    for (unsigned i = 0; i < frame->len && !frame->remote; i++) {
        web_text_put(to, "%02X", frame->data[i]);
    }
    web_text_put(to, "\"");
    if (decoder != NULL) {
        struct web_list values = {.count = 0};
        (void)decoder_frame(decoder, frame, put_value, &values);
        web_list_move(&values, to, "signals");
        web_text_free(&values.text);
    }
    web_text_put(to, "}");
}

void web_bus_table_put(struct web_bus_table *table, struct decoder *decoder, struct web_text *to)
{
    const char *between = "";
    web_text_put(to, ",\"ids\":[");
    for (unsigned i = 0; i < WEB_BUS_IDS; i++) {
        struct web_bus_row *row = &table->rows[i];
        if (row->used && row->changed) {
            web_text_put(to, "%s", between);
            put_row(row, decoder, to);
            row->changed = false;
            between = ",";
        }
    }
    web_text_put(to, "]");
}
