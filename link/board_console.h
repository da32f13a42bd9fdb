/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The ST-LINK's virtual COM port of a board under way, as a pseudo-terminal: programs open it as if it
 * were /dev/ttyACM0. The run goes on as long as it is there.
 */
#ifndef LINK_BOARD_CONSOLE_H
#define LINK_BOARD_CONSOLE_H

#include "bench/bench.h"
#include "link/pty.h"

struct board_console {
    struct pty pty;
    const struct bench_model *model; /* to be set before the observer is attached */
    struct bench_observer observer;
};

/* As pty_open. */
bool board_console_open(struct board_console *console, const char *spec, char *error,
                        size_t error_size) __attribute__((warn_unused_result));
void board_console_close(struct board_console *console);

#endif
