/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The buses that one log holds, by the names the log has for them. Private to formats/can_log. */
#ifndef FORMATS_CAN_LOG_CHANNELS_H
#define FORMATS_CAN_LOG_CHANNELS_H

#include "formats/can_log/can_log.h"
#include "formats/can_log/fields.h"

struct can_log_channels {
    unsigned count;
    unsigned last; /* the one of the frame before: nearly always this frame's as well */
    char wanted[CAN_LOG_CHANNEL_NAME_MAX]; /* "" for all */
    char names[CAN_LOG_CHANNELS_MAX][CAN_LOG_CHANNEL_NAME_MAX];
    size_t lengths[CAN_LOG_CHANNELS_MAX];
    uint64_t frames[CAN_LOG_CHANNELS_MAX];
};

/* Counts a frame of the channel `name`; its number. Where there are too many, the last stands for all others. */
unsigned can_log_channels_take(struct can_log_channels *channels, struct can_log_field name);

#endif
