/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The text protocol of Lawicel's adapters (CAN232, CANUSB; "slcan"), as it comes from the serial line:
 *
 *     t1232AABB        11-bit id, length, data         T18FEEE008...   29-bit id
 *     r1230  R18FEEE000                               remote frames
 *     d1239...  D...  b1239...  B...                  CAN FD, b and B with bit rate switch; the length is a DLC
 *
 * Four digits behind the data are a time in milliseconds, which begins anew each minute (some adapters: at 65,536).
 * Commands and their answers are passed over.
 */
#include "formats/can_log/reader.h"
#include "formats/can_log/slcan_kinds.h"

#include <string.h>

#define NS_PER_MS UINT64_C(1000000)
#define STAMP_DIGITS 4

/* The adapter's milliseconds begin anew; the log's time goes on. */
static void take_stamp(struct can_log_state *state, uint32_t stamp_ms)
{
    uint32_t turn = state->stamp_ms < 60000 && stamp_ms < 60000 ? 60000 : 65536;
    uint32_t step = stamp_ms >= state->stamp_ms ? stamp_ms - state->stamp_ms
                                                : stamp_ms + turn - state->stamp_ms;
    state->time_ns = can_log_add_time(state->time_ns, step * NS_PER_MS);
    state->stamp_ms = stamp_ms;
}

static const char *read_frame(struct can_log_state *state, const char *text,
                              struct can_log_frame *frame)
{
    uint32_t stamp_ms;
    const char *problem = slcan_read_frame(&text, false, frame);
    if (problem != NULL) {
        return problem;
    }
    if (strlen(text) == STAMP_DIGITS && slcan_read_hex(&text, STAMP_DIGITS, &stamp_ms)) {
        take_stamp(state, stamp_ms);
    }
    frame->time_ns = state->time_ns;
    return *text == '\0' ? NULL : "something follows the data that is no time";
}

enum can_log_line can_log_read_slcan(struct can_log_state *state, const char *line,
                                     struct can_log_parsed *parsed)
{
    const char *at = line + strspn(line, " \t\a"); /* the adapter rings its bell for an error */
    at += at[0] == 'z' || at[0] == 'Z';            /* "sent", before the next frame */
    if (*at == '\0' || (strchr("SsOLCFVNMmXWUQ", *at) != NULL && strlen(at) <= 9)) {
        return CAN_LOG_LINE_OTHER;
    }
    const char *problem = read_frame(state, at, &parsed->frame);
    return problem == NULL ? CAN_LOG_LINE_FRAME : can_log_bad(parsed, problem);
}
