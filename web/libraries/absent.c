/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What libdw calls and wasi-libc lacks. */
#include <error.h>
#include <stdlib.h>

char *realpath(const char *path, char *resolved);

/* There is no file an image in memory could have come from. */
char *realpath(const char *path, char *resolved)
{
    (void)path;
    (void)resolved;
    return NULL;
}

/* Only out of memory. */
void error(int status, int error_number, const char *format, ...)
{
    (void)status;
    (void)error_number;
    (void)format;
    abort();
}
