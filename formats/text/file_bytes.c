/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/text/file_bytes.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A file's size is known, a pipe's is not. */
static size_t first_room(FILE *file, size_t size_max)
{
    struct stat about;
    bool is_file = fstat(fileno(file), &about) == 0 && S_ISREG(about.st_mode);
    if (!is_file || about.st_size < 0 || (uint64_t)about.st_size > size_max) {
        return 65536;
    }
    return (size_t)about.st_size + 2; /* the zero byte, and one more so that the end is seen */
}

/* Doubles the memory as the file comes, so that pipes work as well. */
static uint8_t *read_all(FILE *file, size_t size_max, size_t *length)
{
    size_t room = first_room(file, size_max);
    size_t used = 0;
    uint8_t *bytes = malloc(room);
    while (bytes != NULL) {
        used += fread(bytes + used, 1, room - 1 - used, file);
        if (used < room - 1) {
            bytes[used] = 0;
            *length = used;
            return bytes;
        }
        room *= 2;
        uint8_t *more = used > size_max ? NULL : realloc(bytes, room);
        if (more == NULL) {
            free(bytes);
            errno = EFBIG;
        }
        bytes = more;
    }
    return NULL;
}

uint8_t *file_bytes_read(const char *path, size_t size_max, size_t *length, char *error,
                         size_t error_size)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = NULL;
    bool failed = file == NULL;
    if (!failed) {
        errno = 0;
        bytes = read_all(file, size_max, length);
        failed = bytes == NULL || ferror(file) != 0;
    }
    if (failed) {
        snprintf(error, error_size, "%s: %s: give the name of a readable file", path,
                 strerror(errno));
        free(bytes);
        bytes = NULL;
    }
    if (file != NULL) {
        fclose(file);
    }
    return bytes;
}
