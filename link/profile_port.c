/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "link/profile_port.h"

#include "host/usage.h"
#include "link/console_client.h"
#include "core/crc32.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define LINE_BYTES 32u
#define LINES (RECORD_SIZE / LINE_BYTES)
#define LINE_TEXT_MAX (LINE_BYTES * 2 + 16)
/* Two sectors may have to be erased before. */
#define SAVE_MS 12000L
/* So many refusals in a row, and the line is not good enough. */
#define TRIES 5

static long longer_of(long a, long b)
{
    return a > b ? a : b;
}

static int open_client(struct console_client *client, const struct profile_port_options *options)
{
    return console_open(client, options->port,
                        options->patience_ms == 0 ? CONSOLE_PATIENCE_MS : options->patience_ms);
}

static void leave(struct console_client *client)
{
    const struct console_question question = {.line = "machine off", .prefix = "ok machine off"};
    (void)console_ask(client, &question);
}

static uint32_t line_crc(const char *number_and_digits)
{
    return crc32_update(0, number_and_digits, strlen(number_and_digits));
}

/* ---- sending ---- */

/* "ok next N"; false when there was no such answer. */
static bool parse_next(const struct console_client *client, unsigned *next)
{
    return sscanf(client->port.line, "ok next %u", next) == 1 && *next <= LINES;
}

/* Which line is next. What the board refuses was damaged on its way there. */
static bool ask_next(struct console_client *client, const char *line, unsigned *next)
{
    const struct console_question question = {.line = line, .prefix = "ok next "};
    return console_ask(client, &question) == CONSOLE_OK && parse_next(client, next);
}

static bool offer(struct console_client *client, uint32_t crc, unsigned *next)
{
    char line[40];
    snprintf(line, sizeof line, "record begin %08" PRIx32, crc);
    for (unsigned i = 0; i < TRIES; i++) {
        if (ask_next(client, line, next)) {
            return true;
        }
    }
    return false;
}

static bool put_line(struct console_client *client, const uint8_t *bytes, unsigned *next)
{
    char line[LINE_TEXT_MAX + 40];
    char text[LINE_TEXT_MAX];
    size_t length = (size_t)snprintf(text, sizeof text, "%u ", *next);
    for (unsigned i = 0; i < LINE_BYTES; i++) {
        length += (size_t)snprintf(text + length, sizeof text - length, "%02x",
                                   bytes[*next * LINE_BYTES + i]);
    }
    snprintf(line, sizeof line, "record put %s %08" PRIx32, text, line_crc(text));
    return ask_next(client, line, next);
}

static int failed(const struct console_client *client)
{
    return strncmp(client->port.line, "error: ", 7) == 0 && !client->is_gone
               ? console_refused(client)
               : console_no_answer(client);
}

/* What an earlier transfer has left to do. */
static void tell_next(unsigned next)
{
    if (next == LINES) {
        printf("all %u lines are there\n", LINES);
    } else if (next > 0) {
        printf("going on at line %u of %u\n", next + 1, LINES);
    }
    fflush(stdout);
}

/* All the lines, from where the board has them; exit status. */
static int put_all(struct console_client *client, const uint8_t *bytes)
{
    const uint32_t crc = crc32_update(0, bytes, RECORD_SIZE);
    unsigned next = 0;
    unsigned failures = 0;
    if (!offer(client, crc, &next)) {
        return failed(client);
    }
    tell_next(next);
    while (next < LINES) {
        if (put_line(client, bytes, &next)) {
            failures = 0;
        } else if (++failures == TRIES || !offer(client, crc, &next)) {
            return failed(client);
        }
    }
    return EXIT_GOOD;
}

/* Checked and kept. Once more from the start when a line of before was taken for an answer. */
static int put_and_save(struct console_client *client, const uint8_t *bytes)
{
    const struct console_question end = {
        .line = "record end", .prefix = "ok ", .suffix = ", after reboot", .wait_ms = SAVE_MS};
    const long patience_ms = client->patience_ms;
    enum console_answer answer = CONSOLE_ERROR;
    for (unsigned i = 0; i < 2 && answer == CONSOLE_ERROR; i++) {
        const int status = put_all(client, bytes);
        if (status != EXIT_GOOD) {
            return status;
        }
        client->patience_ms = longer_of(SAVE_MS, patience_ms);
        answer = console_ask(client, &end);
        client->patience_ms = patience_ms;
    }
    return answer == CONSOLE_OK ? EXIT_GOOD : failed(client);
}

