/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/image/pair.h"

#include <stdio.h>

bool image_holds(const struct image *image, uint32_t address)
{
    for (size_t i = 0; image != NULL && i < image_segment_count(image); i++) {
        const struct image_segment *segment = image_segment(image, i);
        if (segment->address <= address && address - segment->address < segment->length) {
            return true;
        }
    }
    return false;
}

/* Both in one flash. */
static bool fit_together(const struct image_pair *pair, char *error, size_t size)
{
    if (pair->cm7 == NULL || pair->cm4 == NULL) {
        return true;
    }
    for (size_t i = 0; i < image_segment_count(pair->cm7); i++) {
        const struct image_segment *a = image_segment(pair->cm7, i);
        for (size_t k = 0; k < image_segment_count(pair->cm4); k++) {
            const struct image_segment *b = image_segment(pair->cm4, k);
            if (a->address < b->address + b->length && b->address < a->address + a->length) {
                snprintf(error, size,
                         "%s and %s overlap at 0x%08X: link the CM4's image to 0x08100000",
                         image_path(pair->cm7), image_path(pair->cm4),
                         (unsigned)(a->address > b->address ? a->address : b->address));
                return false;
            }
        }
    }
    return true;
}

static void put_in_order(struct image_pair *pair)
{
    pair->swapped = !image_holds(pair->cm7, IMAGE_CM7_BOOT_ADDRESS) &&
                    image_holds(pair->cm4, IMAGE_CM7_BOOT_ADDRESS);
    if (pair->swapped) {
        struct image *cm7 = pair->cm4;
        pair->cm4 = pair->cm7;
        pair->cm7 = cm7;
    }
}

bool image_pair_open(struct image_pair *pair, const char *cm7, const char *cm4, bool keep_order,
                     char *error, size_t error_size)
{
    *pair = (struct image_pair){.cm7 = NULL};
    if (cm7 != NULL && (pair->cm7 = image_open(cm7, error, error_size)) == NULL) {
        return false;
    }
    if (cm4 != NULL && (pair->cm4 = image_open(cm4, error, error_size)) == NULL) {
        return false;
    }
    if (!keep_order && pair->cm7 != NULL && pair->cm4 != NULL) {
        put_in_order(pair);
    }
    return fit_together(pair, error, error_size);
}

void image_pair_close(struct image_pair *pair)
{
    image_free(pair->cm7);
    image_free(pair->cm4);
    *pair = (struct image_pair){.cm7 = NULL};
}
