/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/err.h"

#include <stddef.h>

static const char *const texts[] = {
    [-GAUGE_OK] = "good",
    [-GAUGE_ERR_SPACE] = "buffer too small",
    [-GAUGE_ERR_RANGE] = "signal does not fit the payload",
    [-GAUGE_ERR_SYNTAX] = "not a telemetry line",
    [-GAUGE_ERR_CHECKSUM] = "telemetry checksum differs",
    [-GAUGE_ERR_MAGIC] = "no record here",
    [-GAUGE_ERR_VERSION] = "unknown record version",
    [-GAUGE_ERR_LENGTH] = "wrong record length",
    [-GAUGE_ERR_CRC] = "record CRC differs",
    [-GAUGE_ERR_RESERVED] = "reserved bytes not zero",
    [-GAUGE_ERR_NAME] = "bad profile name",
    [-GAUGE_ERR_BITRATE] = "bit rate out of range",
    [-GAUGE_ERR_MODE] = "unknown bus mode",
    [-GAUGE_ERR_DIAL_COUNT] = "not 1 to 4 dials",
    [-GAUGE_ERR_KIND] = "unsupported source kind",
    [-GAUGE_ERR_ID] = "bad CAN identifier or mask",
    [-GAUGE_ERR_SIGNAL] = "signal does not fit the frame",
    [-GAUGE_ERR_INVALID] = "bad invalid range",
    [-GAUGE_ERR_SCALE] = "bad scale or offset",
    [-GAUGE_ERR_TIMEOUT] = "timeout out of range",
    [-GAUGE_ERR_PLAUSIBLE] = "bad plausible limits",
    [-GAUGE_ERR_DIAL] = "dial points not monotone",
    [-GAUGE_ERR_SERVO] = "servo points not monotone",
    [-GAUGE_ERR_PULSE] = "servo pulse out of range",
    [-GAUGE_ERR_REACH] = "needle angle beyond the servo points",
    [-GAUGE_ERR_PERIOD] = "bad servo period",
    [-GAUGE_ERR_NEEDLE] = "damping or rate out of range",
    [-GAUGE_ERR_REQUEST] = "request cannot be made",
    [-GAUGE_ERR_ASKING] = "asking needs an active bus",
    [-GAUGE_ERR_WARN] = "critical not above high",
};

const char *gauge_err_text(int err)
{
    if (err >= 0) {
        return texts[0];
    }
    size_t index = 0u - (unsigned)err;
    return index < sizeof(texts) / sizeof(texts[0]) ? texts[index] : "unknown error";
}