/* The banner of the next start says which profile the board has now. */
static int reboot(struct console_client *client, const char *name)
{
    const struct console_question question = {.line = "reboot", .prefix = "ok reboot"};
    const struct console_question status = {.line = "status", .prefix = "profile "};
    char expected[64];
    snprintf(expected, sizeof expected, "profile %s (settings)", name);
    enum console_answer answer = CONSOLE_ERROR;
    for (unsigned i = 0; i < TRIES && answer == CONSOLE_ERROR; i++) {
        answer = console_ask(client, &question);
    }
    if (answer != CONSOLE_OK) {
        return failed(client);
    }
    /* the reset waits for what the flash is doing; a damaged banner is asked for */
    if (!console_await(client, "profile ", longer_of(SAVE_MS, client->patience_ms)) &&
        console_ask(client, &status) != CONSOLE_OK) {
        return console_no_answer(client);
    }
    if (strcmp(client->port.line, expected) != 0 &&
        (console_ask(client, &status) != CONSOLE_OK || strcmp(client->port.line, expected) != 0)) {
        return console_refused(client);
    }
    printf("the board runs: %s\n", client->port.line);
    return EXIT_GOOD;
}

static int send_record(struct console_client *client, const uint8_t *bytes, const char *name,
                       bool no_reboot)
{
    const int status = put_and_save(client, bytes);
    if (status != EXIT_GOOD) {
        return status;
    }
    printf("saved: %s\n", client->port.line + strlen("ok "));
    fflush(stdout);
    if (no_reboot) {
        leave(client);
        return EXIT_GOOD;
    }
    return reboot(client, name);
}

int profile_port_send(const uint8_t bytes[RECORD_SIZE], const char *name,
                      const struct profile_port_options *options)
{
    struct console_client client;
    int status = open_client(&client, options);
    if (status == EXIT_GOOD) {
        status = send_record(&client, bytes, name, options->no_reboot);
        console_close(&client);
    }
    return status;
}

/* ---- fetching ---- */

struct fetched {
    uint8_t *bytes;
    bool got[LINES];
};

/* "record N HEX 0xCRC"; anything else, or damaged on its way, is left out. */
static void take_record_line(void *context, const char *line)
{
    struct fetched *to = context;
    char text[LINE_TEXT_MAX];
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
        to->bytes[number * LINE_BYTES + i] = (uint8_t)byte;
    }
    to->got[number] = true;
}

static unsigned missing(const struct fetched *fetched)
{
    unsigned count = 0;
    for (unsigned i = 0; i < LINES; i++) {
        count += !fetched->got[i];
    }
    return count;
}

static bool ask_record(struct console_client *client, const char *line)
{
    const struct console_question question = {.line = line, .prefix = "ok record 0x"};
    return console_ask(client, &question) == CONSOLE_OK;
}

/* Asks again for the lines that did not come whole. */
static void get_missing(struct console_client *client, const struct fetched *fetched)
{
    for (unsigned i = 0; i < LINES && !client->is_gone; i++) {
        char line[30];
        snprintf(line, sizeof line, "record get %u", i);
        if (!fetched->got[i]) {
            (void)ask_record(client, line);
        }
    }
}

static int get_record(struct console_client *client, uint8_t *bytes)
{
    struct fetched fetched = {.bytes = bytes};
    unsigned crc = 0;
    client->take_line = take_record_line;
    client->context = &fetched;
    (void)ask_record(client, "record get");
    for (unsigned i = 0; i < TRIES && missing(&fetched) > 0 && !client->is_gone; i++) {
        get_missing(client, &fetched);
    }
    client->take_line = NULL;
    if (missing(&fetched) > 0) {
        return failed(client);
    }
    /* its last line has the CRC of all */
    bool is_good = false;
    for (unsigned i = 0; i < TRIES && !is_good && !client->is_gone; i++) {
        is_good = ask_record(client, "record get 0") &&
                  sscanf(client->port.line, "ok record 0x%8x", &crc) == 1 &&
                  crc == crc32_update(0, bytes, RECORD_SIZE);
    }
    return is_good ? EXIT_GOOD : failed(client);
}

int profile_port_fetch(uint8_t bytes[RECORD_SIZE], const struct profile_port_options *options)
{
    struct console_client client;
    int status = open_client(&client, options);
    if (status == EXIT_GOOD) {
        status = get_record(&client, bytes);
        if (status == EXIT_GOOD) {
            leave(&client);
        }
        console_close(&client);
    }
    return status;
}
