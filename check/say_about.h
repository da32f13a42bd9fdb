/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What the sentences of say.c and say_odd.c are about. */
#ifndef CHECK_SAY_ABOUT_H
#define CHECK_SAY_ABOUT_H

#include "check/say.h"
#include "vboard/kernel/words.h"

struct check_about {
    const struct check_report *report;
    const struct check_item *item;
};

/* What stands for the names in sentences about what a start ends with, and about RAM. */
extern const struct word check_odd_words[];
extern const size_t check_odd_word_count;

static inline const struct check_item *item_of(const void *about)
{
    return ((const struct check_about *)about)->item;
}

static inline const struct check_config *config_of(const void *about)
{
    return ((const struct check_about *)about)->report->config;
}

#endif
