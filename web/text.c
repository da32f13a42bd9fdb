/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "web/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_SIZE 1024u

/* Room for `more` bytes and the NUL. */
static bool make_room(struct web_text *text, size_t more)
{
    size_t size = text->size == 0 ? FIRST_SIZE : text->size;
    while (size - text->used <= more) {
        size *= 2;
    }
    if (size > text->size) {
        char *bytes = realloc(text->bytes, size);
        if (bytes == NULL) {
            return false;
        }
        text->bytes = bytes;
        text->size = size;
    }
    return true;
}

void web_text_put(struct web_text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length >= 0 && make_room(text, (size_t)length)) {
        va_start(arguments, format);
        vsnprintf(text->bytes + text->used, text->size - text->used, format, arguments);
        va_end(arguments);
        text->used += (size_t)length;
    }
}

#define ESCAPED_MAX 6u /* \u0000 */

/* Bytes of the UTF-8 sequence there; 0: none. Overlong ones pass: whoever reads the text decodes it again. */
static size_t utf8_length(const unsigned char *bytes, size_t left)
{
    const unsigned char c = bytes[0];
    const size_t length = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
    if (c < 0xC2 || c > 0xF4 || length > left) {
        return 0;
    }
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return length;
}

/* A byte that is no UTF-8 sequence of several. */
static size_t escape(char *to, unsigned char c)
{
    if (c == '"' || c == '\\') {
        to[0] = '\\';
        to[1] = (char)c;
        return 2;
    }
    if (c < ' ' || c >= 0x7F) {
        return (size_t)sprintf(to, "\\u%04x", c < 0x80 ? c : 0xFFFDu);
    }
    to[0] = (char)c;
    return 1;
}

void web_text_put_quoted(struct web_text *text, const char *bytes, size_t length)
{
    if (!make_room(text, length * ESCAPED_MAX + 2)) {
        return;
    }
    char *to = text->bytes + text->used;
    *to++ = '"';
    for (size_t i = 0; i < length;) {
        const size_t many = utf8_length((const unsigned char *)bytes + i, length - i);
        if (many > 0) {
            memcpy(to, bytes + i, many);
            to += many;
        } else {
            to += escape(to, (unsigned char)bytes[i]);
        }
        i += many > 0 ? many : 1;
    }
    *to++ = '"';
    *to = '\0';
    text->used = (size_t)(to - text->bytes);
}

void web_text_clear(struct web_text *text)
{
    text->used = 0;
    if (text->bytes != NULL) {
        text->bytes[0] = '\0';
    }
}

void web_text_free(struct web_text *text)
{
    free(text->bytes);
    *text = (struct web_text){NULL, 0, 0};
}

bool web_list_begin(struct web_list *list, unsigned max)
{
    if (list->count == max) {
        list->dropped++;
        return false;
    }
    if (list->count++ > 0) {
        web_text_put(&list->text, ",");
    }
    return true;
}

void web_list_move(struct web_list *list, struct web_text *to, const char *name)
{
    web_text_put(to, ",\"%s\":[%s]", name, list->count == 0 ? "" : list->text.bytes);
    if (list->dropped > 0) {
        web_text_put(to, ",\"%s_dropped\":%u", name, list->dropped);
    }
    web_text_clear(&list->text);
    list->count = 0;
    list->dropped = 0;
}
