/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "firmware/common/fault.h"

#include <stdbool.h>
#include <stddef.h>

static const char *const names[] = {
    [FAULT_NONE] = "none",
    [FAULT_REMOVE_POWER] = "remove power",
    [FAULT_SUPPLY_INVALID] = "supply invalid",
    [FAULT_VOS_NOT_READY] = "voltage scaling not ready",
    [FAULT_CLOCK_NOT_READY] = "clock not ready",
    [FAULT_CM4_ABSENT] = "cm4 absent",
    [FAULT_CM4_SILENT] = "cm4 silent",
    [FAULT_CM7_SILENT] = "cm7 silent",
    [FAULT_SETTINGS_INVALID] = "settings invalid",
    [FAULT_CAN_NOT_READY] = "can not ready",
    [FAULT_CM7_CRASHED] = "cm7 crashed",
    [FAULT_CM4_CRASHED] = "cm4 crashed",
    [FAULT_CM7_STARVED] = "cm7 starved its watchdog",
    [FAULT_CM4_STARVED] = "cm4 starved its watchdog",
    [FAULT_HSE_LOST] = "hse lost",
    [FAULT_BUS_OFF] = "bus-off three times, listening only",
    [FAULT_HSE_OFF] = "hse off",
    [FAULT_LSE_ABSENT] = "lse absent",
    [FAULT_SUPPLY_LOW] = "supply low",
    [FAULT_LSE_OFF] = "lse off",
};

const char *fault_name(enum fault fault)
{
    const size_t index = (size_t)fault;
    const bool is_known = index < sizeof names / sizeof names[0] && names[index] != NULL;
    return is_known ? names[index] : "?";
}
