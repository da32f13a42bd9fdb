/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Intel HEX: a line is ':' LENGTH ADDRESS(16 bit) TYPE DATA CHECKSUM in hexadecimal; all its bytes add up
 * to zero. Type 04 gives the upper half of the addresses that follow.
 */
#include "formats/image/ihex.h"

#include <errno.h>
#include <string.h>

#define BYTES_PER_LINE 16u
#define LINE_SIZE 600 /* ':' + 2 * (4 + 255 + 1) digits, line end, with room */

enum record_type {
    RECORD_DATA = 0,
    RECORD_END = 1,
    RECORD_SEGMENT = 2,
    RECORD_ENTRY_16 = 3,
    RECORD_UPPER = 4,
    RECORD_ENTRY_32 = 5,
};

struct record {
    uint8_t length;
    uint16_t address;
    uint8_t type;
    uint8_t data[256];
};

static bool write_record(FILE *file, unsigned type, unsigned address, const uint8_t *data,
                         unsigned length)
{
    unsigned sum = length + (address >> 8) + (address & 0xFF) + type;
    fprintf(file, ":%02X%04X%02X", length, address, type);
    for (unsigned i = 0; i < length; i++) {
        fprintf(file, "%02X", data[i]);
        sum += data[i];
    }
    fprintf(file, "%02X\n", (0u - sum) & 0xFF);
    return ferror(file) == 0;
}

bool ihex_write(FILE *file, uint32_t address, const uint8_t *bytes, size_t length)
{
    bool upper_due = true;
    while (length > 0) {
        if (upper_due || (address & 0xFFFF) == 0) {
            const uint8_t upper[2] = {(uint8_t)(address >> 24), (uint8_t)(address >> 16)};
            if (!write_record(file, RECORD_UPPER, 0, upper, 2)) {
                return false;
            }
            upper_due = false;
        }
        unsigned part = BYTES_PER_LINE - (address & (BYTES_PER_LINE - 1)); /* aligned lines */
        part = part > length ? (unsigned)length : part;
        if (!write_record(file, RECORD_DATA, address & 0xFFFF, bytes, part)) {
            return false;
        }
        address += part;
        bytes += part;
        length -= part;
    }
    return true;
}

bool ihex_write_end(FILE *file)
{
    return write_record(file, RECORD_END, 0, NULL, 0);
}

static int hex_digit(char c)
{
    static const char digits[] = "0123456789ABCDEF0123456789abcdef";
    const char *found = c == '\0' ? NULL : strchr(digits, c);
    return found == NULL ? -1 : (int)((found - digits) & 15);
}

/* Takes a line apart; the problem, or NULL. */
static const char *parse(const char *line, struct record *record)
{
    uint8_t bytes[260];
    unsigned count = 0;
    unsigned sum = 0;
    if (line[0] != ':') {
        return "does not begin with a colon";
    }
    for (const char *at = line + 1; *at != '\0'; at += 2) {
        int high = hex_digit(at[0]);
        int low = high < 0 ? -1 : hex_digit(at[1]);
        if (low < 0 || count == sizeof bytes) {
            return "not pairs of hexadecimal digits";
        }
        bytes[count] = (uint8_t)(high << 4 | low);
        sum += bytes[count++];
    }
    if (count < 5 || count != bytes[0] + 5u) {
        return "length does not agree with the number of bytes";
    }
    if ((sum & 0xFF) != 0) {
        return "wrong checksum";
    }
    record->length = bytes[0];
    record->address = (uint16_t)(bytes[1] << 8 | bytes[2]);
    record->type = bytes[3];
    memcpy(record->data, bytes + 4, record->length);
    return NULL;
}

struct reader {
    ihex_take *take;
    void *context;
    uint32_t base;
    bool ended;
};

/* Does what a record says; the problem, or NULL. */
static const char *apply(struct reader *reader, const struct record *record)
{
    switch (record->type) {
    case RECORD_DATA:
        if (record->length > 0 && !reader->take(reader->context, reader->base + record->address,
                                                record->data, record->length)) {
            return "lies outside of the memory it is meant for";
        }
        return NULL;
    case RECORD_END:
        reader->ended = true;
        return NULL;
    case RECORD_SEGMENT:
    case RECORD_UPPER:
        if (record->length != 2) {
            return "address record of a length other than 2";
        }
        reader->base = (uint32_t)(record->data[0] << 8 | record->data[1])
                       << (record->type == RECORD_UPPER ? 16 : 4);
        return NULL;
    case RECORD_ENTRY_16:
    case RECORD_ENTRY_32:
        return NULL;
    default:
        return "unknown record type";
    }
}

bool ihex_read(const char *path, ihex_take *take, void *context, char *error, size_t error_size)
{
    char line[LINE_SIZE];
    struct reader reader = {.take = take, .context = context};
    const char *problem = NULL;
    unsigned number = 0;
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        snprintf(error, error_size, "%s: %s: give the name of a readable file", path,
                 strerror(errno));
        return false;
    }
    while (!reader.ended && problem == NULL && fgets(line, sizeof line, file) != NULL) {
        struct record record;
        number++;
        line[strcspn(line, "\r\n")] = '\0';
        if (line[0] != '\0') {
            problem = parse(line, &record);
        }
        if (problem == NULL && line[0] != '\0') {
            problem = apply(&reader, &record);
        }
    }
    fclose(file);
    if (problem == NULL && !reader.ended) {
        problem = "the end record is missing";
    }
    if (problem != NULL) {
        snprintf(error, error_size, "%s:%u: %s: copy or build the file anew", path, number,
                 problem);
    }
    return problem == NULL;
}
