/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "link/rom_tool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define OUTPUT_MAX 65536u

bool rom_tool_is_there(const char *program)
{
    const char *path = getenv("PATH");
    while (path != NULL && path[0] != '\0') {
        char full[512];
        size_t length = strcspn(path, ":");
        snprintf(full, sizeof full, "%.*s/%s", (int)length, path, program);
        if (access(full, X_OK) == 0) {
            return true;
        }
        path += length + (path[length] == ':');
    }
    return false;
}

/* The last line of a file that says something; \r begins a line anew, as progress displays do. */
static void last_line(FILE *output, char *last, size_t size)
{
    static char text[OUTPUT_MAX];
    snprintf(last, size, "%s", "");
    rewind(output);
    text[fread(text, 1, sizeof text - 1, output)] = '\0';
    for (char *line = strtok(text, "\r\n"); line != NULL; line = strtok(NULL, "\r\n")) {
        if (line[strspn(line, " \t")] != '\0') {
            snprintf(last, size, "%s", line);
        }
    }
}

static pid_t start(char *const *arguments, int output)
{
    pid_t child = fork();
    if (child == 0) {
        dup2(output, STDOUT_FILENO);
        dup2(output, STDERR_FILENO);
        execvp(arguments[0], arguments);
        _exit(127);
    }
    return child;
}

int rom_tool_run(char *const *arguments, void (*meanwhile)(void *context), void *context,
                 char *last, size_t size)
{
    FILE *output = tmpfile();
    int status = 0;
    if (output == NULL) {
        return 127;
    }
    fflush(stdout); /* or the child would write it again */
    pid_t child = start(arguments, fileno(output));
    while (child > 0 && waitpid(child, &status, WNOHANG) == 0) {
        meanwhile(context);
    }
    last_line(output, last, size);
    fclose(output);
    return child > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 127;
}

unsigned char *rom_tool_flatten(const struct image *image, unsigned *address, size_t *length)
{
    uint32_t first = UINT32_MAX;
    uint32_t end = 0;
    for (size_t i = 0; i < image_segment_count(image); i++) {
        const struct image_segment *s = image_segment(image, i);
        if (!IMAGE_IS_INTERNAL(s->address)) {
            continue;
        }
        first = s->address < first ? s->address : first;
        end = s->address + s->length > end ? s->address + s->length : end;
    }
    unsigned char *bytes = end != 0 ? malloc(end - first) : NULL;
    if (bytes == NULL) {
        return NULL;
    }
    memset(bytes, 0xFF, end - first);
    for (size_t i = 0; i < image_segment_count(image); i++) {
        const struct image_segment *s = image_segment(image, i);
        if (IMAGE_IS_INTERNAL(s->address)) {
            memcpy(bytes + (s->address - first), s->bytes, s->length);
        }
    }
    *address = first;
    *length = end - first;
    return bytes;
}

bool rom_tool_write_bin(const struct image *image, char *path)
{
    unsigned address;
    size_t length;
    unsigned char *bytes = rom_tool_flatten(image, &address, &length);
    int fd = mkstemp(path);
    bool good = bytes != NULL && fd >= 0 && write(fd, bytes, length) == (ssize_t)length;
    free(bytes);
    return (fd < 0 || close(fd) == 0) && good;
}
