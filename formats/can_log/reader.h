/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What one log format has to bring: a function that reads one line. Private to formats/can_log*.c.
 * Which format a file has is found by letting every reader try the file's first lines.
 */
#ifndef FORMATS_CAN_LOG_READER_H
#define FORMATS_CAN_LOG_READER_H

#include "formats/can_log/can_log.h"
#include "formats/can_log/fields.h"
#include "formats/can_log/lines.h"

enum can_log_line {
    CAN_LOG_LINE_FRAME, /* `parsed` holds a frame */
    CAN_LOG_LINE_OTHER, /* heading, comment, event: nothing for the bus, nothing wrong */
    CAN_LOG_LINE_BAD,   /* `problem` says why */
    CAN_LOG_LINE_END,   /* no more of it; with a `problem`, because the rest cannot be read */
};

struct can_log_parsed {
    struct can_log_frame frame;   /* time_ns as the file counts it */
    struct can_log_field channel; /* the bus's name in the line; nothing: the file does not say */
    bool padded_id;               /* an id up to 7FF written with 8 digits: 29 bits, or padding? */
    const char *problem;
};

/* What a reader remembers from line to line; zero at the start of a file. */
struct can_log_state {
    char columns[40];  /* TRC, CSV: what each column holds, in letters */
    bool decimal;      /* base dec */
    bool relative;     /* timestamps relative */
    uint64_t time_ns;  /* of the last event, where times are counted from it */
    uint32_t stamp_ms; /* slcan: the last frame's, of a clock that begins anew each minute */
    bool is_base64;    /* python-can's CSV */
    bool has_letters;  /* CSV: a number that can only be hexadecimal came */
    /* candump -t d: times are counted from the frame before, as the head of the file showed */
    bool is_delta;
    unsigned times, steps_back; /* what is_delta is found from */
};

/* A time that is small and steps back now and then is one that counts from the frame before. */
static inline bool can_log_state_is_delta(const struct can_log_state *state)
{
    return state->steps_back > 0 && 8 * state->steps_back >= state->times;
}

/* A format that is no text. Its memory is NULL at the start. */
struct can_log_binary {
    bool (*begins)(const uint8_t *head, size_t length); /* is it this format? */
    enum can_log_line (*read)(struct can_log_lines *bytes, void **memory,
                              struct can_log_parsed *parsed);
    void (*free)(void *memory);
};

struct can_log_reader {
    const char *name;
    enum can_log_line (*read_line)(struct can_log_state *state, const char *line,
                                   struct can_log_parsed *parsed);
    const struct can_log_binary *binary; /* or NULL */
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

enum can_log_line can_log_read_screen(struct can_log_state *state, const char *line,
                                      struct can_log_parsed *parsed);
enum can_log_line can_log_read_slcan(struct can_log_state *state, const char *line,
                                     struct can_log_parsed *parsed);
enum can_log_line can_log_read_crtd(struct can_log_state *state, const char *line,
                                    struct can_log_parsed *parsed);
enum can_log_line can_log_read_busmaster(struct can_log_state *state, const char *line,
                                         struct can_log_parsed *parsed);
enum can_log_line can_log_read_table(struct can_log_state *state, const char *line,
                                     struct can_log_parsed *parsed);
enum can_log_line can_log_read_hcrl(struct can_log_state *state, const char *line,
                                    struct can_log_parsed *parsed);

extern const struct can_log_binary can_log_blf;
extern const struct can_log_binary can_log_mdf4;

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

/* Bytes of a data length code 0..15: a classic frame's above 8 still means 8. */
uint8_t can_log_length_of_dlc(uint32_t dlc, bool fd);

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
