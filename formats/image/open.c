/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Images that are not ELF: Intel HEX, and raw binaries whose address the user names. */
#include "formats/image/internal.h"

#include "formats/text/file_bytes.h"
#include "formats/image/ihex.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXTERNAL_ROOM (128u << 20) /* a binary for a board's own flash */

/* All of the flash, and which of its bytes the file fills. */
struct hex {
    uint8_t bytes[IMAGE_FLASH_SIZE];
    bool filled[IMAGE_FLASH_SIZE];
    bool twice;
    uint32_t twice_at;
};

static bool take_hex(void *context, uint32_t address, const uint8_t *bytes, size_t length)
{
    struct hex *hex = context;
    uint32_t at = address - IMAGE_FLASH_BASE;
    if (at >= IMAGE_FLASH_SIZE || length > IMAGE_FLASH_SIZE - at) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (hex->filled[at + i] && !hex->twice) {
            hex->twice = true;
            hex->twice_at = address + (uint32_t)i;
        }
        hex->bytes[at + i] = bytes[i];
        hex->filled[at + i] = true;
    }
    return true;
}

static struct image *make_image(const char *path)
{
    struct image *image = calloc(1, sizeof *image);
    if (image != NULL) {
        image->path = strdup(path);
    }
    return image;
}

static size_t count_runs(const struct hex *hex)
{
    size_t runs = 0;
    for (uint32_t i = 0; i < IMAGE_FLASH_SIZE; i++) {
        runs += hex->filled[i] && (i == 0 || !hex->filled[i - 1]);
    }
    return runs;
}

/* One segment for each run of filled bytes; false: out of memory. */
static bool cut_segments(struct image *image, const struct hex *hex)
{
    image->bytes = malloc(IMAGE_FLASH_SIZE);
    image->segments = calloc(count_runs(hex) + 1, sizeof *image->segments);
    if (image->bytes == NULL || image->segments == NULL) {
        return false;
    }
    memcpy(image->bytes, hex->bytes, IMAGE_FLASH_SIZE);
    for (uint32_t i = 0; i < IMAGE_FLASH_SIZE; i++) {
        if (!hex->filled[i]) {
            continue;
        }
        if (i == 0 || !hex->filled[i - 1]) {
            image->segments[image->segment_count++] = (struct image_segment){
                IMAGE_FLASH_BASE + i, 0, image->bytes + i, IMAGE_FLASH_BASE + i};
        }
        image->segments[image->segment_count - 1].length++;
    }
    return true;
}

static struct image *open_hex(const char *path, char *error, size_t error_size)
{
    struct hex *hex = calloc(1, sizeof *hex);
    struct image *image = make_image(path);
    bool good = false;
    if (hex == NULL || image == NULL || image->path == NULL) {
        snprintf(error, error_size, "%s: out of memory", path);
    } else if (!ihex_read(path, take_hex, hex, error, error_size)) {
        good = false;
    } else if (hex->twice) {
        snprintf(error, error_size,
                 "%s: the byte at 0x%08X is given twice: merge images that do not overlap", path,
                 (unsigned)hex->twice_at);
    } else if (!cut_segments(image, hex)) {
        snprintf(error, error_size, "%s: out of memory", path);
    } else if (image->segment_count == 0) {
        snprintf(error, error_size, "%s: holds no bytes: build the file anew", path);
    } else {
        good = true;
    }
    free(hex);
    if (!good) {
        image_free(image);
        return NULL;
    }
    return image;
}

static struct image *open_bin(const char *path, uint32_t address, char *error, size_t error_size)
{
    struct image *image = make_image(path);
    if (image == NULL || image->path == NULL ||
        (image->segments = calloc(1, sizeof *image->segments)) == NULL) {
        snprintf(error, error_size, "%s: out of memory", path);
        image_free(image);
        return NULL;
    }
    const size_t room = IMAGE_IS_INTERNAL(address) ? IMAGE_FLASH_SIZE : EXTERNAL_ROOM;
    image->bytes = file_bytes_read(path, room, &image->length, error, error_size);
    if (image->bytes == NULL) {
        image_free(image);
        return NULL;
    }
    if (image->length == 0 || !image_may_lie(address, image->length)) {
        snprintf(error, error_size,
                 "%s: %zu bytes at 0x%08X are not within the flash 0x08000000-0x081FFFFF: correct "
                 "the address",
                 path, image->length, (unsigned)address);
        image_free(image);
        return NULL;
    }
    image->segment_count = 1;
    image->segments[0] =
        (struct image_segment){address, (uint32_t)image->length, image->bytes, address};
    return image;
}

/* "FILE@0x08000000": the address behind the last @, in hexadecimal. */
static const char *split_address(const char *name, uint32_t *address)
{
    const char *at = strrchr(name, '@');
    char *end;
    if (at == NULL || at[1] != '0' || (at[2] != 'x' && at[2] != 'X')) {
        return NULL;
    }
    errno = 0;
    unsigned long value = strtoul(at + 1, &end, 16);
    if (errno != 0 || *end != '\0' || end == at + 3 || value > UINT32_MAX) {
        return NULL;
    }
    *address = (uint32_t)value;
    return at;
}

enum kind { KIND_NONE, KIND_ELF, KIND_HEX, KIND_OTHER };

static enum kind kind_of(const char *path)
{
    unsigned char first[4] = {0};
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return KIND_NONE;
    }
    size_t length = fread(first, 1, sizeof first, file);
    fclose(file);
    if (length == sizeof first && memcmp(first, ELFMAG, SELFMAG) == 0) {
        return KIND_ELF;
    }
    return length > 0 && first[0] == ':' ? KIND_HEX : KIND_OTHER;
}

struct image *image_open(const char *name, char *error, size_t error_size)
{
    uint32_t address;
    enum kind kind = kind_of(name);
    const char *at = kind == KIND_NONE ? split_address(name, &address) : NULL;
    if (at != NULL) {
        char *path = strndup(name, (size_t)(at - name));
        struct image *image = path == NULL ? NULL : open_bin(path, address, error, error_size);
        free(path);
        return image;
    }
    if (kind == KIND_HEX) {
        return open_hex(name, error, error_size);
    }
    if (kind == KIND_OTHER) {
        snprintf(error, error_size,
                 "%s: neither ELF nor Intel HEX: for a raw binary give its address, %s@0x08000000",
                 name, name);
        return NULL;
    }
    return image_load(name, error, error_size);
}
