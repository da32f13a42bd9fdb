/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * candump's log format (can-utils, `candump -l` and `-L`), one frame a line:
 *
 *     (1345212884.318850) can0 123#11223344        3 digits: 11-bit id; 8 digits: 29-bit id
 *     (1345212884.318850) can0 123#R4              remote frame, optional length
 *     (1345212884.318850) can0 123##1112233        CAN FD, flags digit (1 BRS, 2 ESI, 4 FD itself)
 *
 * Also met in the field, and read: 9 decimals, dots between data bytes, lower-case digits, a direction
 * letter R or T at the end, `_9`..`_F` after 8 data bytes (a raw DLC above 8; still 8 bytes), and ids
 * up to 7FF padded to 8 digits by other loggers (`padded_id`; formats/can_log/can_log.c decides what they are).
 * Error messages of the kernel (id bit 29) are no bus frames and are passed over.
 */
#include "core/le.h"
#include "formats/can_log/reader.h"

#define ID_ERROR_BIT 0x20000000u
#define ID_STANDARD_MAX 0x7FFu
#define ID_EXTENDED_MAX 0x1FFFFFFFu

#define FD_FLAG_BRS 1
#define FD_FLAG_ESI 2

#define EACH(byte) (0x0101010101010101u * (byte))

/* The top bit of each byte of `word` that is `least` or more; the bytes must be below 0x80. */
static uint64_t at_least(uint64_t word, uint64_t least)
{
    return ((word | EACH(0x80)) - EACH(least)) & EACH(0x80);
}

/* Eight hexadecimal digits at once, as nearly all data has them; false: one of them is none. */
static bool read_four_bytes(const char *text, uint8_t *data)
{
    uint64_t word = le_get_u64((const uint8_t *)text);
    uint64_t digits = at_least(word, '0') & ~at_least(word, '9' + 1);
    uint64_t small = word | EACH(0x20);
    uint64_t letters = at_least(small, 'a') & ~at_least(small, 'f' + 1);
    if (((digits | letters) & ~word) != EACH(0x80)) {
        return false;
    }
    uint64_t nibbles = (word & EACH(0x0F)) + (letters >> 7) * 9;
    uint64_t bytes = (nibbles << 4 | nibbles >> 8) & 0x00FF00FF00FF00FFu;
    bytes = (bytes | bytes >> 8) & 0x0000FFFF0000FFFFu;
    le_put_u32(data, (uint32_t)(bytes | bytes >> 16));
    return true;
}

/* Pairs of hexadecimal digits up to a character that is none; moves *text on. */
static const char *read_data(const char **text, struct can_log_frame *frame)
{
    const char *at = *text;
    unsigned length = 0;
    int high;
    while (length < CAN_LOG_DATA_MAX && read_four_bytes(at, frame->data + length)) {
        length += 4;
        at += 8;
    }
    at += length > 0 && *at == '.';
    while ((high = can_log_hex(at[0])) >= 0) {
        int low = can_log_hex(at[1]);
        if (low < 0) {
            return "odd number of data digits";
        }
        if (length == CAN_LOG_DATA_MAX) {
            return "more than 64 data bytes";
        }
        frame->data[length++] = (uint8_t)(high << 4 | low);
        at += 2;
        at += *at == '.';
    }
    frame->len = (uint8_t)length;
    *text = at;
    return NULL;
}

/* `_9`..`_F` behind the data: the DLC as sent, where it was above 8. */
static const char *skip_raw_dlc(const char *text)
{
    if (text[0] == '_' && can_log_hex(text[1]) > 8) {
        return text + 2;
    }
    return text;
}

static const char *read_remote(const char **text, struct can_log_frame *frame)
{
    frame->remote = true;
    int length = can_log_hex(**text);
    if (length > 8) {
        return "remote frame with a length above 8";
    }
    if (length >= 0) {
        frame->len = (uint8_t)length;
        *text += 1;
    }
    *text = skip_raw_dlc(*text);
    return NULL;
}

