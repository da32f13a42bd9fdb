/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/can_log/channels.h"

#include <string.h>

static bool is_it(const struct can_log_channels *channels, unsigned index,
                  struct can_log_field name)
{
    return channels->lengths[index] == name.length &&
           memcmp(channels->names[index], name.text, name.length) == 0;
}

static unsigned find(struct can_log_channels *channels, struct can_log_field name)
{
    for (unsigned i = 0; i < channels->count; i++) {
        if (is_it(channels, i, name)) {
            return i;
        }
    }
    if (channels->count == CAN_LOG_CHANNELS_MAX) {
        return CAN_LOG_CHANNELS_MAX - 1;
    }
    unsigned index = channels->count++;
    memcpy(channels->names[index], name.text, name.length);
    channels->names[index][name.length] = '\0';
    channels->lengths[index] = name.length;
    return index;
}

unsigned can_log_channels_take(struct can_log_channels *channels, struct can_log_field name)
{
    if (name.length >= CAN_LOG_CHANNEL_NAME_MAX) {
        name.length = CAN_LOG_CHANNEL_NAME_MAX - 1;
    }
    if (channels->count == 0 || !is_it(channels, channels->last, name)) {
        channels->last = find(channels, name);
    }
    channels->frames[channels->last]++;
    return channels->last;
}
