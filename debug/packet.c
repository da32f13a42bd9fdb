/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "debug/packet.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define INTERRUPT 0x03
#define ESCAPE '}'
#define ESCAPED 0x20

static int digit_of(uint8_t c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c |= 0x20; /* lower case */
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static enum packet_event take_between(struct packet_reader *r, uint8_t byte)
{
    switch (byte) {
    case '$':
        r->state = PACKET_DATA;
        r->length = 0;
        r->sum = 0;
        r->too_long = false;
        return PACKET_NOTHING;
    case INTERRUPT:
        return PACKET_INTERRUPT;
    case '+':
        return PACKET_ACK;
    case '-':
        return PACKET_NAK;
    default:
        return PACKET_NOTHING;
    }
}

static void store(struct packet_reader *r, uint8_t byte)
{
    if (r->length == PACKET_MAX) {
        r->too_long = true;
    } else {
        r->data[r->length++] = (char)byte;
    }
}

static void take_data(struct packet_reader *r, uint8_t byte)
{
    if (byte == '#') {
        r->state = PACKET_SUM1;
        return;
    }
    r->sum = (uint8_t)(r->sum + byte);
    if (r->state == PACKET_ESCAPE) {
        r->state = PACKET_DATA;
        store(r, byte ^ ESCAPED);
    } else if (byte == ESCAPE) {
        r->state = PACKET_ESCAPE;
    } else {
        store(r, byte);
    }
}

enum packet_event packet_take(struct packet_reader *r, uint8_t byte)
{
    switch (r->state) {
    case PACKET_BETWEEN:
        return take_between(r, byte);
    case PACKET_SUM1:
        r->told = byte;
        r->state = PACKET_SUM2;
        return PACKET_NOTHING;
    case PACKET_SUM2: {
        const int high = digit_of(r->told);
        const int low = digit_of(byte);
        r->state = PACKET_BETWEEN;
        r->data[r->length] = '\0';
        const bool good = high >= 0 && low >= 0 && high * 16 + low == r->sum && !r->too_long;
        return good ? PACKET_COMPLETE : PACKET_BROKEN;
    }
    default:
        if (byte == '$') { /* one was cut off: this begins another */
            r->state = PACKET_BETWEEN;
            return take_between(r, byte);
        }
        take_data(r, byte);
        return PACKET_NOTHING;
    }
}

/* ---- writing ---- */

#define ROOM_FOR_SUM 4u

static void put(struct packet_writer *w, char c)
{
    if (w->length + ROOM_FOR_SUM < sizeof w->data) {
        w->data[w->length++] = c;
    } else {
        w->full = true;
    }
}

void packet_begin(struct packet_writer *w)
{
    w->length = 0;
    w->full = false;
    put(w, '$');
}

void packet_text(struct packet_writer *w, const char *text)
{
    packet_binary(w, text, strlen(text));
}

void packet_format(struct packet_writer *w, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    packet_text(w, text);
}

void packet_hex(struct packet_writer *w, const void *bytes, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    const uint8_t *from = bytes;
    for (size_t i = 0; i < size; i++) {
        put(w, digits[from[i] >> 4]);
        put(w, digits[from[i] & 15u]);
    }
}

void packet_binary(struct packet_writer *w, const void *bytes, size_t size)
{
    const char *from = bytes;
    for (size_t i = 0; i < size; i++) {
        if (from[i] == '$' || from[i] == '#' || from[i] == ESCAPE || from[i] == '*') {
            put(w, ESCAPE);
            put(w, (char)(from[i] ^ ESCAPED));
        } else {
            put(w, from[i]);
        }
    }
}

void packet_end(struct packet_writer *w)
{
    uint8_t sum = 0;
    for (size_t i = 1; i < w->length; i++) {
        sum = (uint8_t)(sum + (uint8_t)w->data[i]);
    }
    w->length += (size_t)snprintf(w->data + w->length, ROOM_FOR_SUM, "#%02x", sum);
}

bool packet_unhex(const char *text, void *bytes, size_t size)
{
    uint8_t *to = bytes;
    for (size_t i = 0; i < size; i++) {
        const int high = digit_of((uint8_t)text[2 * i]);
        const int low = high < 0 ? -1 : digit_of((uint8_t)text[2 * i + 1]);
        if (low < 0) {
            return false;
        }
        to[i] = (uint8_t)(high * 16 + low);
    }
    return true;
}
