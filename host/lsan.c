/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Leaks of libraries, a few bytes each and once only, that the leak sanitizer shall not take for ours. */
#define EXPORTED __attribute__((visibility("default")))

const char *__lsan_default_suppressions(void);
const char *__lsan_default_options(void);

EXPORTED const char *__lsan_default_suppressions(void)
{
    return "leak:libunicorn.so\n"
           "leak:libfontconfig.so\n";
}

/* stderr is for the user's errors. */
EXPORTED const char *__lsan_default_options(void)
{
    return "print_suppressions=0";
}
