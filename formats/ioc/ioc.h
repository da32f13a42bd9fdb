/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * CubeMX's project file, PROJECT.ioc: lines KEY=VALUE, with `\` before blanks, colons and equals signs that
 * belong to them. CubeMX writes what differs from its defaults, and the clocks it has reckoned.
 *
 *     struct ioc *ioc = ioc_open("project.ioc", error, sizeof error);
 *     const char *supply = ioc_get(ioc, "RCC.SupplySource", &line);
 *     ioc_free(ioc);
 */
#ifndef FORMATS_IOC_IOC_H
#define FORMATS_IOC_IOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ioc;

/* NULL with a line in `error`: it cannot be read, or is none of CubeMX's. */
struct ioc *ioc_open(const char *path, char *error, size_t size);
void ioc_free(struct ioc *ioc);
const char *ioc_path(const struct ioc *ioc);

/* The value, without its backslashes, and its line (`line` may be NULL); NULL: the file does not say. */
const char *ioc_get(const struct ioc *ioc, const char *key, unsigned *line);

/* A whole number, also as users enter it: "240-1", "0x10". False: the file does not say, or no such number. */
bool ioc_number(const struct ioc *ioc, const char *key, uint64_t *value, unsigned *line);

/* All entries, in their order: false behind the last one. */
struct ioc_entry {
    const char *key, *value;
    unsigned line;
};
bool ioc_entry(const struct ioc *ioc, size_t index, struct ioc_entry *entry);

#endif
