/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_WORDS_H
#define CORE_WORDS_H

#include <stdbool.h>
#include <stdint.h>

/* A command line's words, and numbers in them. */
#define WORDS_MAX 20 /* set KEY and sixteen points fit */

/*
 * Ends each word of `line` by NUL, in place. Their number, or -1 if there are more than WORDS_MAX.
 */
int words_split(char *line, char *word[WORDS_MAX]) __attribute__((warn_unused_result));

/*
 * A decimal number at the start of `text`, in thousandths: "-12.5" is -12500. *end is what follows
 * it. False: none, more than three decimals, or beyond the type.
 */
bool words_milli(const char *text, int32_t *milli, const char **end)
    __attribute__((warn_unused_result));

/* Exactly `digits` (1 to 8) hexadecimal digits. */
bool words_hex(const char *text, unsigned digits, uint32_t *value)
    __attribute__((warn_unused_result));

#endif
