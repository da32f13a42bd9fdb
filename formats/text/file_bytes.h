/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A whole file in memory. */
#ifndef FORMATS_TEXT_FILE_BYTES_H
#define FORMATS_TEXT_FILE_BYTES_H

#include <stddef.h>
#include <stdint.h>

/*
 * Reads a file of at most `size_max` bytes. Returns memory to free() and its length (a zero byte follows
 * that is not counted), or NULL with one line "FILE: what: remedy" in `error`.
 */
uint8_t *file_bytes_read(const char *path, size_t size_max, size_t *length, char *error,
                         size_t error_size);

#endif
