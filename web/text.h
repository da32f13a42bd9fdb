/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A text that grows, and lists of JSON values that do not grow beyond a limit. */
#ifndef WEB_TEXT_H
#define WEB_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* All zero: empty. Without memory it stays as it is, and what does not fit is left out. */
struct web_text {
    char *bytes; /* NUL-terminated; NULL while empty */
    size_t used, size;
};

void web_text_put(struct web_text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* `length` bytes as a JSON string with its quotes; what is not UTF-8 becomes U+FFFD. */
void web_text_put_quoted(struct web_text *text, const char *bytes, size_t length);
void web_text_clear(struct web_text *text);
void web_text_free(struct web_text *text);

/* Values, comma-separated. */
struct web_list {
    struct web_text text;
    unsigned count, dropped;
};

/* The list takes another value: the caller puts it into list->text. False: it has `max` already. */
bool web_list_begin(struct web_list *list, unsigned max);
/* Puts `,"NAME":[...]`, and `,"NAME_dropped":N` where some were, and empties the list. */
void web_list_move(struct web_list *list, struct web_text *to, const char *name);

#endif
