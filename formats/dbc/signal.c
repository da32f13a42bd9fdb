/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/dbc/signal.h"

#include <math.h>
#include <string.h>

static bool is_on_page(const struct dbc_signal *signal, uint64_t switch_raw)
{
    for (uint32_t i = 0; i < signal->page_count; i++) {
        if (switch_raw >= signal->pages[i].low && switch_raw <= signal->pages[i].high) {
            return true;
        }
    }
    return false;
}

/* The chain of switches is no longer than DBC_MUX_DEPTH_MAX: the reader sees to it. */
bool dbc_signal_get(const struct dbc_message *message, const struct dbc_signal *signal,
                    const uint8_t *data, size_t len, uint64_t *raw)
{
    uint64_t switch_raw;
    for (const struct dbc_signal *at = signal; at->parent >= 0;) {
        const struct dbc_signal *parent = &message->signals[at->parent];
        if (signal_bits_extract(&parent->bits, data, len, &switch_raw) != 0 ||
            !is_on_page(at, switch_raw)) {
            return false;
        }
        at = parent;
    }
    return signal_bits_extract(&signal->bits, data, len, raw) == 0;
}

static bool fits(const struct signal_bits *bits, size_t len)
{
    int span = signal_bits_span(bits);
    return span > 0 && (size_t)span <= len;
}

bool dbc_signal_put(const struct dbc_message *message, const struct dbc_signal *signal,
                    uint8_t *data, size_t len, uint64_t raw)
{
    bool good = fits(&signal->bits, len);
    for (const struct dbc_signal *at = signal; at->parent >= 0;) {
        at = &message->signals[at->parent];
        good = good && fits(&at->bits, len);
    }
    if (!good || signal_bits_insert(&signal->bits, data, len, raw) != 0) {
        return false;
    }
    for (const struct dbc_signal *at = signal; good && at->parent >= 0;) {
        uint32_t page = at->pages[0].low;
        at = &message->signals[at->parent];
        good = signal_bits_insert(&at->bits, data, len, page) == 0;
    }
    return good;
}

double dbc_signal_number(const struct dbc_signal *signal, uint64_t raw)
{
    uint32_t half = (uint32_t)raw;
    float single;
    double number;
    switch (signal->kind) {
    case DBC_SIGNED:
        return (double)signal_bits_signed(raw, signal->bits.length_bits);
    case DBC_FLOAT32:
        memcpy(&single, &half, sizeof single);
        return (double)single;
    case DBC_FLOAT64:
        memcpy(&number, &raw, sizeof number);
        return number;
    case DBC_UNSIGNED:
        break;
    }
    return (double)raw;
}

double dbc_signal_value(const struct dbc_signal *signal, uint64_t raw)
{
    return dbc_signal_number(signal, raw) * signal->scale + signal->offset;
}

/* `number` rounded and clamped to a whole number of `length` bits. */
static uint64_t whole_number(double number, unsigned length, bool is_signed)
{
    uint64_t all = UINT64_MAX >> (64 - length);
    double end = ldexp(1, (int)length - is_signed); /* one past the largest */
    double whole = round(number);
    if (!(whole < end)) { /* NaN as well */
        return is_signed ? all >> 1 : all;
    }
    if (!is_signed) {
        return whole > 0 ? (uint64_t)whole : 0;
    }
    return (whole > -end ? (uint64_t)(int64_t)whole : 1ull << (length - 1)) & all;
}

uint64_t dbc_signal_encode(const struct dbc_signal *signal, double value)
{
    double number = (value - signal->offset) / signal->scale;
    uint64_t raw = 0;
    if (signal->kind == DBC_FLOAT64) {
        memcpy(&raw, &number, sizeof raw);
        return raw;
    }
    if (signal->kind == DBC_FLOAT32) {
        float single = (float)number;
        uint32_t half;
        memcpy(&half, &single, sizeof half);
        return half;
    }
    return whole_number(number, signal->bits.length_bits, signal->kind == DBC_SIGNED);
}

#define J1939_MASK_MIN 0x03FF0000u /* what of the identifier DBC files of J1939 compare at least */

bool dbc_message_is_j1939(const struct dbc_message *message)
{
    return message->extended && (message->id_mask & 0x1C000000u) == 0 &&
           message->id_mask >= J1939_MASK_MIN;
}

/* J1939-71: the highest byte says it: FFh not available, FEh error, FBh to FDh reserved or the parameter's own. */
static const char *j1939_text(const struct dbc_signal *signal, uint64_t raw)
{
    unsigned length = signal->bits.length_bits;
    if (signal->kind != DBC_UNSIGNED || length % 8 != 0 || length > 32) {
        return NULL;
    }
    unsigned top = (unsigned)(raw >> (length - 8));
    return top == 0xFF ? "not available" : top == 0xFE ? "error" : top >= 0xFB ? "no value" : NULL;
}

const char *dbc_signal_no_value(const struct dbc_message *message, const struct dbc_signal *signal,
                                uint64_t raw)
{
    if (!isfinite(dbc_signal_value(signal, raw))) {
        return "no value";
    }
    return dbc_message_is_j1939(message) ? j1939_text(signal, raw) : NULL;
}

const char *dbc_signal_text(const struct dbc_signal *signal, uint64_t raw)
{
    if (signal->text_count == 0 || signal->kind == DBC_FLOAT32 || signal->kind == DBC_FLOAT64) {
        return NULL;
    }
    int64_t number = signal->kind == DBC_SIGNED ? signal_bits_signed(raw, signal->bits.length_bits)
                                                : (int64_t)raw;
    for (uint32_t i = 0; i < signal->text_count; i++) {
        if (signal->texts[i].raw == number) {
            return signal->texts[i].text;
        }
    }
    return NULL;
}
