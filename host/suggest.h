/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Did you mean ...? For words that are not known: commands, options, names. */
#ifndef HOST_SUGGEST_H
#define HOST_SUGGEST_H

#include <stddef.h>

/* The longest word that is compared. */
#define SUGGEST_MAX 40u

/*
 * Letters to insert, delete, exchange or swap with their neighbour to make `b` of `a` (optimal string
 * alignment); words longer than SUGGEST_MAX are as far apart as can be, SUGGEST_MAX.
 */
unsigned suggest_distance(const char *a, const char *b);

/* Is `known` near enough to `word` to be meant: one letter off, or one in three? */
int suggest_is_near(const char *word, const char *known);

/*
 * The option in a command's help text that is nearest to `word` ("--pofile"), "--profile" into `option`;
 * 0 if none is near. `texts` ends with NULL.
 */
int suggest_option(const char *word, const char *const *texts, char *option, size_t size);

#endif
