/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The raw image of an SD card as a file, for --sd FILE and --sd FILE,rw. */
#ifndef HOST_SD_FILE_H
#define HOST_SD_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sd_file;
struct sd_medium; /* vboard/chip/sd_slot.h */

/* As long as the process, as the arguments. NULL, and one line in `error`, if it is no card. */
const struct sd_file *sd_file_open(const char *spec, char *error, size_t error_size);
/* What boards read; any number of them at a time. NULL for NULL. */
const struct sd_medium *sd_file_medium(const struct sd_file *file);
/* What is written is kept: ",rw". */
bool sd_file_keeps(const struct sd_file *file);
/* Puts a block into it; behind its end it grows. False: it cannot be written. */
bool sd_file_write(const struct sd_file *file, uint32_t block, const uint8_t *bytes);
const char *sd_file_path(const struct sd_file *file);

#endif
