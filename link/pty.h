/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A pseudo-terminal in raw mode that other programs open as if it were a serial port. They may close it and
 * open it again.
 */
#ifndef LINK_PTY_H
#define LINK_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PTY_NAME_MAX 128
#define PTY_OUT_MAX 4096

struct pty {
    int master, slave;
    char name[PTY_NAME_MAX];  /* to be opened by others: PATH, or /dev/pts/N */
    bool linked;              /* PATH is ours to remove */
    uint8_t out[PTY_OUT_MAX]; /* not yet taken by the program */
    size_t out_count;
    bool stuck; /* who has it open has not read for a while */
};

/*
 * `spec` is "pty", or "pty:PATH" for a symbolic link at PATH. `option` names the option it came from, for
 * messages. False with one line in `error`.
 */
bool pty_open(struct pty *pty, const char *option, const char *spec, char *error, size_t error_size)
    __attribute__((warn_unused_result));
void pty_close(struct pty *pty);

/*
 * Closes our own handle of the slave side. From now on, while no program has it open, bytes are dropped, not
 * kept for the next one.
 */
void pty_let_go(struct pty *pty);

/* Queues a byte for the program. If it does not read and the queue is full, the byte is lost. */
void pty_put(struct pty *pty, uint8_t byte);
/* Writes queued bytes, as many as the program takes now. */
void pty_flush(struct pty *pty);
/*
 * The same. If the queue is more than half full it waits for the program, unless that has stopped reading
 * altogether. To be used after pty_let_go().
 */
void pty_pace(struct pty *pty);

/* At most `size` bytes from the program; their number. */
size_t pty_take(const struct pty *pty, uint8_t *bytes, size_t size);

#endif
