/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700 /* posix_openpt and its family */
#include "link/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* So long not a byte was taken: whoever has it open does not read. */
#define STUCK_MS 2000

/* Bytes pass as they are; a program that opens it sets its own mode and baud rate. */
static bool make_raw(int fd)
{
    struct termios mode;
    if (tcgetattr(fd, &mode) != 0) {
        return false;
    }
    cfmakeraw(&mode);
    return cfsetspeed(&mode, B115200) == 0 && tcsetattr(fd, TCSANOW, &mode) == 0;
}

static bool open_pair(struct pty *pty)
{
    pty->master = posix_openpt(O_RDWR | O_NOCTTY);
    if (pty->master < 0 || grantpt(pty->master) != 0 || unlockpt(pty->master) != 0 ||
        fcntl(pty->master, F_SETFL, O_NONBLOCK) != 0) {
        return false;
    }
    snprintf(pty->name, sizeof pty->name, "%s", ptsname(pty->master));
    pty->slave = open(pty->name, O_RDWR | O_NOCTTY);
    return pty->slave >= 0 && make_raw(pty->slave);
}

/* A link that a killed run has left behind leads nowhere any more, and may go. */
static bool make_link(struct pty *pty, const char *path)
{
    if (access(path, F_OK) != 0 && errno == ENOENT) {
        (void)unlink(path);
    }
    pty->linked = symlink(pty->name, path) == 0;
    snprintf(pty->name, sizeof pty->name, "%s", path);
    return pty->linked;
}

bool pty_open(struct pty *pty, const char *option, const char *spec, char *error, size_t error_size)
{
    *pty = (struct pty){.master = -1, .slave = -1};
    const bool has_path = strncmp(spec, "pty:", 4) == 0 && spec[4] != '\0';
    errno = EINVAL;
    if ((has_path || strcmp(spec, "pty") == 0) && open_pair(pty) &&
        (!has_path || make_link(pty, spec + 4))) {
        return true;
    }
    snprintf(error, error_size, "%s: %s: %s: use pty or pty:PATH with a PATH that is free", option,
             spec, strerror(errno));
    pty_close(pty);
    return false;
}

void pty_close(struct pty *pty)
{
    if (pty->linked) {
        unlink(pty->name);
    }
    if (pty->slave >= 0) {
        close(pty->slave);
    }
    if (pty->master >= 0) {
        close(pty->master);
    }
    *pty = (struct pty){.master = -1, .slave = -1};
}

void pty_let_go(struct pty *pty)
{
    close(pty->slave);
    pty->slave = -1;
}

void pty_put(struct pty *pty, uint8_t byte)
{
    if (pty->out_count < sizeof pty->out) {
        pty->out[pty->out_count++] = byte;
    }
}

void pty_flush(struct pty *pty)
{
    if (pty->out_count == 0) {
        return;
    }
    const ssize_t written = write(pty->master, pty->out, pty->out_count);
    if (written > 0) {
        pty->out_count -= (size_t)written;
        memmove(pty->out, pty->out + written, pty->out_count);
    }
}

/* The other side's last close shows as a hang-up, until somebody opens it again. */
static bool is_open(const struct pty *pty, int events, int milliseconds)
{
    struct pollfd look = {.fd = pty->master, .events = (short)events};
    return poll(&look, 1, milliseconds) >= 0 && (look.revents & POLLHUP) == 0;
}

void pty_pace(struct pty *pty)
{
    if (!is_open(pty, 0, 0)) {
        pty->out_count = 0;
        pty->stuck = false;
        return;
    }
    pty_flush(pty);
    while (pty->out_count > PTY_OUT_MAX / 2 && !pty->stuck && is_open(pty, POLLOUT, STUCK_MS)) {
        const size_t before = pty->out_count;
        pty_flush(pty);
        pty->stuck = pty->out_count == before;
    }
    pty->stuck = pty->stuck && pty->out_count > PTY_OUT_MAX / 2;
}

size_t pty_take(const struct pty *pty, uint8_t *bytes, size_t size)
{
    const ssize_t count = read(pty->master, bytes, size);
    return count > 0 ? (size_t)count : 0;
}
