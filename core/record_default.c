/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/record.h"

#include <string.h>

/*
 * Ford Mustang S550: EngOil_Te_Actl in 0x156 byte 1, offset -60 °C, 254 unknown, 255 fault, every 100 ms
 * (opendbc, ford_lincoln_base_pt.dbc). The same as profiles/ford-mustang-s550.yaml.
 */
static const struct gauge_config oil_dial = {
    .source = {.kind = SOURCE_BROADCAST,
               .broadcast = {.id = 0x156,
                             .id_mask = CAN_ID_STANDARD_MAX,
                             .bits = {.start_bit = 15, .length_bits = 8, .motorola = true},
                             .invalid_count = 2,
                             .invalid = {{254, 254}, {255, 255}},
                             .scale = 1,
                             .offset = -60}},
    .timeout_ms = 1000,
    .plausible_min_milli = -40000,
    .plausible_max_milli = 180000,
    .max_slope_milli_per_s = 5000,
    .dial = {.count = 3, .point = {{50000, 0}, {90000, 90000}, {150000, 180000}}},
    .servo = {.count = 3, .point = {{-10000, 500000}, {0, 600000}, {180000, 2400000}}},
    .park_mdeg = -10000,
    .period_us = 20000,
    .damping_ms = 600,
    .max_rate_deg_per_s = 300,
    .warn_high_milli = 130000,
    .warn_critical_milli = GAUGE_WARN_NONE,
    .dead_band_us = GAUGE_DEAD_BAND_US,
};

void record_default(struct record *record)
{
    memset(record, 0, sizeof(*record));
    strcpy(record->name, "Ford Mustang S550");
    record->bitrate_bps = 500000;
    record->mode = RECORD_LISTEN_ONLY;
    record->dial_count = 1;
    record->dial[0] = oil_dial;
}
