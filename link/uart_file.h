/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Records what the board says on its console into a file or onto standard output, byte for byte, however
 * fast it runs.
 */
#ifndef LINK_UART_FILE_H
#define LINK_UART_FILE_H

#include "bench/observer.h"

#include <stdio.h>

struct uart_file {
    FILE *out;
    const char *name;
    struct bench_observer observer;
};

/* `spec` is "-" or "file:PATH". False with one line in `error`. */
bool uart_file_open(struct uart_file *file, const char *spec, char *error, size_t error_size)
    __attribute__((warn_unused_result));
/* Is `spec` one of these? */
bool uart_file_is_spec(const char *spec);
/* False with one line in `error` if not all could be written. */
bool uart_file_close(struct uart_file *file, char *error, size_t error_size)
    __attribute__((warn_unused_result));

#endif
