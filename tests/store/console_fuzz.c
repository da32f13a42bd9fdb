/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/store/console_fuzz.h"

#include "core/crc32.h"

#include <stdio.h>
#include <string.h>

#define COUNT(list) ((uint32_t)(sizeof(list) / sizeof *(list)))

static const char *const lines[] = {
    "help",
    "help set",
    "status",
    "stream on",
    "stream off",
    "show",
    "show dial",
    "set timeout 2s",
    "set timeout 1s",
    "set 1.timeout 700ms",
    "set 2.park -3",
    "set name Our own car",
    "set can.bitrate 250k",
    "set can.mode active",
    "set fd.data_bitrate 2M",
    "set plausible.min -40C",
    "set plausible.max 180",
    "set max_slope 5",
    "set dial 50:0 90:90 150:180",
    "set dial 0:0 10:1 20:2 30:3 40:4 50:5 60:6 70:7 80:8 90:9 100:10 110:11 120:12 130:13 140:14 "
    "150:15",
    "set servo.pulse -10:500 0:600 180:2400",
    "set park -10",
    "set period 10ms",
    "set damping 1s",
    "set max_rate 120",
    "set warn.high 266F",
    "set warn.high off",
    "set units F",
    "set units C",
    "save",
    "revert",
    "factory",
    "cal",
    "cal 1",
    "+",
    "-",
    "+5",
    "-5",
    "510",
    "next",
    "back",
    "done",
    "cancel",
    "goto 90",
    "goto 100C",
    "goto 212F 1",
    "goto off",
    "sweep",
    "can",
    "errors",
    "errors clear",
    "version",
    "machine on",
    "machine off",
    "record get",
    "record get 31",
    "record begin 01234567",
    "record end",
};

static const char *const words[] = {
    "help",   "set",    "show",    "timeout", "dial",       "servo.pulse",  "1.warn.high",
    "9.park", "units",  "F",       "off",     "on",         "save",         "goto",
    "cal",    "record", "put",     "get",     "0",          "-1",           "1e9",
    "0x10",   "1s",     "ms",      ":",       "1:2",        "50:0",         "+",
    "-",      ".",      "99999",   "next",    "2147483647", "-2147483.648", "%s%n",
    "\"",     "name",   "machine", "5:",      ":5",         "clear"};

static const char *const keys[] = {"\x1B[A",  "\x1B[B", "\x1B[C", "\x1B[D", "\x1B[H", "\x1B[F",
                                   "\x1B[3~", "\x1B",   "\x1B[",  "\x1BO",  "\x01",   "\x05",
                                   "\x15",    "\x03",   "\b",     "\x7F",   "\t",     "\xC3\xA9",
                                   "\xC3",    "a",      " ",      "\r\n",   "\n\r",   "\x1B[1;5D"};

static const char *const ends[] = {"\r", "\n", "\r\n", "\r", "\r", ""};

uint32_t console_fuzz_below(struct console_fuzz *fuzz, uint32_t limit)
{
    fuzz->state ^= fuzz->state >> 12; /* xorshift64* */
    fuzz->state ^= fuzz->state << 25;
    fuzz->state ^= fuzz->state >> 27;
    return (uint32_t)((fuzz->state * UINT64_C(0x2545F4914F6CDD1D)) >> 33) % limit;
}

static void add(struct console_fuzz *fuzz, const char *text)
{
    const size_t length = strlen(text);
    if (fuzz->length + length <= sizeof fuzz->piece) {
        memcpy(fuzz->piece + fuzz->length, text, length);
        fuzz->length += length;
    }
}

/* A wrong byte, one too many, or one too few. */
static void spoil(struct console_fuzz *fuzz)
{
    const uint32_t at = console_fuzz_below(fuzz, (uint32_t)fuzz->length);
    switch (console_fuzz_below(fuzz, 3)) {
    case 0:
        fuzz->piece[at] = (uint8_t)console_fuzz_below(fuzz, 256);
        break;
    case 1:
        fuzz->length--;
        memmove(fuzz->piece + at, fuzz->piece + at + 1, fuzz->length - at);
        break;
    default:
        fuzz->length++;
        memmove(fuzz->piece + at + 1, fuzz->piece + at, fuzz->length - at - 1);
        break;
    }
}

static void add_words(struct console_fuzz *fuzz)
{
    for (uint32_t i = console_fuzz_below(fuzz, 45); i > 0; i--) {
        add(fuzz, words[console_fuzz_below(fuzz, COUNT(words))]);
        add(fuzz, console_fuzz_below(fuzz, 9) == 0 ? "  " : " ");
    }
}

/* A line of a record as it should be. */
static void add_record_line(struct console_fuzz *fuzz)
{
    char text[80];
    char line[120];
    int length = snprintf(text, sizeof text, "%u ", console_fuzz_below(fuzz, 33));
    const uint32_t byte = console_fuzz_below(fuzz, 256);
    for (unsigned i = 0; i < 32; i++) {
        length += snprintf(text + length, sizeof text - (size_t)length, "%02x", byte);
    }
    snprintf(line, sizeof line, "record put %s %08x", text,
             crc32_update(0, text, (uint32_t)length));
    add(fuzz, line);
}

static void add_noise(struct console_fuzz *fuzz)
{
    for (uint32_t i = console_fuzz_below(fuzz, 300); i > 0; i--) {
        fuzz->piece[fuzz->length++] = (uint8_t)console_fuzz_below(fuzz, 256);
    }
}

static void make_piece(struct console_fuzz *fuzz)
{
    const uint32_t sort = console_fuzz_below(fuzz, 100);
    fuzz->length = 0;
    if (sort < 60) {
        add(fuzz, lines[console_fuzz_below(fuzz, COUNT(lines))]);
        for (uint32_t i = sort < 40 ? 0 : 1 + console_fuzz_below(fuzz, 3);
             i > 0 && fuzz->length > 0; i--) {
            spoil(fuzz);
        }
    } else if (sort < 75) {
        add_words(fuzz);
    } else if (sort < 85) {
        add(fuzz, keys[console_fuzz_below(fuzz, COUNT(keys))]);
        return; /* without an end */
    } else if (sort < 90) {
        add_record_line(fuzz);
    } else if (sort < 97) {
        add_noise(fuzz);
    } else {
        fuzz->length = 200 + console_fuzz_below(fuzz, 400);
        memset(fuzz->piece, (int)(' ' + console_fuzz_below(fuzz, 90)), fuzz->length);
    }
    add(fuzz, ends[console_fuzz_below(fuzz, COUNT(ends))]);
}

void console_fuzz_start(struct console_fuzz *fuzz, uint64_t seed)
{
    *fuzz = (struct console_fuzz){.state = seed * 2654435761u + 1};
}

uint8_t console_fuzz_byte(struct console_fuzz *fuzz)
{
    while (fuzz->at == fuzz->length) {
        fuzz->at = 0;
        make_piece(fuzz);
    }
    const uint8_t byte = fuzz->piece[fuzz->at++];
    return byte == '~' ? '-' : byte;
}
