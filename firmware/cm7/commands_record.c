/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A profile's record by lines of 32 bytes, each with its CRC: docs/SPEC.md. A transfer that was
 * broken off goes on where it was, as long as the same record is offered again.
 */
#include <stddef.h>
#include <string.h>

#include "core/crc32.h"
#include "core/err.h"
#include "core/store.h"
#include "core/words.h"
#include "firmware/cm7/answer.h"
#include "firmware/cm7/commands.h"
#include "firmware/cm7/flash.h"
#include "firmware/cm7/settings.h"
#include "firmware/cm7/shell.h"

#define LINE_BYTES 32U
#define LINES (RECORD_SIZE / LINE_BYTES)

static uint8_t bytes[RECORD_SIZE];
static uint32_t offered_crc;            /* of the whole record; names the transfer */
static uint32_t next_line = LINES + 1U; /* none was offered yet */

/* The line's number, a blank, and the digits. */
static uint32_t line_crc(const char *number, const char *digits)
{
    uint32_t crc = crc32_update(0, number, strlen(number));
    crc = crc32_update(crc, " ", 1);
    return crc32_update(crc, digits, strlen(digits));
}

static void send_line(uint32_t index)
{
    static const char hex[] = "0123456789abcdef";
    char digits[2U * LINE_BYTES + 1U];
    struct text number;
    for (uint32_t i = 0; i < LINE_BYTES; i++) {
        const uint8_t byte = bytes[index * LINE_BYTES + i];
        digits[2U * i] = hex[byte >> 4];
        digits[2U * i + 1U] = hex[byte & 15U];
    }
    digits[2U * LINE_BYTES] = '\0';
    text_clear(&number);
    text_u32(&number, index);
    number.data[number.len] = '\0';
    answer_line("record %s %s %x", number.data, digits, line_crc(number.data, digits));
}

/* A whole number below `limit`. */
static bool parse_index(const char *text, uint32_t limit, uint32_t *index)
{
    const char *end;
    int32_t milli;
    if (!words_milli(text, &milli, &end) || *end != '\0' || milli < 0 || milli % 1000 != 0) {
        return false;
    }
    *index = (uint32_t)milli / 1000U;
    return *index < limit;
}

static void get(int count, char **word)
{
    uint32_t index = 0;
    next_line = LINES + 1U; /* the buffer is used for this now */
    if (count > 2 && !parse_index(word[2], LINES, &index)) {
        answer_error(word[2], "0 to 31");
        return;
    }
    if (record_build(&settings.draft, bytes, sizeof bytes) < 0) {
        answer_error(word[1], "the draft is not valid");
        return;
    }
    if (count > 2) {
        send_line(index);
    } else {
        for (uint32_t i = 0; i < LINES; i++) {
            send_line(i);
        }
    }
    answer_ok("record %x", crc32_update(0, bytes, sizeof bytes));
}

static void offer(int count, char **word)
{
    uint32_t crc;
    if (count != 3 || !words_hex(word[2], 8, &crc) || word[2][8] != '\0') {
        answer_error(word[1], "give the record's CRC, eight digits");
        return;
    }
    if (next_line > LINES || crc != offered_crc) {
        offered_crc = crc;
        next_line = 0;
    }
    answer_ok("next %u", next_line);
}

static bool parse_bytes(const char *digits, uint8_t *to)
{
    if (strlen(digits) != 2U * LINE_BYTES) {
        return false;
    }
    for (uint32_t i = 0; i < LINE_BYTES; i++) {
        uint32_t byte;
        if (!words_hex(digits + 2U * i, 2, &byte)) {
            return false;
        }
        to[i] = (uint8_t)byte;
    }
    return true;
}

/* word: record put N HEX CRC. A line that comes again is fine. */
static void put(int count, char **word)
{
    uint32_t index;
    uint32_t crc;
    if (count != 5 || !words_hex(word[4], 8, &crc) || crc != line_crc(word[2], word[3])) {
        answer_error(word[1], "checksum differs");
        return;
    }
    if (next_line > LINES || !parse_index(word[2], LINES, &index) || index > next_line) {
        answer_error(word[2], "not the next line");
        return;
    }
    if (!parse_bytes(word[3], bytes + index * LINE_BYTES)) {
        answer_error(word[3], "not 32 bytes");
        return;
    }
    next_line = index == next_line ? index + 1U : next_line;
    answer_ok("next %u", next_line);
}

static bool is_saved(void)
{
    const int result = settings_poll();
    if (result == STORE_BUSY) {
        return false;
    }
    if (result == STORE_DONE) {
        answer_ok("%s, after reboot", settings.draft.name);
    } else {
        answer_error("save", flash_trouble());
    }
    return true;
}

static void end(char **word)
{
    static struct record record;
    if (next_line != LINES || crc32_update(0, bytes, sizeof bytes) != offered_crc) {
        answer_error(word[1], "not complete");
        next_line = LINES + 1U;
        return;
    }
    const int error = record_parse(&record, bytes, sizeof bytes);
    next_line = LINES + 1U;
    if (error < 0) {
        answer_error(word[1], gauge_err_text(error));
        return;
    }
    settings_replace(&record);
    settings_save();
    shell_wait(is_saved);
}

void command_record(int count, char **word)
{
    if (strcmp(word[1], "get") == 0) {
        get(count, word);
    } else if (strcmp(word[1], "begin") == 0) {
        offer(count, word);
    } else if (strcmp(word[1], "put") == 0) {
        put(count, word);
    } else if (strcmp(word[1], "end") == 0) {
        end(word);
    } else {
        answer_error(word[1], "get, begin, put or end");
    }
}
