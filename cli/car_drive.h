/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A drive to look at when there is no log: the profile's car starts cold, warms up, is driven hard for a
 * while and cools down again. It sends the profile's broadcast frames.
 */
#ifndef CLI_CAR_DRIVE_H
#define CLI_CAR_DRIVE_H

#include "core/record.h"
#include "formats/can_log.h"

struct car_drive {
    const struct record *record;
    uint64_t count; /* frames so far */
};

void car_drive_init(struct car_drive *drive, const struct record *record);

/* A run_pull_frame: `context` is the drive. */
bool car_drive_next(void *context, struct can_log_frame *frame);

/* Oil temperature after `time_ms` of the drive, m°C. */
int32_t car_drive_oil_milli(uint32_t time_ms);

#endif