static const char *read_fd(const char **text, struct can_log_frame *frame)
{
    int flags = can_log_hex(**text);
    if (flags < 0) {
        return "no flags digit after ##";
    }
    *text += 1;
    frame->fd = true;
    frame->bit_rate_switch = (flags & FD_FLAG_BRS) != 0;
    frame->error_state = (flags & FD_FLAG_ESI) != 0;
    const char *problem = read_data(text, frame);
    if (problem == NULL && !can_log_fd_length(frame->len)) {
        problem = "not a length CAN FD can have";
    }
    return problem;
}

static const char *read_classic(const char **text, struct can_log_frame *frame)
{
    const char *problem = read_data(text, frame);
    if (problem == NULL && frame->len > 8) {
        problem = "more than 8 data bytes in a classic frame";
    }
    *text = skip_raw_dlc(*text);
    return problem;
}

/* What follows the first '#'. */
static const char *read_content(const char **text, struct can_log_frame *frame)
{
    if (**text == '#') {
        *text += 1;
        return read_fd(text, frame);
    }
    if (**text == 'R' || **text == 'r') {
        *text += 1;
        return read_remote(text, frame);
    }
    return read_classic(text, frame);
}

static const char *read_id(const char **text, struct can_log_parsed *parsed)
{
    struct can_log_frame *frame = &parsed->frame;
    int digits = can_log_read_id(text, &frame->id);
    if (digits != 3 && digits != 8) {
        return "the id needs 3 hexadecimal digits (11 bits) or 8 (29 bits)";
    }
    if (**text != '#') {
        return "no # after the id";
    }
    *text += 1;
    if (digits == 3 && frame->id > ID_STANDARD_MAX) {
        return "3-digit id above 7FF";
    }
    frame->extended = digits == 8;
    parsed->padded_id = frame->extended && frame->id <= ID_STANDARD_MAX;
    return NULL;
}

/* After the data nothing may follow but the direction. */
static bool ends_well(const char *text)
{
    const char *rest = can_log_skip_blanks(text);
    if (rest != text && (*rest == 'R' || *rest == 'T')) {
        rest = can_log_skip_blanks(rest + 1);
    }
    return *rest == '\0';
}

static const char *read_time(const char **text, uint64_t *time_ns)
{
    if (**text != '(') {
        return "no (time) at the start";
    }
    *text += 1;
    if (!can_log_read_decimal(text, 9, time_ns) || **text != ')') {
        return "the time is no number of seconds";
    }
    *text = can_log_skip_blanks(*text + 1);
    return NULL;
}

enum can_log_line can_log_read_candump(struct can_log_state *state, const char *line,
                                       struct can_log_parsed *parsed)
{
    (void)state;
    struct can_log_frame *frame = &parsed->frame;
    const char *at = can_log_skip_blanks(line);
    if (*at == '\0') {
        return CAN_LOG_LINE_OTHER;
    }
    const char *problem = read_time(&at, &frame->time_ns);
    if (problem != NULL) {
        return can_log_bad(parsed, problem);
    }
    const char *channel = at; /* the interface's name */
    while (*at != ' ' && *at != '\t' && *at != '\0') {
        at++;
    }
    parsed->channel = (struct can_log_field){channel, (size_t)(at - channel)};
    at = can_log_skip_blanks(at);
    problem = read_id(&at, parsed);
    if (problem == NULL && frame->id > ID_EXTENDED_MAX) {
        return frame->id & ID_ERROR_BIT ? CAN_LOG_LINE_OTHER
                                        : can_log_bad(parsed, "id above 1FFFFFFF");
    }
    if (problem == NULL) {
        problem = read_content(&at, frame);
    }
    if (problem == NULL && !ends_well(at)) {
        problem = "something follows the data that is neither R nor T";
    }
    return problem == NULL ? CAN_LOG_LINE_FRAME : can_log_bad(parsed, problem);
}
