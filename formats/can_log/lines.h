/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A log's bytes as lines, or as they come. Private to formats/can_log. */
#ifndef FORMATS_CAN_LOG_LINES_H
#define FORMATS_CAN_LOG_LINES_H

#include "formats/can_log/input.h"

#define CAN_LOG_LINE_SIZE_MAX 65536u /* also how far the format is looked for */
#define CAN_LOG_BUFFER_SIZE (4 * CAN_LOG_LINE_SIZE_MAX)

struct can_log_lines {
    struct can_log_input input;
    uint64_t line_number;
    bool has_zeros;   /* there was a zero byte somewhere: look at each line */
    bool has_returns; /* lines end with a carriage return alone, as an adapter sends them */
    size_t used;      /* bytes in the buffer */
    size_t at;        /* first byte not yet given out */
    /* A zero byte behind what was read, and room for readers that look at eight bytes at a time. */
    char buffer[CAN_LOG_BUFFER_SIZE + 8];
};

/* Whatever comes next, into the buffer. False if nothing came: at the end, or for now. */
bool can_log_lines_more(struct can_log_lines *lines);

/* What stands at the head, up to CAN_LOG_LINE_SIZE_MAX bytes, before anything was taken. */
size_t can_log_lines_head(const struct can_log_lines *lines);

/* Call when the format is known to be text: passes over a byte order mark and finds what ends a line. */
void can_log_lines_begin_text(struct can_log_lines *lines);

/* The next line without its end, or NULL at the end of the file. `problem` is set if it is no text. */
char *can_log_lines_next(struct can_log_lines *lines, const char **problem);

/* Copies the next `length` bytes out; fewer only at the end. For formats that are no text. */
size_t can_log_lines_take(struct can_log_lines *lines, void *bytes, size_t length);

#endif
