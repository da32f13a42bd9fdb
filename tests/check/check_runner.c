/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/check/check_runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static struct check_result result;

/* %NAME becomes the path of a built image. */
static void expand(const char *arguments, char *line, size_t size)
{
    size_t length = strlen(line);
    for (; *arguments != '\0' && length + sizeof CHECK_IMAGES + 2 < size; arguments++) {
        if (*arguments == '%') {
            length += (size_t)snprintf(line + length, size - length, "%s/", CHECK_IMAGES);
        } else {
            line[length++] = *arguments;
        }
    }
    line[length] = '\0';
}

const struct check_result *run_check(const char *arguments)
{
    char line[4096];
    const char *folder = getenv("CANDIAL_BINARY_DIR");
    snprintf(line, sizeof line, "%s/candial check ", folder == NULL ? "." : folder);
    expand(arguments, line, sizeof line - 6);
    strcat(line, " 2>&1");
    FILE *pipe = popen(line, "r");
    if (pipe == NULL) {
        fail_msg("%s: cannot be run", line);
    }
    size_t length = fread(result.text, 1, sizeof result.text - 1, pipe);
    result.text[length] = '\0';
    int status = pclose(pipe);
    result.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return &result;
}

/* Lines are wrapped: a text may go on in the next one. */
static int said(const char *text)
{
    static char flat[CHECK_SAID];
    size_t length = 0;
    for (const char *at = result.text; *at != '\0'; at++) {
        char c = *at == '\n' ? ' ' : *at;
        if (c != ' ' || length == 0 || flat[length - 1] != ' ') {
            flat[length++] = c;
        }
    }
    flat[length] = '\0';
    return strstr(flat, text) != NULL;
}

void expect(const char *arguments, int status, ...)
{
    va_list texts;
    run_check(arguments);
    if (result.status != status) {
        fail_msg("check %s: exit status %d, not %d:\n%s", arguments, result.status, status,
                 result.text);
    }
    va_start(texts, status);
    for (const char *text = va_arg(texts, const char *); text != NULL;
         text = va_arg(texts, const char *)) {
        if (!said(text)) {
            va_end(texts);
            fail_msg("check %s: did not say `%s':\n%s", arguments, text, result.text);
        }
    }
    va_end(texts);
}

void expect_not(const char *text)
{
    if (said(text)) {
        fail_msg("said `%s':\n%s", text, result.text);
    }
}
