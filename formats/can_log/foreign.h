/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Files that are no log, or one of a format that is not read, by how they begin. Private to formats/can_log. */
#ifndef FORMATS_CAN_LOG_FOREIGN_H
#define FORMATS_CAN_LOG_FOREIGN_H

#include <stddef.h>
#include <stdint.h>

/* "a pcap capture: convert it with ...", or NULL if it is unknown. */
const char *can_log_foreign(const uint8_t *head, size_t length);

#endif
