/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "host/usage.h"

#include "host/suggest.h"

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

int usage_unknown_option(const char *command, const char *word, const char *const *help)
{
    char near[SUGGEST_MAX + 1];
    if (suggest_option(word, help, near, sizeof near)) {
        return usage_error("unknown option `%s': did you mean %s? See `candial %s --help`", word,
                           near, command);
    }
    return usage_error("unknown option `%s': see `candial %s --help`", word, command);
}
