/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Asks the board's console over a serial port. The line may lose or damage bytes: a question is repeated
 * until an answer to it has come.
 */
#ifndef LINK_CONSOLE_CLIENT_H
#define LINK_CONSOLE_CLIENT_H

#include "link/serial_port.h"

#include <stdbool.h>

/* How long to wait for an answer in all, unless the caller says otherwise. */
#define CONSOLE_PATIENCE_MS 5000L

struct console_client {
    struct serial_port port;
    const char *path;
    long patience_ms;
    bool is_gone; /* the port has gone away */
    /* Told of each line that is no answer; may be NULL. */
    void (*take_line)(void *context, const char *line);
    void *context;
};

enum console_answer {
    CONSOLE_OK,    /* the answer is in port.line */
    CONSOLE_ERROR, /* the board's "error: ..." is */
    CONSOLE_NONE,  /* nothing of use while patience lasted, or the port is gone */
};

/*
 * A question. Its answer begins with `prefix` and ends in `suffix`. Answers that do not are late ones to
 * earlier questions, and ignored.
 */
struct console_question {
    const char *line;
    const char *prefix;
    const char *suffix; /* NULL: anything */
    long wait_ms; /* before it is asked again; 0: one second. If patience is less: asked once */
};

/*
 * Opens the port, and has the console in machine mode, whatever was typed there before.
 * EXIT_GOOD; else the exit status, one line is on stderr, and the port is closed.
 */
int console_open(struct console_client *client, const char *path, long patience_ms);
void console_close(struct console_client *client);

enum console_answer console_ask(struct console_client *client,
                                const struct console_question *question);

/* Waits for a line that begins so; false: none came while patience lasted. */
bool console_await(struct console_client *client, const char *prefix, long patience_ms);

/* One line on stderr, and the exit status. */
int console_no_answer(const struct console_client *client);
int console_refused(const struct console_client *client);

#endif
