/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "bench/own.h"

#include <ctype.h>
#include <string.h>

bool bench_own_bytes(const uint8_t *bytes, size_t length)
{
    static const char banner[] = "candial ";
    const size_t before = sizeof banner - 1;
    for (size_t at = 0; at + before < length; at++) {
        if (memcmp(bytes + at, banner, before) == 0 && isdigit(bytes[at + before])) {
            return true;
        }
    }
    return false;
}

bool bench_own_image(const struct image *image)
{
    for (size_t i = 0; i < image_segment_count(image); i++) {
        const struct image_segment *segment = image_segment(image, i);
        if (bench_own_bytes(segment->bytes, segment->length)) {
            return true;
        }
    }
    return false;
}
