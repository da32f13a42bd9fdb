/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Which instructions a core has executed, and that as source lines in lcov's format (geninfo(1)). */
#ifndef DEBUG_COVERAGE_H
#define DEBUG_COVERAGE_H

#include "formats/image/image.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* A set of addresses. */
struct coverage {
    uint32_t *slots; /* address + 1 */
    size_t count, room;
};

void coverage_add(struct coverage *c, uint32_t address);
bool coverage_has(const struct coverage *c, uint32_t address);
void coverage_free(struct coverage *c);

/* All lines of the image that have code; false: it has no debug information. */
bool coverage_write(const struct coverage *c, struct image *image, FILE *out);

#endif
