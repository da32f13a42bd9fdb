/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/lexicon.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 512u
#define IDS_MAX 256u
#define STANDARD_MAX 0x7FFu
#define EXTENDED_MAX 0x1FFFFFFFu
/* Memories and their windows (RM0399 Table 6): 0x00000000, 0x08000000, 0x10000000. */
#define MEMORY_SPAN 0x00200000u

/* ---- words ---- */

static bool is_word(const uint8_t *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] <= ' ' || text[i] > '~' || text[i] == '%') {
            return false;
        }
    }
    return length > 0 && length <= CHECK_WORD_MAX;
}

static void add_word(struct check_lexicon *l, const uint8_t *text, size_t length)
{
    char word[CHECK_WORD_MAX + 1] = {0};
    memcpy(word, text, length);
    for (size_t i = 0; i < l->word_count; i++) {
        if (strcmp(l->words[i], word) == 0) {
            return;
        }
    }
    if (l->word_count < WORDS_MAX) {
        memcpy(l->words[l->word_count++], word, sizeof word);
    }
}

/* Between two zeros, as compilers lay out strings. */
static void read_words(struct check_lexicon *l, const struct image_segment *s)
{
    size_t begin = 0;
    for (size_t i = 0; i < s->length; i++) {
        if (s->bytes[i] != 0) {
            continue;
        }
        if (i > begin && is_word(s->bytes + begin, i - begin)) {
            add_word(l, s->bytes + begin, i - begin);
        }
        begin = i + 1;
    }
}

/* ---- identifiers ---- */

static bool may_be_id(uint32_t value)
{
    bool memory = value < MEMORY_SPAN || value - 0x08000000u < MEMORY_SPAN ||
                  value - 0x10000000u < MEMORY_SPAN;
    return value > STANDARD_MAX && value <= EXTENDED_MAX && !memory;
}

static void add_id(struct check_lexicon *l, uint32_t id)
{
    for (size_t i = 0; i < l->id_count; i++) {
        if (l->ids[i] == id) {
            return;
        }
    }
    if (l->id_count < IDS_MAX) {
        l->ids[l->id_count++] = id;
    }
}

static uint32_t half_at(const struct image_segment *s, size_t at)
{
    return s->bytes[at] | (uint32_t)s->bytes[at + 1] << 8;
}

/* MOVW and MOVT of one register, one behind the other (A7.7.76 T3, A7.7.79 T1); 0: not there. */
static uint32_t pair_at(const struct image_segment *s, size_t at)
{
    uint32_t value[2];
    static const uint32_t first[2] = {0xF240u, 0xF2C0u};
    for (unsigned i = 0; i < 2; i++) {
        uint32_t a = half_at(s, at + 4 * i);
        uint32_t b = half_at(s, at + 4 * i + 2);
        if ((a & 0xFBF0u) != first[i] || (b & 0x8000u) != 0 ||
            (b >> 8 & 15u) != (half_at(s, at + 2) >> 8 & 15u)) {
            return 0;
        }
        value[i] = (a & 15u) << 12 | (a >> 10 & 1u) << 11 | (b >> 12 & 7u) << 8 | (b & 0xFFu);
    }
    return value[0] | value[1] << 16;
}

static void read_ids(struct check_lexicon *l, const struct image_segment *s)
{
    for (size_t at = 0; at + 8 <= s->length; at += 2) {
        uint32_t word = half_at(s, at) | half_at(s, at + 2) << 16;
        uint32_t pair = pair_at(s, at);
        if (at % 4 == 0 && may_be_id(word)) {
            add_id(l, word);
        }
        if (may_be_id(pair)) {
            add_id(l, pair);
        }
    }
}

static void read_image(struct check_lexicon *l, const struct image *image)
{
    for (size_t i = 0; image != NULL && i < image_segment_count(image); i++) {
        read_words(l, image_segment(image, i));
        read_ids(l, image_segment(image, i));
    }
}

void check_lexicon_read(struct check_lexicon *l, const struct image *a, const struct image *b)
{
    *l = (struct check_lexicon){.words = calloc(WORDS_MAX, sizeof *l->words),
                                .ids = calloc(IDS_MAX, sizeof *l->ids)};
    if (l->words == NULL || l->ids == NULL) {
        abort();
    }
    read_image(l, a);
    read_image(l, b);
}

void check_lexicon_free(struct check_lexicon *l)
{
    free(l->words);
    free(l->ids);
}
