/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/copies.h"

#include "vboard/chip/chip.h"

#include <string.h>

/* The longest instruction: it may lie behind the address by this. */
#define LONGEST 4u

void check_keep_code(struct chip *chip, struct check_store *store)
{
    const struct mem_region *r = NULL;
    if (store->pc - IMAGE_FLASH_BASE >= IMAGE_FLASH_SIZE) {
        r = chip_region(chip, store->pc, chip->access.master);
    }
    if (r == NULL) {
        return;
    }
    uint32_t at = store->pc - r->base;
    uint32_t before = at < CHECK_CODE - LONGEST ? at : CHECK_CODE - LONGEST;
    if (r->size - at < LONGEST) {
        return;
    }
    store->code_length = (uint8_t)(before + LONGEST);
    memcpy(store->code, r->host + (at - before), store->code_length);
}

/* The image's bytes [address, address + length), within one segment; NULL: there are none. */
static const uint8_t *bytes_at(const struct image *image, uint32_t address, uint32_t length)
{
    for (size_t i = 0; i < image_segment_count(image); i++) {
        const struct image_segment *s = image_segment(image, i);
        uint32_t at = address - s->address;
        if (at < s->length && s->length - at >= length) {
            return s->bytes + at;
        }
    }
    return NULL;
}

bool check_is_copy(const struct image *image, const struct check_store *store,
                   const struct flow_site *site)
{
    uint32_t end = site->pc + LONGEST;
    uint32_t length = end - site->function;
    length = length > CHECK_CODE ? CHECK_CODE : length;
    if (store->code_length < length) {
        return false;
    }
    const uint8_t *original = bytes_at(image, end - length, length);
    return original != NULL &&
           memcmp(original, store->code + (store->code_length - length), length) == 0;
}
