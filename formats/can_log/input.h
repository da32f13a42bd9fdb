/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The bytes of a log: a file's, a pipe's, or what gzip (RFC 1952) packed. Private to formats/can_log. */
#ifndef FORMATS_CAN_LOG_INPUT_H
#define FORMATS_CAN_LOG_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct can_log_gzip;

struct can_log_input {
    int file;
    uint64_t size;             /* of the file; 0: not known */
    uint64_t bytes;            /* read from it so far, packed as they are */
    bool at_end;               /* nothing comes any more, for whatever reason */
    const char *failed;        /* why it ended too early, or NULL */
    bool is_known;             /* whether it is packed */
    struct can_log_gzip *gzip; /* NULL: not packed */
};

/* "-" is standard input. False with errno. Close it even then. */
bool can_log_input_open(struct can_log_input *input, const char *path);

/* The same bytes from their beginning once more, if it is a file; false for a pipe. */
bool can_log_input_again(const struct can_log_input *input, struct can_log_input *again);

/*
 * What comes next, up to `room` bytes (not 0), as soon as there is some. 0: nothing for now; `at_end` tells whether
 * for ever.
 */
size_t can_log_input_read(struct can_log_input *input, void *bytes, size_t room);

void can_log_input_close(struct can_log_input *input);

#endif
