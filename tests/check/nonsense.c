/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Takes the place of the two files that hold all words: they are compiled here under other names, and
 * what goes by the true ones asks the switch first. The linker then leaves the library's copies out.
 */
#define finding_words true_finding_words
#include "vboard/kernel/finding_codes.c"
#undef finding_words

#define check_headline true_check_headline
#define check_words true_check_words
#define check_remedy true_check_remedy
#define check_outcome_words true_check_outcome_words
#include "check/kinds.c"
#undef check_headline
#undef check_words
#undef check_remedy
#undef check_outcome_words

#include "tests/check/nonsense.h"

const char *finding_words(enum finding_code code);
const char *check_headline(enum check_kind kind);
const char *check_words(enum check_kind kind);
const char *check_remedy(enum check_kind kind);
const char *check_outcome_words(enum check_outcome outcome);

static bool nonsense;

void talk_nonsense(bool on)
{
    nonsense = on;
}

static const char *garble(const char *words)
{
    return nonsense && words != NULL ? "twas brillig, and {the} slithy toves" : words;
}

const char *finding_words(enum finding_code code)
{
    return garble(true_finding_words(code));
}

const char *check_headline(enum check_kind kind)
{
    return garble(true_check_headline(kind));
}

const char *check_words(enum check_kind kind)
{
    return garble(true_check_words(kind));
}

const char *check_remedy(enum check_kind kind)
{
    return garble(true_check_remedy(kind));
}

const char *check_outcome_words(enum check_outcome outcome)
{
    return garble(true_check_outcome_words(outcome));
}
