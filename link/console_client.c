/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "link/console_client.h"

#include "host/usage.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* The slowest answer, behind a console full of telemetry, takes 0.7 s. */
#define WAIT_MS 1000L

int console_no_answer(const struct console_client *client)
{
    if (client->is_gone) {
        fprintf(stderr, "candial: %s: the port has gone: plug it in and say the same again\n",
                client->path);
    } else {
        fprintf(stderr,
                "candial: %s: no answer: is candial's console there (115200 8N1), and no other "
                "program at that port?\n",
                client->path);
    }
    return EXIT_NO;
}

int console_refused(const struct console_client *client)
{
    fprintf(stderr, "candial: %s: the board says: %s\n", client->path, client->port.line);
    return EXIT_NO;
}

static bool is_answer(const char *line, const struct console_question *question)
{
    const size_t length = strlen(line);
    const size_t tail = question->suffix == NULL ? 0 : strlen(question->suffix);
    return strncmp(line, question->prefix, strlen(question->prefix)) == 0 && length >= tail &&
           (tail == 0 || strcmp(line + length - tail, question->suffix) == 0);
}

static long earlier_of(long a, long b)
{
    return a < b ? a : b;
}

/* Until the answer is there, or that time. */
static enum console_answer wait_for_answer(struct console_client *client,
                                           const struct console_question *question, long until_ms)
{
    for (;;) {
        const enum serial_result result = serial_line(&client->port, until_ms);
        const char *line = client->port.line;
        if (result != SERIAL_LINE) {
            client->is_gone = result == SERIAL_GONE;
            return CONSOLE_NONE;
        }
        if (is_answer(line, question)) {
            return CONSOLE_OK;
        }
        if (strncmp(line, "error: ", 7) == 0) {
            return CONSOLE_ERROR;
        }
        if (client->take_line != NULL) {
            client->take_line(client->context, line);
        }
    }
}

enum console_answer console_ask(struct console_client *client,
                                const struct console_question *question)
{
    char text[SERIAL_LINE_MAX];
    const long limit_ms = serial_now_ms() + client->patience_ms;
    const long wait_ms = question->wait_ms == 0 ? WAIT_MS : question->wait_ms;
    enum console_answer answer = CONSOLE_NONE;
    snprintf(text, sizeof text, "%s\r", question->line);
    do {
        if (client->is_gone || !serial_send(&client->port, text)) {
            client->is_gone = true;
            return CONSOLE_NONE;
        }
        answer = wait_for_answer(client, question, earlier_of(serial_now_ms() + wait_ms, limit_ms));
    } while (answer == CONSOLE_NONE && !client->is_gone && serial_now_ms() < limit_ms);
    return answer;
}

bool console_await(struct console_client *client, const char *prefix, long patience_ms)
{
    const struct console_question none = {.prefix = prefix};
    const long limit_ms = serial_now_ms() + patience_ms;
    enum console_answer answer = CONSOLE_ERROR;
    while (answer == CONSOLE_ERROR) {
        answer = wait_for_answer(client, &none, limit_ms);
    }
    return answer == CONSOLE_OK;
}

/*
 * ^C gives up what somebody had begun to type, CR ends it in machine mode. That may have been
 * refused, so errors do not count here.
 */
static bool attach(struct console_client *client)
{
    const struct console_question question = {.line = "\x03\rmachine on",
                                              .prefix = "ok machine on"};
    enum console_answer answer = CONSOLE_ERROR;
    for (unsigned i = 0; i < 10 && answer == CONSOLE_ERROR; i++) {
        answer = console_ask(client, &question);
    }
    return answer == CONSOLE_OK;
}

static int cannot_open(const char *path, int error)
{
    switch (error) {
    case EWOULDBLOCK:
    case EBUSY:
        return usage_error("%s: another program uses it: close that one first", path);
    case EACCES:
        return usage_error("%s: no right to use it: become a member of its group, dialout", path);
    case ENOTTY:
        return usage_error("%s: no serial port: name the board's with --port", path);
    default:
        return usage_error("%s: %s: name the board's port with --port", path, strerror(error));
    }
}

int console_open(struct console_client *client, const char *path, long patience_ms)
{
    *client = (struct console_client){.path = path, .patience_ms = patience_ms};
    if (!serial_open(&client->port, path)) {
        return cannot_open(path, errno);
    }
    if (attach(client)) {
        return EXIT_GOOD;
    }
    const int status = console_no_answer(client);
    serial_close(&client->port);
    return status;
}

void console_close(struct console_client *client)
{
    serial_close(&client->port);
}
