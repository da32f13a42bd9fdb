/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "host/text_out.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define DECIMALS 6
#define DECIMALS_FACTOR 1000000u

bool text_out_flush(struct text_out *out)
{
    if (out->used > 0 && fwrite(out->text, 1, out->used, stdout) != out->used) {
        out->failed = true;
    }
    out->used = 0;
    if (fflush(stdout) != 0) {
        out->failed = true;
    }
    return !out->failed;
}

/* Room for `size` bytes, which is small. */
static char *room(struct text_out *out, size_t size)
{
    if (TEXT_OUT_SIZE - out->used < size) {
        text_out_flush(out);
    }
    return out->text + out->used;
}

void text_out_char(struct text_out *out, char c)
{
    *room(out, 1) = c;
    out->used++;
}

void text_out_string(struct text_out *out, const char *text)
{
    size_t length = strlen(text);
    while (length > 0) {
        char *at = room(out, 1);
        size_t part = TEXT_OUT_SIZE - out->used;
        part = part < length ? part : length;
        memcpy(at, text, part);
        out->used += part;
        text += part;
        length -= part;
    }
}

void text_out_csv(struct text_out *out, const char *text)
{
    if (strpbrk(text, ",\"\r\n") == NULL) {
        text_out_string(out, text);
        return;
    }
    text_out_char(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            text_out_char(out, '"');
        }
        text_out_char(out, *text);
    }
    text_out_char(out, '"');
}

/* Decimal, at least `digits`; returns the length. */
static size_t put_decimal(char *text, uint64_t value, int digits)
{
    char reversed[24];
    size_t length = 0;
    do {
        reversed[length++] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0 || (int)length < digits);
    for (size_t i = 0; i < length; i++) {
        text[i] = reversed[length - 1 - i];
    }
    return length;
}

/*
 * Nearly every signal's value has at most six decimals: such a number is written as an integer of millionths. The
 * product is exact to 1e-16 of itself, so below 1e9 its distance from a whole number says whether that is so.
 */
size_t text_number(char *text, double value)
{
    double size = fabs(value);
    double whole = nearbyint(size * DECIMALS_FACTOR);
    if (!(size < 1e9) || fabs(size * DECIMALS_FACTOR - whole) > 1e-6 * (1 + size)) {
        return (size_t)snprintf(text, TEXT_OUT_NUMBER_MAX, "%.10g", value);
    }
    uint64_t millionths = (uint64_t)whole;
    size_t length = 0;
    if (value < 0 && millionths > 0) {
        text[length++] = '-';
    }
    length += put_decimal(text + length, millionths / DECIMALS_FACTOR, 1);
    uint64_t fraction = millionths % DECIMALS_FACTOR;
    if (fraction > 0) {
        text[length++] = '.';
        length += put_decimal(text + length, fraction, DECIMALS);
        while (text[length - 1] == '0') {
            length--;
        }
    }
    text[length] = '\0';
    return length;
}

void text_out_number(struct text_out *out, double value)
{
    out->used += text_number(room(out, TEXT_OUT_NUMBER_MAX), value);
}

void text_out_hex(struct text_out *out, uint32_t value, int digits)
{
    char *at = room(out, 8);
    int count = 1;
    while (count < 8 && (count < digits || value >> 4 * count != 0)) {
        count++;
    }
    for (int i = count - 1; i >= 0; i--) {
        *at++ = "0123456789ABCDEF"[value >> 4 * i & 0xF];
    }
    out->used += (size_t)count;
}

void text_out_seconds(struct text_out *out, uint64_t time_ns)
{
    char *at = room(out, TEXT_OUT_NUMBER_MAX);
    uint64_t time_us = time_ns / 1000;
    size_t length = put_decimal(at, time_us / DECIMALS_FACTOR, 1);
    at[length++] = '.';
    length += put_decimal(at + length, time_us % DECIMALS_FACTOR, DECIMALS);
    out->used += length;
}
