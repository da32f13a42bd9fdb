/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The images of both cores, as a user names them: ELF, Intel HEX, or a raw binary as FILE@0x08000000. */
#ifndef FORMATS_IMAGE_PAIR_H
#define FORMATS_IMAGE_PAIR_H

#include "formats/image/image.h"

#include <stdbool.h>

/* Where each core's vectors lie, unless the option bytes say otherwise (RM0399 4.9.18: BOOT_CM7_ADD0). */
#define IMAGE_CM7_BOOT_ADDRESS 0x08000000u
#define IMAGE_CM4_BOOT_ADDRESS 0x08100000u

struct image_pair {
    struct image *cm7; /* may hold both cores' code */
    struct image *cm4; /* NULL: none given */
    bool swapped;      /* they were named the other way round */
};

/*
 * Opens both; either name may be NULL. Given the wrong way round they are swapped, so that each core finds
 * its own symbols, unless `keep_order`. False with one line in `error`, also if both want the same bytes;
 * close it even then.
 */
bool image_pair_open(struct image_pair *pair, const char *cm7, const char *cm4, bool keep_order,
                     char *error, size_t error_size) __attribute__((warn_unused_result));
void image_pair_close(struct image_pair *pair);

/* Does the image fill the byte at that address? NULL: no. */
bool image_holds(const struct image *image, uint32_t address);

#endif
