/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What the STM32H755 keeps without power, as a file: 2 MiB of flash, the ECC state of each of its words,
 * the option bytes. docs/SPEC.md, "Flash file", fixes every byte.
 */
#ifndef FORMATS_FLASH_FILE_FLASH_FILE_H
#define FORMATS_FLASH_FILE_FLASH_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FLASH_FILE_BYTES 0x200000u
#define FLASH_FILE_WORD 32u
#define FLASH_FILE_WORDS (FLASH_FILE_BYTES / FLASH_FILE_WORD)
#define FLASH_FILE_OPTIONS 9u
#define FLASH_FILE_HEAD 64u
/* Head, contents, ECC states (four words a byte), CRC. */
#define FLASH_FILE_SIZE (FLASH_FILE_HEAD + FLASH_FILE_BYTES + FLASH_FILE_WORDS / 4 + 4)

struct flash_file {
    /* OPTSR, BOOT7, BOOT4, PRAR of bank 1 and 2, SCAR, WPSN (RM0399 4.9) */
    uint32_t options[FLASH_FILE_OPTIONS];
    uint8_t bytes[FLASH_FILE_BYTES];
    uint8_t ecc[FLASH_FILE_WORDS]; /* 0 good, 1 single error, 2 double error, 3 weak */
};

/* False with one line "FILE: what: remedy" in `error`. A file that is not there is no good file. */
bool flash_file_load(const char *path, struct flash_file *file, char *error, size_t error_size)
    __attribute__((warn_unused_result));

/* Writes beside `path` and renames: there is always a whole old or a whole new file. */
bool flash_file_save(const char *path, const struct flash_file *file, char *error,
                     size_t error_size) __attribute__((warn_unused_result));

#endif
