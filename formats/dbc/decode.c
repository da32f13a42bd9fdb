/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/dbc/decode.h"

#include "core/source_ops.h"
#include "formats/dbc/signal.h"
#include "formats/text/text_fold.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define STANDARD_IDS 2048u
#define NAMES_LISTED 3

/* The signals asked for of one message. */
struct plan {
    const struct dbc_message *message;
    uint32_t count;
    const struct dbc_signal **signals;
};

struct decoder {
    const struct dbc *dbc;
    struct plan *plans; /* one a message, in the file's order */
    const struct dbc_signal **signals;
    const struct plan *standard[STANDARD_IDS]; /* by identifier; NULL: nothing to decode */
    bool has_extended;
    struct record record; /* if there is no `dbc` */
    bool is_wanted[GAUGE_DIALS_MAX];
    struct request_ids ids[REQUEST_IDS_MAX]; /* of the dials wanted */
    unsigned id_count;
};

/* "NAME" or "MESSAGE.NAME". */
static bool is_named(const struct dbc_message *message, const struct dbc_signal *signal,
                     const char *name)
{
    size_t length = strlen(message->name);
    if (name == NULL || strcasecmp(signal->name, name) == 0) {
        return true;
    }
    return strncasecmp(message->name, name, length) == 0 && name[length] == '.' &&
           strcasecmp(signal->name, name + length + 1) == 0;
}

static size_t count_signals(const struct dbc *dbc)
{
    size_t count = 0;
    for (size_t i = 0; i < dbc->message_count; i++) {
        count += dbc->messages[i].signal_count;
    }
    return count;
}

static void make_plan(struct plan *plan, const struct dbc_message *message, const char *name)
{
    plan->message = message;
    for (uint32_t i = 0; i < message->signal_count; i++) {
        if (is_named(message, &message->signals[i], name)) {
            plan->signals[plan->count++] = &message->signals[i];
        }
    }
}

/* Returns the number of signals to decode. Of two messages with one identifier the last counts. */
static size_t make_plans(struct decoder *decoder, const char *name)
{
    size_t total = 0;
    for (size_t i = 0; i < decoder->dbc->message_count; i++) {
        struct plan *plan = &decoder->plans[i];
        plan->signals = decoder->signals + total;
        make_plan(plan, &decoder->dbc->messages[i], name);
        total += plan->count;
        if (plan->count == 0) {
            continue;
        }
        if (plan->message->extended) {
            decoder->has_extended = true;
        } else {
            decoder->standard[plan->message->id] = plan;
        }
    }
    return total;
}

/* Some names that are like it, for whoever mistyped one. */
static void say_unknown(const struct dbc *dbc, const char *name, char *error, size_t error_size)
{
    char folded[200];
    int listed = 0;
    text_fold(name, folded, sizeof folded);
    int used = snprintf(error, error_size, "no signal is called `%.80s`", name);
    for (size_t i = 0; i < dbc->message_count; i++) {
        for (uint32_t k = 0; k < dbc->messages[i].signal_count && listed < NAMES_LISTED; k++) {
            const char *other = dbc->messages[i].signals[k].name;
            if (text_contains(other, folded) && used > 0 && (size_t)used < error_size) {
                used += snprintf(error + used, error_size - (size_t)used, "%s%.80s",
                                 listed++ == 0 ? ", but " : ", ", other);
            }
        }
    }
    if (used > 0 && (size_t)used < error_size) {
        snprintf(error + used, error_size - (size_t)used, ": `candial dbc FILE --find TEXT` helps");
    }
}

struct decoder *decoder_for_dbc(const struct dbc *dbc, const char *signal, char *error,
                                size_t error_size)
{
    struct decoder *decoder = calloc(1, sizeof *decoder);
    if (decoder == NULL) {
        snprintf(error, error_size, "out of memory");
        return NULL;
    }
    decoder->dbc = dbc;
    decoder->plans = calloc(dbc->message_count + 1, sizeof *decoder->plans);
    decoder->signals = calloc(count_signals(dbc) + 1, sizeof *decoder->signals);
    if (decoder->plans == NULL || decoder->signals == NULL) {
        snprintf(error, error_size, "out of memory");
    } else if (make_plans(decoder, signal) == 0 && signal != NULL) {
        say_unknown(dbc, signal, error, error_size);
    } else {
        return decoder;
    }
    decoder_free(decoder);
    return NULL;
}

static const char *const dial_names[GAUGE_DIALS_MAX] = {"dial1", "dial2", "dial3", "dial4"};

