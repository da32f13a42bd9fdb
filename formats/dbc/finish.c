/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What can only be done when a whole DBC file has been read, and the lookup of frames made from it. */
#include "formats/dbc/parser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define J1939_KEY 0x40000000u /* in the index beside whole identifiers, which never have bit 30 */
#define STANDARD_MASK 0x7FFu
#define EXTENDED_MASK 0x1FFFFFFFu

/*
 * J1939-21: 3 bits priority, reserved, data page, 8 bits PDU format, 8 bits PDU specific, 8 bits source.
 * Below format 240 the specific byte is the destination; neither priority, source nor it is the message's.
 */
static uint32_t j1939_mask(uint32_t id)
{
    return (id >> 16 & 0xFF) >= 240 ? 0x03FFFF00u : 0x03FF0000u;
}

static uint32_t j1939_key(uint32_t id)
{
    return dbc_key(id & j1939_mask(id), true) | J1939_KEY;
}

static bool leave_out_deep(struct dbc_parser *parser, const struct dbc_signal *signal)
{
    char text[400];
    snprintf(text, sizeof text,
             "%.200s:%u:1: %.60s: switches nest deeper than %d or in a circle: correct SG_MUL_VAL_",
             parser->path, signal->line, signal->name, DBC_MUX_DEPTH_MAX);
    return dbc_leave_out(parser, text);
}

/* The message's switch that is on no page itself. */
static int find_root(const struct dbc_message *message)
{
    for (uint32_t i = 0; i < message->signal_count; i++) {
        if (message->signals[i].is_switch && message->signals[i].parent == -1) {
            return (int)i;
        }
    }
    return -1;
}

static bool is_deep(const struct dbc_message *message, const struct dbc_signal *signal)
{
    int depth = 0;
    for (; signal->parent >= 0 && depth <= DBC_MUX_DEPTH_MAX; depth++) {
        signal = &message->signals[signal->parent];
    }
    return depth > DBC_MUX_DEPTH_MAX;
}

static void finish_signals(struct dbc_message *message)
{
    int root = find_root(message);
    for (uint32_t i = 0; i < message->signal_count; i++) {
        if (message->signals[i].parent == DBC_PARENT_ROOT) {
            message->signals[i].parent = root; /* without any switch: always there */
        }
    }
}

static bool has_deep_signal(const struct dbc_message *message)
{
    for (uint32_t i = 0; i < message->signal_count; i++) {
        if (is_deep(message, &message->signals[i])) {
            return true;
        }
    }
    return false;
}

/*
 * Signals under too many switches are left out. What they are switched by goes with them only if it is as deep
 * itself, so those that stay keep their switches, with new places.
 */
static bool drop_deep_signals(struct dbc_parser *parser, struct dbc_message *message)
{
    uint32_t kept = 0;
    size_t count = message->signal_count;
    int *places = calloc(count + 1, sizeof *places);
    if (places == NULL) {
        return dbc_fail_memory(parser);
    }
    for (size_t i = 0; i < count; i++) {
        places[i] = is_deep(message, &message->signals[i]) ? -1 : (int)kept++;
    }
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        struct dbc_signal signal = message->signals[i];
        if (places[i] < 0) {
            good = good && leave_out_deep(parser, &signal);
            continue;
        }
        signal.parent = signal.parent < 0 ? signal.parent : places[signal.parent];
        message->signals[places[i]] = signal;
    }
    message->signal_count = kept;
    free(places);
    return good;
}

static bool finish_message(struct dbc_parser *parser, struct dbc *dbc,
                           const struct dbc_draft *draft, struct dbc_signal *signals)
{
    size_t index = dbc->message_count++;
    struct dbc_message *message = &dbc->messages[index];
    *message = draft->message;
    message->signals = signals + draft->first_signal;
    message->id_mask = message->extended ? EXTENDED_MASK : STANDARD_MASK;
    message->cycle_ms = draft->has_cycle ? message->cycle_ms : parser->default_cycle_ms;
    bool is_j1939 = draft->is_format_known ? draft->is_j1939 : parser->is_j1939_default;
    int result = dbc_index_put(dbc->frames, dbc_key(message->id, message->extended), index);
    if (is_j1939 && message->extended) {
        message->id_mask = j1939_mask(message->id);
        result |= dbc_index_put(dbc->frames, j1939_key(message->id), index);
    }
    finish_signals(message);
    return result == 0 || dbc_fail_memory(parser);
}

static void use_long_names(const struct dbc_parser *parser, struct dbc *dbc,
                           struct dbc_signal *signals)
{
    const struct dbc_long_name *names = parser->long_names.items;
    for (size_t i = 0; i < parser->long_names.count; i++) {
        if (names[i].name[0] == '\0') {
            continue;
        }
        if (names[i].signal == DBC_INDEX_NONE) {
            dbc->messages[names[i].draft].name = names[i].name;
        } else {
            signals[names[i].signal].name = names[i].name;
        }
    }
}

static bool keep_notes(struct dbc_parser *parser, struct dbc *dbc)
{
    dbc->note_count = parser->notes.count;
    dbc->left_out_count = parser->left_out.count;
    dbc->notes =
        dbc_store_copy(parser->store, parser->notes.items, dbc->note_count * sizeof *dbc->notes);
    dbc->left_out = dbc_store_copy(parser->store, parser->left_out.items,
                                   dbc->left_out_count * sizeof *dbc->left_out);
    return (dbc->notes != NULL && dbc->left_out != NULL) || dbc_fail_memory(parser);
}

bool dbc_finish(struct dbc_parser *parser, struct dbc *dbc)
{
    const struct dbc_draft *drafts = parser->drafts.items;
    size_t count = parser->drafts.count;
    struct dbc_signal *signals = dbc_store_copy(parser->store, parser->signals.items,
                                                parser->signals.count * sizeof *signals);
    dbc->messages = dbc_store_take(parser->store, count * sizeof *dbc->messages);
    dbc->frames = dbc_store_take(parser->store, sizeof *dbc->frames);
    if (signals == NULL || dbc->messages == NULL || dbc->frames == NULL) {
        return dbc_fail_memory(parser);
    }
    *dbc->frames = (struct dbc_index){0};
    for (size_t i = 0; i < count; i++) {
        if (!finish_message(parser, dbc, &drafts[i], signals)) {
            return false;
        }
    }
    use_long_names(parser, dbc, signals);
    for (size_t i = 0; i < count; i++) {
        if (has_deep_signal(&dbc->messages[i]) && !drop_deep_signals(parser, &dbc->messages[i])) {
            return false;
        }
    }
    return keep_notes(parser, dbc);
}

const struct dbc_message *dbc_find_frame(const struct dbc *dbc, uint32_t id, bool extended)
{
    size_t found = dbc_index_get(dbc->frames, dbc_key(id, extended));
    if (found == DBC_INDEX_NONE && extended) {
        found = dbc_index_get(dbc->frames, j1939_key(id));
    }
    return found == DBC_INDEX_NONE ? NULL : &dbc->messages[found];
}
