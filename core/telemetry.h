/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_TELEMETRY_H
#define CORE_TELEMETRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/gauge.h"

/*
 * One console line per servo period, about the pulse that was just latched:
 *     ~SEQ,T_US,PULSE_NS,STATE,WARN,FRAME,SHOWN,NEEDLE*XX\r\n
 * PULSE_NS to NEEDLE repeat for each further dial after a ';'. FRAME is '-' before the first value; while it
 * is the coolant's instead of the oil's, ",coolant" follows NEEDLE.
 * XX: XOR of all characters between '~' and '*', two upper-case hex digits.
 */
#define TELEMETRY_LINE_MAX 288 /* enough for four dials and the end of a string */

struct telemetry_dial {
    uint32_t pulse_ns;
    enum gauge_state state;
    enum gauge_warn warn;
    bool has_frame;
    int32_t frame_milli; /* last believed value, if has_frame */
    int32_t shown_milli;
    int32_t needle_mdeg;
    bool is_substitute; /* "coolant" */
};

struct telemetry_line {
    uint32_t seq;     /* rising edges before this one, since reset */
    uint32_t time_us; /* at the latch */
    uint8_t dial_count;
    struct telemetry_dial dial[GAUGE_DIALS_MAX];
};

/* What a latched output says. */
void telemetry_dial_of(struct telemetry_dial *dial, const struct gauge_config *config,
                       const struct gauge_output *output);

/* Writes the line with CR LF and a NUL behind; its length without the NUL, or GAUGE_ERR_SPACE. */
int telemetry_format(const struct telemetry_line *line, char *text, size_t size)
    __attribute__((warn_unused_result));

/* Reads a line of `len` characters, with or without CR LF; GAUGE_ERR_SYNTAX or GAUGE_ERR_CHECKSUM. */
int telemetry_parse(struct telemetry_line *line, const char *text, size_t len)
    __attribute__((warn_unused_result));

#endif
