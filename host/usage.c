/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "host/usage.h"

#include <stdarg.h>
#include <stdio.h>

int usage_error(const char *format, ...)
{
    va_list arguments;
    fputs("candial: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    return EXIT_USAGE;
}
