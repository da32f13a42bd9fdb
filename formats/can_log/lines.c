/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/can_log/lines.h"

#include <string.h>

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void end_lines(char *bytes, size_t length)
{
    for (char *at = bytes; (at = memchr(at, '\r', length - (size_t)(at - bytes))) != NULL; at++) {
        *at = '\n';
    }
}

bool can_log_lines_more(struct can_log_lines *lines)
{
    char *to = lines->buffer + lines->used;
    size_t got = can_log_input_read(&lines->input, to, CAN_LOG_BUFFER_SIZE - lines->used);
    if (got > 0) {
        lines->has_zeros = lines->has_zeros || memchr(to, '\0', got) != NULL;
        lines->used += got;
    }
    if (got > 0 && lines->has_returns) {
        end_lines(to, got);
    }
    return got > 0;
}

size_t can_log_lines_head(const struct can_log_lines *lines)
{
    return least(lines->used, CAN_LOG_LINE_SIZE_MAX);
}

void can_log_lines_begin_text(struct can_log_lines *lines)
{
    static const char mark[3] = "\xEF\xBB\xBF"; /* U+FEFF in UTF-8, as Windows writes it */
    if (lines->used >= sizeof mark && memcmp(lines->buffer, mark, sizeof mark) == 0) {
        lines->at = sizeof mark;
    }
    size_t length = can_log_lines_head(lines);
    if (memchr(lines->buffer, '\n', length) == NULL &&
        memchr(lines->buffer, '\r', length) != NULL) {
        lines->has_returns = true;
        end_lines(lines->buffer, lines->used);
    }
}

/* The end of the line that begins at `at`, if it is no longer than a line may be, else NULL. */
static char *find_end(struct can_log_lines *lines)
{
    return memchr(lines->buffer + lines->at, '\n',
                  least(lines->used - lines->at, CAN_LOG_LINE_SIZE_MAX));
}

static void make_room(struct can_log_lines *lines)
{
    memmove(lines->buffer, lines->buffer + lines->at, lines->used - lines->at);
    lines->used -= lines->at;
    lines->at = 0;
}

/* Reads until the next line is there in full, and no further: a pipe's lines are given out as they come. */
static void fill(struct can_log_lines *lines)
{
    make_room(lines);
    do {
        can_log_lines_more(lines);
    } while (!lines->input.at_end && lines->used < CAN_LOG_LINE_SIZE_MAX &&
             find_end(lines) == NULL);
}

static void skip_rest_of_line(struct can_log_lines *lines)
{
    char *end = NULL;
    do {
        lines->at += least(lines->used - lines->at, CAN_LOG_LINE_SIZE_MAX);
        if (lines->used - lines->at < CAN_LOG_LINE_SIZE_MAX) {
            fill(lines);
        }
        end = find_end(lines);
    } while (end == NULL && lines->used > lines->at);
    lines->at = end == NULL ? lines->used : (size_t)(end - lines->buffer) + 1;
}

char *can_log_lines_next(struct can_log_lines *lines, const char **problem)
{
    char *end = find_end(lines);
    if (end == NULL && lines->used - lines->at < CAN_LOG_LINE_SIZE_MAX) {
        fill(lines);
        end = find_end(lines);
    }
    if (lines->at == lines->used) {
        return NULL;
    }
    *problem = NULL;
    lines->line_number++;
    char *line = lines->buffer + lines->at;
    if (end == NULL && lines->used - lines->at >= CAN_LOG_LINE_SIZE_MAX) {
        *problem = "longer than 64 KiB";
        skip_rest_of_line(lines);
        return line;
    }
    char *stop = end == NULL ? lines->buffer + lines->used : end;
    lines->at = end == NULL ? lines->used : (size_t)(end - lines->buffer) + 1;
    while (stop > line && (stop[-1] == '\r' || stop[-1] == ' ' || stop[-1] == '\t')) {
        stop--;
    }
    *stop = '\0';
    if (lines->has_zeros && memchr(line, '\0', (size_t)(stop - line)) != NULL) {
        *problem = "contains a zero byte";
    }
    return line;
}

size_t can_log_lines_take(struct can_log_lines *lines, void *bytes, size_t length)
{
    char *to = bytes;
    size_t left = length;
    while (left > 0) {
        size_t part = least(left, lines->used - lines->at);
        memcpy(to, lines->buffer + lines->at, part);
        lines->at += part;
        to += part;
        left -= part;
        if (left > 0 && lines->input.at_end) {
            break;
        }
        if (left > 0) {
            make_room(lines);
            can_log_lines_more(lines);
        }
    }
    return length - left;
}
