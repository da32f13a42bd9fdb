/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A profile to the board and back, over its console: docs/SPEC.md, "Record by lines". */
#ifndef LINK_PROFILE_PORT_H
#define LINK_PROFILE_PORT_H

#include "core/record.h"

#include <stdbool.h>
#include <stdint.h>

struct profile_port_options {
    const char *port;
    bool no_reboot;
    long patience_ms; /* how long to wait for an answer in all; 0: five seconds */
};

/* Sends a valid record; `name` is its profile's, for messages. Returns the exit status. */
int profile_port_send(const uint8_t bytes[RECORD_SIZE], const char *name,
                      const struct profile_port_options *options);

/* Fetches the board's record. Returns the exit status. */
int profile_port_fetch(uint8_t bytes[RECORD_SIZE], const struct profile_port_options *options);

#endif
