/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What the files that make up struct image share. Everybody else includes image.h. */
#ifndef FORMATS_IMAGE_INTERNAL_H
#define FORMATS_IMAGE_INTERNAL_H

#include "formats/image/image.h"

#include <elfutils/libdw.h>
#include <libelf.h>
#include <stdbool.h>

struct function {
    uint32_t address;
    uint32_t size;
    const char *name;
};

struct image {
    char *path;
    uint8_t *bytes; /* the file; of Intel HEX what it says */
    size_t length;
    Elf *elf;     /* NULL: not an ELF file */
    Dwarf *dwarf; /* NULL: no debug information */
    uint32_t entry;
    struct image_segment *segments;
    size_t segment_count;
    struct function *functions; /* by address */
    size_t function_count;
};

/* May an image have bytes there: in the chip's flash, or where a board may have some? */
bool image_may_lie(uint32_t address, size_t length);
/* Was it built for a core that an M7 or M4 can stand in for? False with a line in `error`. */
bool image_check_cpu(const struct image *image, char *error, size_t error_size);

#endif