struct decoder *decoder_for_record(const struct record *record, const char *signal, char *error,
                                   size_t error_size)
{
    struct decoder *decoder = calloc(1, sizeof *decoder);
    bool any = false;
    if (decoder == NULL) {
        snprintf(error, error_size, "out of memory");
        return NULL;
    }
    decoder->record = *record;
    for (int i = 0; i < record->dial_count; i++) {
        bool is_heard = !source_is_asked(&record->dial[i].source);
        decoder->is_wanted[i] =
            is_heard && (signal == NULL || strcasecmp(signal, dial_names[i]) == 0);
        if (decoder->is_wanted[i]) {
            const struct source_config *source = &record->dial[i].source;
            decoder->id_count =
                source_ops((uint8_t)source->kind)
                    ->list_ids(source, SOURCE_IDS_RECEIVE, decoder->ids, decoder->id_count);
        }
        any = any || decoder->is_wanted[i];
    }
    if (!any) {
        const char *problem = "no dial of this profile has a broadcast source";
        snprintf(error, error_size, "%s: signals are dial1 to dial%d",
                 signal == NULL ? problem : "no broadcast of that name", record->dial_count);
        decoder_free(decoder);
        return NULL;
    }
    return decoder;
}

/* Nearly all frames of a bus are nobody's: this is where a log's time would go. */
static bool is_for_record(const struct decoder *decoder, const struct can_log_frame *frame)
{
    for (unsigned i = 0; i < decoder->id_count; i++) {
        const struct request_ids *ids = &decoder->ids[i];
        if (ids->extended == frame->extended && ((ids->id ^ frame->id) & ids->mask) == 0) {
            return true;
        }
    }
    return false;
}

static unsigned decode_record(const struct decoder *decoder, const struct can_log_frame *frame,
                              decode_sink *sink, void *context)
{
    unsigned count = 0;
    struct can_frame seen = {.id = frame->id,
                             .extended = frame->extended,
                             .fd = frame->fd,
                             .remote = frame->remote,
                             .len = frame->len};
    memcpy(seen.data, frame->data, frame->len);
    for (int i = 0; i < decoder->record.dial_count; i++) {
        const struct source_config *source = &decoder->record.dial[i].source;
        struct source_reading reading = {0};
        if (!decoder->is_wanted[i]) {
            continue;
        }
        enum source_result result = source_read(source, &seen, &reading);
        if (result == SOURCE_NO_MATCH || result == SOURCE_SHORT) {
            continue;
        }
        struct decode_value value = {
            .frame = frame,
            .message = decoder->record.name,
            .signal = dial_names[i],
            .unit = "°C",
            .text = result != SOURCE_INVALID ? NULL
                    : reading.not_fitted     ? "not fitted"
                                             : "no value",
            .is_number = result == SOURCE_VALUE,
            .value = reading.value_milli / 1e3,
            .raw = reading.raw,
        };
        sink(context, &value);
        count++;
    }
    return count;
}

static const struct plan *find_plan(const struct decoder *decoder,
                                    const struct can_log_frame *frame)
{
    if (!frame->extended) {
        return frame->id < STANDARD_IDS ? decoder->standard[frame->id] : NULL;
    }
    const struct dbc_message *message =
        decoder->has_extended ? dbc_find_frame(decoder->dbc, frame->id, true) : NULL;
    return message == NULL ? NULL : &decoder->plans[message - decoder->dbc->messages];
}

unsigned decoder_frame(struct decoder *decoder, const struct can_log_frame *frame,
                       decode_sink *sink, void *context)
{
    unsigned count = 0;
    if (frame->remote) {
        return 0;
    }
    if (decoder->dbc == NULL) {
        return is_for_record(decoder, frame) ? decode_record(decoder, frame, sink, context) : 0;
    }
    const struct plan *plan = find_plan(decoder, frame);
    for (uint32_t i = 0; plan != NULL && i < plan->count; i++) {
        const struct dbc_signal *signal = plan->signals[i];
        struct decode_value value = {.frame = frame, .is_number = true};
        if (!dbc_signal_get(plan->message, signal, frame->data, frame->len, &value.raw)) {
            continue;
        }
        value.message = plan->message->name;
        value.signal = signal->name;
        value.unit = signal->unit;
        value.value = dbc_signal_value(signal, value.raw);
        value.text = dbc_signal_text(signal, value.raw);
        if (value.text == NULL) {
            value.text = dbc_signal_no_value(plan->message, signal, value.raw);
            value.is_number = value.text == NULL;
        }
        sink(context, &value);
        count++;
    }
    return count;
}

void decoder_free(struct decoder *decoder)
{
    if (decoder != NULL) {
        free(decoder->plans);
        free(decoder->signals);
        free(decoder);
    }
}
