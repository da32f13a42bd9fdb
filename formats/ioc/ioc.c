/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/ioc/ioc.h"

#include "formats/text/file_bytes.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The largest seen have 3,000 lines, 200 kB. */
#define SIZE_MAX_BYTES (4u << 20)

struct ioc {
    char *path;
    char *text; /* keys and values lie in it, each ended by a zero */
    struct ioc_entry *entries;
    size_t count;
};

/* Drops the backslashes of a part. */
static void unescape(char *part)
{
    char *to = part;
    for (const char *from = part; *from != '\0'; from++) {
        from += *from == '\\' && from[1] != '\0' ? 1 : 0;
        *to++ = *from;
    }
    *to = '\0';
}

/* The first `=` without a backslash. */
static char *separator(char *line)
{
    for (; *line != '\0' && *line != '='; line++) {
        line += *line == '\\' && line[1] != '\0' ? 1 : 0;
    }
    return *line == '=' ? line : NULL;
}

static bool add(struct ioc *ioc, char *key, char *value, unsigned line)
{
    struct ioc_entry *list =
        realloc(ioc->entries, (ioc->count + 1) * sizeof *list); /* a few thousand at most */
    if (list == NULL) {
        return false;
    }
    unescape(key);
    unescape(value);
    ioc->entries = list;
    list[ioc->count++] = (struct ioc_entry){key, value, line};
    return true;
}

static bool split(struct ioc *ioc)
{
    unsigned number = 0;
    for (char *line = ioc->text; line != NULL && *line != '\0';) {
        char *end = strchr(line, '\n');
        number++;
        if (end != NULL) {
            *end++ = '\0';
        }
        line[strcspn(line, "\r")] = '\0';
        char *equals = line[0] == '#' ? NULL : separator(line);
        if (equals != NULL) {
            *equals = '\0';
            if (!add(ioc, line, equals + 1, number)) {
                return false;
            }
        }
        line = end;
    }
    return true;
}

struct ioc *ioc_open(const char *path, char *error, size_t size)
{
    size_t length;
    struct ioc *ioc = calloc(1, sizeof *ioc);
    char *text =
        ioc == NULL ? NULL : (char *)file_bytes_read(path, SIZE_MAX_BYTES, &length, error, size);
    if (text == NULL) {
        free(ioc);
        return NULL;
    }
    ioc->text = text;
    ioc->path = strdup(path);
    if (ioc->path == NULL || !split(ioc)) {
        snprintf(error, size, "%s: no memory left", path);
    } else if (ioc_get(ioc, "Mcu.Name", NULL) == NULL) {
        snprintf(error, size, "%s: not a project of CubeMX: it names no Mcu.Name", path);
    } else {
        return ioc;
    }
    ioc_free(ioc);
    return NULL;
}

void ioc_free(struct ioc *ioc)
{
    if (ioc != NULL) {
        free(ioc->path);
        free(ioc->text);
        free(ioc->entries);
        free(ioc);
    }
}

const char *ioc_path(const struct ioc *ioc)
{
    return ioc->path;
}

const char *ioc_get(const struct ioc *ioc, const char *key, unsigned *line)
{
    for (size_t i = ioc->count; i-- > 0;) { /* as in Java's properties, the last one counts */
        if (strcmp(ioc->entries[i].key, key) == 0) {
            if (line != NULL) {
                *line = ioc->entries[i].line;
            }
            return ioc->entries[i].value;
        }
    }
    return NULL;
}

/* Steps over blanks and a number. */
static bool number(const char **at, uint64_t *value)
{
    char *end;
    while (isspace((unsigned char)**at) || **at == '(') {
        (*at)++;
    }
    if (!isdigit((unsigned char)**at)) {
        return false;
    }
    *value = strtoull(*at, &end, 0);
    while (isspace((unsigned char)*end) || *end == ')') {
        end++;
    }
    *at = end;
    return true;
}

bool ioc_number(const struct ioc *ioc, const char *key, uint64_t *value, unsigned *line)
{
    const char *at = ioc_get(ioc, key, line);
    uint64_t sum;
    if (at == NULL || !number(&at, &sum)) {
        return false;
    }
    while (*at == '-' || *at == '+') {
        const bool minus = *at++ == '-';
        uint64_t term;
        if (!number(&at, &term) || (minus && term > sum)) {
            return false;
        }
        sum = minus ? sum - term : sum + term;
    }
    *value = sum;
    return *at == '\0';
}

bool ioc_entry(const struct ioc *ioc, size_t index, struct ioc_entry *entry)
{
    if (index < ioc->count) {
        *entry = ioc->entries[index];
    }
    return index < ioc->count;
}
