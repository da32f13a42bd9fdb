/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A firmware image: what an ELF file puts into the flash, and the names of its functions.
 *
 * image_load accepts only what the STM32H755 can run from flash: a 32-bit little-endian ARM executable
 * that is complete and whose loadable bytes all lie in 0x08000000..0x081FFFFF (RM0399, memory map: two
 * banks of 1 MiB), or where a board may have flash of its own: QUADSPI's 0x90000000..0x9FFFFFFF, NOR flash on the FMC at
 * 0x60000000..0x6FFFFFFF. What goes where is decided by physical addresses, as a flash tool does.
 */
#ifndef FORMATS_IMAGE_IMAGE_H
#define FORMATS_IMAGE_IMAGE_H

#include <stddef.h>
#include <stdint.h>

#define IMAGE_FLASH_BASE 0x08000000u
#define IMAGE_FLASH_SIZE 0x00200000u

/* Within the chip's own flash? What is not needs a board that has flash there. */
#define IMAGE_IS_INTERNAL(address) ((address)-IMAGE_FLASH_BASE < IMAGE_FLASH_SIZE)

struct image_segment {
    uint32_t address; /* physical: where in the flash */
    uint32_t length;  /* bytes, never 0 */
    const uint8_t *bytes;
    uint32_t run_address; /* virtual: where the program expects it; an ELF file's .data is in RAM */
};

struct image;

/*
 * Loads an ELF file. Returns NULL with one line (no newline) "FILE: what: remedy" in `error`.
 * Free with image_free.
 */
struct image *image_load(const char *path, char *error, size_t error_size);

/*
 * The same for any kind of file that holds what goes into the flash: ELF, Intel HEX, or a raw binary as
 * "FILE@0x08000000". The last two have no functions and no lines.
 */
struct image *image_open(const char *name, char *error, size_t error_size);

/*
 * One made of bytes for `address`, which are copied; it has neither functions nor lines. NULL if they do not
 * lie in the flash, or there is no memory.
 */
struct image *image_from_bytes(const char *name, uint32_t address, const uint8_t *bytes,
                               size_t length);

/* NULL is allowed. */
void image_free(struct image *image);

const char *image_path(const struct image *image);

/* The loadable segments in the file's order, owned by the image. */
size_t image_segment_count(const struct image *image);
const struct image_segment *image_segment(const struct image *image, size_t index);

/* The entry point as the ELF header names it (bit 0 set for Thumb). */
uint32_t image_entry(const struct image *image);

/*
 * The function that contains `address` (a run-time address; bit 0 is ignored), and in *offset the bytes
 * from its start. NULL if the symbol table knows none. The name belongs to the image.
 */
const char *image_function(const struct image *image, uint32_t address, uint32_t *offset);

/* Address of the function `name`, bit 0 clear; 0 if there is none. */
uint32_t image_symbol(const struct image *image, const char *name);
/* Address of the variable `name`; 0 if there is none. */
uint32_t image_object(const struct image *image, const char *name);

/* The variable that contains `address`, and in *offset the bytes from its start; NULL: none that is known. The
 * name belongs to the image. */
const char *image_variable(const struct image *image, uint32_t address, uint32_t *offset);

/* Where the image's variables end in the RAM that lies below `address`, within a megabyte: what a stack that
 * begins there must not reach. 0: none are known. Room that is kept for stack and heap does not count. */
uint32_t image_data_end(const struct image *image, uint32_t address);

/*
 * The source file (its last path part) and line of `address` from the debug information; NULL without it.
 * The name belongs to the image.
 */
const char *image_line(struct image *image, uint32_t address, int *line);

/* The same with the file's whole path, as the compiler wrote it down: mostly absolute. */
const char *image_line_path(struct image *image, uint32_t address, int *line);

#endif
