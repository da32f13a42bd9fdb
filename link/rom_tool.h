/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Runs a program of the PC (stm32flash) until it ends, while the virtual board runs on. */
#ifndef LINK_ROM_TOOL_H
#define LINK_ROM_TOOL_H

#include "formats/image/image.h"

#include <stdbool.h>
#include <stddef.h>

/* Is `program` in PATH? */
bool rom_tool_is_there(const char *program);

/*
 * Starts arguments[0] and calls `meanwhile` until it ends. Its exit status, 127 if it cannot be started; the
 * last line it wrote (stdout or stderr) in `last`.
 */
int rom_tool_run(char *const *arguments, void (*meanwhile)(void *context), void *context,
                 char *last, size_t size);

/* A file with the image's bytes from its first address on, gaps as 0xFF, as raw flash tools want it.
 * `path` is a mkstemp template and becomes its name; false if it cannot be written. */
bool rom_tool_write_bin(const struct image *image, char *path) __attribute__((warn_unused_result));

/* First address and bytes of an image as one piece; free() it. NULL: out of memory. */
unsigned char *rom_tool_flatten(const struct image *image, unsigned *address, size_t *length);

#endif
