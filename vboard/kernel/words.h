/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_KERNEL_WORDS_H
#define VBOARD_KERNEL_WORDS_H

/*
 * Sentences with names in braces: "{clock} at {khz} kHz". A table holds the sentences, and another what
 * each name stands for, so that words can be changed without touching code.
 *
 *     static void put_khz(struct line *l, const void *about) { line_put(l, "%u", ...); }
 *     static const struct word words[] = {{"khz", put_khz}};
 *     line_fill(&l, sentence, words, sizeof words / sizeof *words, finding);
 */
#include <stddef.h>

/* A text that is being made; what does not fit is cut off. */
struct line {
    char *text;
    size_t size, length;
};

/* What stands in for a name: puts it, looking at what the sentence is about. */
struct word {
    const char *name;
    void (*put)(struct line *l, const void *about);
};

void line_begin(struct line *l, char *text, size_t size);
void line_put(struct line *l, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A name that is not in `words` is put as it stands, braces and all. */
void line_fill(struct line *l, const char *sentence, const struct word *words, size_t count,
               const void *about);

#endif
