/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What one log format has to bring: a function that reads one line. Private to formats/can_log*.c.
 * Which format a file has is found by letting every reader try the file's first lines.
 */
#ifndef FORMATS_CAN_LOG_READER_H
#define FORMATS_CAN_LOG_READER_H

#include "formats/can_log/can_log.h"

enum can_log_line {
    CAN_LOG_LINE_FRAME, /* `parsed` holds a frame */
    CAN_LOG_LINE_OTHER, /* heading, comment, event: nothing for the bus, nothing wrong */
    CAN_LOG_LINE_BAD,   /* `problem` says why */
};

struct can_log_parsed {
    struct can_log_frame frame; /* time_ns as the file counts it */
    bool padded_id;             /* an id up to 7FF written with 8 digits: 29 bits, or padding? */
    const char *problem;
};

/* What a reader remembers from line to line; zero at the start of a file. */
struct can_log_state {
    char columns[16]; /* TRC, GVRET: what each column holds, in letters */
    bool decimal;     /* ASC: base dec */
    bool relative;    /* ASC: timestamps relative */
    uint64_t time_ns; /* ASC: of the last event */
};

struct can_log_reader {
    const char *name;
    enum can_log_line (*read_line)(struct can_log_state *state, const char *line,
                                   struct can_log_parsed *parsed);
};

/* May look at up to seven bytes behind the end of the line. */
enum can_log_line can_log_read_candump(struct can_log_state *state, const char *line,
                                       struct can_log_parsed *parsed);
enum can_log_line can_log_read_trc(struct can_log_state *state, const char *line,
                                   struct can_log_parsed *parsed);

enum can_log_line can_log_read_asc(struct can_log_state *state, const char *line,
                                   struct can_log_parsed *parsed);
enum can_log_line can_log_read_gvret(struct can_log_state *state, const char *line,
                                     struct can_log_parsed *parsed);

/* Marks the line as bad; for `return can_log_bad(parsed, "...")`. */
enum can_log_line can_log_bad(struct can_log_parsed *parsed, const char *problem);

/* Value of each character as a hexadecimal digit, or -1. */
extern const int8_t can_log_digits[256];

static inline int can_log_hex(char digit)
{
    return can_log_digits[(unsigned char)digit];
}

/* Reads 1..8 hexadecimal digits at *text and moves it on; the number of digits, 0 if none or too many. */
int can_log_read_id(const char **text, uint32_t *id);

/*
 * Reads an unsigned decimal number with an optional fraction at *text, in units of 10^-`digits` (digits
 * past that are dropped), and moves *text on. False if there is none or it does not fit. May look at up to seven
 * bytes behind the end of the line.
 */
bool can_log_read_decimal(const char **text, int digits, uint64_t *value);

/* Is `length` one that a CAN FD frame can have (ISO 11898-1: 0..8, 12, 16, 20, 24, 32, 48, 64)? */
bool can_log_fd_length(unsigned length);

/* Times that exceed 584 years stay there: they never step back to small ones. */
static inline uint64_t can_log_add_time(uint64_t a, uint64_t b)
{
    return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

static inline const char *can_log_skip_blanks(const char *text)
{
    while (*text == ' ' || *text == '\t') {
        text++;
    }
    return text;
}

#endif
