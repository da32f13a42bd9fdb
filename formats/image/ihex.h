/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Intel HEX with 32-bit addresses (record types 00, 01, 04; 05 and 03 name an entry and are ignored). */
#ifndef FORMATS_IMAGE_IHEX_H
#define FORMATS_IMAGE_IHEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Writes `length` bytes for `address`. False if writing failed. */
bool ihex_write(FILE *file, uint32_t address, const uint8_t *bytes, size_t length)
    __attribute__((warn_unused_result));

/* Writes the end record. False if writing failed. */
bool ihex_write_end(FILE *file) __attribute__((warn_unused_result));

/* Given each run of bytes in file order; returns false to stop. */
typedef bool ihex_take(void *context, uint32_t address, const uint8_t *bytes, size_t length);

/*
 * Reads a file to its end record. False with one line "FILE:LINE: what: remedy" in `error` on a damaged
 * line, a wrong checksum, or a missing end record.
 */
bool ihex_read(const char *path, ihex_take *take, void *context, char *error, size_t error_size)
    __attribute__((warn_unused_result));

#endif
