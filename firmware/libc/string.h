/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CANDIAL_LIBC_STRING_H
#define CANDIAL_LIBC_STRING_H

/*
 * The part of C's <string.h> (C11 7.24) that the firmware has: common/mem.c defines it. A bare-metal
 * gcc brings the headers of a freestanding C only, and this is not one of them.
 */
#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memset(void *to, int value, size_t size);
void *memmove(void *to, const void *from, size_t size);
int memcmp(const void *a, const void *b, size_t size);
size_t strlen(const char *string);
char *strcpy(char *restrict to, const char *restrict from);
int strcmp(const char *a, const char *b);
char *strchr(const char *string, int c);
char *strrchr(const char *string, int c);

/* -ffreestanding takes from gcc that these are C's: so copies of a known size become a few loads and stores again. */
#define memcpy(to, from, size) __builtin_memcpy(to, from, size)

#endif
