/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_ERR_H
#define CORE_ERR_H

/*
 * Error codes of core/. A function that can fail returns int: zero or positive is good, negative is
 * one of these. gauge_err_text() says it in words, for the console and the command line.
 */
enum gauge_err {
    GAUGE_OK = 0,
    GAUGE_ERR_SPACE = -1,    /* the caller's buffer is too small */
    GAUGE_ERR_RANGE = -2,    /* a signal does not fit the payload or 1..64 bits */
    GAUGE_ERR_SYNTAX = -3,   /* a telemetry line that is not one */
    GAUGE_ERR_CHECKSUM = -4, /* a telemetry line whose checksum differs */
    GAUGE_ERR_MAGIC = -5,    /* record: does not begin with "CDP1" (an erased sector, say) */
    GAUGE_ERR_VERSION = -6,  /* record: a version this program does not know */
    GAUGE_ERR_LENGTH = -7,   /* record: the length field, or the buffer, is not that of version 1 */
    GAUGE_ERR_CRC = -8,      /* record: CRC-32 differs */
    GAUGE_ERR_RESERVED = -9, /* record: bytes that must be zero are not */
    GAUGE_ERR_NAME = -10,    /* record: control characters in the name, or bytes after its end */
    GAUGE_ERR_BITRATE = -11, /* record: bit rate, or CAN FD data rate, out of range */
    GAUGE_ERR_MODE = -12,    /* record: neither listen-only nor active */
    GAUGE_ERR_DIAL_COUNT = -13, /* record: not 1 to 4 dials */
    GAUGE_ERR_KIND = -14,       /* dial: a source kind this program does not know */
    GAUGE_ERR_ID = -15,         /* dial: CAN identifier or mask out of range, or a mask of zero */
    GAUGE_ERR_SIGNAL = -16,     /* dial: start bit and length do not fit the frame */
    GAUGE_ERR_INVALID =
        -17,               /* dial: more than 4 invalid ranges, or one that ends before it begins */
    GAUGE_ERR_SCALE = -18, /* dial: scale zero, scale or offset not finite or absurd */
    GAUGE_ERR_TIMEOUT = -19,   /* dial: timeout out of range */
    GAUGE_ERR_PLAUSIBLE = -20, /* dial: plausible min not below max, or a negative slope */
    GAUGE_ERR_DIAL = -21,      /* dial: needs 2 to 16 points, values rising, angles one way only */
    GAUGE_ERR_SERVO = -22,     /* dial: needs 2 to 8 points, angles rising, pulses one way only */
    GAUGE_ERR_PULSE = -23,     /* dial: a pulse too short, or as long as the servo's period */
    GAUGE_ERR_REACH = -24,   /* dial: scale or park lie outside the angles the servo points cover */
    GAUGE_ERR_PERIOD = -25,  /* dial: servo period out of range, or not the same for all dials */
    GAUGE_ERR_NEEDLE = -26,  /* dial: damping, maximal rate or dead band out of range */
    GAUGE_ERR_REQUEST = -27, /* dial: PID, service, identifier or rate that cannot be asked for */
    GAUGE_ERR_ASKING = -28,  /* dial: its source must be asked for, but the bus is listen-only */
    GAUGE_ERR_WARN = -29,    /* dial: critical not above high, or not in tenths of a degree */
    GAUGE_ERR_LAST = GAUGE_ERR_WARN,
};

/* One sentence for an error code, no full stop; never NULL. Zero and above give "good". */
const char *gauge_err_text(int err);

#endif
