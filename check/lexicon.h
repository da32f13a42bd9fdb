/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Words that an image holds: what it may compare its input with. */
#ifndef CHECK_LEXICON_H
#define CHECK_LEXICON_H

#include "formats/image/image.h"

#include <stddef.h>
#include <stdint.h>

/* A command is no longer; longer texts are messages. */
#define CHECK_WORD_MAX 16u

struct check_lexicon {
    char (*words)[CHECK_WORD_MAX + 1]; /* in the order of their addresses, each once */
    size_t word_count;
    uint32_t *ids; /* constants that may be CAN identifiers of 29 bits, each once */
    size_t id_count;
};

/* Both may be NULL. */
void check_lexicon_read(struct check_lexicon *lexicon, const struct image *a,
                        const struct image *b);
void check_lexicon_free(struct check_lexicon *lexicon);

#endif
