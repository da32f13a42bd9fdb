/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/can_log/mdf4.h"

#include "core/le.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define BLOCK_HEAD 24u
#define DZ_HEAD 24u
#define DEPTH_MAX 4

static const char too_large[] = "more data than 1 GiB: split the file";

bool mdf4_block(const struct mdf4_file *file, uint64_t at, const char *type,
                struct mdf4_block *block)
{
    if (at == 0 || at > file->size || file->size - at < BLOCK_HEAD) {
        return false;
    }
    const uint8_t *head = file->bytes + at;
    uint64_t length = le_get_u64(head + 8);
    uint64_t links = le_get_u64(head + 16);
    uint64_t rest = file->size - at;
    if (head[0] != '#' || head[1] != '#' || (type != NULL && memcmp(head + 2, type, 2) != 0)) {
        return false;
    }
    memcpy(block->type, head + 2, 2);
    bool is_open = file->is_unfinished && memcmp(block->type, "DT", 2) == 0 && length <= BLOCK_HEAD;
    length = is_open ? rest : length; /* the last one's length was not written */
    if (length < BLOCK_HEAD || length > rest || links > (length - BLOCK_HEAD) / 8) {
        return false;
    }
    block->links = head + BLOCK_HEAD;
    block->link_count = links;
    block->data = block->links + 8 * links;
    block->size = length - BLOCK_HEAD - 8 * links;
    return true;
}

bool mdf4_visit(const struct mdf4_file *file)
{
    bool good = file->budget->blocks > 0;
    file->budget->blocks -= good;
    return good;
}

uint64_t mdf4_link(const struct mdf4_block *block, unsigned index)
{
    return index < block->link_count ? le_get_u64(block->links + 8 * (size_t)index) : 0;
}

/* Room for `size` more; NULL if there is none. */
static uint8_t *make_room(struct mdf4_bytes *to, uint64_t size)
{
    if (size > MDF4_SIZE_MAX - to->size) {
        return NULL;
    }
    size_t wanted = to->size + (size_t)size;
    if (wanted > to->room) {
        size_t room = wanted > 2 * to->room ? wanted : 2 * to->room;
        uint8_t *larger = realloc(to->bytes, room);
        if (larger == NULL) {
            return NULL;
        }
        to->bytes = larger;
        to->room = room;
    }
    return to->bytes + to->size;
}

bool mdf4_append(struct mdf4_bytes *to, const uint8_t *bytes, size_t size)
{
    uint8_t *place = size == 0 ? to->bytes : make_room(to, size);
    if (size > 0 && place == NULL) {
        return false;
    }
    if (size > 0) {
        memcpy(place, bytes, size);
    }
    to->size += size;
    return true;
}

/* Columns were put one behind the other before packing: back into rows of `width` bytes. */
static bool transpose(uint8_t *bytes, size_t size, size_t width)
{
    size_t rows = width == 0 ? 0 : size / width;
    if (rows < 2) {
        return true;
    }
    uint8_t *copy = malloc(rows * width);
    if (copy == NULL) {
        return false;
    }
    memcpy(copy, bytes, rows * width);
    for (size_t row = 0; row < rows; row++) {
        for (size_t column = 0; column < width; column++) {
            bytes[row * width + column] = copy[column * rows + row];
        }
    }
    free(copy);
    return true;
}

/* DZ: 2 letters of the block it stands for, u8 kind, u8, u32 width, u64 length unpacked, u64 packed, data. */
static const char *unpack(const struct mdf4_block *block, struct mdf4_bytes *to)
{
    if (block->size < DZ_HEAD || le_get_u64(block->data + 16) > block->size - DZ_HEAD) {
        return "a packed block that is not complete";
    }
    uint64_t unpacked = le_get_u64(block->data + 8);
    uint8_t *place = unpacked == 0 ? NULL : make_room(to, unpacked);
    uLongf size = (uLongf)unpacked;
    if (unpacked == 0) {
        return NULL;
    }
    if (place == NULL) {
        return too_large;
    }
    if (uncompress(place, &size, block->data + DZ_HEAD, (uLong)le_get_u64(block->data + 16)) !=
            Z_OK ||
        size != unpacked) {
        return "a packed block that is damaged";
    }
    if (block->data[2] == 1 && !transpose(place, size, le_get_u32(block->data + 4))) {
        return "out of memory";
    }
    to->size += size;
    return NULL;
}

/* All data of a file together stay below the limit, packed or not. */
static bool spend(const struct mdf4_file *file, const struct mdf4_block *block)
{
    bool is_packed = memcmp(block->type, "DZ", 2) == 0 && block->size >= DZ_HEAD;
    uint64_t size = is_packed ? le_get_u64(block->data + 8) : block->size;
    bool good = size <= file->budget->bytes;
    file->budget->bytes -= good ? size : 0;
    return good;
}

static const char *add_data(const struct mdf4_file *file, uint64_t at, int depth,
                            struct mdf4_bytes *to);

/* DL: the next list, then its blocks. */
static const char *add_list(const struct mdf4_file *file, uint64_t at, int depth,
                            struct mdf4_bytes *to)
{
    struct mdf4_block list;
    for (; at != 0; at = mdf4_link(&list, 0)) {
        if (!mdf4_block(file, at, "DL", &list) || !mdf4_visit(file)) {
            return "a list of data that is not complete";
        }
        for (uint64_t i = 1; i < list.link_count && i <= UINT32_MAX; i++) {
            const char *problem = add_data(file, mdf4_link(&list, (unsigned)i), depth, to);
            if (problem != NULL) {
                return problem;
            }
        }
    }
    return NULL;
}

static const char *add_data(const struct mdf4_file *file, uint64_t at, int depth,
                            struct mdf4_bytes *to)
{
    struct mdf4_block block;
    if (at == 0) {
        return NULL;
    }
    if (depth == DEPTH_MAX || !mdf4_block(file, at, NULL, &block) || !mdf4_visit(file)) {
        return "data that are not complete";
    }
    if (!spend(file, &block)) {
        return too_large;
    }
    if (memcmp(block.type, "DT", 2) == 0 || memcmp(block.type, "SD", 2) == 0) {
        return mdf4_append(to, block.data, (size_t)block.size) ? NULL : too_large;
    }
    if (memcmp(block.type, "DZ", 2) == 0) {
        return unpack(&block, to);
    }
    if (memcmp(block.type, "HL", 2) == 0) {
        return add_data(file, mdf4_link(&block, 0), depth + 1, to);
    }
    if (memcmp(block.type, "DL", 2) == 0) {
        return add_list(file, at, depth + 1, to);
    }
    return "data in columns (MDF 4.2): save the file in version 4.1";
}

const char *mdf4_data(const struct mdf4_file *file, uint64_t at, struct mdf4_bytes *to)
{
    return add_data(file, at, 0, to);
}
