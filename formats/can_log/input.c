/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/can_log/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define PACKED_SIZE 65536u
#define GZIP_ONLY                                                                                  \
    (15 + 16) /* zlib's inflateInit2: the largest window, and gzip's header around it */

struct can_log_gzip {
    z_stream stream;
    bool is_between; /* members: gzip files may be put one behind the other */
    unsigned char packed[PACKED_SIZE];
};

static void find_size(struct can_log_input *input)
{
    struct stat file;
    if (fstat(input->file, &file) == 0 && S_ISREG(file.st_mode)) {
        input->size = (uint64_t)file.st_size;
    }
}

bool can_log_input_open(struct can_log_input *input, const char *path)
{
    bool is_standard = strcmp(path, "-") == 0;
    *input = (struct can_log_input){.file = STDIN_FILENO};
    input->file = is_standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (input->file < 0) {
        return false;
    }
    find_size(input);
    return true;
}

/* A second way to the same file, with a place of its own in it, also where it has no name any more. */
bool can_log_input_again(const struct can_log_input *input, struct can_log_input *again)
{
    char path[32];
    struct stat file;
    *again = (struct can_log_input){.file = -1};
    if (fstat(input->file, &file) != 0 || !S_ISREG(file.st_mode)) {
        return false;
    }
    snprintf(path, sizeof path, "/proc/self/fd/%d", input->file);
    return can_log_input_open(again, path);
}

static size_t read_file(struct can_log_input *input, void *bytes, size_t room)
{
    ssize_t got = read(input->file, bytes, room);
    if (got > 0) {
        input->bytes += (uint64_t)got;
        return (size_t)got;
    }
    if (got < 0 && errno != EINTR) {
        input->failed = strerror(errno);
    }
    input->at_end = got == 0 || input->failed != NULL;
    return 0;
}

static bool begin_gzip(struct can_log_input *input, const uint8_t *head, size_t length)
{
    struct can_log_gzip *gzip = calloc(1, sizeof *gzip);
    if (gzip == NULL || inflateInit2(&gzip->stream, GZIP_ONLY) != Z_OK) {
        free(gzip);
        input->failed = "out of memory";
        input->at_end = true;
        return false;
    }
    memcpy(gzip->packed, head, length);
    gzip->stream.next_in = gzip->packed;
    gzip->stream.avail_in = (uInt)length;
    input->gzip = gzip;
    return true;
}

static void end_gzip(struct can_log_input *input, const char *problem)
{
    input->at_end = true;
    input->failed = problem;
}

/* More packed bytes, if there are none left. Behind the last member the file may end. */
static bool feed(struct can_log_input *input)
{
    struct can_log_gzip *gzip = input->gzip;
    if (gzip->stream.avail_in > 0) {
        return true;
    }
    gzip->stream.next_in = gzip->packed;
    gzip->stream.avail_in = (uInt)read_file(input, gzip->packed, PACKED_SIZE);
    if (input->at_end && input->failed == NULL && !gzip->is_between) {
        end_gzip(input, "the gzip file ends too early: is it complete?");
    }
    return gzip->stream.avail_in > 0;
}

/* Bytes behind the last member that are no gzip are left alone, as gzip itself does. */
static void finish_member(struct can_log_input *input)
{
    struct can_log_gzip *gzip = input->gzip;
    gzip->is_between = true;
    if (inflateReset(&gzip->stream) != Z_OK) {
        end_gzip(input, "the gzip file is damaged");
    }
}

static size_t read_gzip(struct can_log_input *input, void *bytes, size_t room)
{
    struct can_log_gzip *gzip = input->gzip;
    gzip->stream.next_out = bytes;
    gzip->stream.avail_out = (uInt)room;
    while (gzip->stream.avail_out == room && !input->at_end && feed(input)) {
        int result = inflate(&gzip->stream, Z_NO_FLUSH);
        if (result == Z_STREAM_END) {
            finish_member(input);
        } else if (result == Z_DATA_ERROR && gzip->is_between) {
            gzip->stream.avail_in = 0; /* on to the file's end */
        } else if (result != Z_OK && result != Z_BUF_ERROR) {
            end_gzip(input, "the gzip file is damaged");
        } else if (result == Z_OK && gzip->stream.avail_out < room) {
            gzip->is_between = false;
        }
    }
    return room - gzip->stream.avail_out;
}

static bool is_gzip(const uint8_t *head, size_t length)
{
    return length >= 2 && head[0] == 0x1F && head[1] == 0x8B;
}

size_t can_log_input_read(struct can_log_input *input, void *bytes, size_t room)
{
    if (input->gzip != NULL) {
        return read_gzip(input, bytes, room);
    }
    size_t got =
        read_file(input, bytes, room < PACKED_SIZE || input->is_known ? room : PACKED_SIZE);
    if (input->is_known || got == 0) {
        return got;
    }
    input->is_known = true;
    if (!is_gzip(bytes, got)) {
        return got;
    }
    return begin_gzip(input, bytes, got) ? read_gzip(input, bytes, room) : 0;
}

void can_log_input_close(struct can_log_input *input)
{
    if (input->gzip != NULL) {
        inflateEnd(&input->gzip->stream);
        free(input->gzip);
        input->gzip = NULL;
    }
    if (input->file > STDIN_FILENO) {
        close(input->file);
    }
    input->file = -1;
}
