/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "host/suggest.h"

#include <string.h>

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Three rows of the table of distances between the words' beginnings are kept: this and the two before. */
unsigned suggest_distance(const char *a, const char *b)
{
    unsigned rows[3][SUGGEST_MAX + 1];
    const size_t length_a = strlen(a);
    const size_t length_b = strlen(b);
    if (length_a > SUGGEST_MAX || length_b > SUGGEST_MAX) {
        return SUGGEST_MAX;
    }
    for (size_t k = 0; k <= length_b; k++) {
        rows[0][k] = (unsigned)k;
    }
    for (size_t i = 1; i <= length_a; i++) {
        unsigned *row = rows[i % 3];
        const unsigned *above = rows[(i - 1) % 3];
        row[0] = (unsigned)i;
        for (size_t k = 1; k <= length_b; k++) {
            row[k] = least(least(above[k], row[k - 1]) + 1, above[k - 1] + (a[i - 1] != b[k - 1]));
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1]) {
                row[k] = least(row[k], rows[(i - 2) % 3][k - 2] + 1);
            }
        }
    }
    return rows[length_a % 3][length_b];
}

int suggest_is_near(const char *word, const char *known)
{
    const size_t length = strlen(known);
    return suggest_distance(word, known) <= (length < 6 ? 1 : length / 3);
}

/* Length of the option that `text` begins with: "--" and small letters, digits, hyphens. */
static size_t option_length(const char *text)
{
    return strncmp(text, "--", 2) != 0
               ? 0
               : 2 + strspn(text + 2, "abcdefghijklmnopqrstuvwxyz0123456789-");
}

int suggest_option(const char *word, const char *const *texts, char *option, size_t size)
{
    unsigned best = SUGGEST_MAX;
    for (; *texts != NULL; texts++) {
        for (const char *at = strstr(*texts, "--"); at != NULL; at = strstr(at + 2, "--")) {
            char known[SUGGEST_MAX + 1];
            const size_t length = option_length(at);
            if (length <= 2 || length >= sizeof known || length >= size) {
                continue;
            }
            memcpy(known, at, length);
            known[length] = '\0';
            const unsigned distance = suggest_distance(word, known);
            if (distance < best && suggest_is_near(word, known)) {
                best = distance;
                memcpy(option, known, length + 1);
            }
        }
    }
    return best < SUGGEST_MAX;
}
