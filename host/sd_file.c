/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "host/sd_file.h"

#include "vboard/boards/board.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEEP ",rw"
/* C_SIZE's 22 bits of 512 KB, less one: blocks are counted in 32 bits. */
#define MOST_BYTES ((UINT64_C(2) << 40) - 512 * 1024)

struct sd_file {
    char *path;
    int fd;
    bool keeps;
    struct sd_medium medium;
    struct sd_file *next;
};

/* What cannot be read reads as zeros: the file has become shorter meanwhile. */
static void read_block(void *ctx, uint32_t block, uint8_t *bytes)
{
    const struct sd_file *f = ctx;
    size_t got = 0;
    while (got < SD_BLOCK) {
        ssize_t n = pread(f->fd, bytes + got, SD_BLOCK - got, (off_t)block * SD_BLOCK + (off_t)got);
        if (n <= 0) {
            break;
        }
        got += (size_t)n;
    }
    memset(bytes + got, 0, SD_BLOCK - got);
}

static bool open_path(struct sd_file *f, char *error, size_t error_size)
{
    struct stat about;
    f->fd = open(f->path, f->keeps ? O_RDWR : O_RDONLY);
    if (f->fd < 0 || fstat(f->fd, &about) != 0) {
        snprintf(error, error_size, "%s: %s: give the image of an SD card", f->path,
                 strerror(errno));
        return false;
    }
    uint64_t bytes = (uint64_t)about.st_size;
    if (!S_ISREG(about.st_mode) || bytes == 0 || bytes % SD_BLOCK != 0 || bytes > MOST_BYTES) {
        snprintf(error, error_size,
                 "%s: no image of an SD card: its size must be a multiple of 512 bytes "
                 "(truncate -s %%512 fills it up)",
                 f->path);
        return false;
    }
    f->medium = (struct sd_medium){.bytes = bytes, .read = read_block, .ctx = f};
    return true;
}

const struct sd_file *sd_file_open(const char *spec, char *error, size_t error_size)
{
    static struct sd_file *all; /* of the arguments, which live as long */
    struct sd_file *f = calloc(1, sizeof *f);
    size_t length = strlen(spec);
    size_t keep = strlen(KEEP);
    snprintf(error, error_size, "%s: out of memory", spec);
    if (f == NULL) {
        return NULL;
    }
    f->fd = -1;
    f->keeps = length > keep && strcmp(spec + length - keep, KEEP) == 0;
    f->path = strdup(spec);
    if (f->path != NULL) {
        f->path[f->keeps ? length - keep : length] = '\0';
    }
    if (f->path == NULL || !open_path(f, error, error_size)) {
        if (f->fd >= 0) {
            close(f->fd);
        }
        free(f->path);
        free(f);
        return NULL;
    }
    f->next = all;
    all = f;
    return f;
}

const struct sd_medium *sd_file_medium(const struct sd_file *file)
{
    return file == NULL ? NULL : &file->medium;
}

bool sd_file_keeps(const struct sd_file *file)
{
    return file != NULL && file->keeps;
}

bool sd_file_write(const struct sd_file *file, uint32_t block, const uint8_t *bytes)
{
    return pwrite(file->fd, bytes, SD_BLOCK, (off_t)block * SD_BLOCK) == SD_BLOCK;
}

const char *sd_file_path(const struct sd_file *file)
{
    return file->path;
}
