/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/flash_file/flash_file.h"

#include "core/crc32.h"
#include "core/le.h"
#include "formats/text/file_bytes.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define VERSION 1u
#define AT_VERSION 4u
#define AT_HEAD_SIZE 6u
#define AT_OPTIONS 8u
#define AT_ECC (FLASH_FILE_HEAD + FLASH_FILE_BYTES)
#define AT_CRC (FLASH_FILE_SIZE - 4u)
#define WORDS_PER_BYTE 4u

static const uint8_t magic[4] = {'C', 'D', 'F', 'L'};

static void encode(const struct flash_file *file, uint8_t *to)
{
    memset(to, 0, FLASH_FILE_SIZE);
    memcpy(to, magic, sizeof magic);
    le_put_u16(to + AT_VERSION, VERSION);
    le_put_u16(to + AT_HEAD_SIZE, FLASH_FILE_HEAD);
    for (unsigned i = 0; i < FLASH_FILE_OPTIONS; i++) {
        le_put_u32(to + AT_OPTIONS + 4 * i, file->options[i]);
    }
    memcpy(to + FLASH_FILE_HEAD, file->bytes, FLASH_FILE_BYTES);
    for (uint32_t word = 0; word < FLASH_FILE_WORDS; word++) {
        unsigned shift = 2 * (word % WORDS_PER_BYTE);
        uint8_t *byte = &to[AT_ECC + word / WORDS_PER_BYTE];
        *byte = (uint8_t)(*byte | (file->ecc[word] & 3u) << shift);
    }
    le_put_u32(to + AT_CRC, crc32_update(0, to, AT_CRC));
}

static void decode(const uint8_t *from, struct flash_file *file)
{
    for (unsigned i = 0; i < FLASH_FILE_OPTIONS; i++) {
        file->options[i] = le_get_u32(from + AT_OPTIONS + 4 * i);
    }
    memcpy(file->bytes, from + FLASH_FILE_HEAD, FLASH_FILE_BYTES);
    for (uint32_t word = 0; word < FLASH_FILE_WORDS; word++) {
        unsigned shift = 2 * (word % WORDS_PER_BYTE);
        file->ecc[word] = (uint8_t)(from[AT_ECC + word / WORDS_PER_BYTE] >> shift & 3);
    }
}

/* What is wrong with it, or NULL. */
static const char *check(const uint8_t *from, size_t length)
{
    if (length < FLASH_FILE_HEAD || memcmp(from, magic, sizeof magic) != 0) {
        return "is no flash file: give one that --flash has made, or a name that is free";
    }
    if (le_get_u16(from + AT_VERSION) != VERSION ||
        le_get_u16(from + AT_HEAD_SIZE) != FLASH_FILE_HEAD) {
        return "is a flash file of another version: delete it, and flash anew";
    }
    if (length != FLASH_FILE_SIZE || crc32_update(0, from, AT_CRC) != le_get_u32(from + AT_CRC)) {
        return "is damaged (size or CRC): delete it, and flash anew";
    }
    return NULL;
}

bool flash_file_load(const char *path, struct flash_file *file, char *error, size_t error_size)
{
    size_t length;
    uint8_t *bytes = file_bytes_read(path, FLASH_FILE_SIZE, &length, error, error_size);
    if (bytes == NULL) {
        return false;
    }
    const char *wrong = check(bytes, length);
    if (wrong != NULL) {
        snprintf(error, error_size, "%s: %s", path, wrong);
    } else {
        decode(bytes, file);
    }
    free(bytes);
    return wrong == NULL;
}

static bool write_whole(const char *path, const uint8_t *bytes)
{
    FILE *out = fopen(path, "wb");
    if (out == NULL) {
        return false;
    }
    bool good = fwrite(bytes, 1, FLASH_FILE_SIZE, out) == FLASH_FILE_SIZE && fflush(out) == 0 &&
                fsync(fileno(out)) == 0;
    return fclose(out) == 0 && good;
}

bool flash_file_save(const char *path, const struct flash_file *file, char *error,
                     size_t error_size)
{
    char beside[4096];
    snprintf(beside, sizeof beside, "%.4000s.new", path);
    uint8_t *bytes = malloc(FLASH_FILE_SIZE);
    if (bytes == NULL) {
        snprintf(error, error_size, "%s: out of memory", path);
        return false;
    }
    encode(file, bytes);
    bool good = write_whole(beside, bytes) && rename(beside, path) == 0;
    if (!good) {
        snprintf(error, error_size, "%s: %s: name a file that can be written", path,
                 strerror(errno));
        unlink(beside);
    }
    free(bytes);
    return good;
}
