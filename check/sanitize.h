/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What no board tells of a program that works by chance: RAM read before anybody wrote it, a stack that has
 * left its place, an interrupt that never ends, registers that both cores change at once, code that waits for its own
 * flash. Each is a note (docs/check.md). It looks on through chip_probe and changes nothing.
 */
#ifndef CHECK_SANITIZE_H
#define CHECK_SANITIZE_H

#include "check/odd.h"

struct board;
struct check_sanitizer;

struct check_sanitizer *check_sanitizer_create(struct board *board,
                                               const struct check_config *config);
void check_sanitizer_destroy(struct check_sanitizer *s);

/* A start begins; `fresh`: from power-on, and RAM has not been looked at yet. */
void check_sanitizer_begin(struct check_sanitizer *s, bool fresh);
/* A register access of a core: before a write, after a read. */
void check_sanitizer_access(struct check_sanitizer *s, enum core core, uint32_t address, bool write,
                            uint32_t value);
/* What was found in the start. */
void check_sanitizer_end(struct check_sanitizer *s, struct check_odds *odds);

#endif
