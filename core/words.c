/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/words.h"

#define DECIMALS 3u

int words_split(char *line, char *word[WORDS_MAX])
{
    int count = 0;
    for (char *at = line;; count++) {
        while (*at == ' ') {
            *at++ = '\0';
        }
        if (*at == '\0') {
            return count;
        }
        if (count == WORDS_MAX) {
            return -1;
        }
        word[count] = at;
        while (*at != ' ' && *at != '\0') {
            at++;
        }
    }
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Appends digits to *number, which stays where it is once it is beyond any good. */
static const char *take_digits(const char *at, int64_t *number, unsigned *count)
{
    for (*count = 0; is_digit(*at); at++) {
        if (*number <= INT32_MAX) {
            *number = *number * 10 + (*at - '0');
        }
        (*count)++;
    }
    return at;
}

bool words_milli(const char *text, int32_t *milli, const char **end)
{
    const bool is_negative = *text == '-';
    int64_t number = 0;
    unsigned whole = 0;
    unsigned decimals = 0;
    const char *at = take_digits(text + (is_negative || *text == '+'), &number, &whole);
    if (*at == '.') {
        at = take_digits(at + 1, &number, &decimals);
    }
    if (whole + decimals == 0 || decimals > DECIMALS) {
        return false;
    }
    for (; decimals < DECIMALS; decimals++) {
        number *= 10;
    }
    if (number > INT32_MAX) {
        return false;
    }
    *milli = (int32_t)(is_negative ? -number : number);
    *end = at;
    return true;
}

static bool hex_digit(char c, uint32_t *value)
{
    if (is_digit(c)) {
        *value = (uint32_t)(c - '0');
    } else if (c >= 'a' && c <= 'f') {
        *value = (uint32_t)(c - 'a') + 10u;
    } else if (c >= 'A' && c <= 'F') {
        *value = (uint32_t)(c - 'A') + 10u;
    } else {
        return false;
    }
    return true;
}

bool words_hex(const char *text, unsigned digits, uint32_t *value)
{
    *value = 0;
    for (unsigned i = 0; i < digits; i++) {
        uint32_t digit;
        if (!hex_digit(text[i], &digit)) {
            return false;
        }
        *value = (*value << 4) | digit;
    }
    return true;
}
