/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Recorded CAN traffic, whatever program wrote it.
 *
 * A log is opened by name, its format is found from its content, and its frames come out one by one,
 * in file order, in constant memory (but for MDF4, whose blocks may stand anywhere). A line that cannot be understood is reported with file and line,
 * skipped and counted; it never ends the log.
 *
 * Formats: docs/SPEC.md lists them. A further one is a row in the table of formats/can_log/can_log.c and a file with its
 * line parser, or, if it is no text, with its reader. gzip around any of them is undone. A log may hold several buses.
 */
#ifndef FORMATS_CAN_LOG_CAN_LOG_H
#define FORMATS_CAN_LOG_CAN_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CAN_LOG_DATA_MAX 64
#define CAN_LOG_CHANNELS_MAX 16u
#define CAN_LOG_CHANNEL_NAME_MAX 16

/* One frame of the log. */
struct can_log_frame {
    uint64_t time_ns; /* since the log's first frame; never less than the frame before */
    uint32_t id;      /* 11 or 29 bits */
    bool extended;    /* 29-bit identifier */
    bool remote;      /* a request without data; `len` is the length asked for */
    bool fd;          /* CAN FD format */
    bool bit_rate_switch;
    bool error_state; /* FD's error state indicator */
    uint8_t channel;  /* which of the log's buses, see can_log_channel_name */
    uint8_t len;      /* bytes in data, 0..64 */
    uint8_t data[CAN_LOG_DATA_MAX];
};

/* Told of each bad line, `text` being "FILE:LINE: what is wrong: what was expected". */
typedef void can_log_report(void *context, const char *text);

struct can_log;

/*
 * Opens `path` ("-" is standard input). Returns NULL with one line (no newline) in `error` if it cannot
 * be read or holds no frame of a known format in its first 64 KiB. `report` may be NULL. Free with
 * can_log_close.
 */
struct can_log *can_log_open(const char *path, can_log_report *report, void *context, char *error,
                             size_t error_size);

/*
 * Gives the next frame: 1 with `frame` filled, 0 at the end, -1 if reading failed (reported like a bad
 * line, file named).
 *
 * Times follow the file, with two mendings: a step back of up to a second (loggers with several
 * channels) gives the time of the frame before, a larger one (the logger's clock was set) goes on
 * from there without a gap.
 */
int can_log_next(struct can_log *log, struct can_log_frame *frame)
    __attribute__((warn_unused_result));

/*
 * Frames of only this channel come out from now on ("can0", "1": as the file names it; case does not count). What the
 * file does not have gives no frame. NULL: those of all channels, as at the start.
 */
void can_log_choose_channel(struct can_log *log, const char *name);

/* Channels met so far, those not chosen as well: how many, how each is called ("" if the file does not say), its frames. */
unsigned can_log_channel_count(const struct can_log *log);
const char *can_log_channel_name(const struct can_log *log, unsigned channel);
uint64_t can_log_channel_frames(const struct can_log *log, unsigned channel);

/* "2 channels: can0 (80 frames), can1 (400 frames)", as many as met so far. */
void can_log_list_channels(const struct can_log *log, char *text, size_t size);

/* Lines skipped so far because they could not be understood. */
uint64_t can_log_bad_lines(const struct can_log *log);

/* The file's size, 0 if it is a pipe, and how far it has been read. */
uint64_t can_log_size(const struct can_log *log);
uint64_t can_log_bytes(const struct can_log *log);

/* The format's name, as "candump". */
const char *can_log_format(const struct can_log *log);

/* The names of all formats that are read, as "candump, PCAN trace". */
void can_log_list_formats(char *text, size_t size);

/* NULL is allowed. */
void can_log_close(struct can_log *log);

#endif
