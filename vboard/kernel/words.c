/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/kernel/words.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void line_begin(struct line *l, char *text, size_t size)
{
    *l = (struct line){.text = text, .size = size};
    text[0] = '\0';
}

void line_put(struct line *l, const char *format, ...)
{
    const size_t room = l->size - l->length;
    va_list args;
    va_start(args, format);
    int n = vsnprintf(l->text + l->length, room, format, args);
    va_end(args);
    l->length += n < 0 ? 0 : (size_t)n < room ? (size_t)n : room - 1;
}

static void put_named(struct line *l, const char *name, size_t length, const struct word *words,
                      size_t count, const void *about)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(words[i].name) == length && strncmp(words[i].name, name, length) == 0) {
            words[i].put(l, about);
            return;
        }
    }
    line_put(l, "{%.*s}", (int)length, name);
}

void line_fill(struct line *l, const char *sentence, const struct word *words, size_t count,
               const void *about)
{
    for (const char *at = sentence; *at != '\0';) {
        if (*at == '{') {
            size_t length = strcspn(at + 1, "}");
            put_named(l, at + 1, length, words, count, about);
            at += 1 + length + (at[1 + length] == '}');
        } else {
            size_t length = strcspn(at, "{");
            line_put(l, "%.*s", (int)length, at);
            at += length;
        }
    }
}
