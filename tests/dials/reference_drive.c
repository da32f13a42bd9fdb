/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/dials/reference_drive.h"

#define RAW(celsius) ((celsius) + 60)

/* -2..2, the same at the same time. */
static int noise(uint32_t ms)
{
    uint32_t x = ms / REFERENCE_EVERY_MS * 2654435761u; /* Knuth's multiplicative hash */
    return (int)((x >> 16) % 5u) - 2;
}

static int raw_at(uint32_t ms)
{
    if (ms < REFERENCE_FIRST) {
        return 254;
    }
    if (ms < REFERENCE_STEP) {
        return RAW(60);
    }
    if (ms < REFERENCE_NOISE) {
        return RAW(100);
    }
    if (ms < REFERENCE_RAMP) {
        return RAW(100 + noise(ms));
    }
    if (ms < REFERENCE_TOP) {
        return RAW(100 + (int)(ms - REFERENCE_RAMP) / 200);
    }
    if (ms < REFERENCE_FALL) {
        return RAW(140);
    }
    if (ms < REFERENCE_FAULT) {
        return RAW(110);
    }
    return ms < REFERENCE_MENDED ? 255 : RAW(95);
}

bool reference_raw(uint32_t ms, uint8_t *raw)
{
    *raw = (uint8_t)raw_at(ms);
    return !(ms >= REFERENCE_GAP && ms < REFERENCE_GAP_END) &&
           !(ms >= REFERENCE_DROPOUT && ms < REFERENCE_RETURN);
}

bool reference_write(FILE *file)
{
    for (uint32_t ms = 0; ms < REFERENCE_END_MS; ms += REFERENCE_EVERY_MS) {
        uint8_t raw;
        if (reference_raw(ms, &raw)) {
            fprintf(file, "(%u.%03u000) can0 %03X#00%02X000000000000\n", (unsigned)(ms / 1000),
                    (unsigned)(ms % 1000), REFERENCE_ID, raw);
        }
    }
    return fflush(file) == 0;
}
