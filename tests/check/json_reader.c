/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/check/json_reader.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Each reader steps *at over one piece; false: it is none, and *at is where. */
static bool value(const char **at);

static void blanks(const char **at)
{
    *at += strspn(*at, " \t\r\n");
}

static bool string(const char **at)
{
    if (**at != '"') {
        return false;
    }
    for ((*at)++; **at != '"'; (*at)++) {
        if ((unsigned char)**at < 0x20) {
            return false;
        }
        if (**at == '\\') {
            (*at)++;
            if (strchr("\"\\/bfnrtu", **at) == NULL || **at == '\0') {
                return false;
            }
        }
    }
    (*at)++;
    return true;
}

static bool scalar(const char **at)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < 3; i++) {
        size_t length = strlen(words[i]);
        if (strncmp(*at, words[i], length) == 0) {
            *at += length;
            return true;
        }
    }
    char *end;
    bool begins = isdigit((unsigned char)**at) || **at == '-';
    strtod(*at, &end);
    bool number = begins && end != *at;
    *at = end;
    return number;
}

/* Steps over a key and its colon in an object. */
static bool key(const char **at, bool object)
{
    if (!object) {
        return true;
    }
    if (!string(at)) {
        return false;
    }
    blanks(at);
    if (**at != ':') {
        return false;
    }
    (*at)++;
    blanks(at);
    return true;
}

static bool list(const char **at)
{
    const bool object = **at == '{';
    const char close = object ? '}' : ']';
    (*at)++;
    blanks(at);
    while (**at != close) {
        if (!key(at, object) || !value(at)) {
            return false;
        }
        blanks(at);
        if (**at == ',') {
            (*at)++;
            blanks(at);
            if (**at == close) {
                return false;
            }
        } else if (**at != close) {
            return false;
        }
    }
    (*at)++;
    return true;
}

static bool value(const char **at)
{
    blanks(at);
    if (**at == '{' || **at == '[') {
        return list(at);
    }
    return **at == '"' ? string(at) : scalar(at);
}

const char *json_fault(const char *text)
{
    const char *at = text;
    bool good = value(&at);
    blanks(&at);
    return good && *at == '\0' ? NULL : at;
}

/* The element `name` of a list: a key, or an index; NULL: none. Counts them in *count if that is all. */
static const char *element(const char *at, const char *name, size_t length, int *count)
{
    const bool object = *at == '{';
    if (*at != '{' && *at != '[') {
        return NULL;
    }
    int index = 0;
    at++;
    blanks(&at);
    while (*at != '}' && *at != ']') {
        const char *begin = at;
        if (!key(&at, object)) {
            return NULL;
        }
        bool found = object ? strncmp(begin + 1, name, length) == 0 && begin[length + 1] == '"'
                            : atoi(name) == index;
        if (length > 0 && found) {
            return at;
        }
        if (!value(&at)) {
            return NULL;
        }
        blanks(&at);
        at += *at == ',' ? 1 : 0;
        blanks(&at);
        index++;
    }
    *count = index;
    return NULL;
}

const char *json_at(const char *text, const char *path)
{
    int count;
    blanks(&text);
    while (text != NULL && *path != '\0') {
        size_t length = strcspn(path, "/");
        text = element(text, path, length, &count);
        path += length + (path[length] == '/' ? 1 : 0);
    }
    return text;
}

const char *json_get(const char *text, const char *path, char *out, size_t size)
{
    const char *begin = json_at(text, path);
    const char *end = begin;
    out[0] = '\0';
    if (begin != NULL && value(&end)) {
        bool quoted = *begin == '"';
        int length = (int)(end - begin) - (quoted ? 2 : 0);
        snprintf(out, size, "%.*s", length, begin + (quoted ? 1 : 0));
    }
    return out;
}

int json_count(const char *text, const char *path)
{
    int count = -1;
    const char *at = json_at(text, path);
    if (at != NULL) {
        element(at, "", 0, &count);
    }
    return count;
}
