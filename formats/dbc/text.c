/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/dbc/text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* 0x80..0x9F of code page 1252; the rest is as in Unicode. Zero: not assigned. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

#define REPLACEMENT 0xFFFD

static bool is_trail(uint8_t byte)
{
    return (byte & 0xC0) == 0x80;
}

/* The second byte's bounds keep out overlong forms, surrogates and what lies above 10FFFF (RFC 3629). */
static bool is_second(uint8_t first, uint8_t second)
{
    uint8_t low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    uint8_t high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    return second >= low && second <= high;
}

size_t dbc_text_character(const uint8_t *bytes, size_t size)
{
    if (size == 0 || bytes[0] < 0x80) {
        return size == 0 ? 0 : 1;
    }
    size_t length = bytes[0] >= 0xF0 ? 4 : bytes[0] >= 0xE0 ? 3 : 2;
    if (bytes[0] < 0xC2 || bytes[0] > 0xF4 || size < length || !is_second(bytes[0], bytes[1])) {
        return 0;
    }
    for (size_t i = 2; i < length; i++) {
        if (!is_trail(bytes[i])) {
            return 0;
        }
    }
    return length;
}

/*
 * Control characters mean nothing in a DBC file, and its texts go to terminals that would obey them. C1 ones are
 * C2 80 to C2 9F in UTF-8. A zero byte stays: it is an error of its own.
 */
static bool is_control(const uint8_t *character)
{
    if (character[0] == 0xC2) {
        return character[1] < 0xA0;
    }
    bool is_blank = character[0] >= '\t' && character[0] <= '\r';
    return (character[0] < ' ' && character[0] != '\0' && !is_blank) || character[0] == 0x7F;
}

/* Characters up to FFFF. */
static char *put_character(char *at, unsigned code)
{
    if (code >= 0x800) {
        *at++ = (char)(0xE0 | code >> 12);
        *at++ = (char)(0x80 | (code >> 6 & 0x3F));
    } else {
        *at++ = (char)(0xC0 | code >> 6);
    }
    *at++ = (char)(0x80 | (code & 0x3F));
    return at;
}

static unsigned code_of(uint8_t byte)
{
    unsigned code = byte < 0xA0 ? windows_1252[byte - 0x80] : byte;
    return code == 0 ? REPLACEMENT : code;
}

static bool is_plain(uint8_t byte)
{
    return (byte >= ' ' && byte < 0x7F) || (byte >= '\t' && byte <= '\r');
}

/* Eight printing characters of ASCII: no byte has its top bit, none is below a blank, none is DEL. */
static bool are_printing(const uint8_t bytes[8])
{
    const uint64_t each = 0x0101010101010101u;
    uint64_t all;
    memcpy(&all, bytes, sizeof all);
    uint64_t below_blank = all - each * ' ';
    uint64_t above_tilde = all + each;
    return ((all | below_blank | above_tilde) & each * 0x80) == 0;
}

/* Bytes up to the next one that is neither ASCII's printing characters nor a blank: nearly all of a file. */
static size_t plain_run(const uint8_t *bytes, size_t size)
{
    size_t i = 0;
    for (;;) {
        while (size - i >= 8 && are_printing(bytes + i)) {
            i += 8;
        }
        if (i == size || !is_plain(bytes[i])) {
            return i;
        }
        i++;
    }
}

char *dbc_text_utf8(const uint8_t *bytes, size_t size, size_t *length)
{
    static const uint8_t mark[] = {0xEF, 0xBB, 0xBF};
    char *text = malloc(3 * size + 1); /* a byte gives three at most */
    if (text == NULL) {
        return NULL;
    }
    char *at = text;
    size_t i = size >= 3 && memcmp(bytes, mark, 3) == 0 ? 3 : 0;
    while (i < size) {
        size_t run = plain_run(bytes + i, size - i);
        memcpy(at, bytes + i, run);
        at += run;
        i += run;
        if (i == size) {
            break;
        }
        size_t count = dbc_text_character(bytes + i, size - i);
        if (count == 0) {
            at = put_character(at, code_of(bytes[i++]));
            continue;
        }
        if (is_control(bytes + i)) {
            *at++ = '?';
        } else {
            memcpy(at, bytes + i, count);
            at += count;
        }
        i += count;
    }
    *at = '\0';
    *length = (size_t)(at - text);
    return text;
}

char *dbc_text_take(uint8_t *bytes, size_t size, size_t *length)
{
    if (plain_run(bytes, size) == size) {
        *length = size;
        return (char *)bytes;
    }
    char *text = dbc_text_utf8(bytes, size, length);
    free(bytes);
    return text;
}
