/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_RECORD_H
#define CORE_RECORD_H

#include <stdint.h>

#include "core/gauge.h"

/*
 * A profile compiled for the firmware: 1,024 bytes, little-endian; docs/SPEC.md fixes every byte.
 * struct record is the same in memory. parse accepts only what build writes: magic, version, length,
 * CRC, every reserved byte zero, and all that record_validate demands.
 */
#define RECORD_SIZE 1024
#define RECORD_VERSION 1
#define RECORD_NAME_MAX 32 /* bytes of UTF-8, without the end */
#define RECORD_DIAL_POINTS_MAX 16
#define RECORD_SERVO_POINTS_MAX 8

/* Limits record_validate applies; the profile checker names them too. */
#define RECORD_BITRATE_AUTO 0u /* found by listening: 500 or 250 kbit/s */
#define RECORD_BITRATE_MIN 10000u
#define RECORD_BITRATE_MAX 1000000u
#define RECORD_DATA_BITRATE_MAX 8000000u
#define RECORD_TIMEOUT_MS_MIN 10u
#define RECORD_TIMEOUT_MS_MAX 600000u /* well below half of the 71 minutes the clock wraps in */
#define RECORD_PERIOD_US_MIN 2500u    /* digital servos take 333 Hz */
#define RECORD_PERIOD_US_MAX 50000u
#define RECORD_PULSE_NS_MIN 100000
#define RECORD_PULSE_GAP_NS 100000 /* the pin is low at least this long in every period */
#define RECORD_DEAD_BAND_US_MAX 50u
#define RECORD_DAMPING_MS_MAX 60000u
#define RECORD_RATE_MAX 2000u
#define RECORD_REQUEST_MILLIHZ_MIN 100u /* requests in 1000 s */
#define RECORD_REQUEST_MILLIHZ_MAX 10000u

enum record_mode {
    RECORD_LISTEN_ONLY = 0,
    RECORD_ACTIVE = 1,
};

struct record {
    char name[RECORD_NAME_MAX + 1];
    uint32_t bitrate_bps;
    uint32_t fd_data_bitrate_bps; /* 0 = classic CAN */
    enum record_mode mode;
    uint8_t dial_count; /* 1..GAUGE_DIALS_MAX */
    struct gauge_config dial[GAUGE_DIALS_MAX];
};

/*
 * Zero or the first thing wrong as enum gauge_err. `dial`, unless NULL, gets the index of the dial
 * that is wrong, or -1 when it is not about a dial.
 */
int record_validate(const struct record *record, int *dial) __attribute__((warn_unused_result));

/* Bytes -> *record, which is only meaningful on 0. `size` must be RECORD_SIZE or more. */
int record_parse(struct record *record, const uint8_t *bytes, uint32_t size)
    __attribute__((warn_unused_result));

/* *record -> RECORD_SIZE bytes, CRC and all; validates first. */
int record_build(const struct record *record, uint8_t *bytes, uint32_t size)
    __attribute__((warn_unused_result));

/* The compiled-in profile: Ford Mustang S550. */
void record_default(struct record *record);

#endif
