/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/text/text_fold.h"

#include <stdlib.h>
#include <string.h>

/* U+00C0..U+00FF, the letters of Western Europe; NULL: not a letter (the multiplication signs). */
static const char *const latin[64] = {
    "a", "a", "a", "a", "ae", "a", "ae", "c",  "e",  "e", "e", "e", "i",  "i", "i",  "i",
    "d", "n", "o", "o", "o",  "o", "oe", NULL, "oe", "u", "u", "u", "ue", "y", "th", "ss",
    "a", "a", "a", "a", "ae", "a", "ae", "c",  "e",  "e", "e", "e", "i",  "i", "i",  "i",
    "d", "n", "o", "o", "o",  "o", "oe", NULL, "oe", "u", "u", "u", "ue", "y", "th", "y",
};

/* What the character at `text` becomes; `length` gets its bytes. NULL: it stays. */
static const char *fold_character(const unsigned char *text, size_t *length)
{
    *length = 1;
    if (text[0] == 0xC3 && text[1] >= 0x80 && text[1] <= 0xBF) {
        *length = 2;
        return latin[text[1] - 0x80];
    }
    while ((text[*length] & 0xC0) == 0x80) {
        ++*length;
    }
    return NULL;
}

void text_fold(const char *text, char *folded, size_t size)
{
    size_t used = 0;
    const unsigned char *at = (const unsigned char *)text;
    while (*at != '\0') {
        size_t length;
        char lower = (char)(*at >= 'A' && *at <= 'Z' ? *at + ('a' - 'A') : *at);
        const char *put = fold_character(at, &length);
        size_t count = put != NULL ? strlen(put) : length;
        if (put == NULL) {
            put = length == 1 ? &lower : (const char *)at;
        }
        if (used + count + 1 > size) {
            break;
        }
        memcpy(folded + used, put, count);
        used += count;
        at += length;
    }
    folded[used] = '\0';
}

bool text_contains(const char *text, const char *part)
{
    char near[512];
    size_t size =
        2 * strlen(text) + 1; /* a character of two bytes gives two, one of one gives one */
    char *folded = size <= sizeof near ? near : malloc(size);
    if (folded == NULL) {
        return false;
    }
    text_fold(text, folded, size);
    bool found = strstr(folded, part) != NULL;
    if (folded != near) {
        free(folded);
    }
    return found;
}
