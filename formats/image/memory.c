/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Images that no file holds. */
#include "formats/image/internal.h"

#include <stdlib.h>
#include <string.h>

struct image *image_from_bytes(const char *name, uint32_t address, const uint8_t *bytes,
                               size_t length)
{
    const uint32_t at = address - IMAGE_FLASH_BASE;
    if (length == 0 || at >= IMAGE_FLASH_SIZE || length > IMAGE_FLASH_SIZE - at) {
        return NULL;
    }
    struct image *image = calloc(1, sizeof *image);
    if (image == NULL) {
        return NULL;
    }
    image->path = strdup(name);
    image->bytes = malloc(length);
    image->segments = calloc(1, sizeof *image->segments);
    if (image->path == NULL || image->bytes == NULL || image->segments == NULL) {
        image_free(image);
        return NULL;
    }
    memcpy(image->bytes, bytes, length);
    image->length = length;
    image->segment_count = 1;
    image->segments[0] = (struct image_segment){address, (uint32_t)length, image->bytes, address};
    return image;
}
