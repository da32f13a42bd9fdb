/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/health.h"

static const char *const names[HEALTH_FAULT_COUNT] = {
    [HEALTH_RECORD] = "settings unusable",
    [HEALTH_CLOCK] = "HSE absent or off",
    [HEALTH_M4_SILENT] = "M4 silent",
    [HEALTH_M7_SILENT] = "M7 silent",
    [HEALTH_WATCHDOG] = "watchdog reset",
    [HEALTH_FIFO_LOST] = "CAN FIFO overflow",
    [HEALTH_RING_OVERFLOW] = "ring overflow",
    [HEALTH_BUS_OFF] = "bus off",
    [HEALTH_ERROR_PASSIVE] = "error passive",
    [HEALTH_FRAME_SHORT] = "frame too short",
    [HEALTH_SENSOR_INVALID] = "sensor invalid",
    [HEALTH_IMPLAUSIBLE] = "implausible value",
    [HEALTH_STALE] = "signal lost",
    [HEALTH_TELEMETRY_DROPPED] = "telemetry dropped",
    [HEALTH_POST_UNKNOWN] = "unknown post latched",
    [HEALTH_CONSOLE] = "console overrun",
};

const char *health_fault_name(enum health_fault fault)
{
    return (unsigned)fault < HEALTH_FAULT_COUNT ? names[fault] : "unknown fault";
}
