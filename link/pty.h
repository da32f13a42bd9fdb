/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A pseudo-terminal of ours, raw, that programs open as if it were a serial port. It stays when
 * they come and go.
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
 * `spec` is "pty", or "pty:PATH" for a link at PATH; `option` is whose spec that is. False with
 * one line in `error`.
 */
bool pty_open(struct pty *pty, const char *option, const char *spec, char *error, size_t error_size)
    __attribute__((warn_unused_result));
void pty_close(struct pty *pty);

/*
 * Lets go of our own side of the pair: from now on what nobody has open takes nothing, and keeps
 * nothing for who comes later.
 */
void pty_let_go(struct pty *pty);

/* A byte for the program; when nobody reads, what finds no room is lost, as on a real port. */
void pty_put(struct pty *pty, uint8_t byte);
/* Passes on what was put, as far as it is taken. */
void pty_flush(struct pty *pty);
/*
 * The same, and waits for a program that reads more slowly than this board runs; not for one that
 * does not read at all. Returns at once while there is much room. After pty_let_go().
 */
void pty_pace(struct pty *pty);

/* At most `size` bytes from the program; their number. */
size_t pty_take(const struct pty *pty, uint8_t *bytes, size_t size);

#endif
