/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "link/uart_file.h"

#include <errno.h>
#include <string.h>

static const char prefix[] = "file:";
#define PREFIX_LENGTH (sizeof prefix - 1)

static void take_byte(void *context, uint8_t byte, uint64_t now_ps)
{
    const struct uart_file *file = context;
    (void)now_ps;
    fputc(byte, file->out);
}

/* Whoever reads along sees it while the board runs. */
static void take_step(void *context, const struct bench_step *step)
{
    (void)step;
    fflush(((struct uart_file *)context)->out);
}

bool uart_file_is_spec(const char *spec)
{
    return strcmp(spec, "-") == 0 ||
           (strncmp(spec, prefix, PREFIX_LENGTH) == 0 && spec[PREFIX_LENGTH] != '\0');
}

bool uart_file_open(struct uart_file *file, const char *spec, char *error, size_t error_size)
{
    const bool is_stdout = strcmp(spec, "-") == 0;
    *file = (struct uart_file){.name = is_stdout ? "standard output" : spec + PREFIX_LENGTH};
    file->observer = (struct bench_observer){.context = file, .byte = take_byte, .step = take_step};
    file->out = is_stdout ? stdout : fopen(file->name, "wb");
    if (file->out == NULL) {
        snprintf(error, error_size, "%s: %s: name a file that can be written", file->name,
                 strerror(errno));
    }
    return file->out != NULL;
}

bool uart_file_close(struct uart_file *file, char *error, size_t error_size)
{
    if (file->out == NULL) {
        return true;
    }
    bool written = fflush(file->out) == 0 && ferror(file->out) == 0;
    written = (file->out == stdout || fclose(file->out) == 0) && written;
    file->out = NULL;
    if (!written) {
        snprintf(error, error_size, "%s: writing failed: is the disk full?", file->name);
    }
    return written;
}
