/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "cli/profile_port.h"

#include "cli/command.h"
#include "cli/serial_port.h"
#include "core/crc32.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_BYTES 32u
#define LINES (RECORD_SIZE / LINE_BYTES)
/* The slowest answer but that to a save: behind a console full of telemetry, 0.4 s. */
#define ANSWER_MS 2000
/* Two sectors may have to be erased before. */
#define SAVE_MS 12000
/* So many failures in a row, and the line is not good enough. */
#define TRIES 5

struct client {
    struct serial_port port;
    const char *path;
    bool is_gone;
    uint8_t *bytes; /* record lines that come in go here; NULL: nowhere */
    bool got[LINES];
};

static int no_answer(const struct client *client)
{
    fprintf(stderr,
            "candial: %s: no answer: is candial's console there (115200 8N1), and no other "
            "program at that port?\n",
            client->path);
    return EXIT_NO;
}

static int refused(const struct client *client)
{
    fprintf(stderr, "candial: %s: the board says: %s\n", client->path, client->port.line);
    return EXIT_NO;
}

/* ---- lines ---- */

static uint32_t line_crc(const char *number_and_digits)
{
    return crc32_update(0, number_and_digits, strlen(number_and_digits));
}

/* "record N HEX 0xCRC"; anything else, or damaged on its way, is left out. */
static void take_record_line(struct client *client, const char *line)
{
    char text[LINE_BYTES * 2 + 16];
    char digits[LINE_BYTES * 2 + 1];
    unsigned number;
    unsigned crc;
    if (sscanf(line, "record %u %64[0-9a-f] 0x%x", &number, digits, &crc) != 3 || number >= LINES ||
        strlen(digits) != LINE_BYTES * 2) {
        return;
    }
    snprintf(text, sizeof text, "%u %s", number, digits);
    if (line_crc(text) != crc) {
        return;
    }
    for (unsigned i = 0; i < LINE_BYTES; i++) {
        unsigned byte;
        sscanf(digits + 2 * i, "%2x", &byte); /* hexadecimal digits all of them */
        client->bytes[number * LINE_BYTES + i] = (uint8_t)byte;
    }
    client->got[number] = true;
}

enum answer { ANSWER_OK, ANSWER_ERROR, ANSWER_NONE };

/* Sends a line and waits for the answer's last line, which is left in port.line. */
static enum answer ask(struct client *client, const char *line, int limit_ms)
{
    char text[200];
    const long until_ms = serial_now_ms() + limit_ms;
    snprintf(text, sizeof text, "%s\r", line);
    if (client->is_gone || !serial_send(&client->port, text)) {
        client->is_gone = true;
        return ANSWER_NONE;
    }
    for (;;) {
        const enum serial_result result = serial_line(&client->port, until_ms);
        const char *got = client->port.line;
        if (result != SERIAL_LINE) {
            client->is_gone = result == SERIAL_GONE;
            return ANSWER_NONE;
        }
        if (strncmp(got, "ok", 2) == 0) {
            return ANSWER_OK;
        }
        if (strncmp(got, "error: ", 7) == 0) {
            return ANSWER_ERROR;
        }
        if (client->bytes != NULL) {
            take_record_line(client, got);
        }
    }
}

/* Whatever was typed before, the board listens to us now. */
static bool attach(struct client *client, const char *path)
{
    client->path = path;
    for (unsigned i = 0; i < TRIES && !client->is_gone; i++) {
        (void)ask(client, i == 0 ? "\x03" : "", 300); /* the end of a line somebody had begun */
        if (ask(client, "machine on", ANSWER_MS) == ANSWER_OK &&
            strcmp(client->port.line, "ok machine on") == 0) {
            return true;
        }
    }
    return false;
}

static bool open_client(struct client *client, const struct profile_port_options *options,
                        int *status)
{
    *client = (struct client){.path = options->port};
    if (!serial_open(&client->port, options->port)) {
        *status = usage_error("%s: %s: name the board's port with --port", options->port,
                              strerror(errno));
        return false;
    }
    if (attach(client, options->port)) {
        return true;
    }
    *status = no_answer(client);
    serial_close(&client->port);
    return false;
}

/* ---- sending ---- */

/* "ok next N"; false when there was no such answer. */
static bool parse_next(const struct client *client, unsigned *next)
{
    return sscanf(client->port.line, "ok next %u", next) == 1 && *next <= LINES;
}

static bool offer(struct client *client, uint32_t crc, unsigned *next)
{
    char line[40];
    snprintf(line, sizeof line, "record begin %08" PRIx32, crc);
    for (unsigned i = 0; i < TRIES; i++) {
        if (ask(client, line, ANSWER_MS) == ANSWER_OK && parse_next(client, next)) {
            return true;
        }
    }
    return false;
}

