/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* DBC files: read, look everything up, put and get every signal. Imports are not followed out of nowhere. */
#include "tests/fuzz/fuzz_input.h"

#include "formats/dbc/dbc.h"
#include "formats/dbc/meaning.h"
#include "formats/dbc/signal.h"
#include "formats/dbc/decode.h"

#include <string.h>

#define SIGNALS_MAX 2000

static void sink(void *context, const struct decode_value *value)
{
    size_t *length = context;
    *length += strlen(value->message) + strlen(value->signal) + strlen(value->unit);
}

static void use_signal(const struct dbc_message *message, const struct dbc_signal *signal)
{
    uint8_t data[64] = {1, 2, 3};
    uint64_t raw = 0;
    bool fits = dbc_signal_put(message, signal, data, sizeof data, 0x5A5A5A5A5A5A5A5A);
    int span = signal_bits_span(&signal->bits);
    FUZZ_CHECK(!fits || span > 0);
    if (dbc_signal_get(message, signal, data, sizeof data, &raw)) {
        dbc_signal_text(signal, raw);
        dbc_signal_encode(signal, dbc_signal_value(signal, raw));
    }
    dbc_signal_meaning(signal);
    for (uint32_t i = 0; i < signal->text_count; i++) {
        dbc_text_is_invalid(signal->texts[i].text);
    }
}

static void use_message(const struct dbc *dbc, struct decoder *decoder,
                        const struct dbc_message *message)
{
    struct can_log_frame frame = {.id = message->id, .extended = message->extended, .len = 8};
    size_t length = 0;
    FUZZ_CHECK(message->id <= 0x1FFFFFFF);
    FUZZ_CHECK(dbc_find_frame(dbc, message->id, message->extended) != NULL);
    decoder_frame(decoder, &frame, sink, &length);
    for (uint32_t i = 0; i < message->signal_count && i < SIGNALS_MAX; i++) {
        use_signal(message, &message->signals[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char error[300] = "";
    struct dbc *dbc = dbc_parse("/nonexistent/fuzz.dbc", data, size, error, sizeof error);
    if (dbc == NULL) {
        FUZZ_CHECK(error[0] != '\0' && strchr(error, '\n') == NULL);
        return 0;
    }
    struct decoder *decoder = decoder_for_dbc(dbc, NULL, error, sizeof error);
    FUZZ_CHECK(decoder != NULL);
    for (size_t i = 0; i < dbc->message_count; i++) {
        use_message(dbc, decoder, &dbc->messages[i]);
    }
    decoder_free(decoder);
    dbc_free(dbc);
    return 0;
}
