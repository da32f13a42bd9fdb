/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Code that ran in RAM: copied, unpacked or received. What of it did not run is read there, too; pages are kept as they
 * were at the end of a start.
 */
#ifndef CHECK_RAM_CODE_H
#define CHECK_RAM_CODE_H

#include "check/seen.h"

/* The pages themselves, or new ones: free() them. */
struct check_pages *check_pages_of(struct check_pages *pages);
/* A page in which `core` begins a block of code; flash is no matter of this. */
void check_note_page(struct check_pages *pages, enum core core, uint32_t address);
/* Keeps what they hold. */
void check_keep_pages(struct check_pages *pages, struct chip *chip);

#endif
