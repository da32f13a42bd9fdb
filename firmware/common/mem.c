/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What gcc calls for structures, and the few string functions that are used: no C library is
 * linked. Compiled with -fno-tree-loop-distribute-patterns, or gcc would make each call itself.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Words where both ends are aligned, bytes for the rest. */
void *(memcpy)(void *restrict to, const void *restrict from, size_t size)
{
    uint8_t *t = to;
    const uint8_t *f = from;
    if ((((uintptr_t)t | (uintptr_t)f) & 3U) == 0) {
        for (; size >= 4; size -= 4) {
            *(uint32_t *)(void *)t = *(const uint32_t *)(const void *)f;
            t += 4;
            f += 4;
        }
    }
    for (; size > 0; size--) {
        *t++ = *f++;
    }
    return to;
}

void *memset(void *to, int value, size_t size)
{
    uint8_t *t = to;
    for (; size > 0 && ((uintptr_t)t & 3U) != 0; size--) {
        *t++ = (uint8_t)value;
    }
    const uint32_t word = (uint8_t)value * 0x01010101U;
    for (; size >= 4; size -= 4) {
        *(uint32_t *)(void *)t = word;
        t += 4;
    }
    for (; size > 0; size--) {
        *t++ = (uint8_t)value;
    }
    return to;
}

void *memmove(void *to, const void *from, size_t size)
{
    uint8_t *t = to;
    const uint8_t *f = from;
    if (t <= f) {
        for (size_t i = 0; i < size; i++) {
            t[i] = f[i];
        }
    } else {
        for (size_t i = size; i > 0; i--) {
            t[i - 1] = f[i - 1];
        }
    }
    return to;
}

int memcmp(const void *a, const void *b, size_t size)
{
    const uint8_t *x = a;
    const uint8_t *y = b;
    for (size_t i = 0; i < size; i++) {
        if (x[i] != y[i]) {
            return x[i] - y[i];
        }
    }
    return 0;
}

size_t strlen(const char *string)
{
    size_t len = 0;
    while (string[len] != '\0') {
        len++;
    }
    return len;
}

char *strcpy(char *restrict to, const char *restrict from)
{
    memcpy(to, from, strlen(from) + 1);
    return to;
}

int strcmp(const char *a, const char *b)
{
    while (*a != '\0' && *a == *b) {
        a++;
        b++;
    }
    return (uint8_t)*a - (uint8_t)*b;
}

char *strchr(const char *string, int c)
{
    while (*string != (char)c) {
        if (*string == '\0') {
            return NULL;
        }
        string++;
    }
    return (char *)(uintptr_t)string;
}

char *strrchr(const char *string, int c)
{
    char *last = NULL;
    do {
        if (*string == (char)c) {
            last = (char *)(uintptr_t)string;
        }
    } while (*string++ != '\0');
    return last;
}
