/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_DIALS_REFERENCE_DRIVE_H
#define TESTS_DIALS_REFERENCE_DRIVE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/*
 * A drive that no engine drives: everything a needle must be able to do, one thing after the other, for
 * docs/needle.md and its picture. Oil temperature of the Ford Mustang S550, a frame every 100 ms.
 */
#define REFERENCE_ID 0x156u
#define REFERENCE_EVERY_MS 100u
#define REFERENCE_END_MS 44000u

/* When each thing begins, in ms of the log. */
enum reference_time {
    REFERENCE_FIRST = 800,  /* 60 °C, the first value; before it "unknown" (raw 254) */
    REFERENCE_STEP = 4000,  /* 100 °C */
    REFERENCE_NOISE = 8000, /* 100 °C, each frame up to 2 °C off */
    REFERENCE_RAMP = 13000, /* up by 5 °C/s */
    REFERENCE_TOP = 21000,  /* 140 °C */
    REFERENCE_FALL = 23000, /* 110 °C */
    REFERENCE_GAP = 26000,  /* no frame for 0.6 s */
    REFERENCE_GAP_END = 26600,
    REFERENCE_DROPOUT = 28000, /* none for 4 s */
    REFERENCE_RETURN = 32000,  /* 110 °C */
    REFERENCE_FAULT = 35000,   /* raw 255 */
    REFERENCE_MENDED = 40000,  /* 95 °C, until the end */
};

/* The raw byte at a time of the log; false: no frame. */
bool reference_raw(uint32_t ms, uint8_t *raw);

/* Writes the drive as a candump log; false if the file cannot be written. */
bool reference_write(FILE *file);

#endif