static enum answer put_line(struct client *client, const uint8_t *bytes, unsigned number,
                            unsigned *next)
{
    char line[160];
    char text[LINE_BYTES * 2 + 16];
    size_t length = (size_t)snprintf(text, sizeof text, "%u ", number);
    for (unsigned i = 0; i < LINE_BYTES; i++) {
        length += (size_t)snprintf(text + length, sizeof text - length, "%02x",
                                   bytes[number * LINE_BYTES + i]);
    }
    snprintf(line, sizeof line, "record put %s %08" PRIx32, text, line_crc(text));
    const enum answer answer = ask(client, line, ANSWER_MS);
    return answer == ANSWER_OK && !parse_next(client, next) ? ANSWER_NONE : answer;
}

/* All the lines, from where the board has them; exit status. */
static int put_all(struct client *client, const uint8_t *bytes)
{
    const uint32_t crc = crc32_update(0, bytes, RECORD_SIZE);
    unsigned next = 0;
    unsigned failures = 0;
    if (!offer(client, crc, &next)) {
        return no_answer(client);
    }
    if (next > 0) {
        printf("going on at line %u of %u\n", next + 1, LINES);
    }
    while (next < LINES) {
        const enum answer answer = put_line(client, bytes, next, &next);
        if (answer == ANSWER_OK) {
            failures = 0;
        } else if (++failures == TRIES) {
            return answer == ANSWER_ERROR ? refused(client) : no_answer(client);
        } else if (!offer(client, crc, &next)) {
            return no_answer(client);
        }
    }
    return EXIT_GOOD;
}

/* The banner of the next start names the profile; until then it is not known to run. */
static int wait_for_banner(struct client *client)
{
    const long until_ms = serial_now_ms() + SAVE_MS;
    while (serial_line(&client->port, until_ms) == SERIAL_LINE) {
        if (strncmp(client->port.line, "profile ", 8) == 0) {
            printf("the board runs: %s\n", client->port.line);
            return EXIT_GOOD;
        }
    }
    return no_answer(client);
}

static int send_record(struct client *client, const uint8_t *bytes, bool no_reboot)
{
    const int status = put_all(client, bytes);
    if (status != EXIT_GOOD) {
        return status;
    }
    switch (ask(client, "record end", SAVE_MS)) {
    case ANSWER_ERROR:
        return refused(client);
    case ANSWER_NONE:
        return no_answer(client);
    default:
        printf("saved: %s\n", client->port.line + strlen("ok "));
        break;
    }
    if (no_reboot) {
        (void)ask(client, "machine off", ANSWER_MS);
        return EXIT_GOOD;
    }
    /* the reset waits for what the flash is doing */
    return ask(client, "reboot", SAVE_MS) == ANSWER_OK ? wait_for_banner(client)
                                                       : no_answer(client);
}

int profile_port_send(const uint8_t bytes[RECORD_SIZE], const struct profile_port_options *options)
{
    struct client client;
    int status = EXIT_GOOD;
    if (open_client(&client, options, &status)) {
        status = send_record(&client, bytes, options->no_reboot);
        serial_close(&client.port);
    }
    return status;
}

/* ---- fetching ---- */

static bool has_all(const struct client *client)
{
    for (unsigned i = 0; i < LINES; i++) {
        if (!client->got[i]) {
            return false;
        }
    }
    return true;
}

/* Asks again for the lines that did not come whole. */
static void get_missing(struct client *client)
{
    for (unsigned i = 0; i < LINES && !client->is_gone; i++) {
        char line[30];
        snprintf(line, sizeof line, "record get %u", i);
        if (!client->got[i]) {
            (void)ask(client, line, ANSWER_MS);
        }
    }
}

static int get_record(struct client *client, uint8_t *bytes)
{
    unsigned crc = 0;
    client->bytes = bytes;
    enum answer answer = ask(client, "record get", ANSWER_MS);
    for (unsigned i = 0; i < TRIES && !has_all(client); i++) {
        get_missing(client);
    }
    client->bytes = NULL;
    if (!has_all(client)) {
        return answer == ANSWER_ERROR ? refused(client) : no_answer(client);
    }
    answer = ask(client, "record get 0", ANSWER_MS); /* its last line has the CRC of all */
    if (answer != ANSWER_OK || sscanf(client->port.line, "ok record 0x%x", &crc) != 1 ||
        crc != crc32_update(0, bytes, RECORD_SIZE)) {
        return no_answer(client);
    }
    (void)ask(client, "machine off", ANSWER_MS);
    return EXIT_GOOD;
}

int profile_port_fetch(uint8_t bytes[RECORD_SIZE], const struct profile_port_options *options)
{
    struct client client;
    int status = EXIT_GOOD;
    if (open_client(&client, options, &status)) {
        status = get_record(&client, bytes);
        serial_close(&client.port);
    }
    return status;
}
